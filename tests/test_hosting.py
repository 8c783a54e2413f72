"""The host files in the hosts' real servers: headers, the 404 page at any depth, no access log."""

from __future__ import annotations

import http.client
import socket
import subprocess
from contextlib import closing, suppress
from pathlib import Path

import pytest

PREFIX = "/linn/abi/"


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def listens(port: int) -> bool:
    with socket.socket() as sock:
        return sock.connect_ex(("127.0.0.1", port)) == 0


NGINX = """\
daemon off; pid {tmp}/pid; error_log {tmp}/error.log; worker_processes 1; events {{ }}
http {{ access_log {tmp}/access.log; client_body_temp_path {tmp}/b; proxy_temp_path {tmp}/p;
fastcgi_temp_path {tmp}/f; uwsgi_temp_path {tmp}/u; scgi_temp_path {tmp}/s;
types {{ text/html html; text/css css; }}
server {{ listen 127.0.0.1:{port}; root {web};
location {prefix} {{ include {copy}/host/nginx.conf; }} }} }}
"""
CADDY = """\
{{
admin off
auto_https off
}}
http://127.0.0.1:{port} {{
root * {web}
import {copy}/host/Caddyfile
file_server
}}
"""
APACHE = """\
ServerRoot {tmp}
ServerName localhost
Listen 127.0.0.1:{port}
PidFile {tmp}/pid
ErrorLog {tmp}/error.log
User www-data
Group www-data
{modules}
LogFormat "%r" combined
DocumentRoot {web}
<Directory {web}>
Require all granted
AllowOverride {override}
</Directory>
TypesConfig /etc/mime.types
{include}
"""
MODULES = ("mpm_event", "authz_core", "dir", "mime", "headers", "setenvif", "alias")


def command(server: str, tmp: Path, web: Path, port: int) -> list[str]:
    copy = web / PREFIX.strip("/")
    values = {"tmp": tmp, "web": web, "port": port, "prefix": PREFIX, "copy": copy}
    config = tmp / "config"
    if server == "nginx":
        config.write_text(NGINX.format(**values))
        return ["/usr/sbin/nginx", "-c", str(config), "-p", str(tmp)]
    if server == "caddy":
        config.write_text(CADDY.format(**values))
        return ["/usr/bin/caddy", "run", "--config", str(config), "--adapter", "caddyfile"]
    modules = "\n".join(f"LoadModule {m}_module /usr/lib/apache2/modules/mod_{m}.so" for m in MODULES)
    by_file = server == "apache"
    config.write_text(
        APACHE.format(
            **values,
            modules=modules,
            override="None" if by_file else "All",
            include=f"Include {copy}/host/apache.conf" if by_file else "",
        )
    )
    return ["/usr/sbin/apache2", "-D", "FOREGROUND", "-f", str(config)]


@pytest.fixture(params=["nginx", "caddy", "apache", "htaccess"])
def served(request, sample, tmp_path):
    """The copy under a path of the server, and a way to ask for an address."""
    url = f"https://example.org{PREFIX}"
    sample.site("ee/ylde", url)
    web = tmp_path / "web"
    (web / "linn").mkdir(parents=True)
    sample.build("ee/ylde")
    (sample.root / "sites/ee/ylde").rename(web / PREFIX.strip("/"))
    tmp_path.chmod(0o755)
    for folder in (tmp_path, *tmp_path.parents):
        if folder.owner() == "root" and str(folder).startswith("/tmp/"):
            folder.chmod(0o755)  # Apache's workers are another user
    port = free_port()
    run = command(request.param, tmp_path, web, port)
    environment = {"PATH": "/usr/sbin:/usr/bin:/bin", "HOME": str(tmp_path)}
    output = (tmp_path / "output").open("wb")
    process = subprocess.Popen(run, env=environment, stdout=output, stderr=subprocess.STDOUT)
    try:
        while not listens(port):  # a server that dies instead tells why
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.05)
                pytest.fail((tmp_path / "output").read_text())

        def get(path: str) -> tuple[int, dict[str, str], bytes]:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
            connection.request("GET", path)
            with closing(connection), connection.getresponse() as answer:
                return answer.status, dict(answer.getheaders()), answer.read()

        yield get, tmp_path
    finally:
        process.terminate()
        process.wait(10)
        output.close()


def test_headers_are_set_and_a_wrong_address_of_any_depth_shows_our_page(served):
    get, folder = served
    status, headers, body = get(PREFIX + "ru/help.html")
    assert status == 200
    assert b"<!doctype html>" in body
    assert headers["Content-Security-Policy"] == "frame-ancestors 'none'"
    assert headers["Referrer-Policy"] == "no-referrer"
    for path in ("nothing", "ru/x/y/nothing.html"):
        status, headers, body = get(PREFIX + path)
        assert status == 404
        assert b'href="tel:112"' in body
        assert headers["Content-Security-Policy"] == "frame-ancestors 'none'"
    log = folder / "access.log"
    assert not log.exists() or log.read_text() == ""


def test_a_static_host_gets_the_same_headers(sample):
    sample.build("ee/ylde")
    assert sample.read("ee/ylde/_headers") == (
        "/*\n  Content-Security-Policy: frame-ancestors 'none'\n  Referrer-Policy: no-referrer\n"
        "  X-Content-Type-Options: nosniff\n"
    )
