"""What a build believes: nothing in the folder of the sites, and nothing that was not checked."""

from __future__ import annotations

import json
import os
import pickle
import re
import shutil
import stat
import subprocess
from datetime import date
from pathlib import Path

import pytest

from campaign.build.replace_folder import exchange
from campaign.build.writer import Writer
from campaign.errors import CampaignError
from campaign.files.project_folders import check_output

from ..project import CAMPAIGN, ROOT, Sample, counts, small_project, tree

SHARED = "safety.html"
SITES = ["ee", "index.html", "index.lv.html", "index.ru.html", "lv"]  # the doors in three languages


def copies(sample: Sample) -> dict[str, dict[str, bytes]]:
    return {place: tree(sample.root / "sites" / place) for place in ("ee/ylde", "ee/teine", "lv/vieta")}


class Planted:
    """What runs when somebody unpickles it."""

    def __init__(self, mark: Path) -> None:
        self.mark = mark

    def __reduce__(self):
        return os.mkdir, (str(self.mark),)


def test_nothing_that_is_read_from_disk_can_run(sample, tmp_path):
    sample.build()
    planted = pickle.dumps(Planted(tmp_path / "it ran"))
    for path in [*(sample.root / ".cache").rglob("*"), *sample.root.rglob("sites/.*")]:
        if path.is_file():
            path.write_bytes(planted)
    for name in ("base/ee", "judged", "pages", "built/x"):
        sample.write(f".cache/{name}", planted)
    sample.write("sites/.spare/ee/ylde.trees", planted)
    sample.edit("municipalities/ee/_country.yml", "2023-06", "2023-07")
    assert counts(sample.build())[:2] == (3, 3)
    assert not (tmp_path / "it ran").exists()


def test_no_module_of_ours_loads_what_could_run():
    """A pickle between a process and its children never touches the disk; any other is a way in."""
    ways = re.compile(r"^\s*(?:import|from) (?:pickle|marshal|shelve|dill)\b|\b(?:eval|exec)\(", re.M)
    modules = list((ROOT / "src" / "campaign").rglob("*.py"))
    assert modules
    assert [path.name for path in modules if ways.search(path.read_text("utf-8"))] == []


def test_the_memory_of_builds_is_for_its_owner_alone(sample):
    os.umask(0o022)
    assert sample.campaign("build").returncode == 0  # `Sample.build` would make the folder itself
    memory = sample.root / ".cache"
    assert stat.S_IMODE(memory.stat().st_mode) == 0o700
    for mode, owner in ((0o777, os.geteuid()), (0o770, os.geteuid()), (0o700, 65534)):
        memory.chmod(mode)
        os.chown(memory, owner, -1)
        done = sample.campaign("build")
        assert done.returncode == 1
        assert ".cache: expected a folder of your own with mode 0700, found a folder " in done.stderr
    os.chown(memory, os.geteuid(), -1)
    memory.chmod(0o755)  # as an earlier version left it: others could read it, not write
    sample.build()
    assert stat.S_IMODE(memory.stat().st_mode) == 0o700


def in_place(path: Path, old: bytes, new: bytes) -> None:
    """As an editor over SFTP does it: the same inode, the same length, and the old time put back."""
    before = path.stat()
    data = path.read_bytes()
    assert old in data
    assert len(old) == len(new)
    with path.open("r+b") as file:
        file.write(data.replace(old, new))
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


CONTENTS = {
    "index.html": b"<p>tel:112</p>",
    "ru/index.html": b"<p>tel:112 ru</p>",
    "assets/site.css": b"a{}",
    "campaign.json": b"{}",
}
MEDDLING = {
    "a number in place": lambda copy: in_place(copy / "index.html", b"tel:112", b"tel:999"),
    "another file in its place": lambda copy: (
        (copy / "index.html").unlink(),
        (copy / "index.html").write_bytes(b"<p>tel:999</p>"),
    ),
    "a longer page": lambda copy: (copy / "index.html").write_bytes(b"<p>tel:112</p><script>"),
    "a shorter page": lambda copy: os.truncate(copy / "index.html", 3),
    "a missing page": lambda copy: (copy / "ru/index.html").unlink(),
    "a page more": lambda copy: (copy / "more.html").write_bytes(b"<script>"),
    "a hidden file more": lambda copy: (copy / "assets/.more").write_bytes(b"x"),
    "an empty folder more": lambda copy: (copy / "empty").mkdir(mode=0o700),
    "a pipe more": lambda copy: os.mkfifo(copy / "pipe"),
    "a link in its place": lambda copy: (
        (copy / "index.html").unlink(),
        (copy / "index.html").symlink_to("ru/index.html"),
    ),
    "a link that leads to the same bytes": lambda copy: (
        (copy / "index.html").rename(copy.parent / "moved.html"),
        (copy / "index.html").symlink_to("../moved.html"),
    ),
    "a folder that is a link": lambda copy: (
        (copy / "ru").rename(copy.parent / "moved"),
        (copy / "ru").symlink_to("../moved"),
    ),
    "a page that only its owner may read": lambda copy: (copy / "index.html").chmod(0o600),
    "a page that all may write": lambda copy: (copy / "index.html").chmod(0o666),
    "a page that runs": lambda copy: (copy / "index.html").chmod(0o755),
    "a folder that only its owner may enter": lambda copy: (copy / "ru").chmod(0o700),
    "a folder that all may write to": lambda copy: (copy / "ru").chmod(0o777),
    "a copy that only its owner may enter": lambda copy: copy.chmod(0o700),
    "a copy that all may write to": lambda copy: copy.chmod(0o777),
    "the name of what it was made from": lambda copy: in_place(copy / "campaign.json", b"{}", b"[]"),
    "no copy at all": lambda copy: shutil.rmtree(copy),
}


@pytest.mark.parametrize("meddling", MEDDLING)
@pytest.mark.parametrize("inputs", ["the same", "other"])
def test_what_was_changed_from_outside_is_found_and_written_anew(tmp_path, meddling, inputs):
    (tmp_path / "new").mkdir()
    writer = Writer(tmp_path / "sites", tmp_path / "records", tmp_path / "new", precompress=False)
    assert writer.write("ee/ylde", "the same", lambda: CONTENTS)
    assert not writer.write("ee/ylde", "the same", lambda: CONTENTS)
    copy = tmp_path / "sites/ee/ylde"
    MEDDLING[meddling](copy)
    assert writer.write("ee/ylde", inputs, lambda: CONTENTS)
    assert tree(copy) == CONTENTS
    assert not any(path.is_symlink() for path in copy.rglob("*"))
    for path in (copy, *copy.rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) == (0o755 if path.is_dir() else 0o644), path
    assert not writer.write("ee/ylde", inputs, lambda: CONTENTS)


def test_a_change_from_outside_spreads_to_no_other_copy_and_the_next_build_takes_it_back(sample):
    sample.build()
    honest = copies(sample)
    in_place(sample.root / "sites/ee/ylde/help.html", b"tel:112", b"tel:999")
    in_place(sample.root / "sites/ee/ylde" / SHARED, b"safety", b"zzzzzz")
    assert copies(sample) | {"ee/ylde": honest["ee/ylde"]} == honest
    assert counts(sample.build()) == (3, 1, 2, 0)
    assert copies(sample) == honest
    assert counts(sample.build()) == (3, 0, 3, 0)


def test_a_changed_file_is_not_taken_over_into_the_next_version(sample):
    sample.build()
    for page in (SHARED, "ru/" + SHARED):
        in_place(sample.root / "sites/ee/ylde" / page, b"safety", b"zzzzzz")
    sample.edit("municipalities/ee/_country.yml", "2023-06", "2023-07")
    assert counts(sample.build()) == (3, 2, 1, 0)
    assert not any(b"zzzzzz" in data for data in tree(sample.root / "sites").values())


def test_what_is_changed_while_a_copy_is_written_is_found_by_the_next_build(tmp_path, monkeypatch):
    """Before a file is taken over from the old copy, and right after the new copy is in its place."""
    (tmp_path / "new").mkdir()
    writer = Writer(tmp_path / "sites", tmp_path / "records", tmp_path / "new", precompress=False)
    contents = CONTENTS | {"other.html": b"<p>tel:112</p>"}
    copy = tmp_path / "sites/ee/ylde"
    assert writer.write("ee/ylde", "the first", lambda: contents)

    def make():
        in_place(copy / "index.html", b"tel:112", b"tel:999")
        return contents | {"other.html": b"<p>tel:113</p>"}

    def exchanged(new, live):
        in_one_step = exchange(new, live)
        in_place(live / "other.html", b"tel:113", b"tel:999")
        return in_one_step

    monkeypatch.setattr("campaign.build.writer.exchange", exchanged)
    assert writer.write("ee/ylde", "the second", make)
    monkeypatch.undo()
    honest = contents | {"other.html": b"<p>tel:113</p>"}
    assert writer.write("ee/ylde", "the second", lambda: honest)
    assert tree(copy) == honest
    assert not writer.write("ee/ylde", "the second", lambda: honest)


def test_what_a_build_has_written_or_taken_over_is_not_read_again(sample, monkeypatch):
    sample.build()
    sample.edit("municipalities/ee/_country.yml", "2023-06", "2023-07")
    sample.build()
    monkeypatch.setattr("campaign.build.record_of_written_files._same", None)
    assert counts(sample.build()) == (3, 0, 3, 0)


def test_the_same_bytes_with_another_time_or_another_link_are_left_alone(sample):
    sample.build()
    page = sample.root / "sites/ee/ylde" / SHARED
    inode = page.stat().st_ino
    os.utime(page, (0, 0))
    subprocess.run(["cp", "-rl", sample.root / "sites", sample.root / "backup"], check=True)
    assert counts(sample.build()) == (3, 0, 3, 0)
    assert page.stat().st_ino == inode


def test_what_is_edited_while_a_build_runs_is_for_the_next_build(sample):
    """The hook runs in the middle of the build, when everything has been checked."""
    page, place = sample.root / "docs/ru/help.md", sample.root / "municipalities/ee/ylde.yml"
    sample.edit(
        "hooks/slots_from_comments.py",
        "def on_page_markdown(",
        "def on_startup(command, dirty):\n"
        "    from os import getpid\n"
        "    from pathlib import Path\n"
        f"    for path in ({str(page)!r}, {str(place)!r}):\n"
        "        text = Path(path).read_text('utf-8')\n"
        "        new = Path(f'{path}.{getpid()}')  # two workers do this, and neither may see half of a file\n"
        "        new.write_text(text.replace('Estonian law', 'Unchecked law')"
        ".replace('736 1300', '736 1999'), 'utf-8')\n"
        "        new.replace(path)\n\n\n"
        "def on_page_markdown(",
    )
    original = {path: path.read_text("utf-8") for path in (page, place)}
    sample.build()
    assert "Unchecked" in page.read_text("utf-8")
    assert not any(b"Unchecked" in data or b"1999" in data for data in tree(sample.root / "sites").values())
    for path, text in original.items():
        path.write_text(text, "utf-8")
    before = tree(sample.root / "sites")
    assert counts(sample.build()) == (3, 0, 3, 0)
    assert tree(sample.root / "sites") == before
    page.write_text(original[page].replace("Estonian law", "Checked rule"), "utf-8")
    sample.build()
    assert "Checked rule" in sample.read("ee/ylde/ru/help.html")


@pytest.mark.parametrize("umask", [0o000, 0o077])
def test_modes_are_the_same_whatever_the_umask(sample, umask):
    def build() -> None:
        usual = os.umask(umask)
        try:
            assert sample.campaign("build").returncode == 0
        finally:
            os.umask(usual)

    build()
    sites = sample.root / "sites"
    for path in (sites, *sites.rglob("*")):
        assert stat.S_IMODE(path.stat().st_mode) == (0o755 if path.is_dir() else 0o644), path
    (sites / "ee").chmod(0o777)
    sample.build()
    sample.edit("municipalities/ee/_country.yml", "2023-06", "2023-07")
    build()
    for path in sites.rglob("*"):
        assert stat.S_IMODE(path.stat().st_mode) == (0o755 if path.is_dir() else 0o644), path


@pytest.mark.parametrize("folder", ["ee", "ee/ylde", "ee/ylde/ru"])
@pytest.mark.parametrize("mode", [0o700, 0o777])
def test_the_mode_of_a_folder_is_put_right_by_a_build_that_has_nothing_else_to_do(sample, folder, mode):
    sample.build()
    (sample.root / "sites" / folder).chmod(mode)
    sample.build()
    assert stat.S_IMODE((sample.root / "sites" / folder).stat().st_mode) == 0o755


@pytest.mark.parametrize("corrected", [True, False])
def test_nobody_else_may_write_into_the_folder_of_the_sites_or_into_a_door(sample, corrected):
    sample.build()
    sites = sample.root / "sites"
    sites.chmod(0o2777)
    for door in ("index.html", "ee/index.ru.html"):
        (sites / door).chmod(0o666)
    if corrected:
        sample.edit("municipalities/ee/_country.yml", "2023-06", "2023-07")
    sample.build()
    assert stat.S_IMODE(sites.stat().st_mode) == 0o2755
    for door in ("index.html", "ee/index.ru.html"):
        assert stat.S_IMODE((sites / door).stat().st_mode) == 0o644


@pytest.mark.parametrize("last", ["{}", '{"code": "EE-511"}', "[]", "1", "<html>", "[" * 100_000, None])
@pytest.mark.parametrize("name", ["ee/ylde", "ee/foreign"])
def test_a_folder_with_another_programs_campaign_json_is_no_copy(sample, name, last):
    folder = sample.root / "sites" / name
    folder.mkdir(parents=True)
    (folder / "mine.txt").write_text("mine")
    if last is None:
        (folder / "campaign.json").mkdir()
    else:
        (folder / "campaign.json").write_text(last)
    done = sample.campaign("build")
    assert done.returncode == (name == "ee/ylde")
    assert (folder / "mine.txt").read_text() == "mine"


def test_the_copy_of_a_place_that_is_no_more_goes_also_where_somebody_puts_it_back(sample):
    sample.build()
    there = tree(sample.root / "sites")
    shutil.copytree(sample.root / "sites/ee/teine", sample.root / "sites/ee/endine")
    assert counts(sample.build()) == (3, 0, 3, 1)
    assert tree(sample.root / "sites") == there


@pytest.mark.parametrize("corrected", [True, False])
@pytest.mark.parametrize("name", ["ee/ylde", "ee"])
def test_a_link_where_a_copy_must_be_is_refused_before_anything_is_written(sample, tmp_path, name, corrected):
    sample.build()
    shutil.move(sample.root / "sites" / name, tmp_path / "root")
    (sample.root / "sites" / name).symlink_to(tmp_path / "root")
    before = tree(tmp_path / "root"), tree(sample.root / "sites/lv")
    if corrected:
        sample.edit("municipalities/ee/_country.yml", "2023-06", "2023-07")
        sample.edit("municipalities/lv/_country.yml", "2023-06", "2023-07")
    done = sample.campaign("build")
    assert done.returncode == 1
    assert (
        f"sites/{name}: expected a folder, or nothing (a link on your server may point to this folder), found a symbolic link"
        in done.stderr
    )
    assert "Nothing was written." in done.stderr
    assert (tree(tmp_path / "root"), tree(sample.root / "sites/lv")) == before


def test_a_file_where_a_copy_must_be_is_refused(sample):
    sample.write("sites/ee/ylde", "mine")
    done = sample.campaign("build")
    assert (
        "sites/ee/ylde: expected a folder, or nothing (a link on your server may point to this folder), found a file"
        in done.stderr
    )
    assert not (sample.root / "sites/lv").exists()


def test_the_folder_of_the_sites_may_itself_be_a_link(sample, tmp_path):
    (tmp_path / "served").mkdir()
    (sample.root / "sites").symlink_to(tmp_path / "served")
    sample.build()
    sample.edit("municipalities/ee/_country.yml", "2023-06", "2023-07")
    sample.build()
    assert "июль 2023" in (tmp_path / "served/ee/ylde/ru/help.html").read_text("utf-8")
    assert sorted(path.name for path in (tmp_path / "served").iterdir()) == SITES


def test_nothing_of_the_builder_is_in_the_folder_of_the_sites(sample):
    for day in ("2023-07", "2023-08"):
        sample.build()
        sample.edit("municipalities/ee/_country.yml", "date: 2023-", f"date: {day} # 2023-")
        assert sorted(os.listdir(sample.root / "sites")) == SITES
        assert sorted(os.listdir(sample.root / "sites/ee")) == [
            "index.html",
            "index.ru.html",
            "teine",
            "ylde",
        ]
        assert not list(sample.root.glob(".sites*"))


SOURCE_TRAPS = {
    "docs/et/youth/pilt.png": ("link", "a symbolic link"),
    "docs/et/folder": ("folder", "a symbolic link"),
    "i18n/xx.yml": ("pipe", "a pipe"),
    "municipalities/ee/uus.yml": ("pipe", "a pipe"),
    "docs/et/pipe.md": ("pipe", "a pipe"),
    "municipalities/ee/large.yml": ("large", "6,000,000,000"),
}


def test_what_is_no_plain_file_is_never_opened_and_all_of_it_is_told(sample):
    for path, (kind, _) in SOURCE_TRAPS.items():
        there = sample.root / path
        there.parent.mkdir(exist_ok=True)
        match kind:
            case "link":
                there.symlink_to("/etc/passwd")
            case "folder":
                there.symlink_to("/etc")
            case "pipe":
                os.mkfifo(there)
            case "large":
                there.touch()
                os.truncate(there, 6_000_000_000)
    for command in ("build", "check"):
        done = sample.campaign(command)
        assert done.returncode == 1
        for path, (_, found) in SOURCE_TRAPS.items():
            line = rf"^{re.escape(path)}: expected .+, found {found}$"
            assert re.search(line, done.stderr, re.M), command
    assert not (sample.root / "sites").exists()


@pytest.mark.parametrize(
    "out",
    [
        "docs",
        "docs/et/x",
        "municipalities/ee",
        "overrides/assets",
        ".",
        "..",
        "src/x",
        ".cache/x",
        "handbook",
        "releases",
        "deploy/x",
        ".vscode",
    ],
)
def test_a_build_into_the_sources_is_refused(sample, out):
    before = tree(sample.root)
    done = sample.campaign("build", "--out", out)
    assert done.returncode == 1
    (line, _) = done.stderr.splitlines()
    assert line.startswith(
        "campaign build: --out: expected a folder outside every project's sources (docs/, "
    )
    assert line.endswith(f") and copies, found '{out}'")
    assert tree(sample.root) == before


def test_every_folder_of_the_repository_is_one_of_the_sources():
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    folders = {name.partition("/")[0] for name in listed.stdout.split("\0") if "/" in name}
    assert folders > {"docs", "handbook"}
    for folder in folders:
        with pytest.raises(CampaignError):
            check_output(ROOT, ROOT / folder / "x", "campaign build")


@pytest.mark.parametrize("out", ["sites/ee", "sites/ee/ylde", "sites/lv/vieta/x"])
def test_a_build_into_a_copy_is_refused(sample, out):
    sample.build()
    before = tree(sample.root / "sites")
    done = sample.campaign("build", "--out", out)
    (line, _) = done.stderr.splitlines()
    assert line.startswith(
        "campaign build: --out: expected a folder outside every project's sources (docs/, "
    )
    assert line.endswith(f") and copies, found '{out}'")
    assert tree(sample.root / "sites") == before


@pytest.mark.parametrize("out", ["", "docs", "municipalities/ee"])
def test_a_build_into_another_project_is_refused(sample, tmp_path, out):
    small_project(tmp_path / "other")
    before = tree(tmp_path / "other")
    done = sample.campaign("build", "--out", f"{tmp_path}/other/{out}")
    assert "campaign build: --out: expected a folder outside every project's sources (docs/, " in done.stderr
    assert tree(tmp_path / "other") == before


def test_a_build_takes_no_other_files_away(sample, tmp_path):
    mine = tmp_path / "out/ee/ylde/mine.txt"
    mine.parent.mkdir(parents=True)
    mine.write_text("mine", "utf-8")
    done = sample.campaign("build", "--out", f"{tmp_path}/out")
    assert done.returncode == 1
    assert (
        "out/ee/ylde: expected an empty folder, or the folder of a copy (with its file campaign.json), "
        "found other files: remove them first\n" in done.stderr
    )
    assert tree(tmp_path / "out") == {"ee/ylde/mine.txt": b"mine"}


def test_a_copy_without_its_last_file_is_written_anew(sample):
    sample.build()
    there = tree(sample.root / "sites")
    (sample.root / "sites/ee/ylde/campaign.json").unlink()
    sample.build()
    assert tree(sample.root / "sites") == there


def test_a_build_from_any_folder_of_the_project_writes_the_same_sites(sample):
    done = subprocess.run(
        [CAMPAIGN, "build"], cwd=sample.root / "docs/et", capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("3 sites in ")
    assert (sample.root / "sites/ee/ylde/help.html").exists()
    assert not (sample.root / "docs/et/sites").exists()


def test_a_long_id_is_told_before_anything_is_written(sample):
    meeting = (
        "meetings:\n  - id: {}\n    kind: network\n    organization:\n      et: Ülde\n"
        "    starts: 2027-03-04 10:00\n    ends: 2027-03-04 12:00\n    venue: Saal\n    announced: 2026-10-01\n"
        "    source:\n      url: https://example.org/m\n      date: undated\n"
    )
    text = (sample.root / "municipalities/ee/ylde.yml").read_text("utf-8")
    sample.write("municipalities/ee/ylde.yml", (text + meeting.format("x" * 252)).encode())
    done = sample.campaign("build", "--all-or-nothing")
    assert done.returncode == 1
    assert "municipalities/ee/ylde.yml" in done.stderr
    assert "x" * 50 in done.stderr
    assert not (sample.root / "sites").exists()


def test_a_record_that_was_cut_counts_for_nothing(sample):
    sample.build()
    for record in (sample.root / ".cache/copies").rglob("*.json"):
        os.truncate(record, record.stat().st_size // 2)
    assert counts(sample.build()) == (3, 3, 0, 0)
    for record in (sample.root / ".cache/copies").rglob("*.json"):
        record.write_text(json.dumps([1, 2, {"key": 3}]))
    assert counts(sample.build()) == (3, 3, 0, 0)


def test_a_base_that_was_cut_is_rendered_again(sample):
    sample.build()
    before = tree(sample.root / "sites")
    for base in (sample.root / ".cache/bases").iterdir():
        os.truncate(base, base.stat().st_size - 1000)
    shutil.rmtree(sample.root / "sites")
    sample.build()
    assert tree(sample.root / "sites") == before


BROKEN = {
    "YAML": ("name:", "name: ["),
    "an unknown key": ("name:", "nmae: x\nname:"),
    "a national role": ("- social-services", "- emergency"),
    "a premium number": ("+372 736 1300", "+372 900 1234"),
    "a confirmation of its own": ("    source:", "    assured_date: 2026-01-01\n    source:"),
}


@pytest.mark.parametrize("broken", BROKEN)
def test_one_broken_municipality_holds_back_its_own_copy_alone(sample, broken):
    sample.build()
    before = tree(sample.root / "sites/ee/ylde")
    sample.edit("municipalities/ee/ylde.yml", *BROKEN[broken])
    for country in ("ee", "lv"):
        sample.edit(f"municipalities/{country}/_country.yml", "2023-06", "2023-07")
    done = sample.campaign("build")
    assert done.returncode == 1
    first, *_, last = done.stderr.splitlines()
    assert first.startswith("Not built: municipalities/ee/ylde.yml:")
    assert last.endswith(". The copies of ee/ylde are as they were; all others are built.")
    assert tree(sample.root / "sites/ee/ylde") == before
    assert "июль 2023" in sample.read("ee/teine/ru/help.html")
    assert "июль 2023" in sample.read("lv/vieta/ru/help.html")
    assert sample.campaign("build", "--all-or-nothing").returncode == 1
    assert sample.campaign("build", "lv").returncode == 0  # what is not named does not count
    assert sample.campaign("build", "ee/ylde").returncode == 1


def _pipe(file: Path) -> None:
    file.unlink()
    os.mkfifo(file)


def _large(file: Path) -> None:
    os.truncate(file, 200_001)


def _link(file: Path) -> None:
    file.unlink()
    file.symlink_to("/etc/passwd")


def _folder(file: Path) -> None:
    file.unlink()
    file.mkdir()
    os.mkfifo(file / "x.yml")


def _gone(file: Path) -> None:
    file.unlink()


def _renamed(file: Path) -> None:
    file.rename(file.with_suffix(".yaml"))


def _another_file(file: Path) -> None:
    file.with_name("ylde (1).txt").write_text("x")


@pytest.mark.parametrize("put", [_pipe, _large, _link, _folder, _gone, _renamed, _another_file])
def test_what_somebody_puts_in_a_municipalitys_place_holds_back_no_other_copy(sample, put):
    """Also where the coordinator's files name the place."""
    sample.write("municipalities/ee/_door.yml", "tiles:\n  ylde: 1 1\nnames:\n  ylde: Vana Ülde\n")
    sample.site("ee/ylde", "https://ylde.example.org/")
    sample.confirm("ee-ylde-social", date.today())
    sample.build()
    put(sample.root / "municipalities/ee/ylde.yml")
    sample.edit("municipalities/lv/_country.yml", "2023-06", "2023-07")
    done = sample.campaign("build")
    assert done.returncode == 1
    assert "июль 2023" in sample.read("lv/vieta/ru/help.html")
    if put not in (_gone, _renamed):
        assert "_coordinator.yml" not in done.stderr and "_door.yml" not in done.stderr
        assert (sample.root / "sites/ee/ylde/help.html").is_file()


def test_what_is_contested_in_one_country_stops_no_release_of_another(sample):
    sample.write("municipalities/ee/_door.yml", "tiles:\n  nowhere: 1 1\n")
    sample.edit("municipalities/ee/teine.yml", "EE-002", "EE-001")
    assert sample.campaign("build", "lv", "--all-or-nothing").returncode == 0
    done = sample.campaign("build", "ee/ylde", "--all-or-nothing")
    assert done.returncode == 1
    assert "ylde.yml:1: iso_3166_2" in done.stderr and "_door.yml:2: tiles.nowhere" in done.stderr


def test_nothing_is_built_of_a_release_while_a_named_place_is_wrong(sample):
    sample.edit("municipalities/ee/ylde.yml", "name:", "nmae: x\nname:")
    assert sample.campaign("build", "ee", "--release").returncode == 1
    assert not (sample.root / "sites").exists()


def test_what_two_municipalities_say_alike_holds_back_neither(sample):
    sample.build()
    sample.write(
        "municipalities/ee/teine.yml",
        "iso_3166_2: EE-002\nname:\n  et: Teine vald\ncontacts:\n  - id: ee-teine\n    roles:\n"
        "      - social-services\n    organization:\n      et: Teise valla abi\n    phones:\n"
        '      - number: "+372 736 1300"\n    source:\n      url: https://example.org/teine\n'
        "      date: undated\n",
    )
    sample.edit("municipalities/ee/_country.yml", "2023-06", "2023-07")
    done = sample.campaign("build")
    assert done.returncode == 1
    assert "municipalities/ee/ylde.yml" in done.stderr and "municipalities/ee/teine.yml" in done.stderr
    assert done.stderr.endswith("All copies are built.\n")
    for place in ("ylde", "teine"):
        assert "июль 2023" in sample.read(f"ee/{place}/ru/help.html")
