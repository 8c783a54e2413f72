"""Finds what is wrong with a translated unit: lost tokens, other numbers, broken marks, links, letters of
another script. The check of the whole project comes later and finds the rest."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator

from babel.core import get_global

from ..errors import shown
from .tokens import token_faults, used
from .translatable_passages import Kind
from .units import Unit

_SCRIPTS = {
    "Latn": "LATIN", "Cyrl": "CYRILLIC", "Grek": "GREEK", "Arab": "ARABIC", "Hebr": "HEBREW",
    "Geor": "GEORGIAN", "Armn": "ARMENIAN", "Deva": "DEVANAGARI", "Thai": "THAI", "Ethi": "ETHIOPIC",
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+")
_TOKEN = re.compile(r"\{[^{}]*\}")
_MARKS = ("**", "*", "_", "[", "]", "`", "|", "☐")
_LINK = re.compile(r"https?:|www\.|://|\]\s*\(|\]\s*\[|\]:|mailto:|tel:", re.I)
_BLOCK = re.compile(r"(?:#{1,6}|[-+*]|\d{1,3}[.)]|☐)(?:\s|$)|```|~~~|\|")
_FEW = 3  # words that a source and its translation may share as a whole


def unit_faults(unit: Unit, text: str, language: str) -> list[tuple[str, str]]:
    """Return what is wrong with the new text of a unit, as found and expected."""
    if not text.strip():
        return [("an empty text", "a translation")]
    last = unit.target
    choices = [used(unit.source.text), *([used(last.text)] if last else [])]
    tokens = last.tokens if last else unit.source.tokens
    faults = token_faults(text, choices, tokens)
    return faults or [*_faults(unit, text, language)]


def _faults(unit: Unit, text: str, language: str) -> Iterator[tuple[str, str]]:
    plain = _TOKEN.sub(" ", text)
    before = [_TOKEN.sub(" ", one.text) for one in (unit.source, unit.target) if one]
    yield from _numbers(plain, before)
    yield from _marks(plain, before)
    if link := _LINK.search(_TOKEN.sub("", text)):
        yield f"{shown(link[0])}, as in a link", "links only as tokens, as in the source"
    elif sign := next((sign for sign in "<>" if plain.count(sign) not in _counts(before, sign)), None):
        yield shown(sign), "no HTML but the tokens of the source"
    if unit.kind is not Kind.SECTION:
        if "\n" in text:
            yield "a line break", "one line"
        if unit.kind is not Kind.WORD and _BLOCK.match(text) and not _BLOCK.match(before[-1]):
            yield (
                f"{shown(text[:10])} at its start",
                "words only, because the page already has the marks of headings and lists",
            )
    yield from _scripts(plain, before, language)


def _counts(before: list[str], sign: str) -> set[int]:
    return {text.count(sign) for text in before}


def _numbers(text: str, before: list[str]) -> Iterator[tuple[str, str]]:
    here = Counter(re.findall(r"\d+", text))
    there = [Counter(re.findall(r"\d+", one)) for one in before]
    if here not in there:
        lost = ", ".join((there[0] - here).elements())
        other = ", ".join((here - there[0]).elements())
        found = f"the number {other}" if other else f"no number {lost}"
        expected = f"the numbers of the source ({', '.join(there[0].elements()) or 'none'})"
        yield found, expected


def _marks(text: str, before: list[str]) -> Iterator[tuple[str, str]]:
    for mark in _MARKS:
        if text.count(mark) not in _counts(before, mark):
            wanted = before[0].count(mark)
            yield f"{shown(mark)} {text.count(mark)} times", f"{wanted} times, as in the source"
            return


def _scripts(text: str, before: list[str], language: str) -> Iterator[tuple[str, str]]:
    subtags = get_global("likely_subtags").get(language, "").split("_")
    script = next((_SCRIPTS[tag] for tag in subtags if tag in _SCRIPTS), None)
    known = {word for one in before for word in _WORD.findall(one)}
    words = _WORD.findall(text)
    if script:
        for word in words:
            if word not in known and not all(_is_of(letter, script) for letter in word):
                yield f"{shown(word)}, with letters of another script", f"{script.title()} letters"
                return
    small = [word for word in words if word.islower() and len(word) > _FEW]
    foreign = script and not any(_is_of(word[0], script) for word in words)
    if small and before[-1] != text and (foreign or (before[0] == text and len(small) > _FEW)):
        yield f"{shown(text.strip())}, which is the text of the source", f"a text in {language}"


def _is_of(letter: str, script: str) -> bool:
    name = unicodedata.name(letter, "")
    return name.startswith(script) or not letter.isalpha() or "MODIFIER" in name
