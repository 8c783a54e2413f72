"""What a host changes for each finding: a sentence of i18n/hosting/, and lines for its server's settings.

The lines are in the servers' own languages, so they are the same in every letter.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ..copies.host_file_include_directives import including_lines

SERVERS = ("nginx", "Apache", "Caddy", "IIS", "static")

_INCLUDE = including_lines("/PATH")
_HOST_FILE = {
    **_INCLUDE,
    "Apache": f"{_INCLUDE['Apache']}  (a2enmod headers)",
    "IIS": "host/iis.web.config → web.config",
    "static": "_headers",
}


@dataclass(frozen=True)
class Remedy:
    """``sentence`` is a key of i18n/hosting/ (empty if the lines say enough); ``lines`` are by server."""

    sentence: str = ""
    lines: Mapping[str, str] = field(default_factory=dict)


_COPY = Remedy("remedy-copy", {"nginx": "rsync -a --delete copy/ HOST:/FOLDER/"})
_NEW = Remedy("remedy-new-copy")
_COORDINATOR = Remedy("remedy-coordinator")
_NETWORK = Remedy("remedy-network")
_FILE = Remedy("", _HOST_FILE)


def _lines(nginx: str, apache: str, caddy: str, iis: str, static: str, sentence: str = "") -> Remedy:
    found = dict(zip(SERVERS, (nginx, apache, caddy, iis, static), strict=True))
    return Remedy(sentence, {server: line for server, line in found.items() if line})


_CERTIFICATE = _lines(
    "certbot --nginx -d HOST",
    "certbot --apache -d HOST",
    "HOST { … }  (Caddy renews certificates by itself)",
    "win-acme (wacs.exe)",
    "HTTPS: on",
)

REMEDIES: Mapping[str, Remedy] = {
    "home-opens": Remedy(
        "remedy-copy", {**_HOST_FILE, "Apache": "500: rm .htaccess; " + _HOST_FILE["Apache"]}
    ),
    "home-is-ours": _COPY,
    "manifest": _COPY,
    "files-unchanged": Remedy("remedy-copy", _COPY.lines),
    "files-there": _COPY,
    "up-to-date": _NEW,
    "published-version": _NEW,
    "help-numbers": _COPY,
    "contacts": _COPY,
    "contacts-in-date": _NEW,
    "language": _COPY,
    "emergency-number": _COPY,
    "exit-link": _COPY,
    "exit-answers": _COORDINATOR,
    "no-cookie": _lines(
        "proxy_hide_header Set-Cookie;",
        "Header always unset Set-Cookie",
        "header -Set-Cookie",
        '<sessionState mode="Off" />',
        "",
        "remedy-network",
    ),
    "no-third-party": _NETWORK,
    "no-foreign-script": _NETWORK,
    "no-reports": _lines(
        "proxy_hide_header NEL; proxy_hide_header Report-To;",
        "Header always unset NEL",
        "header -NEL",
        '<remove name="NEL" />',
        "",
        "remedy-network",
    ),
    "referrer-policy": _FILE,
    "frame-ancestors": _FILE,
    "policy-lets-pages-work": _lines(
        "add_header Content-Security-Policy \"frame-ancestors 'none'\" always;",
        "Header always set Content-Security-Policy \"frame-ancestors 'none'\"",
        "header Content-Security-Policy \"frame-ancestors 'none'\"",
        '<add name="Content-Security-Policy" value="frame-ancestors \'none\'" />',
        "_headers: Content-Security-Policy: frame-ancestors 'none'",
    ),
    "no-sniffing": _FILE,
    "no-listing": _lines(
        "autoindex off;",
        "Options -Indexes",
        "file_server  (browse: –)",
        '<directoryBrowse enabled="false" />',
        "",
    ),
    "hidden-files": _lines(
        "location ~ /\\.(?!well-known/) { return 404; }",
        "RedirectMatch 404 /\\.(?!well-known/)",
        "respond /.* 404",
        '<hiddenSegments><add segment=".git" /></hiddenSegments>',
        "",
        "remedy-copy",
    ),
    "host-folder": _lines(
        "location ^~ /PATH/host/ { return 404; }",
        "RedirectMatch 404 ^/PATH/host/",
        "respond /PATH/host/* 404",
        '<hiddenSegments><add segment="host" /></hiddenSegments>',
        "",
    ),
    "server-version": _lines(
        "server_tokens off;",
        "ServerTokens Prod",
        "header -Server",
        '<requestFiltering removeServerHeader="true" />',
        "",
    ),
    "search-engines": _lines(
        "–add_header X-Robots-Tag",
        "Header always unset X-Robots-Tag",
        "header -X-Robots-Tag",
        '<remove name="X-Robots-Tag" />',
        "robots.txt: Allow: /",
    ),
    "https": _CERTIFICATE,
    "certificate": _CERTIFICATE,
    "certificate-days": _CERTIFICATE,
    "redirect-to-https": _lines(
        "return 301 https://$host$request_uri;",
        "Redirect permanent / https://HOST/",
        "HOST { … }",
        '<action type="Redirect" url="https://{HTTP_HOST}/{R:1}" />',
        "Force HTTPS: on",
    ),
    "hsts": _lines(
        'add_header Strict-Transport-Security "max-age=31536000" always;',
        'Header always set Strict-Transport-Security "max-age=31536000"',
        'header Strict-Transport-Security "max-age=31536000"',
        '<hsts enabled="true" max-age="31536000" />',
        "_headers: Strict-Transport-Security: max-age=31536000",
    ),
    "charset": _FILE,
    "types": _FILE,
    "no-long-cache": _FILE,
    "asks-for-new-version": _FILE,
    "unchanged-page-is-not-sent-again": _lines("etag on;", _HOST_FILE["Apache"], "file_server", "", ""),
    "compression": _lines(
        "gzip on; gzip_types text/css text/javascript application/json;",
        "AddOutputFilterByType DEFLATE text/html text/css text/javascript application/json",
        "encode gzip",
        '<urlCompression doStaticCompression="true" />',
        "",
    ),
    "weight": _COPY,
    "not-found-status": _FILE,
    "not-found-page": Remedy("", {**_HOST_FILE, "static": "404.html"}),
    "folder-slash": _lines(
        "absolute_redirect off;",
        "DirectorySlash On; ServerName https://HOST",
        "file_server",
        "",
        "",
    ),
    "folder-page": _lines(
        "index index.html;", "DirectoryIndex index.html", "file_server", '<add value="index.html" />', ""
    ),
    "addresses-kept": _lines(
        "–rewrite, –return 301", "–RewriteRule", "–redir", "–<rewrite>", "Pretty URLs: off"
    ),
    "language-kept": _lines("–if ($http_accept_language)", "Options -MultiViews", "–redir", "–<rewrite>", ""),
    "ipv6": _lines("listen [::]:443 ssl;", "Listen [::]:443", "HOST { … }", "[::]:443", ""),
}
