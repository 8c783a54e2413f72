"""What counts as a word, in any script, and the words around a search."""

from __future__ import annotations

import re
import unicodedata

import pytest

from campaign.pages.search_synonyms_and_endings import DROPPED, SEPARATORS
from campaign.site.search_index import MOST, found_in_words

from ..project import ROOT
from ..repository import WORDS


def test_no_letter_parts_words_and_every_space_and_punctuation_mark_of_these_scripts_does():
    separator, dropped = re.compile(f"[{SEPARATORS}]"), re.compile(f"[{DROPPED}]")
    scripts = [*range(0x0600), *range(0x0600, 0x0700), *range(0x10A0, 0x1100), *range(0x1200, 0x1380),
               *range(0x2000, 0x2070), *range(0x3000, 0x3040), *range(0xFE10, 0x10000)]  # fmt: skip
    quotes = "׳״"  # parts of Hebrew abbreviations
    for code in range(0x10000):
        letter = chr(code)
        category = unicodedata.category(letter)
        if category[0] in "LM" or category == "Nd":
            assert not separator.match(letter), hex(code)
        if category == "Cf":
            assert dropped.match(letter) and not separator.match(letter), hex(code)
        if category[0] in "ZP" and code in scripts and letter not in quotes:
            assert separator.match(letter) or dropped.match(letter), hex(code)
        assert not (separator.match(letter) and dropped.match(letter)), hex(code)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["1 page found.", "2 pages found.", "5 pages found."]),
        ("et", ["Leiti 1 leht.", "Leiti 2 lehte.", "Leiti 5 lehte."]),
        ("lv", ["Atrasta 1 lapa.", "Atrastas 2 lapas.", "Atrastas 5 lapas."]),
        ("lt", ["Rastas 1 puslapis.", "Rasti 2 puslapiai.", "Rasti 5 puslapiai."]),
        ("ru", ["Найдена 1 страница.", "Найдены 2 страницы.", "Найдено 5 страниц."]),
        ("uk", ["Знайдено 1 сторінку.", "Знайдено 2 сторінки.", "Знайдено 5 сторінок."]),
        ("ar", [f"عدد الصفحات التي وُجدت: {count}" for count in (1, 2, 5)]),
        ("uz", [f"{count} ta sahifa topildi." for count in (1, 2, 5)]),
    ],
)
def test_the_count_is_a_sentence_in_the_form_of_the_language(language, said):
    assert [found_in_words(count, language, WORDS[language]) for count in (1, 2, 5)] == said
    assert len({found_in_words(count, language, WORDS[language]) for count in range(1, MOST + 1)}) == MOST


def test_the_page_of_contents_begins_with_the_name_of_the_link_that_leads_to_it():
    for language, words in WORDS.items():
        page = (ROOT / f"docs/{language}/find.md").read_text("utf-8")
        assert f"title: {words['search']} " in page
