"""Ordinary work keeps the checks of content green: no test of tests/data may be pinned to today's data."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys

import pytest

from campaign.source.municipalities import read_places
from campaign.today import latest_day, now

from ..project import ROOT, Sample

PAGE = "youth/one-more.md"


def confirm(root):
    """Ring the first line of each country that needs it, and doubt another."""
    for country in read_places(root, LANGUAGES, latest_day(now())).countries.values():
        first, second, *_ = [one for one in country.record.contacts if one.needs_confirmation and one.phones]
        run(root, "confirm", first.id, "--by", "Duty officer", "--checked", "answers,hours")
        run(root, "doubt", second.id, "--why", "Another office answers")


def correct(root):
    """Correct the last digit of the number of a municipality's first contact."""
    places = read_places(root, LANGUAGES, latest_day(now())).municipalities.values()
    place = next(place for place in places if place.record.contacts and place.record.contacts[0].phones)
    file, number = root / place.file, place.record.contacts[0].phones[0].number
    text = file.read_text("utf-8")
    file.write_text(text.replace(number, f"{number[:-1]}{(int(number[-1]) + 1) % 10}", 1), "utf-8")


def add_page(root):
    """Add a page in every language that has all pages, with words of other pages."""
    settings = root / "mkdocs.yml"
    text = settings.read_text("utf-8")
    settings.write_text(
        text.replace("      - youth/online.md\n", f"      - {PAGE}\n      - youth/online.md\n"), "utf-8"
    )
    for language in ("et", "lv", "lt", "ru", "en"):
        write_page(root, language)


def write_page(root, language):
    _, front, body = (root / f"docs/{language}/help.md").read_text("utf-8").split("---\n", 2)
    heading, _, words, *_ = body.strip().split("\n\n")
    words = re.sub(r"\]\((?=[\w/-]+\.md)", "](../", words)  # the page is in a folder
    title = re.search(r"(?m)^title: .*\n", front)[0]
    path = root / f"docs/{language}" / PAGE
    path.parent.mkdir(exist_ok=True)
    path.write_text(
        f"---\n{title}---\n\n{heading}\n\n{words}\n\n<!-- contacts: child-helpline -->\n", "utf-8"
    )


def translate(root):
    """Translate the new page into the language that is only begun."""
    write_page(root, "uk")


LANGUAGES = sorted(path.stem for path in (ROOT / "i18n").glob("*.yml"))
WORK = (confirm, correct, add_page, translate)


def run(root, *arguments):
    done = Sample(root).campaign(*arguments)
    assert done.returncode == 0, done.stderr


@pytest.fixture
def copy(tmp_path):
    """A copy of the repository as git knows it."""
    names = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split("\0")
    for name in filter(None, names):
        if (ROOT / name).is_file():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def test_confirming_correcting_adding_and_translating_break_no_check_of_content(copy):
    """All of it in one copy, and without this test and those that read all sites: they would take minutes."""
    for work in WORK:
        work(copy)
    for command in (["init", "-q"], ["add", "."]):
        subprocess.run(["git", *command], cwd=copy, check=True)
    chosen = ["-m", "not sites", "--ignore=tests/data/test_ordinary_work.py"]
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "tests/data", "-n", "0", "-p", "no:cacheprovider", *chosen],
        cwd=copy, capture_output=True, text=True, check=False, timeout=1200,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:]
