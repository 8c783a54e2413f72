"""The hosts' real servers on loopback, each with the usual settings of its Debian package around our files.

They serve the folder ``web``. ``settings`` are the host's own, ``inside`` is what our files ask it to write.
Logs are complete once the server has ended.
"""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import gettempdir


def free_port() -> int:
    with socket.socket() as sock:
        sock.bind(("127.0.0.1", 0))
        return int(sock.getsockname()[1])


def listens(port: int) -> bool:
    with socket.socket() as sock:
        return sock.connect_ex(("127.0.0.1", port)) == 0


@dataclass(frozen=True)
class Answer:
    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def all(self, name: str) -> list[str]:
        """Every value of a header: one that comes twice is a fault of its own."""
        return [value for key, value in self.headers if key.lower() == name.lower()]

    def __getitem__(self, name: str) -> str:
        (value,) = self.all(name)
        return value


@dataclass(frozen=True)
class Server:
    port: int
    folder: Path  # its logs are in folder/log

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request("GET", path, headers=dict(headers or {}))
        with closing(connection), connection.getresponse() as answer:
            return Answer(answer.status, answer.getheaders(), answer.read())

    def logs(self) -> dict[str, str]:
        """The text of each log by its name."""
        return {path.name: path.read_text("utf-8") for path in sorted((self.folder / "log").iterdir())}


NGINX = """\
daemon off; pid {tmp}/pid; worker_processes 1;
error_log {log}/error.log;
events {{ worker_connections 64; }}
http {{
    client_body_temp_path {tmp}/b; proxy_temp_path {tmp}/p; fastcgi_temp_path {tmp}/f;
    uwsgi_temp_path {tmp}/u; scgi_temp_path {tmp}/s;
    sendfile on;
    include /etc/nginx/mime.types;
    default_type application/octet-stream;
    access_log {log}/access.log;
    include /etc/nginx/koi-win;
    gzip on;
    server {{
        listen 127.0.0.1:{port};
        root {web};
        {settings}
        {inside}
    }}
}}
"""

CADDY = """\
{{
    admin off
    auto_https off
}}
http://:{port} {{
    bind 127.0.0.1
    log {{
        output file {log}/access.log
    }}
    root * {web}
    {settings}
    {inside}
    file_server
}}
"""

APACHE = """\
ServerRoot {tmp}
ServerName localhost
Listen 127.0.0.1:{port}
PidFile {tmp}/pid
ErrorLog {log}/error.log
LogLevel warn
User www-data
Group www-data
{modules}
AccessFileName .htaccess
<FilesMatch "^\\.ht">
Require all denied
</FilesMatch>
LogFormat "%v %h \\"%r\\" %>s \\"%{{Referer}}i\\" \\"%{{User-Agent}}i\\"" vhost_combined
LogFormat "%h \\"%r\\" %>s \\"%{{Referer}}i\\" \\"%{{User-Agent}}i\\"" combined
<IfModule mod_mime.c>
TypesConfig /etc/mime.types
</IfModule>
GlobalLog {log}/all.log vhost_combined {condition}
<Directory />
AllowOverride None
Require all denied
</Directory>
<VirtualHost *:{port}>
DocumentRoot {web}
CustomLog {log}/access.log combined {condition}
<Directory {web}>
Options Indexes FollowSymLinks
AllowOverride {override}
Require all granted
</Directory>
{settings}
{inside}
</VirtualHost>
"""
MODULES = (
    *("mpm_event", "authz_core", "dir", "mime"),
    *("alias", "autoindex", "expires", "headers", "setenvif"),
)
APACHE_LOG_LINE = "env=!safe_path_reader"  # what host/apache.conf tells the host to write


def nginx(tmp: Path, web: Path, settings: str = "", inside: str = ""):
    return started(tmp, NGINX, ["/usr/sbin/nginx", "-p", str(tmp), "-c"], web, settings, inside)


def caddy(tmp: Path, web: Path, settings: str = "", inside: str = ""):
    command = ["/usr/bin/caddy", "run", "--adapter", "caddyfile", "--config"]
    return started(tmp, CADDY, command, web, settings, inside)


def apache(
    tmp: Path,
    web: Path,
    settings: str = "",
    inside: str = "",
    override: str = "None",
    condition: str = APACHE_LOG_LINE,
    modules: tuple[str, ...] = MODULES,
):
    lines = "\n".join(f"LoadModule {m}_module /usr/lib/apache2/modules/mod_{m}.so" for m in modules)
    command = ["/usr/sbin/apache2", "-D", "FOREGROUND", "-f"]
    values = {"override": override, "condition": condition, "modules": lines}
    return started(tmp, APACHE, command, web, settings, inside, **values)


@contextmanager
def started(
    tmp: Path,
    config: str,
    command: list[str],
    web: Path,
    settings: str,
    inside: str,
    port: int | None = None,
    **values: object,
) -> Iterator[Server]:
    tmp.mkdir()
    log = tmp / "log"
    log.mkdir()
    temporary = Path(gettempdir())
    for folder in (web, *web.parents, tmp, log):
        if folder.owner() == "root" and temporary in folder.parents:
            folder.chmod(0o755)  # Apache's workers are another user
    port = port or free_port()
    file = tmp / "config"
    file.write_text(
        config.format(tmp=tmp, log=log, port=port, web=web, settings=settings, inside=inside, **values),
        "utf-8",
    )
    environment = {**os.environ, "HOME": str(tmp), "APACHE_LOG_DIR": str(log)}
    output = (tmp / "output").open("wb")
    process = subprocess.Popen(
        [*command, str(file)], env=environment, stdout=output, stderr=subprocess.STDOUT
    )
    try:
        while not listens(port):
            with suppress(subprocess.TimeoutExpired):
                process.wait(0.05)
                raise AssertionError((tmp / "output").read_text())  # it says why it ended
        yield Server(port, tmp)
    finally:
        process.terminate()
        process.wait(20)
        output.close()
