"""What counts as a word: in any script, with every apostrophe, without characters that only format."""

from __future__ import annotations

import re
import unicodedata

import pytest

from campaign.copies.contact_search import contacts_script
from campaign.model.roles import Role
from campaign.pages.search_words import DROPPED, SEPARATORS, Lexicon, fold, words_of
from campaign.pages.ui_strings import read_words
from campaign.site.scripts import minified
from campaign.site.search_index import MOST, Entry, found_in_words, index_script

from ..project import ROOT

WORDS = read_words(ROOT)
ENGINE = (ROOT / "overrides/assets/search/engine.js").read_text("utf-8")
OTHERS = "<p>Üks lause, milles ei ole midagi.</p>"


@pytest.fixture
def find(page):
    """Searches a site of two pages, of which the first holds the text: what the browser finds, best first."""

    def find(text: str, typed: str, language: str = "et", contact: str = "") -> list[str]:
        texts = (("help.html", "Abi", f"<p>{text}</p>"), ("index.html", "Algus", OTHERS))
        entries = [Entry.of(*page) for page in texts]
        named = [({language: contact}, Role.SHELTER, "help.html#x")] if contact else []
        page.goto("about:blank")
        page.add_script_tag(content=index_script(entries, language, WORDS[language], Lexicon()))
        page.add_script_tag(content=contacts_script(named, language))
        page.add_script_tag(content=minified(ENGINE))
        return page.evaluate("words => searchFor(words, 8).map(found => found.entry.title)", typed)

    return find


@pytest.mark.parametrize(
    ("written", "typed"),
    [
        ("Turva\u00advarju\u00adpaik", "turvavarjupaik"),
        ("turvavarjupaik", "turva\u00advarju\u00adpaik"),
        ("Tunni\u200bplaan", "tunniplaan"),
        ("\ufeffTunni\u2060plaan\u200e", "tunniplaan"),
        (unicodedata.normalize("NFD", "Õigusabi"), "õigusabi"),
        ("õigusabi", unicodedata.normalize("NFD", "Õigusabi")),
        ("о\u0301тпуск", "отпуск"),
    ],
)
def test_characters_that_only_format_part_no_word(find, written, typed):
    assert find(f"Siin on {written}.", typed)[:1] == ["Abi"]
    assert fold(written) == fold(typed)


def test_the_name_of_a_contact_with_soft_hyphens_is_found(find):
    assert "Turva\u00advarju\u00adpaik" in find(
        "Midagi muud.", "turvavarjupaik", contact="Turva\u00advarju\u00adpaik"
    )


@pytest.mark.parametrize("sign", "'’ʼ‘`´′‛ʹʻ＇*")
def test_every_sign_that_people_type_for_an_apostrophe_finds_the_word(find, sign):
    for written in ("ім’я", "ім'я", "імʼя"):
        assert find(f"Яке твоє {written}?", f"ім{sign}я", "uk") == ["Abi"]


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("لا تخف، اتصل بنا. يمكنك طلب المساعدة!", "المساعدة"),
        ("المُسَاعَدَة متاحة", "المساعدة"),
        ("დახმარება უფასოა. დარეკე!", "დახმარება"),
        ("Օգնությունը անվճար է։ Զանգիր։", "անվճար"),
        ("העזרה בחינם. אפשר להתקשר.", "בחינם"),
        ("Η βοήθεια είναι δωρεάν.", "βοηθεια"),
        ("सहायता निःशुल्क है।", "सहायता"),
        ("እርዳታ ነፃ ነው።", "እርዳታ"),
        ("Sự giúp đỡ là miễn phí", "giup"),
        ("Yordam boʻlishi mumkin", "bo'lishi"),
    ],
)
def test_words_of_any_script_are_found(find, text, typed):
    assert find(text, typed)[:1] == ["Abi"]
    assert fold(typed) in words_of(text)


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
