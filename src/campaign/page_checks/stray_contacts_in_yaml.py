"""Checks the texts of a country's and a municipality's file. They must not contain values that have a field
of their own (which is checked and confirmed), nor the location of a shelter.

The checks cannot find numbers in words, described places and people's names: a coordinator reads the texts.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from pydantic import BaseModel

from ..errors import shown
from ..files.yaml_document import KeyPath
from ..model.contact import Contact
from ..model.places import Country, Municipality
from ..model.roles import ADDRESS_KEPT_BACK
from ..model.working_group import Seat, SeatKind
from ..text.find_phone_numbers import BLANK, SHORTEST, digits_of, only_digits, plain_signs
from ..text.words_revealing_shelter_location import says_where
from .stray_finder import Finder

_LONGEST_HOUSE = 3  # digits
MOST_DIGITS = 2  # in a municipality's text: allows "nr 5" and "0 °C", but no short code and no year

_PLACES = ("address", "venue")  # texts that need house numbers and post codes
_FOR_EDITORS = ("codes", "exits", "numbers")  # keys of a country's file that no copy shows
# At the start or after a comma, and not directly before other digits, as in a telephone number.
# Nor Europe's short codes, which begin with 116 and have six digits.
_POST_CODE = re.compile(r"(?:^|(?<=[,;] ))(?:LV-\d{4}|LT-\d{5}|(?!116\d{3}(?!\d))\d{5,6})(?!\w|\W*\d)")
# What no house, flat and room number has: four digits or more, also those of a short code in groups or with
# any signs between them (116-006), and three digits or more one by one.
_SIGNS = r"(?:[^\w\n,;]|[,;](?!\s)){0,3}"
_NO_HOUSE = re.compile(
    rf"\d{{4,}}|\b1\s*1(?:\s*\d){{4}}\b|\b1\s*1\s*6(?:{_SIGNS}\d){{3}}\b|\b\d(?:\s+\d){{2,}}\b"
)
_GROUPS = re.compile(r"\d+(?:\s+\d+)+")
_DOT = r"[.·•‧∙⋅・]"
_ENDING = (
    r"(?:ee|lv|lt|ru|su|ua|eu|uz|рф|com|org|net|info|biz|pro|xyz|app|online|onion|site|top|link"
    r"|help|live|io|co|me)"
    r"\b"
)
# A dot inside a word in any form; any other sign there that ordinary words do not have; a dot between single
# letters, more often than an abbreviation has it; a full stop or the word for "dot" before the ending of a
# domain.
_DOTTED = re.compile(
    rf"[^\W_][\[({{ ]?{_DOT}[\])}}]?[^\W\d_]{{2,}}|[^\W_]{{2}}[\[({{]?{_DOT}[\])}}]?[^\W\d_]\b"
    r"|[^\W_] +\. *[^\W\d_]{2,}"
    r"|[^\W\d_](?:_|[^\w\s.()\[\]/&+'’ʼʹ`´\"“”„«»‐‑–—…-])[^\W\d_]{2,}"
    rf"|(?:[^\W\d_]{_DOT}){{3,}}[^\W\d_]|[^\W_]\.\s(?-i:{_ENDING})"
    rf"|[^\W_][ -]?\W?(?:punkts?|täpp|taškas|точка|крапка|nuqta|نقطة)\W?[ -]?{_ENDING}"
    r"|[^\W_][ -]\W?dot\W?[ -][^\W_]+",
    re.I,
)
_ELSEWHERE = "numbers and addresses in phones, chats, email or web of a contact, where they are confirmed"
_DIGITS = (
    f"at most {MOST_DIGITS} digits in a municipality's text: numbers in phones, hours in schedule, ages in "
    "eligibility"
)
_DOTS = "a space after a full stop, and addresses in web, email or chats, where they are confirmed"
_WHERE = "no word and no number that says where people are sheltered"


def text_problems(owner: Country | Municipality, finder: Finder) -> Iterator[tuple[KeyPath, str, str]]:
    """Yield the path of each text that breaks a rule, what is found and what is expected. The coordinator
    writes the country's file, so years and dotted words are allowed there."""
    untrusted = isinstance(owner, Municipality)
    numbers = (owner.country if isinstance(owner, Municipality) else owner).record.numbers
    short = {code for code in (*numbers.short_codes, *numbers.exceptions) if len(code) > _LONGEST_HOUSE}
    for path, text, kept_back in _texts(owner.record, ()):
        place = path[-1] in _PLACES
        searched = _without_post_code(text) if place else text
        stray = list(finder.find(searched, shortest=SHORTEST if place else 1))
        for found in stray:
            yield path, shown(found.text), _ELSEWHERE
        if place and not stray and (number := _no_house(plain_signs(searched), short)):
            yield path, shown(searched[number.start() : number.end()]), _ELSEWHERE
        if untrusted and not place and not stray and len(digits_of(text)) > MOST_DIGITS:
            yield path, shown(text), _DIGITS
        dotted = _DOTTED.search(plain_signs(text)) if untrusted and not stray else None
        if dotted:
            yield path, shown(text[dotted.start() : dotted.end()]), _DOTS
        if kept_back and (where := says_where(text)):
            yield path, shown(where), _WHERE


def _no_house(text: str, short: Collection[str]) -> re.Match[str] | None:
    """Return the first number of an address that is none of a house, or one of the ``short`` codes in
    groups."""
    groups = (match for match in _GROUPS.finditer(text) if only_digits(match[0]) in short)
    return _NO_HOUSE.search(text) or next(groups, None)


def _without_post_code(text: str) -> str:
    """Return an address without the first number that may be a post code."""
    return _POST_CODE.sub(lambda match: BLANK * len(match[0]), text, count=1)


def _texts(record: BaseModel, path: KeyPath) -> Iterator[tuple[KeyPath, str, bool]]:
    """Yield every text in a record and its inner records: path, text, whether its address is secret."""
    kept_back = (isinstance(record, Contact) and bool(ADDRESS_KEPT_BACK.intersection(record.roles))) or (
        isinstance(record, Seat) and record.seat is SeatKind.SHELTER
    )
    for name in (name for name in type(record).model_fields if name not in _FOR_EDITORS):
        value = getattr(record, name)
        if isinstance(value, dict):
            yield from (((*path, name, language), text, kept_back) for language, text in value.items())
        elif isinstance(value, str) and name in _PLACES:
            yield (*path, name), value, False
        elif isinstance(value, str) and name == "publisher":
            yield (*path, name), value, kept_back
        elif isinstance(value, tuple):
            for index, entry in enumerate(value):
                if isinstance(entry, BaseModel):
                    yield from _texts(entry, (*path, name, index))
        elif isinstance(value, BaseModel):
            yield from _texts(value, (*path, name))
