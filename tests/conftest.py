"""A small project, the repository's own sites, built once, and Chromium."""

from __future__ import annotations

import fcntl
import gc
import os
import tempfile
from pathlib import Path

import pytest

from .chromium import CHROMIUM, chromium, serve
from .project import ROOT, Sample, small_project
from .templates import compile_templates_once
from .visit import Visit

MEMORY = "/dev/shm"  # of Linux: files there are never written to a disk
ROOM = 6 * 1024**3  # bytes; a whole run needs up to half of them


def _write_to_memory() -> None:
    """Have all temporary files in memory, if it has room and programs may run there, unless TMPDIR says where
    they go. Thousands of small projects are written and removed, and on a disk half of the time is for that."""
    if "TMPDIR" not in os.environ and os.access(MEMORY, os.W_OK):
        system = os.statvfs(MEMORY)
        if system.f_bavail * system.f_frsize >= ROOM and not system.f_flag & os.ST_NOEXEC:
            os.environ["TMPDIR"] = tempfile.tempdir = MEMORY


_write_to_memory()


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers share."""
    folder = tmp_path_factory.getbasetemp()
    return folder.parent if "PYTEST_XDIST_WORKER" in os.environ else folder


@pytest.fixture(scope="session", autouse=True)
def _templates(shared: Path) -> None:
    (shared / "templates").mkdir(exist_ok=True)
    compile_templates_once(shared / "templates")


@pytest.fixture
def sample(tmp_path: Path) -> Sample:
    return small_project(tmp_path / "project")


@pytest.fixture(scope="session")
def sites(shared: Path) -> Path:
    """All of the repository's sites: the first worker that needs them builds them for all."""
    folder = shared / "all-sites"
    with (shared / "all-sites.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.exists():
            done = Sample(ROOT).campaign("build", "--out", str(folder))
            assert done.returncode == 0, done.stderr
    return folder


# Not for longer than a module: its event loop would be in the way of tests that have one of their own.
@pytest.fixture(scope="module")
def browser():
    with chromium() as browser:
        yield browser


@pytest.fixture(scope="module")
def whole_browser(browser):
    """Chromium with its windows and tabs, of which a key or a click on a link may open one more."""
    whole = browser.browser_type.launch(**CHROMIUM)
    yield whole
    whole.close()


@pytest.fixture
def page(browser):
    page = browser.new_page()
    yield page
    page.close()


@pytest.fixture(scope="module")
def site(sites):
    """The address of Narva's copy on loopback."""
    with serve(sites / "ee" / "narva") as address:
        yield address


@pytest.fixture
def visit(whole_browser, site):
    context = whole_browser.new_context()
    visit = Visit(context, site)
    yield visit
    context.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test has the name of its folder as a marker: ``pytest -m unit``; those of all sites have one more."""
    for item in items:
        item.add_marker(item.path.parent.name)
        if "sites" in getattr(item, "fixturenames", ()):
            item.add_marker("sites")


def pytest_collection_finish() -> None:
    """What is here now stays until the end of the run: no search for garbage needs to look through it again."""
    gc.collect()
    gc.freeze()
