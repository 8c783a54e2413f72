"""The ready file for Caddy."""

from __future__ import annotations

from collections.abc import Mapping

# Caddy sets deferred headers last, those of the longest path after all others. The 404 page does not use
# handle_errors, because only the first one in a site block counts, nor the request's conditions, because
# Caddy answers these with an error without a body. Folders and wrong addresses are found by redir and
# rewrite, because Caddy does these before the host's own try_files. Caddy 2.8 renamed skip_log to log_skip
# and knows both.
_FILE = """\
# Caddy: import this file inside the site block, beside root and file_server.
# Check it: open a page and a wrong address of the copy. Neither adds a line to a log.
{unknown}@safe_path{base} path {paths}
skip_log @safe_path{base}
header {base}/* {{
{headers}
	-Expires
	Content-Type "charset=[^;]*" "charset=utf-8"
	defer
}}
@safe_path_calendar{base} {{
	path {base}/*
	path_regexp \\.ics$
	file {{path}}
}}
header @safe_path_calendar{base} {{
	Content-Type "text/calendar; charset=utf-8"
	defer
}}
@safe_path_folder{base} {{
	path {base}/*
	vars_regexp safe_path {{http.request.uri}} ^/+([^?]*[^/?])(?:[?]|$)
	file {{path}}/index.html
}}
redir @safe_path_folder{base} /{{re.safe_path.1}}/ permanent
@safe_path_wrong{base} {{
	path {base}/*
	not path /.well-known/*
	file {base}/404.html
	not file {{path}}index.html {{path}}/index.html
	not {{
		path_regexp ^(/[^./][^/]*)+$
		file {{path}}
	}}
}}
rewrite @safe_path_wrong{base} {base}/404.html
@safe_path_missing{base} {{
	path {base}/404.html
	not vars {{http.request.orig_uri.path}} {base}/404.html
}}
handle @safe_path_missing{base} {{
	request_header -If-Modified-Since
	request_header -If-None-Match
	request_header -Range
	file_server {{
		status 404
	}}
}}
"""

# A copy whose address is unknown is at the root, unless the host sets a path.
_BASE = "{$SAFE_PATH:}"
_UNKNOWN = f"""\
# It does not know the path of the copy. Where that is not /, write it for each {_BASE}, as in /abi.
# Write its letters as they are read, not as a browser's %C3%B5.
"""


def caddy_file(known: str | None, headers: Mapping[str, str]) -> str:
    """Return the file for a copy at the path ``known``: empty for the root, None if unknown."""
    base = _BASE if known is None else known
    return _FILE.format(
        unknown=_UNKNOWN if known is None else "",
        base=base,
        paths=f"{base} {base}/*".strip(),
        headers="\n".join(f'\t{name} "{value}"' for name, value in headers.items()),
    )
