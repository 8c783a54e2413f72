"""The spelling of every page and of the interface's words, by the dictionaries of the system's hunspell.

Good words that a dictionary does not know stand in i18n/spelling/LANG.txt, each with the reason why. One that
stands there small is good with a capital too; one with a capital is good only so.
"""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator
from functools import cache

import pytest

from campaign.document import read_document
from campaign.page import read_pages
from campaign.prose import sentences

from .conftest import ROOT

pytestmark = pytest.mark.xdist_group("spelling")  # one worker, so one hunspell a language

# The dictionary, and the letters of the language: hunspell skips letters that a dictionary does not have.
DICTIONARIES = {
    "en": ("en_GB", "abcdefghijklmnopqrstuvwxyz'"),
    "et": ("et_EE", "abcdefghijklmnopqrsšzžtuvwõäöüxy"),
    "lt": ("lt_LT", "aąbcčdeęėfghiįyjklmnoprsštuųūvzž"),
    "lv": ("lv_LV", "aābcčdeēfgģhiījkķlļmnņoprsštuūvzž"),
    "ru": ("ru_RU", "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"),
    "uk": ("uk_UA", "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя'"),
}
LANGUAGES = sorted(path.name for path in (ROOT / "docs").iterdir() if path.is_dir())
PAGES = read_pages(ROOT)
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")  # what stands between hyphens is a word of its own
WITH_CAPITAL = ("name", "abbreviation")
ENTRY = re.compile(rf"({WORD.pattern})\t({'|'.join((*WITH_CAPITAL, 'term', 'compound', 'inflection'))})")


def texts(language: str) -> Iterator[tuple[str, int, str]]:
    """Every text that readers of the language may see, with its file and line."""
    for page in PAGES:
        if page.language == language:
            source = (ROOT / page.file).read_text("utf-8")
            yield page.file, source[: source.index("\ntitle:")].count("\n") + 2, page.meta.title
            for sentence in sentences(page):
                yield page.file, sentence.line, " ".join(sentence.words)
    interface = read_document(ROOT / f"i18n/{language}.yml", ROOT)
    for key, value in interface.value.items():
        yield interface.file, interface.line((key,)), re.sub(r"\{\w+\}", " ", str(value))


@cache
def unknown(language: str) -> dict[str, list[str]]:
    """The words that the dictionary does not know, with ``file:line`` of each of their places."""
    places: dict[str, list[str]] = {}
    for file, line, text in texts(language):
        for word in WORD.findall(text.replace("’", "'")):
            places.setdefault(word, []).append(f"{file}:{line}")
    dictionary, alphabet = DICTIONARIES[language]
    done = subprocess.run(
        ["hunspell", "-G", "-i", "utf-8", "-d", dictionary],  # -G prints the words that it knows
        input="\n".join(places).encode(),
        capture_output=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    known = set(done.stdout.decode(errors="replace").split("\n"))
    assert known & places.keys(), f"{dictionary} knows no word at all"
    return {w: at for w, at in places.items() if w not in known or not set(w.lower()) <= set(alphabet)}


def entries(language: str) -> list[tuple[str, str]]:
    """The word list of the language: words and reasons."""
    lines = (ROOT / f"i18n/spelling/{language}.txt").read_text("utf-8").splitlines()
    matches = [(line, ENTRY.fullmatch(line)) for line in lines]
    assert not (bad := [line for line, match in matches if not match]), bad
    return [(match[1], match[2]) for _, match in matches if match]


def entry_of(word: str, listed: set[str]) -> str | None:
    """The entry by which a word is good: in small letters first."""
    small = word.lower() if word.isupper() else word[0].lower() + word[1:]
    return next((entry for entry in (small, word) if entry in listed), None)


def test_every_language_has_a_dictionary_and_a_list():
    lists = sorted(path.stem for path in (ROOT / "i18n/spelling").iterdir())
    assert sorted(DICTIONARIES) == lists == LANGUAGES


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_word_is_in_the_dictionary_or_in_the_list(language):
    listed = {word for word, _ in entries(language)}
    wrong = {word: places for word, places in unknown(language).items() if not entry_of(word, listed)}
    lines = sorted(f"{place}: {word}" for word, places in wrong.items() for place in places)
    assert not lines, "\n" + "\n".join(lines)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_is_sorted_and_every_entry_is_needed(language):
    words = [word for word, _ in entries(language)]
    assert words == sorted(set(words), key=lambda word: (word.casefold(), word))
    needed = {entry_of(word, set(words)) for word in unknown(language)}
    assert set(words) - needed == set(), (
        "not in the texts, or known to the dictionary, or there in small letters"
    )
    capitals = [
        word for word, reason in entries(language) if word != word.lower() and reason not in WITH_CAPITAL
    ]
    assert not capitals
