"""How the check reads a language's list of good words and what its dictionary says; the texts of the repository
are checked with the rest, in tests/test_repository.py."""

from __future__ import annotations

from datetime import date

import pytest

from campaign.checks.check import check
from campaign.page_checks import spelling
from campaign.page_checks.spelling import DICTIONARIES, check_spelling
from campaign.source.municipalities import read_places
from campaign.today import now

from ..project import ROOT
from ..records import LANGUAGES

LIST = "i18n/spelling/en.txt"


@pytest.fixture
def misspelt(sample):
    """What is said of a text in the one language that has a list, and of the list."""

    def said(text, words):
        sample.write("docs/en/index.md", f"---\ntitle: Start\n---\n\n# Start\n\n{text}\n")
        sample.write(LIST, words)
        checked = check(sample.root, now())
        found = check_spelling(sample.root, checked.pages, ["en"], checked.unfit)
        assert found.unchecked == []
        return [str(problem) for problem in found.problems if problem.file in ("docs/en/index.md", LIST)]

    return said


def test_every_complete_language_has_a_dictionary_and_a_list():
    countries = read_places(ROOT, LANGUAGES, date.today()).countries.values()
    complete = {language for country in countries for language in country.record.languages}
    assert {*DICTIONARIES} == {path.stem for path in (ROOT / "i18n/spelling").iterdir()} == complete


def test_a_misspelt_word_is_told_with_its_line_unless_it_is_listed(misspelt):
    told = "docs/en/index.md:7: expected a word of the dictionary en_GB or of i18n/spelling/en.txt, found 'Passsport'"
    assert told in misspelt("Take your passport.\n\nPassport".replace("\n\nPassport", " Passsport."), "")
    assert told not in misspelt("Passsport.", "passsport\tterm\n")


@pytest.mark.parametrize(
    "text",
    [
        "<fonnt>A</fonnt> Passsport.", "<fonnt a='\nbb' Passsport. <b>x", "Passsport. [A](hellp.md", "Passsport. <!-- contactz: own",
        "Passsport. {: .clazz", "Passsport. [A](hellp.md){ .clazz }\n\n<divv>",
    ],
)  # fmt: skip
def test_the_words_of_a_page_with_wrong_marks_are_checked_without_the_marks(misspelt, text):
    """Its front matter is read as a part of it, and no word of the list is told as one that nobody needs."""
    told = [line.partition(": ")[2] for line in misspelt(text, "quuux\tterm\n")]
    in_marks = text.startswith("<fonnt a")
    assert told == (
        []
        if in_marks
        else ["expected a word of the dictionary en_GB or of i18n/spelling/en.txt, found 'Passsport'"]
    )


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            "passsport\n",
            ":1: expected a word, a tab and one of name, abbreviation, term, compound, inflection, found 'passsport'",
        ),
        (
            "passsport\tterm\naaargh\tterm\n",
            ":2: expected a sorted list with each word once, found 'aaargh' after 'passsport'",
        ),
        (
            "Passsport\tterm\n",
            ":1: expected capital letters only in a name or abbreviation, found 'Passsport', a term",
        ),
        (
            "house\tterm\n",
            ":1: expected only words that a text contains and that en_GB does not know, found 'house'",
        ),
    ],
)
def test_a_fault_of_the_list_is_told_with_its_line(misspelt, words, told):
    assert LIST + told in misspelt("Passsport.", words)


def test_a_language_that_cannot_be_checked_is_named(sample, monkeypatch):
    assert check_spelling(sample.root, [], ["en"]).unchecked == [
        "en: it has no list of words, i18n/spelling/en.txt"
    ]
    sample.write(LIST, "")
    monkeypatch.setitem(spelling.DICTIONARIES, "en", ("xx_XX", "abc"))
    assert check_spelling(sample.root, [], ["en"]).unchecked == [
        "en: hunspell or its dictionary xx_XX is not installed"
    ]
    assert check_spelling(sample.root, [], ["fi"]).unchecked == ["fi: no dictionary is known for it"]
    done = sample.campaign("check")
    assert (
        "The spelling was not checked in et: it has no list of words, i18n/spelling/et.txt.\n" in done.stdout
    )
