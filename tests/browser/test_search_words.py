"""What counts as a word: in any script, with every apostrophe, without characters that only format."""

from __future__ import annotations

import unicodedata

import pytest

from campaign.copies.contact_search import contacts_script
from campaign.model.roles import Role
from campaign.pages.search_synonyms_and_endings import Lexicon, fold, words_of
from campaign.site.page_scripts import minified
from campaign.site.search_index import Entry, index_script

from ..project import ROOT
from ..repository import WORDS

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
