"""The host files in the hosts' real servers: what they promise holds beside the host's own settings."""

from __future__ import annotations

import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from urllib.parse import quote, unquote
from xml.etree import ElementTree

import pytest

from campaign.copies.host_files import host_files
from campaign.model.confirmations_and_approvals import CoordinatorFile
from campaign.pages.ui_strings import read_words
from campaign.source.municipalities import read_places

from ..chromium import CHROMIUM, open_search, type_and_wait
from ..project import Sample, small_project
from ..servers import MODULES, Server, apache, caddy, free_port, nginx

__all__ = ["free_port"]

PLACE = "municipalities/ee/ylde.yml"
MEETING = """\
meetings:
  - id: ee-ylde-round-table
    kind: round-table
    starts: "2027-03-04 10:00"
    ends: "2027-03-04 12:30"
    venue: Raekoda
    contact: ee-ylde-social
    announced: 2026-02-01
"""
READER = "Reader-of-Safe-Path"


@dataclass(frozen=True)
class Copy:
    """A copy in the folder ``folder`` of a web root, and whether its file names its address."""

    folder: str
    knows: bool = True

    @property
    def base(self) -> str:
        """Its path as a browser asks for it, without the last slash."""
        return quote(f"/{self.folder}").rstrip("/")


# Which copies a host has in its web root.
LAYOUTS = {
    "paths": (
        *(Copy("linn/abi"), Copy("õigused", knows=False), Copy("abi", knows=False)),
        *(Copy("Linn.ee/~abi/inim-kaubandus/et_2"), Copy("a/b/c/d/e/f/g/h/i/j/k/l")),  # none is too deep
    ),
    "root": (Copy(""),),
    "unknown": (Copy("", knows=False),),
}
PATHS = LAYOUTS["paths"]

# The same address in the forms that a link may have.
FORMS = (lambda path: path, lambda path: re.sub("%..", lambda found: found[0].lower(), path))


def say_where(project: Sample, url: str | None) -> None:
    """The coordinator names the address of the copy, or none. Nothing else is in the coordinator's file."""
    (project.root / "municipalities/ee/_coordinator.yml").unlink(missing_ok=True)
    if url:
        project.site("ee/ylde", url)


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """The small project with a meeting."""
    sample = small_project(tmp_path_factory.mktemp("hosting") / "project")
    sample.edit(PLACE, "contacts:", MEETING + "contacts:")
    return sample


@pytest.fixture(scope="module")
def webs(project):
    """A web root for each layout: pages of the host, and one municipality's copy in each place."""
    webs = {name: project.root.parent / "webs" / name for name in LAYOUTS}
    for name, copies in LAYOUTS.items():
        for copy in copies:
            say_where(project, f"https://example.org{copy.base}/" if copy.knows else None)
            project.build("ee/ylde")
            folder = webs[name] / copy.folder
            shutil.copytree(project.root / "sites/ee/ylde", folder)
            (folder / "notes.txt").write_text("Märkmed", "utf-8")
            (folder / ".git").mkdir()
            (folder / ".git/config").write_text("A builder's own")
        (webs[name] / "own.html").write_text("The host's own page")
        challenge = webs[name] / ".well-known/acme-challenge/token"
        challenge.parent.mkdir(parents=True)
        challenge.write_text("The host's own certificate")
    say_where(project, None)
    return webs


@pytest.fixture(scope="module")
def web(webs):
    return webs["paths"]


NGINX_HOSTILE = """\
        charset koi8-r; source_charset windows-1251;
        ssi on; open_file_cache max=100 inactive=1d; open_file_cache_valid 1d; open_file_cache_errors on;
        expires 1y; etag off; autoindex on; if_modified_since before; index index.php index.html;
        error_page 404 /oops.html;
        location ~* \\.(html|js|css|json|ics|txt)$ { expires 1y; add_header X-Host yes; }
        location ~ /404 { return 410; }
"""
CADDY_HOSTILE = """\
    try_files {path} /own.html
    header {
        Cache-Control "public, max-age=31536000"
        Referrer-Policy unsafe-url
        Content-Type "charset=utf-8" "charset=windows-1251"
        -Server
    }
    handle_errors {
        respond "The host's own error" 404
    }
"""
APACHE_HOSTILE = """\
AddDefaultCharset windows-1251
AddType "text/html; charset=koi8-r" .html
AddType text/plain .ics
AddCharset windows-1251 .js
FileETag None
AddOutputFilter INCLUDES .html .css
AddHandler send-as-is .js .json
<FilesMatch "\\.(ics|txt)$">
ForceType "text/html; charset=koi8-r"
</FilesMatch>
<Location />
Options +Includes
</Location>
ErrorDocument 404 /oops.html
ErrorDocument 403 "No"
DirectoryIndex index.php index.html
ExpiresActive On
ExpiresDefault "access plus 1 year"
Header set Cache-Control "public, max-age=31536000"
Header set Content-Security-Policy "default-src https:"
Header set Referrer-Policy unsafe-url
<FilesMatch "\\.(html|js|css)$">
Header set Cache-Control "public, max-age=99999"
</FilesMatch>
"""
# A file in a folder may not change these.
APACHE_FALLBACKS = """\
CheckSpelling On
FallbackResource /own.html
"""
APACHE_MODULES = (*MODULES, "asis", "include", "speling")


def _with_nginx(tmp, web, copies, settings):
    lines = [
        f"location {unquote(copy.base)}/ {{ include {web / copy.folder}/host/nginx.conf; }}\n"
        for copy in copies
    ]
    if copies == PATHS:
        lines.append("location / { try_files $uri $uri/ =404; }\n")
    return nginx(tmp, web, settings, "".join(lines))


def _with_caddy(tmp, web, copies, settings):
    lines = []
    for copy in copies:
        file = web / copy.folder / "host/Caddyfile"
        if not copy.knows and copy.folder:  # what the file asks the host to do
            text = file.read_text("utf-8").replace("{$SAFE_PATH:}", unquote(copy.base))
            file = tmp.with_name(f"Caddyfile-{copy.folder}")
            file.write_text(text, "utf-8")
        lines.append(f"import {file}\n")
    return caddy(tmp, web, settings, "".join(lines))


def _with_apache(tmp, web, copies, settings):
    inside = "".join(
        (f"Define safe_path {unquote(copy.base)}\n" if not copy.knows and copy.folder else "")
        + f"Include {web / copy.folder}/host/apache.conf\n"
        for copy in copies
    )
    return apache(tmp, web, settings, inside, modules=APACHE_MODULES)


def _with_htaccess(tmp, web, copies, settings):
    """As on shared hosting: the host's settings are the server's, ours are in the folder of the copy."""
    own = tmp.with_name("web")
    shutil.copytree(web, own)
    for copy in copies:
        shutil.copy(own / copy.folder / "host/apache.htaccess", own / copy.folder / ".htaccess")
    return apache(tmp, own, settings, override="FileInfo", modules=APACHE_MODULES)


SERVERS = {
    "nginx": (_with_nginx, NGINX_HOSTILE),
    "caddy": (_with_caddy, CADDY_HOSTILE),
    "apache": (_with_apache, APACHE_HOSTILE + APACHE_FALLBACKS),
    "htaccess": (_with_htaccess, APACHE_HOSTILE),
}
HOSTS = [(name, layout, hostile) for name in SERVERS for layout in LAYOUTS for hostile in (False, True)]
NAMES = [f"{name}-{layout}-{'hostile' if hostile else 'usual'}" for name, layout, hostile in HOSTS]


@dataclass(frozen=True)
class Host:
    """A server with copies."""

    server: Server
    copies: tuple[Copy, ...]

    def bases(self) -> list[str]:
        return [form(copy.base) for copy in self.copies for form in FORMS]


@contextmanager
def hosted(param: tuple[str, str, bool], webs: dict[str, Path], folder: Path) -> Iterator[Host]:
    """A server with its usual settings, or with such as go against ours."""
    name, layout, hostile = param
    start, settings = SERVERS[name]
    copies = LAYOUTS[layout]
    with start(folder / "server", webs[layout], copies, settings if hostile else "") as server:
        yield Host(server, copies)


@pytest.fixture(scope="module", params=HOSTS, ids=NAMES)
def host(request, webs, tmp_path_factory):
    with hosted(request.param, webs, tmp_path_factory.mktemp("host")) as host:
        yield host


OURS = {
    "Cache-Control": ["no-cache"],
    "Content-Security-Policy": ["frame-ancestors 'none'"],
    "Referrer-Policy": ["no-referrer"],
    "X-Content-Type-Options": ["nosniff"],
}
JSON = ("application/json", "application/json; charset=utf-8")  # UTF-8 either way (RFC 8259)
TYPES = {
    "/help.html": ("text/html; charset=utf-8",),
    "/ru/": ("text/html; charset=utf-8",),
    "/assets/search/box.css": ("text/css; charset=utf-8",),
    "/assets/search/contacts.js": ("text/javascript; charset=utf-8",),
    "/contacts.json": JSON,
    "/meetings/ee-ylde-round-table.ics": ("text/calendar; charset=utf-8",),
    "/notes.txt": ("text/plain; charset=utf-8",),
}


def test_each_file_has_its_type_in_utf_8_and_our_headers_and_is_revalidated(host):
    for base in host.bases():
        for path, kinds in TYPES.items():
            answer = host.server.get(base + path)
            assert answer.status == 200
            assert answer["Content-Type"] in kinds
            assert {name: answer.all(name) for name in OURS} == OURS
            assert answer.all("Expires") == []
            for more in ({}, {"Accept-Encoding": "gzip"}):
                tag = host.server.get(base + path, more)["ETag"]
                again = host.server.get(base + path, {"If-None-Match": tag, **more})
                assert (again.status, again.body) == (304, b"")
            assert again["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "path",
    [
        *("/nothing", "/nothing.html", "/x.ics", "/a%3Fb%20%D0%B0", "/help.html/x", "/assets/"),
        *("/ru/x/y/z/1/2/3/4/5/6/7/8/nothing.html", "/.git/config", "/.git/", "/.htaccess"),
    ],
)
def test_a_wrong_or_hidden_address_shows_our_page_also_the_second_time(host, path):
    for base in host.bases():
        answer = host.server.get(base + path)
        assert answer.status in (403, 404)
        assert b'href="tel:112"' in answer.body
        assert answer["Content-Type"] == "text/html; charset=utf-8"
        assert {name: answer.all(name) for name in OURS} == OURS
        for tag in answer.all("ETag"):
            assert host.server.get(base + path, {"If-None-Match": tag}).body == answer.body


def test_a_folder_without_its_slash_leads_there_without_naming_scheme_or_host(host):
    asked = {"Host": "help.example.org", "X-Forwarded-Proto": "https"}
    for base in host.bases():
        for path in (f"{base}/ru", f"/{base}/ru"):
            answer = host.server.get(path, asked)
            assert answer.status in (301, 308)
            assert answer["Location"].lower() == f"{base}/ru/".lower()


def test_what_is_the_hosts_own_stays_as_it_is(host):
    assert host.server.get("/.well-known/acme-challenge/token").body == b"The host's own certificate"
    assert host.server.get("/own.html").body == b"The host's own page"


@pytest.mark.parametrize("param", HOSTS, ids=NAMES)
def test_no_log_holds_a_reader_and_the_hosts_other_visitors_stay_in_it(param, webs, tmp_path):
    with hosted(param, webs, tmp_path) as host:
        reader = {"User-Agent": READER, "Referer": f"https://example.org/{READER}"}
        for base in host.bases():
            for path in (
                "/",
                "/help.html",
                "/nothing",
                "/apple-touch-icon.png",
                "/ru",
                "/assets/",
                "/.git/x",
            ):
                host.server.get(base + path, reader)
            if param[0] in ("apache", "caddy"):  # what a file of the others cannot know
                host.server.get(base + "/a%2Fb", reader)
                host.server.get(base or "/", reader)
        if param[1] == "paths":
            for path in ("/own.html", "/abiturient", "/not-ours.html"):
                host.server.get(path, {"User-Agent": "Neighbour"})
    logs = host.server.logs()
    assert {name: text for name, text in logs.items() if READER in text or "/help.html" in text} == {}
    if param[1] == "paths":
        counts = {name: text.count("Neighbour") for name, text in logs.items() if name != "error.log"}
        assert list(counts.values()) == ([3] if param[0] in ("nginx", "caddy") else [3, 3])


@pytest.mark.parametrize("override", ["None", "AuthConfig Limit", "All"])
def test_a_copy_as_it_is_opens_on_apache_whatever_a_folder_may_set(override, web, tmp_path):
    with apache(tmp_path / "server", web, override=override, modules=MODULES[:3]) as server:
        for copy in PATHS:
            assert server.get(copy.base + "/help.html").status == 200


@pytest.mark.parametrize("without", MODULES[3:])
def test_a_module_of_apache_that_is_missing_takes_no_page_away(without, web, tmp_path):
    own = tmp_path / "web"
    shutil.copytree(web, own)
    for copy in PATHS:
        shutil.copy(own / copy.folder / "host/apache.htaccess", own / copy.folder / ".htaccess")
    modules = tuple(module for module in MODULES if module != without)
    with apache(tmp_path / "server", own, override="FileInfo", condition="", modules=modules) as server:
        for copy in PATHS:
            assert server.get(copy.base + "/help.html").status == 200


CADDY_TYPE = """\
    @typed path *.%s
    header @typed {
        Content-Type "%s"
        defer
    }
"""
UNTOUCHED = {
    "nginx-koi8-r": (nginx, "charset koi8-r;"),
    "nginx-windows-1251": (nginx, "charset windows-1251; charset_types *;"),
    "apache": (apache, "AddDefaultCharset windows-1251\nAddCharset windows-1251 .js .css"),
    "apache-type": (apache, 'AddType "text/html; charset=koi8-r" .html'),
    "caddy": (caddy, CADDY_TYPE % ("html", "text/html; charset=windows-1251")),
    "caddy-script": (caddy, CADDY_TYPE % ("js", "text/javascript; charset=koi8-r")),
}


@pytest.mark.parametrize("name", UNTOUCHED)
def test_pages_are_readable_under_any_charset_where_no_file_of_ours_is_read(name, web, tmp_path, page):
    start, settings = UNTOUCHED[name]
    with start(tmp_path / "server", web, settings) as server:
        here = f"{server.url}{PATHS[0].base}"
        for path in ("ru/help.html", "404.html", "help.html"):
            page.goto(f"{here}/{path}")
            assert page.evaluate("[document.characterSet, document.compatMode]") == ["UTF-8", "CSS1Compat"]
        assert "Ülde sotsiaaltöö" in page.inner_text("main")
        open_search(page)
        type_and_wait(page, "sotsiaaltöö")
        assert "Ülde sotsiaaltöö" in page.inner_text(".search ol")


def test_a_corrected_number_is_seen_at_the_next_visit_though_the_old_page_is_old(web, tmp_path, browser):
    own = tmp_path / "web"
    shutil.copytree(web, own)
    page_file = own / "linn/abi/help.html"
    long_ago = time.time() - 300 * 86400
    os.utime(page_file, (long_ago, long_ago))

    def seen(server: Server) -> str:
        """The first view of help.html in a new start of the same browser, by a link."""
        started = browser.browser_type.launch_persistent_context(tmp_path / "profile", **CHROMIUM)
        page = started.new_page()
        page.goto(f"{server.url}/linn/abi/index.html")
        page.click("a.help")
        page.wait_for_url("**/help.html")
        text = page.inner_text("main")
        started.close()
        return text

    with _with_nginx(tmp_path / "server", own, PATHS, NGINX_HOSTILE) as server:
        assert "736 13 00" in seen(server)
        corrected = page_file.read_bytes().replace(b"1300", b"1301").replace(b"13 00", b"13 01")
        page_file.unlink()  # a build puts a new file in the place of the old one
        page_file.write_bytes(corrected)
        assert "736 13 01" in seen(server)


def test_no_host_file_acts_before_a_host_puts_it_into_place(web):
    for copy in PATHS:
        found = {path.name for path in (web / copy.folder).iterdir()}
        assert not {".htaccess", "web.config", ".user.ini"} & found
        assert {path.name for path in (web / copy.folder / "host").iterdir()} == {
            *("nginx.conf", "Caddyfile", "apache.conf", "apache.htaccess", "iis.web.config", "iis.txt"),
        }


@pytest.mark.parametrize(
    "path", ["/%0Aload/%22%7D%0A/", "/%24%7Bx%7D/%5C/", "/a%20b/%23%2A/", "/%28x%7C%24%29/"]
)
def test_a_path_never_becomes_a_setting_of_a_host(path, project, tmp_path):
    words = read_words(project.root)
    lines = []
    place = read_places(project.root, words, date.today()).municipalities["ee/ylde"]
    for url in ("/abi/", path):
        # The coordinator's file may not name such a path (test_coordinator.py): these files do not rely on it.
        coordinator = CoordinatorFile.model_construct(sites={"ylde": f"https://example.org{url}"})
        there = replace(place, country=replace(place.country, coordinator=coordinator))
        files = {name: data.decode() for name, data in host_files(there).items()}
        lines.append(
            {name: [line.split(" ")[0] for line in text.split("\n")] for name, text in files.items()}
        )
    for name in ("host/nginx.conf", "host/apache.conf", "host/apache.htaccess"):
        assert lines[0][name] == lines[1][name]
    web = tmp_path / "web"
    web.mkdir()
    (web / "index.html").write_text("The host's own page")
    for start, name in ((nginx, "nginx.conf"), (caddy, "Caddyfile"), (apache, "apache.conf")):
        file = tmp_path / name
        file.write_text(files[f"host/{name}"], "utf-8")
        inside = {
            nginx: f"location /x/ {{ include {file}; }}",
            caddy: f"import {file}",
            apache: f"Include {file}",
        }[start]
        with start(tmp_path / start.__name__, web, inside=inside) as server:
            answer = server.get("/")
            assert (answer.status, answer.body) == (200, b"The host's own page")
            assert answer.all("Referrer-Policy") == []


def test_the_file_for_iis_sets_the_same_headers_types_and_404_page(project):
    """IIS does not run here: the file is read as the XML that it must be."""
    project.build("ee/ylde")
    server = ElementTree.fromstring(project.read("ee/ylde/host/iis.web.config")).find("system.webServer")
    headers = {
        add.get("name"): [add.get("value")] for add in server.iterfind("httpProtocol/customHeaders/add")
    }
    assert headers == OURS
    types = {
        add.get("fileExtension"): add.get("mimeType") for add in server.iterfind("staticContent/mimeMap")
    }
    assert types[".ics"] == "text/calendar; charset=utf-8" and types[".png"] == "image/png"
    assert {path.suffix for path in (project.root / "sites/ee/ylde").rglob("*.*")} <= {
        *types,
        ".conf",
        ".htaccess",
        ".config",
    }
    pages = {error.get("statusCode"): error.get("path") for error in server.iterfind("httpErrors/error")}
    assert pages == {"403": "404.html", "404": "404.html"}
    assert server.find("directoryBrowse").get("enabled") == "false"


def test_a_static_host_gets_the_same_headers(project):
    project.build("ee/ylde")
    assert project.read("ee/ylde/_headers") == (
        "/*\n"
        + "".join(f"  {name}: {value}\n" for name, (value,) in OURS.items())
        + "/*.ics\n  Content-Type: text/calendar; charset=utf-8\n"
    )
