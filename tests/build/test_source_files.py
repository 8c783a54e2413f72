"""Source files are read as any editor saves them; what no person wrote is passed over, what is no file refused."""

from __future__ import annotations

import os
import re
import resource
import socket
import subprocess

import pytest

from campaign.errors import CampaignError
from campaign.files.source_file import LARGEST, LARGEST_PAGE, entries, is_litter, read_as_saved, read_text
from campaign.files.yaml_document import parse_document
from campaign.pages.page import read_page

from ..project import CAMPAIGN, ROOT, tree

PLACE = "municipalities/ee/ylde.yml"
PAGE = "docs/et/help.md"
SAVED = {
    "CRLF": lambda text: text.replace("\n", "\r\n").encode(),
    "CR": lambda text: text.replace("\n", "\r").encode(),
    "a byte-order mark": lambda text: b"\xef\xbb\xbf" + text.encode(),
    "a byte-order mark and CRLF": lambda text: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(),
    "CRLF in half of the lines": lambda text: text.replace("\n", "\r\n", text.count("\n") // 2).encode(),
}


def sources(sample):
    return [
        path
        for folder in ("docs", "i18n", "municipalities", "overrides", "hooks")
        for path in sorted((sample.root / folder).rglob("*"))
        if path.suffix in (".md", ".yml", ".html", ".css", ".js", ".svg", ".py")
    ]


@pytest.mark.parametrize("how", SAVED)
def test_every_text_file_may_be_saved_in_any_way_and_the_copies_are_the_same(sample, how):
    sample.write("i18n/search/et.yml", "endings: le\nasked:\n  help.md: appi\n")
    sample.build("ee/ylde", "--out", str(sample.root / "before"))
    for path in sources(sample):
        path.write_bytes(SAVED[how](path.read_text("utf-8")))
    sample.build("ee/ylde", "--out", str(sample.root / "after"))
    assert tree(sample.root / "after") == tree(sample.root / "before")


@pytest.mark.parametrize("how", SAVED)
def test_the_line_of_a_problem_is_the_editors_line(sample, how):
    sample.edit(PLACE, "Mo-Fr", "Mo-Xx")
    sample.edit(PAGE, "Estonian law.", "Estonian\u200b law.")
    sample.edit("i18n/ru.yml", "menu: ", "menu: Н\u200b")
    for path in sources(sample):
        path.write_bytes(SAVED[how](path.read_text("utf-8")))
    plain = (sample.root / "i18n/ru.yml").read_bytes().replace(b"\r\n", b"\n").replace(b"\r", b"\n")
    menu = plain[: plain.index("\u200b".encode())].count(b"\n") + 1
    told = {line.split(": expected")[0] for line in sample.problems()}
    assert told == {f"{PAGE}:11", f"i18n/ru.yml:{menu}: menu", f"{PLACE}:17: contacts[0].schedule"}


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_another_unicode_encoding_is_named_with_what_to_do(sample, encoding):
    paths = (PLACE, PAGE, "i18n/lv.yml")
    for path in paths:
        file = sample.root / path
        file.write_bytes(file.read_text("utf-8").encode(encoding))
    problems = sample.problems()
    for path in paths:
        told = [line for line in problems if line.startswith(f"{path}: ")]
        assert told == [
            f"{path}: expected text that is saved as UTF-8, found text in UTF-16 or no text at all"
        ]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_a_byte_of_an_older_encoding_is_told_with_its_line(sample, end):
    (sample.root / PAGE).write_bytes(f"---{end}title: a{end}---{end}{end}".encode() + b"\xd5igus")
    (line,) = [line for line in sample.problems() if line.startswith(PAGE)]
    assert line == f"{PAGE}:5: expected UTF-8 text, found the byte 0xd5"


THEME = ("overrides/partials/head.html", "overrides/partials/site.css", "overrides/partials/exit.js",
         "overrides/assets/search/engine.js", "overrides/pictograms/help.svg", "hooks/tables.py")  # fmt: skip


@pytest.mark.parametrize("file", THEME)
def test_a_file_of_the_theme_in_another_encoding_is_told_by_check_and_build_alike(sample, file):
    text = (sample.root / file).read_text("utf-8")
    for data, told in (
        (
            text.encode("utf-16"),
            ": expected text that is saved as UTF-8, found text in UTF-16 or no text at all",
        ),
        (
            text.encode() + b"\n\n\xe4",
            f":{text.count(chr(10)) + 3}: expected UTF-8 text, found the byte 0xe4",
        ),
    ):
        sample.write(file, data)
        for command in ("check", "build"):
            assert sample.campaign(command).stderr.splitlines()[0] == f"{file}{told}"


@pytest.mark.parametrize("mark", ["---", "---  ", "---\t"])
def test_blanks_after_the_marks_of_the_front_matter_are_no_fault(sample, mark):
    text = (sample.root / PAGE).read_text("utf-8").replace("---", mark)
    (sample.root / PAGE).write_text(text, "utf-8")
    page = read_page(sample.root / PAGE, sample.root)
    assert (page.meta.title, page.first_line) == ("et help", 4)
    assert page.text.startswith("\n# Help")


LITTER = [
    ".DS_Store", "._ylde.yml", ".ylde.yml.swp", ".#ylde.yml", ".ylde.yml.new", "ylde.yml~", "#ylde.yml#", "ylde.yml.bak",
    "ylde.yml.orig", "ylde.yml.rej", "ylde.md.BAK", "~$help.md", "Thumbs.db", "thumbs.db", "ehthumbs.db", "Desktop.ini", "4913",
    "ylde.swp", "x.tmp", "help.md.part", "help.md.crdownload", "Icon\r", "lost+found", "help.md___jb_tmp___",
]  # fmt: skip
LITTER_FOLDERS = [
    ".git",
    ".obsidian",
    "@eaDir",
    "#recycle",
    "$RECYCLE.BIN",
    "__MACOSX",
    "System Volume Information",
]
MEANT = [
    "ylde.yml",
    "help.md",
    "help - Copy.md",
    "help (1).md",
    "bak.md",
    "4914",
    "tilde~.md",
    "x#.md",
    "a@b.md",
]


@pytest.mark.parametrize("name", [*LITTER, *LITTER_FOLDERS])
def test_other_programs_names_are_known(name):
    assert is_litter(name)


@pytest.mark.parametrize("name", MEANT)
def test_names_that_a_person_gave_are_not_names_of_other_programs(name):
    assert not is_litter(name)


def test_other_programs_files_are_passed_over_by_check_build_and_preview_and_reach_no_copy(sample, tmp_path):
    sample.build("ee/ylde", "--out", str(tmp_path / "before"))
    sample.mkdocs("ee/ylde", tmp_path / "direct")
    folders = ["docs", "docs/et", "docs/et/professionals", "i18n", "i18n/glossary", "municipalities"]
    for folder in [*folders, "municipalities/ee"]:
        for name in LITTER:
            sample.write(f"{folder}/{name}", b"\xff\x00 not read")
        for name in LITTER_FOLDERS:
            sample.write(f"{folder}/{name}/help.md", b"\xff")
            sample.write(f"{folder}/{name}/_country.yml", b"\xff")
        os.symlink("user@host.123:456", sample.root / folder / ".#help.md")
        os.mkfifo(sample.root / folder / ".pipe")
    done = sample.campaign("check")
    assert (done.returncode, done.stderr) == (0, "")
    sample.build("ee/ylde", "--out", str(tmp_path / "after"))
    assert tree(tmp_path / "after") == tree(tmp_path / "before")
    sample.mkdocs("ee/ylde", tmp_path / "again")
    assert tree(tmp_path / "again") == tree(tmp_path / "direct")


def test_other_programs_files_make_no_new_build(sample):
    sample.build()
    sample.write("docs/et/help.md~", "x")
    sample.write("municipalities/ee/.ylde.yml.swp", "x")
    assert " 0 built, 3 unchanged" in sample.build()


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("municipalities/notes.txt", "expected one folder for each country, found a file"),
        ("municipalities/ee/notes.txt", "expected only files of municipalities, such as tartu.yml, found 'notes.txt'"),
        ("municipalities/ee/more/ylde.yml", "expected only files of municipalities, such as tartu.yml, found 'more'"),
        ("i18n/et (1).yml", "expected only files named by language, such as et.yml, found 'et (1).yml'"),
        ("i18n/et - Copy.yml", "expected only files named by language, such as et.yml, found 'et - Copy.yml'"),
        ("i18n/notes.txt", "expected only files named by language, such as et.yml, found 'notes.txt'"),
        ("i18n/glossary/eesti.yml", "expected only files named by language, such as et.yml, found 'eesti.yml'"),
        ("i18n/search/et.yaml", "expected only files named by language, such as et.yml, found 'et.yaml'"),
    ],
)  # fmt: skip
def test_a_stray_file_that_is_not_hidden_is_a_problem(sample, path, message):
    sample.write(path, "a: b\n")
    told = sample.problems()
    stray = path if not path.startswith("municipalities/ee/more") else "municipalities/ee/more"
    assert told == [f"{stray}: {message}"]


KINDS = {
    "a link": (lambda path: path.symlink_to("/etc/passwd"), "a symbolic link"),
    "a link to nothing": (lambda path: path.symlink_to("nowhere"), "a symbolic link"),
    "a link to a file beside it": (lambda path: path.symlink_to("index.md"), "a symbolic link"),
    "a pipe": (os.mkfifo, "a pipe"),
    "a socket": (lambda path: bound(path), "a socket"),
}


def bound(path):
    with socket.socket(socket.AF_UNIX) as here:
        os.chdir(path.parent)  # the name of a socket must be short
        here.bind(path.name)


HOLDS_BACK_ITS_OWN_PLACE = ["municipalities/ee/x.yml"]
HOLD_BACK_ALL = ["docs/et/x.md", "docs/et/x.png", "docs/et/deep/x.txt", "i18n/xx.yml", "i18n/search/xx.yml",
                 "i18n/glossary/xx.yml", "municipalities/xx/_country.yml"]  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("paths", [HOLDS_BACK_ITS_OWN_PLACE, HOLD_BACK_ALL], ids=["a place", "all"])
def test_only_plain_files_are_opened_and_all_others_are_refused(sample, monkeypatch, kind, paths):
    monkeypatch.chdir(sample.root)
    make, named = KINDS[kind]
    for path in paths:
        (sample.root / path).parent.mkdir(parents=True, exist_ok=True)
        make(sample.root / path)
    for command in ("check", "build"):
        done = sample.campaign(command)
        assert done.returncode == 1
        told = {f"{path}: expected a plain file, found {named}" for path in paths}
        assert told <= set(done.stderr.splitlines()), done.stderr
    assert (sample.root / "sites/ee/ylde/index.html").exists() == (paths == HOLDS_BACK_ITS_OWN_PLACE)
    assert not (sample.root / "sites/ee/x").exists()


@pytest.mark.parametrize(
    "folder",
    ["docs", "docs/et", "docs/et/professionals", "i18n", "i18n/glossary", "i18n/search", "municipalities", "municipalities/ee"],
)  # fmt: skip
def test_a_folder_that_is_a_link_is_refused(sample, folder):
    path = sample.root / folder
    if path.exists():
        path.rename(sample.root / "elsewhere")
    else:
        (sample.root / "elsewhere").mkdir()
    path.symlink_to(sample.root / "elsewhere")
    (told,) = [line for line in sample.problems() if line.startswith(f"{folder}: ")]
    assert re.fullmatch(f"{folder}: expected a plain (file|folder), found a symbolic link", told)


LARGE = {
    PLACE: LARGEST, "municipalities/ee/_country.yml": LARGEST, "i18n/et.yml": LARGEST, "i18n/search/et.yml": LARGEST,
    "i18n/glossary/et.yml": LARGEST, PAGE: LARGEST_PAGE,
}  # fmt: skip


def test_a_size_is_looked_at_before_a_byte_is_read(sample):
    """Files of 6 GB that are holes on the disk, and a process that may have 1 GB of memory."""
    for path in LARGE:
        file = sample.root / path
        file.parent.mkdir(exist_ok=True)
        with file.open("wb") as hole:
            hole.truncate(6_000_000_000)
    told = {
        f"{path}: expected at most {largest:,} bytes, found 6,000,000,000" for path, largest in LARGE.items()
    }
    for command in ("check", "build"):
        done = subprocess.run(
            [CAMPAIGN, command],
            cwd=sample.root,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_AS, (1_000_000_000, 1_000_000_000)),
        )
        assert done.returncode == 1
        assert told <= set(done.stderr.splitlines()), done.stderr


def test_a_page_of_just_the_largest_size_is_read_and_of_one_byte_more_is_not(sample):
    file = sample.root / PAGE
    file.write_bytes(b"x" * LARGEST_PAGE)
    assert len(read_text(file, sample.root, LARGEST_PAGE)) == LARGEST_PAGE
    file.write_bytes(b"x" * (LARGEST_PAGE + 1))
    with pytest.raises(CampaignError, match="expected at most 60,000 bytes, found 60,001"):
        read_text(file, sample.root, LARGEST_PAGE)


def test_what_is_confirmed_keeps_its_line_ends(sample):
    (sample.root / PLACE).write_bytes(b"\xef\xbb\xbfa: b\r\nc: d\r\n")
    assert read_as_saved(sample.root / PLACE, sample.root) == "\ufeffa: b\r\nc: d\r\n"
    assert read_text(sample.root / PLACE, sample.root) == "a: b\nc: d\n"
    assert parse_document("\ufeffa: b\r\nc: d\r\n", "x").value == {"a": "b", "c": "d"}


def test_a_folder_is_listed_in_order_and_without_litter(tmp_path):
    for name in ("b.yml", ".b.yml", "a.yml", "a.yml~"):
        (tmp_path / name).touch()
    assert entries(tmp_path) == [tmp_path / "a.yml", tmp_path / "b.yml"]
    assert entries(tmp_path / "missing") == []


def test_the_repository_says_how_editors_and_git_save_its_files():
    assert "* text=auto eol=lf" in (ROOT / ".gitattributes").read_text("utf-8").splitlines()
    editors = (ROOT / ".editorconfig").read_text("utf-8")
    for line in ("root = true", "charset = utf-8", "end_of_line = lf", "insert_final_newline = true"):
        assert line in editors.splitlines()
    for path in subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines():
        if path.endswith((".md", ".yml", ".py", ".html", ".css", ".js", ".toml")):
            assert b"\r" not in (ROOT / path).read_bytes(), path
