"""Whatever ends a build, every copy is whole: exactly the old one or exactly the new one."""

from __future__ import annotations

import fcntl
import os
import random
import re
import shutil
import signal
import subprocess
import threading
from collections.abc import Callable
from contextlib import contextmanager, redirect_stderr, redirect_stdout, suppress
from glob import glob
from itertools import combinations
from multiprocessing import get_context
from pathlib import Path
from urllib.request import urlopen

import pytest

from campaign.cli.main import main
from campaign.files.project_folders import CAMPAIGN_JSON

from ..chromium import serve
from ..project import CAMPAIGN, Sample, as_root, small_project, tree

PLACES = ("ee/teine", "ee/ylde", "lv/vieta")
WORDS = ("law", "rule", "norm")
# Only the second version has a picture.
PICTURE = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"/>'
SHOWN = "\n![A house](only.svg){ width=9 height=9 }\n"


class Versions:
    """Three versions of the small project's contacts, and of its pages unless told otherwise."""

    def __init__(self, sample: Sample, pages: bool = True) -> None:
        self.sample = sample
        self.pages = pages
        self.copies = []
        for number in (2, 1, 0):
            self.turn_to(number)
            sample.build()
            self.copies.insert(0, {place: tree(sample.root / "sites" / place) for place in PLACES})
        for one, other in combinations(self.copies, 2):
            assert all(one[place] != other[place] for place in PLACES)

    def start_anew(self) -> None:
        """Make all copies the first version again: what another test left is gone."""
        self.turn_to(0)
        self.sample.build()
        assert self.seen() == [0, 0, 0]

    def turn_to(self, number: int) -> None:
        root = self.sample.root
        for code in ("ee", "lv"):
            path = root / f"municipalities/{code}/_country.yml"
            path.write_text(re.sub(r"20\d\d-06", f"20{23 + number}-06", path.read_text("utf-8")), "utf-8")
        if not self.pages:
            return
        for code in ("et", "lv", "ru"):
            page = root / f"docs/{code}/help.md"
            text = page.read_text("utf-8").replace(SHOWN, "")
            text = re.sub(r"Estonian (law|rule|norm)\.", f"Estonian {WORDS[number]}.", text)
            page.write_text(text + SHOWN if number == 1 else text, "utf-8")
            picture = page.with_name("only.svg")
            picture.write_text(PICTURE, "utf-8") if number == 1 else picture.unlink(missing_ok=True)

    def seen(self) -> list[int]:
        """Which version each copy is of; none may be anything else, file by file."""
        return [
            [copies[place] for copies in self.copies].index(tree(self.sample.root / "sites" / place))
            for place in PLACES
        ]


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    return small_project(tmp_path_factory.mktemp("whole") / "project")


@pytest.fixture(scope="module")
def all_versions(project: Sample) -> Versions:
    return Versions(project)


@pytest.fixture(scope="module")
def contact_versions(project: Sample, all_versions: Versions) -> Versions:
    all_versions.start_anew()
    return Versions(project, pages=False)


@pytest.fixture
def versions(all_versions: Versions) -> Versions:
    all_versions.start_anew()
    return all_versions


@pytest.fixture
def contacts(all_versions: Versions, contact_versions: Versions) -> Versions:
    """Versions that differ in contacts only, so that no page is rendered between them."""
    all_versions.start_anew()
    return contact_versions


class Started:
    """A build in a process and a group of its own. The process is forked, because a new one would import everything
    again."""

    def __init__(self, sample: Sample, *arguments: str) -> None:
        told, errors = os.pipe()
        self._process = get_context("fork").Process(target=_build, args=(sample.root, errors, arguments))
        self._process.start()
        self.pid = self._process.pid or 0
        with suppress(OSError):  # it has done so itself, or has ended
            os.setpgid(self.pid, self.pid)
        os.close(errors)
        self._told = told

    def reaches(self, moment: Callable[[], object]) -> bool:
        """Wait for the moment, or for the end of the build; return whether the build is still at work. It looks
        again about once in a millisecond: to look all the time would take the build half of its processors."""
        while self._process.exitcode is None:
            if moment():
                return True
            self._process.join(0.001)
        return False

    def end(self) -> tuple[int | None, str]:
        """Wait until every process that could write has ended. Return the status and what they have told."""
        with open(self._told) as stream:
            told = stream.read()
        self._process.join()
        return self._process.exitcode, told


def _build(root: Path, errors: int, arguments: tuple[str, ...]) -> None:
    os.setpgid(0, 0)
    os.chdir(root)
    with open(errors, "w") as stream, redirect_stdout(stream), redirect_stderr(stream):
        main(["build", *arguments])


def there(root: Path, pattern: str) -> bool:
    """Whether anything has such a path now; unlike `Path.glob`, it bears that folders vanish meanwhile."""
    return bool(glob(pattern, root_dir=root, include_hidden=True))


def test_a_killed_build_leaves_every_copy_whole_and_the_next_one_mends(versions):
    sample = versions.sample
    chance = random.Random(2016)
    sites = sample.root / "sites"
    moments = {
        "the copy turns": lambda: live.read_bytes() != before,
        "new copies are written": lambda: there(sample.root, ".sites.new-*"),
        "a new copy is whole": lambda: there(sample.root, ".sites.new-*/copy-*/campaign.json"),
        "pages are rendered": lambda: there(sample.root, ".cache/now/[el]*"),
        "any": lambda: chance.random() < 1 / 500,
    }
    seen, killed = [], 0
    for turn, moment in enumerate(chance.sample(list(moments.values()) * 3, 15)):
        versions.turn_to(turn % 3)
        live = sites / chance.choice(PLACES) / CAMPAIGN_JSON
        before = live.read_bytes()
        build = Started(sample, *(["--fresh"] if turn % 5 == 4 else []))
        if build.reaches(moment):  # else it has ended by itself
            killed += 1
            (os.kill if turn % 2 else os.killpg)(build.pid, signal.SIGKILL)
        build.end()
        seen += versions.seen()
    assert set(seen) == {0, 1, 2}
    assert killed >= 5
    for number in (0, 1, 2):
        versions.turn_to(number)
        sample.build()
        assert versions.seen() == [number] * 3
    left = [path.name for path in (sample.root / ".cache").glob("now")]
    left += [path.name for path in sample.root.glob(".sites*")]
    assert left == []


def test_a_worker_that_is_killed_ends_the_build_and_leaves_every_copy_whole(versions):
    sample = versions.sample
    failed = 0
    moments = (
        lambda: True,
        lambda: there(sample.root, ".cache/now/[el]*"),
        lambda: there(sample.root, ".sites.new-*"),
    )
    for turn in range(6):
        versions.turn_to(turn % 3)
        build = Started(sample)
        children = Path(f"/proc/{build.pid}/task/{build.pid}/children")
        if build.reaches(lambda: children.read_text() and moments[turn % 3]()):  # noqa: B023
            with suppress(ProcessLookupError, IndexError):
                os.kill(int(children.read_text().split()[0]), signal.SIGKILL)
        status, told = build.end()
        assert "Traceback" not in told
        if status:  # else the worker had done its part
            assert ".: something outside ended a process of this build: build again\n1 problem" in told
            failed += 1
        versions.seen()
    assert failed
    sample.build()
    assert versions.seen() == [turn % 3] * 3


@contextmanager
def small_disk(folder: Path, size: str):
    folder.mkdir(exist_ok=True)
    as_root("mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", folder)
    try:
        yield
    finally:
        as_root("umount", folder)


@pytest.mark.root
def test_a_full_disk_leaves_every_copy_whole(versions):
    sample = versions.sample
    sites = sample.root / "sites"
    shutil.rmtree(sites)
    with small_disk(sites, "3m"):
        sample.build()
        assert versions.seen() == [0, 0, 0]
        versions.turn_to(1)
        disk = os.statvfs(sites)
        (sites / "filler").write_bytes(bytes(disk.f_bavail * disk.f_frsize - 8_000))
        done = sample.campaign("build")
        assert done.returncode == 1
        assert "ee/teine: could not be written: No space left on device" in done.stderr
        assert done.stderr.endswith(". Not every copy was built. Each is whole, old or new.\n")
        assert 0 in versions.seen()
        (sites / "filler").unlink()
        sample.build()
        assert versions.seen() == [1, 1, 1]


@pytest.mark.root
def test_a_folder_that_cannot_be_written_leaves_its_copies_as_they_were(versions):
    sample = versions.sample
    versions.turn_to(1)
    as_root("chattr", "+i", sample.root / "sites/ee")
    try:
        done = sample.campaign("build")
    finally:
        as_root("chattr", "-i", sample.root / "sites/ee")
    assert done.returncode == 1
    assert "ee/ylde: could not be written: Operation not permitted" in done.stderr
    assert versions.seen() == [0, 0, 1]  # the other country's copy does not wait for them
    sample.build()
    assert versions.seen() == [1, 1, 1]


def test_a_file_that_cannot_be_read_leaves_every_copy_as_it_was(versions):
    sample = versions.sample
    versions.turn_to(1)
    (sample.root / "docs/et/help.md").rename(sample.root / "kept.md")
    (sample.root / "docs/et/help.md").symlink_to("nowhere.md")
    done = sample.campaign("build")
    (sample.root / "kept.md").replace(sample.root / "docs/et/help.md")
    assert done.returncode == 1
    assert done.stderr.splitlines() == [
        "docs/et/help.md: expected a plain file, found a symbolic link",
        "1 problem. Nothing was written.",
    ]
    assert versions.seen() == [0, 0, 0]


def test_a_second_build_says_that_it_waits(sample):
    sample.build("ee")
    for folder, arguments in ((".cache", ["lv"]), ("sites", ["lv", "--fresh"])):
        handle = os.open(sample.root / folder, os.O_RDONLY)
        fcntl.flock(handle, fcntl.LOCK_EX)
        # A new process: one that is forked would have this lock, too.
        build = subprocess.Popen(
            [CAMPAIGN, "build", *arguments],
            cwd=sample.root,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert (
            build.stderr.readline() == "Another build is running here. This one waits until it has ended.\n"
        )
        assert not (sample.root / "sites/lv").exists() or folder == "sites"
        os.close(handle)
        said, _ = build.communicate(timeout=60)
        assert build.returncode == 0
        assert said.startswith("1 site in ")


def test_a_reader_never_meets_a_missing_or_a_mixed_page_in_twenty_rebuilds(contacts):
    versions, sample = contacts, contacts.sample
    pages = [path for path in versions.copies[0]["ee/ylde"] if path.endswith((".html", ".css"))]
    wrong, read, ended = [], [0], threading.Event()

    def read_on(address: str) -> None:
        while not ended.is_set():
            for path in pages:
                try:
                    with urlopen(f"{address}/{path}", timeout=20) as answer:
                        content = answer.read()
                except OSError as error:
                    content = repr(error)
                read[0] += 1
                if content not in [copies["ee/ylde"][path] for copies in versions.copies]:
                    wrong.append((path, content))

    with serve(sample.root / "sites/ee/ylde") as address:
        reader = threading.Thread(target=read_on, args=(address,))
        reader.start()
        try:
            for turn in range(20):
                versions.turn_to(turn % 3)
                sample.build("ee")
        finally:
            ended.set()
            reader.join()
    assert wrong == []
    assert read[0] > 200


def test_a_backup_of_hard_links_stays_what_it_was(contacts):
    versions, sample = contacts, contacts.sample
    subprocess.run(["cp", "-rl", sample.root / "sites", sample.root / "backup"], check=True)
    for number in (1, 2, 0, 1):
        versions.turn_to(number)
        sample.build()
        assert versions.seen() == [number] * 3
        assert {place: tree(sample.root / "backup" / place) for place in PLACES} == versions.copies[0]
