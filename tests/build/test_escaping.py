"""Words of the interface can never become markup, even where nobody had checked them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser

import pytest

from campaign.checks.check import check
from campaign.coordinator.call_list import entries
from campaign.coordinator.report import report
from campaign.copies.fill import Filler
from campaign.pages.required_strings import PLACEHOLDERS
from campaign.site.base_site import read_base

from ..project import render_apart

MOMENT = datetime(2026, 11, 28, 12, tzinfo=UTC)
HOSTILE = '" onx="1" <img src=x onerror=y> </title></script><script>alert(1)</script> & \'{'


def hostile(key: str) -> str:
    return HOSTILE + "".join(f"{{{name}}}" for name in PLACEHOLDERS.get(key, ()))


class Elements(HTMLParser):
    """What a browser would run: scripts and handlers."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.scripts: list[str] = []
        self._inside = False
        self.feed(text)
        self.close()

    def handle_starttag(self, tag, attrs):
        if tag == "script":
            self.scripts.append("")
        self._inside = tag == "script"
        self.found += [name for name, _ in attrs if name.startswith("on")]
        if tag == "img":
            self.found.append(tag)

    def handle_data(self, data):
        if self._inside:
            self.scripts[-1] += data

    def handle_endtag(self, tag):
        self._inside = False


@pytest.fixture
def project(sample):
    """As it would be if the check had let everything pass."""
    good = check(sample.root, MOMENT).project
    assert good
    words = {language: {key: hostile(key) for key in own} for language, own in good.words.items()}
    names = {
        "en": "English",
        "et": "eesti",
        "lv": "latviešu",
        "ru": "русский",
        "lt": "lietuvių",
        "uk": "українська",
        "ar": "العربية",
        "uz": "oʻzbek",
    }
    for language, name in names.items():
        words[language]["language-name"] = name + HOSTILE
    return replace(good, words=words)


def test_no_word_becomes_markup_on_any_page(sample, project, tmp_path, monkeypatch):
    monkeypatch.chdir(sample.root)
    monkeypatch.setenv("MUNICIPALITY", "ee")
    render_apart(project, "ee", tmp_path / "base")
    country = project.places.countries["ee"]
    base = read_base(tmp_path / "base", "ee")
    filler = Filler(sample.root, base, country, project.words)
    files = filler.fill(project.places.municipalities["ee/ylde"])
    pages = {path: text.decode() for path, text in files.items() if path.endswith(".html")}
    assert len(pages) > 10
    for path, text in pages.items():
        read = Elements(text)
        assert read.found == [], path
        assert not any(run.strip() == "alert(1)" or "<img" in run for run in read.scripts), path
        assert "&lt;img src=x" in text, path


def test_no_word_becomes_markup_in_the_report(sample, project):
    listed = entries(project.places, project.pages, (), MOMENT)
    text = report(sample.root, project.words, project.places, listed, "et", MOMENT)
    read = Elements(text)
    assert (read.found, read.scripts) == ([], [])
    assert "&lt;img src=x" in text


def test_quotes_in_a_word_stay_inside_their_attribute(sample):
    sample.edit("i18n/et.yml", "exit-loading: ", "exit-loading: 'Avan \"ilm\" lehe' # ")
    sample.build("ee/teine")
    page = sample.read("ee/teine/help.html")
    assert 'data-loading="Avan &#34;ilm&#34; lehe"' in page
