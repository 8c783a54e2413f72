"""Hosts of one copy on real nginx, Apache and Caddy: good ones, and ones with one fault each.

Every host is a virtual host of one of three processes, by its name, so that dozens start in a second.
"""

from __future__ import annotations

import json
import shutil
import ssl
import subprocess
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

from ..servers import free_port, started

DOMAIN = "example.org"
EXIT = "weather.example.org"
Edit = Callable[[Path], None]


@dataclass(frozen=True)
class Host:
    """One virtual host. ``ours`` is what it does with our host file, ``before`` and ``after`` lines around it;
    ``edit`` changes its copy; ``faults`` are the checks that must find it."""

    name: str
    faults: frozenset[str] = frozenset()
    server: str = "nginx"
    ours: Callable[[str], str] = lambda text: text
    before: str = ""
    after: str = ""
    edit: Edit = lambda folder: None
    path: str = "/"
    plain: str = "return 301 https://$host$request_uri;"
    certificate: str = "good"
    scheme: str = "https"
    old: bool = False  # a copy of the release before
    whole: str | None = None  # everything inside the server block, instead of our file

    @property
    def host(self) -> str:
        return f"{self.name}.{DOMAIN}"

    @property
    def url(self) -> str:
        return f"{self.scheme}://{self.host}{self.path}"


def swap(file: str, *pairs: tuple[str, str]) -> Edit:
    """Change words in a file of a copy."""

    def edit(folder: Path) -> None:
        text = (folder / file).read_text("utf-8")
        for old, new in pairs:
            assert old in text, (file, old)
            text = text.replace(old, new)
        (folder / file).write_text(text, "utf-8")

    return edit


def everywhere(old: str, new: str) -> Edit:
    def edit(folder: Path) -> None:
        for page in folder.rglob("*.html"):
            page.write_text(page.read_text("utf-8").replace(old, new), "utf-8")

    return edit


def add(file: str, data: str) -> Edit:
    def edit(folder: Path) -> None:
        (folder / file).parent.mkdir(exist_ok=True)
        (folder / file).write_text(data, "utf-8")

    return edit


def gone(*files: str) -> Edit:
    def edit(folder: Path) -> None:
        for file in files:
            (folder / file).unlink()

    return edit


WRONG = (("736 13 00", "736 13 01"), ("7361300", "7361301"))


def wrong_number(folder: Path) -> None:
    swap("help.html", *WRONG)(folder)


def wrong_number_and_manifest(folder: Path) -> None:
    import hashlib

    wrong_number(folder)
    data = (folder / "help.html").read_bytes()
    found = json.loads((folder / "manifest.json").read_bytes())
    found["files"]["help.html"] = {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    (folder / "manifest.json").write_text(json.dumps(found))


def heavy_page(folder: Path) -> None:
    import random

    noise = random.Random(1).randbytes(40_000).hex()
    swap("help.html", ("</body>", f"<!--{noise}--></body>"))(folder)


def replaced(old: str, new: str) -> Callable[[str], str]:
    def ours(text: str) -> str:
        assert old in text, old
        return text.replace(old, new)

    return ours


def header(line: str) -> Callable[[str], str]:
    """Our nginx file with one more header."""
    return replaced("expires off;", f"expires off;\nadd_header {line} always;")


def injected(what: str) -> str:
    return f"sub_filter '</body>' '{what}</body>'; sub_filter_once off;"


def f(*names: str) -> frozenset[str]:
    return frozenset(names)


BARE = """root {folder}; location / {{ index index.html; }}"""
OWN_NGINX = """
root {folder}; index index.html; error_page 404 /404.html; absolute_redirect off;
charset utf-8; charset_types text/css application/javascript application/json text/calendar;
add_header Cache-Control "no-cache, max-age=60" always; add_header X-Frame-Options DENY always;
location ~ /\\. {{ return 404; }}
location ~ /$ {{ try_files $uri/index.html =404; }}
location / {{ try_files $uri $uri/ =404; }}
"""

BROKEN = (
    Host("wrong-number", f("files-unchanged", "help-numbers"), edit=wrong_number),
    Host("wrong-manifest", f("files-unchanged", "help-numbers"), edit=wrong_number_and_manifest),
    Host("old-release", f("up-to-date"), old=True),
    Host(
        "tracker",
        f("files-unchanged", "no-third-party", "no-foreign-script"),
        ours=lambda text: text + injected('<script src="https://cdn.example.net/a.js"></script>'),
    ),
    Host(
        "inline-script",
        f("files-unchanged", "no-foreign-script"),
        ours=lambda text: text + injected("<script>var a=1</script>"),
    ),
    Host(
        "pixel",
        f("files-unchanged", "no-third-party"),
        edit=swap("index.html", ("</body>", '<img src="//t.example.net/1"></body>')),
    ),
    Host("cookie", f("no-cookie"), ours=header('Set-Cookie "id=1; Path=/"')),
    Host("found-nothing", f("not-found-status"), ours=replaced("=404 ", "=200 ")),
    Host("own-404", f("not-found-page"), whole=OWN_NGINX.replace("error_page 404 /404.html;", "")),
    Host("moved-404", f("not-found-status"), whole=OWN_NGINX.replace("/404.html;", "=302 /index.html;")),
    Host(
        "listing",
        f("no-listing"),
        whole=OWN_NGINX.replace("location ~ /$ {{ try_files $uri/index.html =404; }}", "autoindex on;"),
    ),
    Host(
        "git",
        f("hidden-files"),
        edit=add(".git/HEAD", "ref: refs/heads/main\n"),
        whole=OWN_NGINX.replace("location ~ /\\. {{ return 404; }}", ""),
    ),
    Host("charset", f("charset"), ours=lambda text: text.replace("charset utf-8;", "charset koi8-r;")),
    Host("types", f("types"), ours=replaced("text/css css;", "text/plain css;")),
    Host(
        "long-cache", f("no-long-cache"), ours=replaced('"no-cache"', '"public, max-age=31536000, immutable"')
    ),
    Host(
        "expires",
        f("no-long-cache"),
        whole=OWN_NGINX.replace('add_header Cache-Control "no-cache, max-age=60" always;', "expires 30d;"),
    ),
    Host("uncompressed", f("compression"), before="gzip off;"),
    Host("noindex", f("search-engines"), ours=header('X-Robots-Tag "noindex, nofollow"')),
    Host(
        "robots",
        f("search-engines"),
        before="location = /robots.txt { default_type text/plain; return 200 'User-agent: *\\nDisallow: /\\n'; }",
    ),
    Host(
        "framed",
        f("frame-ancestors"),
        ours=replaced("Content-Security-Policy \"frame-ancestors 'none'\"", 'X-Other "1"'),
    ),
    Host(
        "policy",
        f("policy-lets-pages-work"),
        ours=replaced("frame-ancestors 'none'", "default-src 'self'; frame-ancestors 'none'"),
    ),
    Host("reports", f("no-reports"), ours=header('NEL \'{"report_to":"x","max_age":604800}\'')),
    Host(
        "referrer",
        f("referrer-policy"),
        ours=replaced('Referrer-Policy "no-referrer"', 'Referrer-Policy "unsafe-url"'),
    ),
    Host(
        "preconnect", f("no-third-party"), ours=header('Link "<https://fonts.example.net>; rel=preconnect"')
    ),
    Host("plain-open", f("redirect-to-https"), plain=OWN_NGINX),
    Host("plain-elsewhere", f("redirect-to-https"), plain="return 301 https://www.example.net/;"),
    Host("short-certificate", f("certificate-days"), certificate="short"),
    Host("wrong-certificate", f("certificate"), certificate="wrong"),
    Host("expired-certificate", f("certificate"), certificate="expired"),
    Host(
        "no-https",
        f("https"),
        scheme="http",
        plain="location ^~ / {{ include {folder}/host/nginx.conf; }} root {folder};",
    ),
    Host(
        "short-addresses",
        f("addresses-kept", "not-found-status"),
        whole=OWN_NGINX.replace(
            "location / {{ try_files",
            "rewrite ^/(.*)\\.html$ /$1 redirect; location / {{ try_files $uri.html",
        ),
    ),
    Host("slash-to-http", f("folder-slash"), before="location = /ru { return 301 http://$host/ru/; }"),
    Host("folder-page", f("folder-page"), before="location = /ru/ { return 404; }"),
    Host(
        "language",
        f("language-kept"),
        before="location = / { if ($http_accept_language ~ zu) { return 302 /ru/; } }",
    ),
    Host("home-500", f("home-opens"), before="location = / { return 500; }"),
    Host("home-404", f("home-opens"), before="location = / { return 404; }"),
    Host(
        "parked",
        f("home-is-ours"),
        whole="location / {{ default_type text/html; return 200 'This domain is for sale'; }}",
    ),
    Host("no-manifest", f("manifest"), edit=gone("manifest.json")),
    Host("half", f("files-there", "contacts"), edit=gone("contacts.json", "ru/help.html")),
    Host(
        "mirrored",
        f("files-unchanged", "language"),
        edit=swap("help.html", ('<html lang="et"', '<html dir="rtl" lang="ru"')),
    ),
    Host(
        "no-exit",
        f("files-unchanged", "exit-link"),
        edit=swap("help.html", ("data-exit href", "data-x href")),
    ),
    Host(
        "dead-exit",
        f("files-unchanged", "exit-answers"),
        edit=everywhere("weather.example.org/", "weather.example.org/gone"),
    ),
    Host(
        "no-112",
        f("files-unchanged", "emergency-number"),
        edit=swap("index.html", ('href="tel:112"', 'href="#"')),
    ),
    Host("heavy", f("files-unchanged", "weight"), edit=heavy_page),
    Host("dead-ipv6", f("ipv6")),
    Host(
        "apache-htaccess",
        f("home-opens"),
        server="apache",
        edit=add(".htaccess", "No such setting\n"),
        whole="AllowOverride All",
    ),
    Host("apache-cookie", f("no-cookie"), server="apache", after='Header always set Set-Cookie "id=1"'),
    Host(
        "apache-404",
        f("not-found-page"),
        server="apache",
        ours=replaced("ErrorDocument 404", "ErrorDocument 410"),
    ),
    Host(
        "apache-cache", f("no-long-cache"), server="apache", ours=replaced('"no-cache"', '"max-age=2592000"')
    ),
    Host(
        "caddy-404",
        f("not-found-page"),
        server="caddy",
        ours=replaced("rewrite @safe_path_wrong ", "rewrite /nowhere "),
    ),
    Host("caddy-uncompressed", f("compression"), server="caddy", before="# no encode"),
    Host(
        "caddy-frames",
        f("frame-ancestors"),
        server="caddy",
        ours=replaced("frame-ancestors 'none'", "frame-ancestors *"),
    ),
)

GOOD = (
    Host("good-nginx"),
    Host("good-nginx-path", path="/linn/abi/"),
    Host("good-nginx-own", whole=OWN_NGINX),
    Host("good-nginx-static", before="gzip_static on;"),
    Host("good-nginx-hsts", ours=header('Strict-Transport-Security "max-age=31536000"')),
    Host("good-apache", server="apache"),
    Host("good-apache-path", server="apache", path="/abi/"),
    Host("good-apache-shared", server="apache", whole="AllowOverride All", edit=lambda folder: shutil.copy(folder / "host/apache.htaccess", folder / ".htaccess")),
    Host("good-caddy", server="caddy"),
    Host("good-caddy-path", server="caddy", path="/abi/"),
    Host("good-ipv6"),
)  # fmt: skip

UNSEEN = {
    Host(
        "challenge",
        whole="add_header cf-mitigated challenge always; location / {{ return 403 'Just a moment'; }}",
    ): "challenge",
    Host(
        "captcha", whole="location / {{ default_type text/html; return 200 '<form class=h-captcha>'; }}"
    ): "challenge",
    Host("forbidden", whole="location / {{ return 403; }}"): "refused",
    Host("busy", whole="location / {{ return 503; }}"): "refused",
    Host("moved", whole="location / {{ return 301 https://elsewhere.example.net/; }}"): "redirected",
    Host("to-file", whole="location / {{ return 302 file:///etc/passwd; }}"): "redirected",
    Host("loop", whole="location / {{ return 302 $scheme://$host/a$request_uri; }}"): "redirected",
}

NGINX = """\
daemon off; pid {tmp}/pid; worker_processes 1; error_log {log}/error.log;
events {{ worker_connections 256; }}
http {{
client_body_temp_path {tmp}/b; proxy_temp_path {tmp}/p; fastcgi_temp_path {tmp}/f;
uwsgi_temp_path {tmp}/u; scgi_temp_path {tmp}/s;
include /etc/nginx/mime.types; default_type application/octet-stream; access_log off;
gzip on; gzip_types text/css text/javascript application/javascript application/json;
server_names_hash_bucket_size 128;
{settings}
}}
"""
NGINX_HOST = """
server {{ listen 127.0.0.1:{tls} ssl; server_name {host};
ssl_certificate {certificates}/{certificate}.pem; ssl_certificate_key {certificates}/{certificate}.key;
{before}
{inside}
}}
server {{ listen 127.0.0.1:{port}; server_name {host};
{plain}
}}
"""

APACHE = """\
ServerRoot {tmp}
ServerName localhost
Listen 127.0.0.1:{port}
Listen 127.0.0.1:{tls}
PidFile {tmp}/pid
ErrorLog {log}/error.log
User www-data
Group www-data
{modules}
TypesConfig /etc/mime.types
AddOutputFilterByType DEFLATE text/html text/css text/javascript application/json
<Directory />
AllowOverride None
Require all granted
</Directory>
{settings}
"""
APACHE_HOST = """
<VirtualHost *:{tls}>
ServerName {host}
DocumentRoot {folder}
SSLEngine on
SSLCertificateFile {certificates}/{certificate}.pem
SSLCertificateKeyFile {certificates}/{certificate}.key
<Directory {folder}>
{override}
</Directory>
{before}
{alias}
{inside}
{after}
</VirtualHost>
<VirtualHost *:{port}>
ServerName {host}
Redirect permanent / https://{host}/
</VirtualHost>
"""
APACHE_MODULES = (
    *("mpm_event", "authz_core", "dir", "mime", "alias", "autoindex", "headers", "setenvif"),
    *("filter", "deflate", "socache_shmcb", "ssl"),
)

CADDY = """\
{{
    admin off
    auto_https off
    http_port {port}
    https_port {tls}
}}
{settings}
"""
CADDY_HOST = """
https://{host}:{tls} {{
    bind 127.0.0.1
    tls {certificates}/{certificate}.pem {certificates}/{certificate}.key
    root * {root}
    {before}
    {inside}
    {after}
    file_server
}}
http://{host}:{port} {{
    bind 127.0.0.1
    redir https://{host}{{uri}} permanent
}}
"""


@dataclass
class Street:
    """All hosts, started. `resolver` leads their names to loopback."""

    ports: dict[str, tuple[int, int]] = field(default_factory=dict)  # server -> plain and TLS port
    hosts: dict[str, Host] = field(default_factory=dict)
    dead: int = 0

    async def resolver(self, host: str, port: int) -> list[tuple[str, int]]:
        found = self.hosts.get(host)
        if not found:
            raise OSError(f"no such host: {host}")
        plain, tls = self.ports[found.server]
        here = ("127.0.0.1", tls if port == 443 else plain)
        if found.name == "dead-ipv6":
            return [("::1", self.dead), here]
        return [here]


def start(stack: ExitStack, tmp: Path, new: Path, old: Path, hosts: list[Host]) -> Street:
    """Start all hosts, each with a copy of its own."""
    certificates(tmp)
    street = Street(dead=free_port())
    street.ports = {server: (free_port(), free_port()) for server in ("nginx", "apache", "caddy")}
    exit_host = Host("weather", whole="location = / {{ return 200; }} location / {{ return 404; }}")
    blocks: dict[str, list[str]] = {"nginx": [], "apache": [], "caddy": []}
    for host in [*hosts, exit_host]:
        street.hosts[host.host] = host
        web = tmp / "webs" / host.name
        folder = web / host.path.strip("/")
        shutil.copytree(old if host.old else new, folder)
        host.edit(folder)
        blocks[host.server].append(block(host, folder, tmp, street))
    values = {
        "modules": "\n".join(
            f"LoadModule {m}_module /usr/lib/apache2/modules/mod_{m}.so" for m in APACHE_MODULES
        )
    }
    for server, config, command in (
        ("nginx", NGINX, ["/usr/sbin/nginx", "-p", str(tmp / "nginx"), "-c"]),
        ("apache", APACHE, ["/usr/sbin/apache2", "-D", "FOREGROUND", "-f"]),
        ("caddy", CADDY, ["/usr/bin/caddy", "run", "--adapter", "caddyfile", "--config"]),
    ):
        port, tls = street.ports[server]
        stack.enter_context(
            started(
                tmp / server,
                config,
                command,
                tmp,
                "\n".join(blocks[server]),
                "",
                port=port,
                tls=tls,
                **values,
            )
        )
    return street


def block(host: Host, folder: Path, tmp: Path, street: Street) -> str:
    plain, tls = street.ports[host.server]
    base = host.path.rstrip("/")
    web = tmp / "webs" / host.name
    values = {
        "port": plain, "tls": tls, "host": host.host, "certificates": tmp, "certificate": host.certificate,
        "folder": folder, "before": host.before, "after": host.after, "alias": "", "root": web,
    }  # fmt: skip
    if host.server == "nginx":
        conf = host.ours((folder / "host/nginx.conf").read_text("utf-8"))
        file = tmp / f"{host.name}.conf"
        file.write_text(conf, "utf-8")
        ours = f"root {web}; location ^~ {base}/ {{ include {file}; }}"
        values["inside"] = host.whole.format(folder=folder) if host.whole else ours
        values["plain"] = host.plain.format(folder=folder) if "{{" in host.plain else host.plain
        return NGINX_HOST.format(**values)
    if host.server == "apache":
        file = tmp / f"{host.name}.conf"
        define = f"Define safe_path {base}\n" if base else ""
        file.write_text(define + host.ours((folder / "host/apache.conf").read_text("utf-8")), "utf-8")
        values["override"] = host.whole or ""
        values["inside"] = "" if host.whole else f"Include {file}"
        values["folder"] = web
        return APACHE_HOST.format(**values)
    file = tmp / f"{host.name}.caddy"
    text = (folder / "host/Caddyfile").read_text("utf-8").replace("{$SAFE_PATH:}", base)
    file.write_text(host.ours(text), "utf-8")
    values["before"] = host.before or "encode gzip"
    values["inside"] = f"import {file}"
    return CADDY_HOST.format(**values)


def certificates(tmp: Path) -> None:
    """Make an authority and certificates: good, of a few days, of another host, and expired."""

    def openssl(*arguments: object) -> None:
        subprocess.run(["openssl", *map(str, arguments)], check=True, capture_output=True, cwd=tmp)

    curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes")
    openssl("req", "-x509", *curve, "-keyout", "ca.key", "-out", "ca.pem", "-days", 30, "-subj", "/CN=Test")
    for name, dns, days in (
        ("good", f"*.{DOMAIN}", 90), ("short", f"*.{DOMAIN}", 5), ("wrong", "other.example.net", 90), ("expired", f"*.{DOMAIN}", -1),
    ):  # fmt: skip
        (tmp / "ext").write_text(f"subjectAltName=DNS:{dns}\n")
        openssl("req", *curve, "-keyout", f"{name}.key", "-out", f"{name}.csr", "-subj", "/CN=x")
        openssl(
            *("x509", "-req", "-in", f"{name}.csr", "-CA", "ca.pem", "-CAkey", "ca.key", "-CAcreateserial"),
            *("-out", f"{name}.pem", "-days", days, "-extfile", "ext"),
        )


def trust(tmp: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(tmp / "ca.pem"))
