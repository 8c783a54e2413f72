"""A day of a host with nothing but the ZIP: unpack it, follow the instruction page, look, update, look again."""

from __future__ import annotations

import re
import shutil
import zipfile
from html import unescape
from pathlib import Path

import pytest

from ..project import small_project
from ..servers import apache, nginx

URL = "https://help.example.org/abi/"


@pytest.fixture(scope="module")
def packs(tmp_path_factory):
    """Two ZIP files of one place, and the project: the second after a number has changed."""
    tmp = tmp_path_factory.mktemp("day")
    sample = small_project(tmp / "project")
    sample.site("ee/ylde", URL)
    for name in ("first", "second"):
        done = sample.campaign("pack", "ee/ylde", "--out", str(tmp / name))
        assert done.returncode == 0, done.stderr
        sample.edit("municipalities/ee/ylde.yml", "736 1300", "736 1305") if name == "first" else None
    return sample, tmp / "first/ee-ylde.zip", tmp / "second/ee-ylde.zip"


def put_up(archive: Path, desk: Path, web: Path) -> str:
    """Unpack a ZIP, replace the whole folder on the server, and return the instruction page."""
    shutil.rmtree(desk, ignore_errors=True)
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(desk)
    shutil.rmtree(web / "abi", ignore_errors=True)
    shutil.copytree(desk / "copy", web / "abi")
    return unescape((desk / "README.html").read_text("utf-8"))


def faults(sample, server) -> set[str]:
    said = sample.campaign("doctor", f"{server.url}/abi/", "--allow-private").stdout
    return set(re.findall(r"  fault: ([a-z0-9-]+):", said))


@pytest.mark.parametrize(("start", "name"), [(nginx, "nginx"), (apache, "Apache")])
def test_a_host_follows_the_page_and_the_doctor_finds_nothing_that_it_forgot(packs, tmp_path, start, name):
    sample, first, second = packs
    desk, web = tmp_path / "desk", tmp_path / "web"
    web.mkdir()
    page = put_up(first, desk, web)
    (line,) = re.findall(rf"<td>{name}</td><td><code>(.*?)</code>", page)
    inside = line.replace("/FOLDER/", f"{web}/abi/")
    # On loopback there is no https, and the exit of the sample project is nowhere.
    here = {"https", "exit-answers"}
    more = {"modules": (*MODULES, "filter", "deflate"), "settings": DEFLATE} if start is apache else {}
    with start(tmp_path / "server", web, inside=inside, **more) as server:
        old = faults(sample, server)  # the build in sites/ is already the second
        put_up(second, desk, web)
        new = faults(sample, server)
        answer = server.get("/abi/help.html")
    assert old == new == here
    assert b"+3727361305" in answer.body
    lines = server.logs()["access.log"].splitlines()
    assert all('"GET /robots.txt ' in line for line in lines), lines  # the host's own, outside of the copy


MODULES = ("mpm_event", "authz_core", "dir", "mime", "alias", "autoindex", "expires", "headers", "setenvif")
DEFLATE = "AddOutputFilterByType DEFLATE text/html text/css text/javascript application/json"
