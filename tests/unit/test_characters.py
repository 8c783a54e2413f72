"""Characters that a reader cannot see or takes for others are told by their class, wherever they stand."""

from __future__ import annotations

import html
import sys
import unicodedata
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from campaign.fields.field_types import Mark, Text
from campaign.source.document_to_record import expected_instead
from campaign.text.characters import has_letter, named, odd

from ..project import ROOT
from ..records import read_pages

PLACE = "municipalities/ee/ylde.yml"
PAGE = "docs/et/help.md"
SEEN = "characters that everyone can see"
SPACE = "an ordinary space"
BETWEEN = "an ordinary space, or a no-break space between two words"
COVERED = "letters and digits without a mark that covers them or is of another alphabet"
ONE = "the letters of one alphabet in a word"


def found(text):
    return [(sign.start, sign.found.partition(" in ")[0], sign.expected) for sign in odd(text)]


@pytest.mark.parametrize(
    ("sign", "name", "expected"),
    [
        ("\u200b", "U+200B ZERO WIDTH SPACE", SEEN),
        ("\u200d", "U+200D ZERO WIDTH JOINER", SEEN),
        ("\u2060", "U+2060 WORD JOINER", SEEN),
        ("\u00ad", "U+00AD SOFT HYPHEN", SEEN),
        ("\u061c", "U+061C ARABIC LETTER MARK", SEEN),
        ("\ufeff", "U+FEFF ZERO WIDTH NO-BREAK SPACE", SEEN),
        ("\U000e0041", "U+E0041 TAG LATIN CAPITAL LETTER A", SEEN),
        ("\u3164", "U+3164 HANGUL FILLER", SEEN),
        ("\u115f", "U+115F HANGUL CHOSEONG FILLER", SEEN),
        ("\uffa0", "U+FFA0 HALFWIDTH HANGUL FILLER", SEEN),
        ("\u2800", "U+2800 BRAILLE PATTERN BLANK", SEEN),
        ("\u034f", "U+034F COMBINING GRAPHEME JOINER", SEEN),
        ("\ufe0f", "U+FE0F VARIATION SELECTOR-16", SEEN),
        ("\ufffd", "U+FFFD REPLACEMENT CHARACTER", SEEN),
        ("\ue000", "U+E000 a character of private use", SEEN),
        ("\u0378", "U+0378 a character that is not assigned", SEEN),
        ("\U0010ffff", "U+10FFFF a character that is not assigned", SEEN),
        ("\ud800", "U+D800 half a character", SEEN),
        ("\x07", "U+0007 a control character", SEEN),
        ("\x85", "U+0085 a control character", SEEN),
        ("\r", "U+000D a control character", SEEN),
        ("\u2009", "U+2009 THIN SPACE", SPACE),
        ("\u202f", "U+202F NARROW NO-BREAK SPACE", SPACE),
        ("\u3000", "U+3000 IDEOGRAPHIC SPACE", SPACE),
        ("\u1680", "U+1680 OGHAM SPACE MARK", SPACE),
        ("\u2028", "U+2028 LINE SEPARATOR", "an ordinary line end"),
        ("\ufb01", "U+FB01 LATIN SMALL LIGATURE FI", "'fi'"),
        ("\uff41", "U+FF41 FULLWIDTH LATIN SMALL LETTER A", "'a'"),
        ("\U0001d41a", "U+1D41A MATHEMATICAL BOLD SMALL A", "'a'"),
        ("\uff11", "U+FF11 FULLWIDTH DIGIT ONE", "'1'"),
        ("\u0488", "U+0488 COMBINING CYRILLIC HUNDRED THOUSANDS SIGN", COVERED),
        ("\u20e3", "U+20E3 COMBINING ENCLOSING KEYCAP", COVERED),
        ("\u2126", "U+2126 OHM SIGN", "U+03A9 GREEK CAPITAL LETTER OMEGA: text in NFC"),
    ],
)  # fmt: skip
def test_a_character_is_told_by_its_class_with_its_code_point(sign, name, expected):
    assert found(f"a {sign} b") == [(2, name, expected)]
    assert expected_instead(Text, f"a {sign} b") == expected


def test_no_character_of_the_classes_that_nobody_sees_is_let_through():
    """All of the plane that has scripts, and of the others what Unicode assigns and 1 in 97 of the rest."""
    for point in range(sys.maxunicode + 1):
        sign = chr(point)
        if point > 0xFFFF and point % 97 and unicodedata.category(sign) in ("Cn", "Co"):
            continue
        kind = unicodedata.category(sign)
        hidden = kind in ("Cf", "Co", "Cs", "Cn", "Zl", "Zp") or (kind == "Cc" and sign not in "\n\t")
        other_space = kind == "Zs" and sign not in " \u00a0"
        if hidden or other_space:
            assert any(odd(f"a {sign} b")), named(sign)


def test_no_mark_goes_through_or_around_a_letter_or_a_digit():
    """All marks of Unicode; only those that Unicode itself puts on a Latin letter are good there."""
    on_letters = {unicodedata.normalize("NFD", chr(point))[-1] for point in range(0xC0, 0x2000)}
    for point in range(sys.maxunicode + 1):
        mark = chr(point)
        if unicodedata.category(mark)[0] != "M":
            continue
        covers = unicodedata.category(mark) == "Me" or unicodedata.combining(mark) == 1
        for text in (f"Polits{mark}ei", f"По{mark}лиция", f"1{mark}1{mark}2"):
            if covers or mark not in on_letters:
                assert any(odd(text)), named(mark)


@pytest.mark.parametrize(
    ("text", "at", "name", "expected"),
    [
        ("Po\u0336litsei", 2, "U+0336 COMBINING LONG STROKE OVERLAY", COVERED),
        ("По\u20ddлиция", 2, "U+20DD COMBINING ENCLOSING CIRCLE", COVERED),
        ("a\ufe20b\ufe21i", 1, "U+FE20 COMBINING LIGATURE LEFT HALF", COVERED),
        ("a\u0363bi", 1, "U+0363 COMBINING LATIN SMALL LETTER A", COVERED),
        ("a\u064ebi", 1, "U+064E ARABIC FATHA", COVERED),
        ("а\u0301\u0e34б", 2, "U+0E34 THAI CHARACTER SARA I", COVERED),
        ("م\u0336ع", 1, "U+0336 COMBINING LONG STROKE OVERLAY", COVERED),
        ("\u00a0Tartu", 0, "U+00A0 NO-BREAK SPACE", BETWEEN),
        ("Tartu\u00a0", 5, "U+00A0 NO-BREAK SPACE", BETWEEN),
        ("Tartu \u00a0linn", 6, "U+00A0 NO-BREAK SPACE", BETWEEN),
        ("a\n\u00a0\u00a0b", 2, "U+00A0 NO-BREAK SPACE", BETWEEN),
        ("T\u0430rtu linn", 1, "U+0430 CYRILLIC SMALL LETTER A", ONE),
        ("Нарв\u0061", 4, "U+0061 LATIN SMALL LETTER A", ONE),
        ("\u0391bi", 0, "U+0391 GREEK CAPITAL LETTER ALPHA", ONE),
        ("II\u0406", 2, "U+0406 CYRILLIC CAPITAL LETTER BYELORUSSIAN-UKRAINIAN I", ONE),
        ("Üld\u05e1 vald", 3, "U+05E1 HEBREW LETTER SAMEKH", ONE),
        ("T\u0627rtu", 1, "U+0627 ARABIC LETTER ALEF", ONE),
        ("Tartu\u4e00linn", 5, "U+4E00 CJK UNIFIED IDEOGRAPH-4E00", ONE),
        ("Та\u10d8ту", 2, "U+10D8 GEORGIAN LETTER IN", ONE),
        ("abi \u0441ома", 4, None, None),
        ("O\u0303iendus", 0, "U+004F LATIN CAPITAL LETTER O and U+0303 COMBINING TILDE", "U+00D5 LATIN CAPITAL LETTER O WITH TILDE: text in NFC"),
        ("a\nmi\u0306r", 3, "U+0069 LATIN SMALL LETTER I and U+0306 COMBINING BREVE", "U+012D LATIN SMALL LETTER I WITH BREVE: text in NFC"),
        ("и\u0306", 0, "U+0438 CYRILLIC SMALL LETTER I and U+0306 COMBINING BREVE", "U+0439 CYRILLIC SMALL LETTER SHORT I: text in NFC"),
        ("a" + "\u0316" * 5, 1, "5, first U+0316 COMBINING GRAVE ACCENT BELOW,", "at most 4 marks on one letter"),
    ],
)  # fmt: skip
def test_the_position_of_a_character_in_a_word_is_reported(text, at, name, expected):
    assert found(text)[:1] == ([(at, name, expected)] if name else [])


@pytest.mark.parametrize(
    "text",
    [
        "Õigus – „abi” “help” «помощь» ‘a’ … — № 5 ½ m² 1.ª ☐ ● 0 °C", "ім'я ім’я імʼя", "SIM-карта, IT-служба, sms-сообщение",
        "5\u00a0km, Tartu\u00a0linn", "وWhatsApp والـSIM", "日本のひらがなとカタカナー", "oʻzbek gʼisht", "COVID19 и Covid", "Ķēniņš Žemaitė ё ї ґ ß", "a\tb\nc", "日本語 العربية עברית ქართული", "приме\u0301р", "EE-793 ЕЕ",
        "до\u0301брий", "i\u0307\u0301", "مُعَلِّمٌ الرَّحْمٰن ـَ", "वह नमस्ते", "กิน", "שָׁלוֹם", "x ≠ y",
    ],
)  # fmt: skip
def test_characters_that_real_texts_use_are_accepted(text):
    assert found(text) == []
    assert has_letter(text)


@pytest.mark.parametrize("text", ["\u200b", "\u3164", "–", "123", "\u2800", "☐", "\u0301", "٣"])
def test_a_name_needs_a_visible_letter(text):
    assert not has_letter(text)
    assert expected_instead(Text, text) is not None
    assert (expected_instead(Mark, text) is None) == (text in ("–", "123", "☐", "\u0301", "٣"))


@given(st.text(max_size=60))
def test_the_check_of_any_text_ends_and_its_positions_are_in_the_text(text):
    for sign in odd(text):
        assert 0 <= sign.start < len(text)
        assert sign.found and sign.expected


def test_no_page_of_ours_holds_any():
    for page in read_pages(ROOT):
        assert not list(odd(html.unescape(page.source))), page.file


PLACES = {
    "a name": (PLACE, "Ülde vald", "Ülde {} vald", 3, "name.et: "),
    "a value in quotes": (PLACE, "Ülde vald", '"Ülde {} vald"', 3, "name.et: "),
    "an escape in quotes": (PLACE, "Ülde vald", '"Ülde \\u{:04x} vald"', 3, "name.et: "),
    "a contact": (PLACE, "Ülde sotsiaaltöö", "Ülde {} töö", 9, "contacts[0].organization.et: "),
    "an address": (PLACE, "Raekoja plats 3", "Raekoja {} plats 3", 16, "contacts[0].address: "),
    "an id": (PLACE, "- id: ee-ylde-social", "- id: ee-ylde{}social", 5, "contacts[0].id: "),
    "a comment": (PLACE, "contacts:\n", "# a {} b\ncontacts:\n", 4, ""),
    "a word of the interface": ("i18n/ru.yml", "menu: ", "menu: Н {} ", None, "menu: "),
    "a title": (PAGE, "title: et help", "title: et {} help", 2, "title: "),
    "a page": (PAGE, "Estonian law.", "Estonian {} law.", 11, ""),
    "a heading": (PAGE, "# Help", "# He {} lp", 5, ""),
    "an entity": (PAGE, "Estonian law.", "Estonian &#{:d}; law.", 11, ""),
    "an entity in hexadecimal": (PAGE, "Estonian law.", "Estonian &#x000{:x}; law.", 11, ""),
}


@pytest.mark.parametrize(
    ("place", "sign"),
    [
        *product(PLACES, ["\u200b", "\u3164"]),
        ("a page", "\ue000"),
        ("a name", "\u2009"),
        ("a title", "\u202e"),
    ],
)
def test_a_character_is_told_with_file_line_and_field(sample, place, sign):
    path, old, new, line, field = PLACES[place]
    point = "{:" in new
    sample.edit(path, old, new.format(ord(sign) if point else sign))
    if line is None:
        text = (sample.root / path).read_text("utf-8")
        line = text[: text.index(sign)].count("\n") + 1
    told = [problem for problem in sample.problems() if "U+" in problem]
    assert len(told) == 1, told
    assert told[0].startswith(f"{path}:{line}: {field}expected ")
    assert f", found {named(sign)} in '" in told[0]


@pytest.mark.parametrize(
    ("path", "old", "new", "message"),
    [
        (PLACE, "Ülde vald", "Ülde v\u0430ld", "3: name.et: expected the letters of one alphabet in a word, found U+0430 CYRILLIC SMALL LETTER A in 'Ülde v\u0430ld'"),
        (PLACE, "Ülde vald", "U\u0308lde vald", "3: name.et: expected U+00DC LATIN CAPITAL LETTER U WITH DIAERESIS: text in NFC, found U+0055 LATIN CAPITAL LETTER U and U+0308 COMBINING DIAERESIS in 'U\u0308lde vald'"),
        (PAGE, "Estonian law.", "Est\u043enian law.", "11: expected the letters of one alphabet in a word, found U+043E CYRILLIC SMALL LETTER O in 'Est\u043enian law.'"),
        (PAGE, "Estonian law.", "Est&#1086;nian law.", "11: expected the letters of one alphabet in a word, found U+043E CYRILLIC SMALL LETTER O in 'Est\u043enian law.'"),
        (PAGE, "title: et help", "title: et h\u0435lp", "2: title: expected the letters of one alphabet in a word, found U+0435 CYRILLIC SMALL LETTER IE in 'et h\u0435lp'"),
        (PAGE, "Estonian law.", "Estonian lo\u0303w.", "11: expected U+00F5 LATIN SMALL LETTER O WITH TILDE: text in NFC, found U+006F LATIN SMALL LETTER O and U+0303 COMBINING TILDE in 'Estonian lo\u0303w.'"),
        (PAGE, "Estonian law.", "Estonian &#" + "9" * 1000 + "; law.", "11: expected characters that everyone can see, found U+FFFD REPLACEMENT CHARACTER in 'Estonian \ufffd law.'"),
    ],
)  # fmt: skip
def test_words_of_two_alphabets_and_decomposed_letters_are_told(sample, path, old, new, message):
    sample.edit(path, old, new)
    assert sample.problems() == [f"{path}:{message}"]


def test_the_office_that_confirms_is_named_in_visible_letters(sample):
    done = sample.campaign("confirm", "ee-ylde-social", "--by", "T\u0430rtu")
    assert done.stderr.splitlines()[0] == (
        "campaign confirm: --by: expected the letters of one alphabet in a word, "
        "found U+0430 CYRILLIC SMALL LETTER A in 'T\u0430rtu'"
    )
