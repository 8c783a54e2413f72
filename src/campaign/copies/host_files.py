"""Ready files for web servers: they set what a page cannot, keep readers out of logs, and send our 404 page.

A copy works without them. With one, our headers, types and charset apply. Each file says what it cannot do.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import unquote, unquote_to_bytes, urlsplit

from ..model.places import Municipality
from .caddy_file import caddy_file
from .iis_file import NOTES, iis_file

# A meta element can neither forbid frames nor control caches. "no-cache" lets a browser keep a file but makes
# it ask before each use.
HEADERS = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

# The types of a copy's files, by ending. All text files are UTF-8.
_TEXT = {
    "html": "text/html",
    "css": "text/css",
    "js": "text/javascript",
    "json": "application/json",
    "ics": "text/calendar",
    "txt": "text/plain",
    "xml": "text/xml",
    "svg": "image/svg+xml",
}
_OTHER = {
    "gif": "image/gif",
    "jpg": "image/jpeg",
    "pdf": "application/pdf",
    "png": "image/png",
    "webp": "image/webp",
}

# The 404 page is looked for at least this many folders below the root, or as many as a known address has.
_DEPTH = 3
_DEEPEST = "# It finds the 404 page of a copy that is at most {depth} folders below the root.\n"

_NGINX_SLASH = """\
# It cannot hold for that path without its last slash. The server block can:
#     location = {base} {{ access_log off; absolute_redirect off; return 301 {base}/; }}
"""

# The nested location takes precedence over the server block's rules for endings. Its captures find the 404
# page in the copy's folder, so this file need not know the path.
_NGINX = """\
# nginx: include this file in a location of its own in the server block:
#     location ^~ {base}/ {{ include /FOLDER/OF/THE/COPY/host/nginx.conf; }}
# Check it: open a page and a wrong address of the copy. Neither adds a line to access.log or error.log.
{slash}# It ends what add_header sets in the server block: repeat Strict-Transport-Security beside it.
{deepest}access_log off;
log_not_found off;
error_log /dev/null crit;
absolute_redirect off;
autoindex off;
index index.html;
charset utf-8;
source_charset utf-8;
charset_types {types};
types {{
{endings}
}}
etag on;
if_modified_since exact;
expires off;
ssi off;
open_file_cache off;
{headers}
location ~ ^(?!/\\.well-known/){parts}/ {{
    error_page 403 404 =404 {page};
    location ~ /404\\.html$ {{
        try_files $uri {above} =404;
    }}
    location ~ /\\. {{
        return 404;
    }}
}}
"""

# Apache merges <If> after all other sections, so it overrides the host's own Header and ForceType lines.
# ErrorDocument takes the page from the copy's folder.
# Apache adds -gzip to the ETag of a compressed page and then does not know it: it would send each page again.
_APACHE_FOLDER = """\
AddDefaultCharset utf-8
FileETag MTime Size
ErrorDocument 403 /%{{reqenv:safe_path_home}}404.html
ErrorDocument 404 /%{{reqenv:safe_path_home}}404.html
<IfModule mod_setenvif.c>
SetEnvIf Request_URI ^ safe_path_reader
{homes}
</IfModule>
<IfModule mod_mime.c>
{endings}
AddCharset utf-8 {text}
RemoveHandler {all}
RemoveOutputFilter {all}
<If "true">
ForceType None
</If>
</IfModule>
<IfModule mod_alias.c>
RedirectMatch 404 /\\.(?!well-known/)
<If "-d %{{REQUEST_FILENAME}} && ! -f '%{{REQUEST_FILENAME}}/index.html'">
RedirectMatch 404 /$
</If>
<IfModule mod_version.c>
<IfVersion >= 2.4.58>
<If "-d %{{REQUEST_FILENAME}} && %{{REQUEST_URI}} =~ m#[^/]$#">
RedirectRelative On
RedirectMatch 301 ^/*(.*)$ /$1/
</If>
</IfVersion>
</IfModule>
</IfModule>
<IfModule mod_headers.c>
<If "true">
{headers}
Header onsuccess unset Expires
</If>
RequestHeader edit* If-None-Match '-(gzip|br)"' '"'
</IfModule>
"""
_APACHE = """\
# Apache 2.4: include this file inside the virtual host of this site.
# It cannot stop a log, because CustomLog adds and never replaces. End each CustomLog and GlobalLog line of
# this host, inside and outside of the virtual host, with env=!safe_path_reader; make TransferLog one of them:
#     CustomLog ${{APACHE_LOG_DIR}}/access.log combined env=!safe_path_reader
# Check it: open a page and a wrong address of the copy. Neither adds a line to a log; other pages do.
# Before Apache 2.4.58, behind a proxy that speaks TLS, write ServerName https://HOST, too.
{deepest}{unknown}SetEnvIfExpr "unescape(%{{REQUEST_URI}}) =~ m#^{base}(/|$)#" safe_path_reader
<LocationMatch "^{base}(/|$)">
LogLevel emerg
Options -Indexes
<IfModule mod_dir.c>
DirectoryIndex index.html
FallbackResource disabled
</IfModule>
<IfModule mod_speling.c>
CheckSpelling Off
</IfModule>
{folder}</LocationMatch>
{forget}"""
_HTACCESS = """\
# Apache 2.4 on shared hosting: copy this file beside index.html and name it .htaccess there.
# Then open a page. Where it says 500, the host does not allow this file: delete .htaccess again.
# It cannot stop a log: ask the host to end its CustomLog lines with env=!safe_path_reader.
{deepest}{folder}"""

_STATIC_HOST = """\
{base}/*
{headers}
{base}/*.ics
  Content-Type: text/calendar; charset=utf-8
"""

_APACHE_BASE = "${safe_path}"
_APACHE_UNKNOWN = """\
# It does not know the path of the copy. Where that is not the root, write before it: Define safe_path /abi
# Write its letters as they are read, not as a browser's %C3%B5.
<IfDefine !safe_path>
Define safe_path (?:)
</IfDefine>
"""
_APACHE_FORGET = "UnDefine safe_path\n"  # another copy's file may follow


def host_files(place: Municipality) -> Mapping[str, bytes]:
    """Return ``{path: text}`` for nginx, Caddy, Apache, IIS and static hosts, for the path of the site_url
    (the root without one). A server that rejects a file must not stop the copy, so a file has no effect until
    somebody includes or copies it. Only ``_headers`` has an effect at once, and only static hosts read it."""
    return _files(urlsplit(place.site_url).path.rstrip("/") if place.site_url else None)


@lru_cache(64)  # most copies are at the root
def _files(known: str | None) -> Mapping[str, bytes]:
    """Return the files for a copy at the path ``known``: empty for the root, None if unknown."""

    def headers(form: str) -> str:
        return "\n".join(form.format(name=name, value=value) for name, value in HEADERS.items())

    def endings(form: str) -> str:
        kinds = (_TEXT | _OTHER).items()
        return "\n".join(form.format(ending=ending, type=kind) for ending, kind in kinds)

    base = _readable(known or "")
    depth = max(_DEPTH, base.count("/"))
    deepest = _DEEPEST.format(depth=depth)
    page, *above = [_nginx_page(folders) for folders in range(depth, -1, -1)]
    folder = _APACHE_FOLDER.format(
        homes="\n".join(_home(folders) for folders in range(1, depth + 1)),
        endings=endings("AddType {type} .{ending}"),
        text=" ".join(f".{ending}" for ending in _TEXT),
        all=" ".join(f".{ending}" for ending in _TEXT | _OTHER),
        headers=headers('Header onsuccess unset {name}\nHeader always set {name} "{value}"'),
    )
    files = {
        "host/nginx.conf": _NGINX.format(
            base=base,
            slash=_NGINX_SLASH.format(base=base) if base else "",
            deepest=deepest,
            parts="".join(f"(?<safe_path_{n}>/[^/?]+)?" for n in range(1, depth + 1)),
            page=page,
            above=" ".join(above),
            types=" ".join(kind for kind in _TEXT.values() if kind != "text/html"),
            endings=endings("    {type} {ending};"),
            headers=headers('add_header {name} "{value}" always;'),
        ),
        "host/Caddyfile": caddy_file(None if known is None else base, HEADERS),
        "host/apache.conf": _APACHE.format(
            deepest=deepest,
            unknown=_APACHE_UNKNOWN if known is None else "",
            base=_APACHE_BASE if known is None else _in_bytes(known),
            folder=folder,
            forget=_APACHE_FORGET if known is None else "",
        ),
        "host/apache.htaccess": _HTACCESS.format(deepest=deepest, folder=folder),
        "host/iis.web.config": iis_file(_TEXT, _OTHER, HEADERS),
        "host/iis.txt": NOTES,
        "_headers": _STATIC_HOST.format(base=known or "", headers=headers("  {name}: {value}")),
    }
    return {name: text.encode() for name, text in files.items()}


def _nginx_page(depth: int) -> str:
    """Return the 404 page of a copy ``depth`` folders below the root, built from the request's folders."""
    return "".join(f"$safe_path_{n}" for n in range(1, depth + 1)) + "/404.html"


def _home(depth: int) -> str:
    """Return Apache's line for a copy ``depth`` folders below the root. The deepest match counts."""
    folders = "[^/]+/" * depth
    page = "%{CONTEXT_DOCUMENT_ROOT} . '/' . $1 . '404.html'"
    return f'SetEnvIfExpr "%{{REQUEST_URI}} =~ m#^/({folders})# && -f {page}" safe_path_home=$1'


def _readable(path: str) -> str:
    """Decode ``/%C3%B5igused`` as servers compare it; characters that mean something in their files stay."""
    decoded = unquote(path)
    return decoded if re.fullmatch(r"[\w/.:~-]*", decoded) else path


def _in_bytes(path: str) -> str:
    """Return the decoded path as a regular expression in plain ASCII. Apache compares bytes."""
    return "".join(
        chr(byte) if re.fullmatch(rb"[A-Za-z0-9/_-]", bytes([byte])) else f"\\x{byte:02X}"
        for byte in unquote_to_bytes(path)
    )
