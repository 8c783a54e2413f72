"""Ready files for the web servers of hosts: headers that a page cannot set itself, no log, our 404."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import urlsplit

from .place import Municipality

# A meta element cannot forbid frames, and a 404 in another language's folder needs the server's help.
HEADERS = {
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}

_NGINX = """\
# nginx: include this file inside the location block of this site. It keeps no access log of readers.
access_log off;
error_page 404 {path}404.html;
{headers}
"""

_CADDY = """\
# Caddy: import this file inside the site block. Caddy keeps no access log unless told to.
header {path}* {{
{headers}
}}
handle_errors {{
	@missing expression {{http.error.status_code}} == 404
	rewrite @missing {path}404.html
	file_server
}}
"""

_APACHE = """\
# Apache: include this file inside the virtual host of this site. It keeps no access log of readers.
SetEnvIf Request_URI "^{path}" safe_path_reader
CustomLog "/dev/null" combined env=!safe_path_reader
<Location "{path}">
ErrorDocument 404 {path}404.html
{headers}
</Location>
"""

_HTACCESS = """\
# Apache on shared hosting: works by itself where allowed. The log it cannot switch off: ask the host.
ErrorDocument 404 {path}404.html
<IfModule mod_headers.c>
{headers}
</IfModule>
"""

_STATIC_HOST = """\
{path}*
{headers}
"""


def host_files(place: Municipality) -> Mapping[str, bytes]:
    """``{path: text}`` for nginx, Caddy, Apache and static hosts, for the path of the copy's site_url
    (the root where it has none)."""
    return _files(urlsplit(place.site_url).path if place.site_url else "/")


@lru_cache(64)  # most copies stand at the root
def _files(path: str) -> Mapping[str, bytes]:
    def lines(form: str) -> str:
        return "\n".join(form.format(name=name, value=value) for name, value in HEADERS.items())

    files = {
        "host/nginx.conf": (_NGINX, 'add_header {name} "{value}" always;'),
        "host/Caddyfile": (_CADDY, '\t{name} "{value}"'),
        "host/apache.conf": (_APACHE, 'Header always set {name} "{value}"'),
        ".htaccess": (_HTACCESS, 'Header always set {name} "{value}"'),
        "_headers": (_STATIC_HOST, "  {name}: {value}"),
    }
    return {
        name: text.format(path=path, headers=lines(form)).encode() for name, (text, form) in files.items()
    }
