"""The host files in the hosts' real servers: what they promise holds beside the host's own settings."""

from __future__ import annotations

import os
import re
import shutil
import time
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from urllib.parse import quote

import pytest

from campaign.hosting import HEADERS, host_files
from campaign.places import read_places
from campaign.words import read_words

from .browser import CHROMIUM, open_search, type_and_wait
from .conftest import small_project
from .servers import MODULES, Server, apache, caddy, free_port, nginx

__all__ = ["free_port"]

PLACE = "municipalities/ee/ylde.yml"
MEETING = """\
meetings:
  - id: ylde-round-table
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
    """A copy in the folder ``folder`` of the web root, and whether its file says so."""

    folder: str
    knows: bool = True

    @property
    def path(self) -> str:
        """As a browser asks for it."""
        return quote(f"/{self.folder}/")


COPIES = (Copy("linn/abi"), Copy("õigused"), Copy("abi", knows=False))

# The same address in the forms that a link may have.
FORMS = (lambda path: path, lambda path: re.sub("%..", lambda found: found[0].lower(), path))


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """The small project with a meeting."""
    sample = small_project(tmp_path_factory.mktemp("hosting") / "project")
    sample.edit(PLACE, "contacts:", MEETING + "contacts:")
    return sample


@pytest.fixture(scope="module")
def web(project):
    """A host's web root: pages of its own, and one municipality's copy in three folders."""
    web = project.root.parent / "web"
    web.mkdir()
    (web / "index.html").write_text("The host's own page")
    plain = (project.root / PLACE).read_text("utf-8")
    for copy in COPIES:
        url = f"site_url: https://example.org{copy.path}\n" if copy.knows else ""
        project.write(PLACE, (url + plain).encode())
        project.build("ee/ylde")
        shutil.copytree(project.root / "sites/ee/ylde", web / copy.folder)
        (web / copy.folder / "notes.txt").write_text("Märkmed", "utf-8")
        (web / copy.folder / ".git").mkdir()
        (web / copy.folder / ".git/config").write_text("A builder's own")
    project.write(PLACE, plain.encode())
    return web


NGINX_HOSTILE = """\
        charset koi8-r; source_charset windows-1251;
        expires 1y; etag off; autoindex on; if_modified_since before; index index.php index.html;
        error_page 404 /oops.html;
        location ~* \\.(html|js|css|json|ics|txt)$ { expires 1y; add_header X-Host yes; }
        location ~ /404 { return 410; }
"""
CADDY_HOSTILE = """\
    header {
        Cache-Control "public, max-age=31536000"
        Referrer-Policy unsafe-url
        -Server
    }
    header *.html Content-Type "text/html; charset=windows-1251"
    header *.js Content-Type "text/javascript; charset=koi8-r"
    header *.ics Content-Type text/plain
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


def _with_nginx(tmp, web, settings):
    inside = "".join(
        f"location /{copy.folder}/ {{ include {web}/{copy.folder}/host/nginx.conf; }}\n" for copy in COPIES
    )
    return nginx(tmp, web, settings, inside)


def _with_caddy(tmp, web, settings):
    lines = []
    for copy in COPIES:
        file = web / copy.folder / "host/Caddyfile"
        if not copy.knows:  # what the file tells the host to do
            text = file.read_text("utf-8").replace("{$SAFE_PATH:/}", copy.path)
            file = web.parent / "Caddyfile"
            file.write_text(text, "utf-8")
        lines.append(f"import {file}\n")
    return caddy(tmp, web, settings, "".join(lines))


def _with_apache(tmp, web, settings):
    inside = "".join(
        ("" if copy.knows else f"Define safe_path /{copy.folder}\n")
        + f"Include {web}/{copy.folder}/host/apache.conf\n"
        for copy in COPIES
    )
    return apache(tmp, web, settings, inside)


def _with_htaccess(tmp, web, settings):
    """As on shared hosting: the host's own settings are the server's, the copy's stand in its folder."""
    own = tmp.parent / "web"
    shutil.copytree(web, own, dirs_exist_ok=True)
    for copy in COPIES:
        shutil.copy(own / copy.folder / "host/apache.htaccess", own / copy.folder / ".htaccess")
    return apache(tmp, own, settings, override="FileInfo")


SERVERS = {
    "nginx": (_with_nginx, NGINX_HOSTILE),
    "caddy": (_with_caddy, CADDY_HOSTILE),
    "apache": (_with_apache, APACHE_HOSTILE),
    "htaccess": (_with_htaccess, APACHE_HOSTILE),
}


@pytest.fixture(
    scope="module",
    params=[(name, hostile) for name in SERVERS for hostile in (False, True)],
    ids=lambda param: f"{param[0]}-{'hostile' if param[1] else 'usual'}",
)
def server(request, web, tmp_path_factory):
    """A server with the host's usual settings, and one whose settings go against the copy."""
    name, hostile = request.param
    start, settings = SERVERS[name]
    folder = tmp_path_factory.mktemp(f"{name}-server")
    with start(folder / "server", web, settings if hostile else "") as server:
        yield server


@pytest.fixture(params=COPIES, ids=lambda copy: copy.folder)
def copy(request):
    return request.param


TYPES = {
    "help.html": "text/html; charset=utf-8",
    "ru/": "text/html; charset=utf-8",
    "assets/site.css": "text/css; charset=utf-8",
    "assets/search/contacts.js": "text/javascript; charset=utf-8",
    "contacts.json": "application/json",
    "meetings/ylde-round-table.ics": "text/calendar; charset=utf-8",
    "notes.txt": "text/plain; charset=utf-8",
}


@pytest.mark.parametrize("form", FORMS, ids=["as-it-is", "small-letters"])
def test_each_file_comes_with_its_type_as_utf_8_with_our_headers_and_is_asked_for_again(
    server: Server, copy: Copy, form
):
    for path, kind in TYPES.items():
        answer = server.get(form(copy.path) + path)
        assert answer.status == 200
        assert answer["Content-Type"].removesuffix("; charset=utf-8") == kind.removesuffix("; charset=utf-8")
        assert answer["Content-Type"] in (kind, f"{kind}; charset=utf-8")
        assert {name: answer.all(name) for name in HEADERS} == {name: [v] for name, v in HEADERS.items()}
        assert answer.all("Expires") == []
        again = server.get(form(copy.path) + path, {"If-None-Match": answer["ETag"]})
        assert (again.status, again.body) == (304, b"")
        assert again["Cache-Control"] == "no-cache"


@pytest.mark.parametrize(
    "path",
    [
        "nothing",
        "nothing.html",
        "ru/x/y/z/1/2/3/4/5/6/7/8/nothing.html",
        "x.ics",
        "a%3Fb%20%D0%B0",
        "assets/",
    ],
)
@pytest.mark.parametrize("form", FORMS, ids=["as-it-is", "small-letters"])
def test_a_wrong_address_shows_our_page_also_the_second_time(server: Server, copy: Copy, form, path):
    for _ in range(2):
        answer = server.get(form(copy.path) + path, {"If-None-Match": '"x"', "If-Modified-Since": "x"})
        assert answer.status in (403, 404)
        assert b'href="tel:112"' in answer.body
        assert answer["Content-Type"] == "text/html; charset=utf-8"
        assert {name: answer.all(name) for name in HEADERS} == {name: [v] for name, v in HEADERS.items()}
        for tag in answer.all("ETag"):
            assert server.get(copy.path + path, {"If-None-Match": tag}).body == answer.body


def test_a_folder_without_its_slash_leads_there_without_naming_scheme_or_host(server: Server, copy: Copy):
    asked = {"Host": "help.example.org", "X-Forwarded-Proto": "https"}
    for path in (copy.path, "/" + copy.path):
        answer = server.get(f"{path}ru", asked)
        assert answer.status in (301, 308)
        assert answer["Location"].lower() == f"{copy.path}ru/".lower()


def test_what_is_a_builders_own_is_not_served(server: Server, copy: Copy):
    for path in (".git/config", ".git/", ".htaccess"):
        answer = server.get(copy.path + path)
        assert answer.status in (403, 404)
        assert b'href="tel:112"' in answer.body


@pytest.mark.parametrize("hostile", [False, True], ids=["usual", "hostile"])
@pytest.mark.parametrize("name", SERVERS)
def test_no_log_holds_a_reader_and_the_hosts_other_visitors_stay_in_it(name, hostile, web, tmp_path):
    start, settings = SERVERS[name]
    with start(tmp_path / "server", web, settings if hostile else "") as server:
        for copy in COPIES:
            for form in FORMS:
                for path in ("", "help.html", "nothing", "apple-touch-icon.png", "ru", "assets/", ".git/x"):
                    header = {"User-Agent": READER, "Referer": f"https://example.org/{READER}"}
                    server.get(form(copy.path) + path, header)
        for path in ("/", "/abiturient", "/not-ours.html"):
            server.get(path, {"User-Agent": "Neighbour"})
    logs = server.logs()
    assert len(logs) == (3 if name in ("apache", "htaccess") else 2 if name == "nginx" else 1)
    for log, text in logs.items():
        assert READER not in text
        assert not [copy for copy in COPIES if f"/{copy.folder}/" in text or copy.path in text]
        if log != "error.log":
            assert text.count("Neighbour") == 3


def test_encoded_slashes_and_the_folder_itself_are_in_no_log_of_apache_and_caddy(web, tmp_path):
    for name in ("apache", "caddy"):
        start, _ = SERVERS[name]
        with start(tmp_path / name, web, "") as server:
            for copy in COPIES:
                server.get(copy.path + "a%2Fb", {"User-Agent": READER})
                server.get(copy.path.rstrip("/"), {"User-Agent": READER})
        assert not [log for log, text in server.logs().items() if READER in text]


@pytest.mark.parametrize("override", ["None", "AuthConfig Limit", "All"])
def test_a_copy_as_it_is_opens_on_apache_whatever_its_files_are_allowed(override, web, tmp_path):
    with apache(tmp_path / "server", web, override=override, modules=MODULES[:3]) as server:
        for copy in COPIES:
            assert server.get(copy.path + "help.html").status == 200


@pytest.mark.parametrize("without", MODULES[4:])
def test_a_module_that_is_missing_takes_no_page_away(without, web, tmp_path):
    (web.parent / without).mkdir()
    shutil.copytree(web, web.parent / without / "web")
    own = web.parent / without / "web"
    for copy in COPIES:
        shutil.copy(own / copy.folder / "host/apache.htaccess", own / copy.folder / ".htaccess")
    modules = tuple(module for module in MODULES if module != without)
    with apache(tmp_path / "server", own, override="FileInfo", condition="", modules=modules) as server:
        for copy in COPIES:
            assert server.get(copy.path + "help.html").status == 200


UNTOUCHED = {
    "nginx-koi8-r": (nginx, "charset koi8-r;"),
    "nginx-windows-1251": (nginx, "charset windows-1251; charset_types *;"),
    "apache": (apache, "AddDefaultCharset windows-1251\nAddCharset windows-1251 .js .css"),
    "apache-type": (apache, 'AddType "text/html; charset=koi8-r" .html'),
    "caddy": (caddy, 'header *.html Content-Type "text/html; charset=windows-1251"'),
    "caddy-script": (caddy, 'header *.js Content-Type "text/javascript; charset=koi8-r"'),
}


@pytest.mark.parametrize("name", UNTOUCHED)
def test_pages_are_readable_under_any_charset_where_no_file_of_ours_is_read(name, web, tmp_path, page):
    start, settings = UNTOUCHED[name]
    with start(tmp_path / "server", web, settings) as server:
        for path in ("ru/help.html", "help.html", "404.html"):
            page.goto(f"{server.url}{COPIES[0].path}{path}")
            assert page.evaluate("[document.characterSet, document.compatMode]") == ["UTF-8", "CSS1Compat"]
            assert page.evaluate("document.doctype.name") == "html"
        page.goto(f"{server.url}{COPIES[0].path}help.html")
        assert "Ülde sotsiaaltöö" in page.inner_text("main")
        open_search(page)
        type_and_wait(page, "sotsiaaltöö")
        assert "Ülde sotsiaaltöö" in page.inner_text(".search ol")


@pytest.mark.parametrize("name", SERVERS)
def test_a_corrected_number_is_seen_at_the_next_visit_though_the_old_page_is_old(
    name, web, tmp_path, browser
):
    own = tmp_path / "sites"
    shutil.copytree(web, own)
    page_file = own / "linn/abi/help.html"
    long_ago = time.time() - 300 * 86400
    os.utime(page_file, (long_ago, long_ago))
    start, _ = SERVERS[name]

    def seen(server: Server) -> str:
        """The first view of help.html in a new start of the same browser, by a link."""
        with_profile = browser.browser_type.launch_persistent_context(tmp_path / "profile", **CHROMIUM)
        page = with_profile.new_page()
        page.goto(f"{server.url}/linn/abi/index.html")
        page.click("a.help")
        page.wait_for_url("**/help.html")
        text = page.inner_text("main")
        with_profile.close()
        return text

    with start(tmp_path / "server", own, "") as server:
        served = own if name != "htaccess" else tmp_path / "web"
        assert "736 1300" in seen(server).replace("\N{NO-BREAK SPACE}", " ")
        file = served / "linn/abi/help.html"
        corrected = file.read_bytes().replace(b"1300", b"1301")
        file.unlink()
        file.write_bytes(corrected)
        assert "736 1301" in seen(server).replace("\N{NO-BREAK SPACE}", " ")


def test_no_host_file_acts_before_a_host_puts_it_into_place(web):
    for copy in COPIES:
        found = {path.name for path in (web / copy.folder).iterdir()}
        assert not {".htaccess", "web.config", ".user.ini"} & found
        assert {path.name for path in (web / copy.folder / "host").iterdir()} == {
            *("nginx.conf", "Caddyfile", "apache.conf", "apache.htaccess"),
        }


@pytest.mark.parametrize(
    "path", ["/%0Aload/%22%7D%0A/", "/%24%7Bx%7D/%5C/", "/a%20b/%23*/", "/%28x%7C%24%29/"]
)
def test_a_path_never_becomes_a_setting_of_a_host(path, project, tmp_path):
    plain = (project.root / PLACE).read_text("utf-8")
    words = read_words(project.root)
    lines = []
    for url in ("/abi/", path):
        project.write(PLACE, f"site_url: https://example.org{url}\n{plain}".encode())
        place = read_places(project.root, words, date.today()).municipalities["ee/ylde"]
        files = {name: data.decode() for name, data in host_files(place).items()}
        lines.append(
            {name: [line.split(" ")[0] for line in text.split("\n")] for name, text in files.items()}
        )
    project.write(PLACE, plain.encode())
    names = {line for line in lines[1]["host/Caddyfile"] if line.startswith("@")}
    assert len(names) == 3
    for name in ("host/nginx.conf", "host/apache.conf", "host/apache.htaccess"):
        assert lines[0][name] == lines[1][name]
    web = tmp_path / "web"
    web.mkdir()
    (web / "index.html").write_text("The host's own page")
    for start, name in ((nginx, "host/nginx.conf"), (caddy, "host/Caddyfile"), (apache, "host/apache.conf")):
        file = tmp_path / Path(name).name
        file.write_text(files[name], "utf-8")
        inside = {
            nginx: f"location /x/ {{ include {file}; }}",
            caddy: f"import {file}",
            apache: f"Include {file}",
        }
        with start(tmp_path / start.__name__, web, inside=inside[start]) as server:
            answer = server.get("/")
            assert (answer.status, answer.body) == (200, b"The host's own page")
            assert answer.all("Referrer-Policy") == []


def test_a_static_host_gets_the_same_headers(project):
    project.build("ee/ylde")
    assert project.read("ee/ylde/_headers") == (
        "/*\n"
        + "".join(f"  {name}: {value}\n" for name, value in HEADERS.items())
        + "/*.ics\n  Content-Type: text/calendar; charset=utf-8\n"
    )
