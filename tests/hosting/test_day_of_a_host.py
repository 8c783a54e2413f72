"""A day of a host with nothing but the ZIP: unpack it, follow the instruction page, look, update, look again."""

from __future__ import annotations

import os
import re
import shutil
import zipfile
from datetime import datetime
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
    old = tmp / "first/ee-ylde.zip"
    for name, *options in (("first",), ("second",), ("second", "--update-from", str(old))):
        done = sample.campaign("pack", "ee/ylde", "--out", str(tmp / name), *options)
        assert done.returncode == 0, done.stderr
        sample.edit("municipalities/ee/ylde.yml", "736 1300", "736 1305") if name == "first" else None
    return sample, old, tmp / "second/ee-ylde.zip", tmp / "second/ee-ylde-update.zip"


def put_up(archive: Path, desk: Path, web: Path) -> str:
    """Unpack a ZIP with its dates as ``unzip`` and Windows do, replace the whole folder on the server, keeping
    the dates, and return the instruction page."""
    with zipfile.ZipFile(archive) as packed:
        for entry in packed.infolist():
            seconds = datetime(*entry.date_time).timestamp()
            os.utime(packed.extract(entry, desk), (seconds, seconds))
    shutil.rmtree(web / "abi", ignore_errors=True)
    shutil.copytree(desk / "copy", web / "abi")
    return unescape((desk / "README.html").read_text("utf-8"))


def faults(sample, server) -> set[str]:
    said = sample.campaign("doctor", f"{server.url}/abi/", "--allow-private").stdout
    assert "unchanged-page-is-not-sent-again" not in said  # an advice, but a phone pays for it at each view
    return set(re.findall(r"  fault: ([a-z0-9-]+):", said))


@pytest.mark.parametrize(("start", "name"), [(nginx, "nginx"), (apache, "Apache")])
def test_a_host_follows_the_page_and_the_doctor_finds_nothing_that_it_forgot(packs, tmp_path, start, name):
    sample, first, *later = packs
    desk, web = tmp_path / "desk", tmp_path / "web"
    web.mkdir()
    page = put_up(first, desk, web)
    (line,) = re.findall(rf"<td>{name}</td><td>.*?<pre><code>(.*?)</code></pre>", page, re.S)
    inside = line.replace("/FOLDER/", f"{web}/abi/")
    # On loopback there is no https, and the exit of the sample project is nowhere.
    here = {"https", "exit-answers"}
    more = {"modules": (*MODULES, "filter", "deflate"), "settings": DEFLATE} if start is apache else {}
    with start(tmp_path / "server", web, inside=inside, **more) as server:
        assert faults(sample, server) == here  # the build in sites/ is already the second
        seen = server.get("/abi/help.html")
        for archive in later:
            put_up(first, desk, web)
            put_up(archive, desk, web)
            assert faults(sample, server) == here
            # A corrected number has the same size: a browser that has the old page must not be told to keep it.
            known = {"If-None-Match": seen["ETag"], "If-Modified-Since": seen["Last-Modified"]}
            for asked in (known, {"If-None-Match": seen["ETag"]}):
                answer = server.get("/abi/help.html", asked)
                assert answer.status == 200 and len(answer.body) == len(seen.body)
                assert b"+3727361305" in answer.body
    lines = server.logs()["access.log"].splitlines()
    assert all('"GET /robots.txt ' in line for line in lines), lines  # the host's own, outside of the copy


MODULES = ("mpm_event", "authz_core", "dir", "mime", "alias", "autoindex", "expires", "headers", "setenvif")
DEFLATE = "AddOutputFilterByType DEFLATE text/html text/css text/javascript application/json"
