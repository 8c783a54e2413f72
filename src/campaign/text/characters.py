"""Finds characters that a reader cannot see or mistakes for others, by the classes of Unicode."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

_NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
_LINE_ENDS_AND_TABS = "\n\t"
# Unicode has no class for letters and marks that show nothing, but their names contain one of these words.
_LOOKS_EMPTY = re.compile(
    r"\b(?:FILLER|BLANK|NULL|VARIATION SELECTOR|JOINER|VOWEL INHERENT|REPLACEMENT CHARACTER)\b"
)
# Decompositions that are not odd: people type ² and ª on purpose. Other letter forms stand for other letters.
_MEANT = ("<super>", "<sub>")
_MOST_MARKS = 4  # on one letter
_WRITTEN_TOGETHER = ("HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO")  # with Chinese signs, in one word
_ARABIC_BEFORE = re.compile(
    r"^[\u0620-\u064a]{1,4}(?=[A-Za-z])"
)  # "and" and "the" join a Latin word: وWhatsApp
_MARK = "\N{COMBINING DIAERESIS}"  # stands for any mark in a message
_TOO_MANY_MARKS = re.compile(f"{_MARK}{{{_MOST_MARKS + 1},}}")
_AROUND = 30  # characters that a message shows before and after
_VISIBLE = "characters that everyone can see"
_OVERLAY = 1  # Unicode's combining class of the marks that go through a letter
_UNCOVERED = "letters and digits without a mark that covers them or is of another alphabet"


@dataclass(frozen=True)
class OddCharacter:
    """A character that is not what it seems. ``found`` names its code point and shows the text around it."""

    start: int  # index in the text
    found: str
    expected: str

    @classmethod
    def of(cls, text: str, start: int, sign: str, expected: str) -> OddCharacter:
        begins = text.rfind("\n", max(0, start - _AROUND), start) + 1 or max(0, start - _AROUND)
        around = text[begins : start + _AROUND].split("\n" if text[start] != "\n" else "\0", 1)[0]
        return cls(start, f"{sign} in {around!r}", expected)


def named(sign: str) -> str:
    """Return Unicode's code point and name, ``U+200B ZERO WIDTH SPACE``, or its class if it has no name."""
    nameless = {"Cc": "a control character", "Co": "a character of private use", "Cs": "half a character"}
    name = unicodedata.name(sign, None) or nameless.get(
        unicodedata.category(sign), "a character that is not assigned"
    )
    return f"U+{ord(sign):04X} {name}"


def odd(text: str) -> Iterator[OddCharacter]:
    """Yield everything odd in a text: hidden, empty, private and unassigned characters, spaces of another
    width, letter forms that stand for other letters, marks that cover a letter or are of another alphabet,
    words of two alphabets, and characters that are not in NFC. Line ends and tabs are not odd. The time is
    linear in the length of any text."""
    if text.isascii() and text.isprintable():
        return
    yield from odd_signs(text)
    yield from _mixed_words(text)
    piled = list(_piled_marks(text))
    yield from piled or chain(_foreign_marks(text), _not_composed(text))


def odd_signs(text: str) -> Iterator[OddCharacter]:
    """Yield the single odd characters, in their order."""
    signs = {sign for sign in set(text) if sign == _NO_BREAK_SPACE or _expected_instead(sign)}
    if not signs:
        return
    for match in re.finditer(f"[{re.escape(''.join(sorted(signs)))}]", text):
        at = match.start()
        expected = _expected_instead(match[0])
        if match[0] == _NO_BREAK_SPACE and _beside_nothing(text, at):
            expected = "an ordinary space, or a no-break space between two words"
        if expected:
            yield OddCharacter.of(text, at, named(match[0]), expected)


def has_letter(text: str) -> bool:
    """Whether the text has at least one visible letter."""
    return any(unicodedata.category(sign)[0] == "L" and not _expected_instead(sign) for sign in text)


@lru_cache(4096)
def _expected_instead(sign: str) -> str | None:
    """Return what is expected instead of a character anywhere in a text; None if the character is good."""
    kind = unicodedata.category(sign)
    if kind in ("Zl", "Zp"):
        return "an ordinary line end"
    if kind == "Zs":
        return None if sign in (" ", _NO_BREAK_SPACE) else "an ordinary space"
    if kind[0] == "C":
        return None if sign in _LINE_ENDS_AND_TABS else _VISIBLE
    if _LOOKS_EMPTY.search(unicodedata.name(sign, "")):
        return _VISIBLE
    if kind == "Me" or unicodedata.combining(sign) == _OVERLAY:
        return _UNCOVERED
    form = unicodedata.decomposition(sign)
    if (kind[0] == "L" or kind == "Nd") and form.startswith("<") and not form.startswith(_MEANT):
        return repr(unicodedata.normalize("NFKC", sign))
    return None


def _beside_nothing(text: str, at: int) -> bool:
    """Whether a space is at the start or end of its line, or next to another space."""
    around = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    return any(not sign or sign.isspace() for sign in around)


@lru_cache(4096)
def alphabet(sign: str) -> str | None:
    """Return the alphabet of a letter (``LATIN``, ``CYRILLIC``, ``HEBREW`` …), which begins its Unicode name.
    None for any other sign, and for letters that several alphabets use (``ʼ``, ``ª``)."""
    kind = unicodedata.category(sign)
    if kind[0] != "L" or kind == "Lm" or unicodedata.decomposition(sign).startswith(_MEANT):
        return None
    name = unicodedata.name(unicodedata.normalize("NFKC", sign)[0], "NAMELESS").split()[0]
    return "CJK" if name in _WRITTEN_TOGETHER else name


def other_alphabet(word: str) -> str | None:
    """Return the first letter of a word that is not of the alphabet of most letters; None if all are."""
    letters = [(sign, alphabet(sign)) for sign in word]
    found = [name for _, name in letters if name]
    if len(set(found)) < 2:
        return None
    main = max(sorted(set(found)), key=lambda name: (found.count(name), name == "LATIN"))
    return next(sign for sign, name in letters if name and name != main)


def _mixed_words(text: str) -> Iterator[OddCharacter]:
    signs = set(text)
    if len({alphabet(sign) for sign in signs} - {None}) < 2:
        return
    gaps = {ord(sign): " " for sign in signs if unicodedata.category(sign)[0] not in "LM"}
    for match in re.finditer(r"[^ ]+", text.translate(gaps)):
        if stranger := other_alphabet(_ARABIC_BEFORE.sub("", match[0])):
            at = text.index(stranger, match.start())
            yield OddCharacter.of(text, at, named(stranger), "the letters of one alphabet in a word")


def _piled_marks(text: str) -> Iterator[OddCharacter]:
    """Yield letters with more marks than any language uses. This runs before any normalisation, because
    Unicode's normal forms take very long to sort very many marks."""
    marks = {ord(sign): _MARK for sign in set(text) if unicodedata.category(sign)[0] == "M"}
    for match in _TOO_MANY_MARKS.finditer(text.translate(marks) if marks else ""):
        sign = f"{len(match[0])}, first {named(text[match.start()])},"
        yield OddCharacter.of(text, match.start(), sign, f"at most {_MOST_MARKS} marks on one letter")


def _foreign_marks(text: str) -> Iterator[OddCharacter]:
    """Yield the marks on letters and digits that are not of their alphabet, such as an Arabic vowel on a
    Latin letter, and those that Unicode composes with no letter: they make a word hard to read and to find.
    A stress mark is good on any letter."""
    marks = {sign for sign in set(text) if unicodedata.category(sign)[0] == "M"}
    for match in re.finditer(f"[{re.escape(''.join(sorted(marks)))}]", text) if marks else ():
        at, mark = match.start(), match[0]
        base = next(
            (sign for sign in reversed(text[max(0, at - _MOST_MARKS) : at]) if sign not in marks), " "
        )
        of, base_of = (unicodedata.name(sign, "").partition(" ")[0] for sign in (mark, base))
        good = mark in _composing() if of == "COMBINING" else of == base_of
        if not good and unicodedata.category(base)[0] in "LN" and not _expected_instead(mark):
            yield OddCharacter.of(text, at, named(mark), _UNCOVERED)


@lru_cache(1)
def _composing() -> frozenset[str]:
    """Return every mark with which Unicode has a European letter in one character, as in é."""
    letters = (sign for sign in map(chr, range(0xC0, 0x2000)) if unicodedata.category(sign)[0] == "L")
    parts = (unicodedata.decomposition(sign).split() for sign in letters)
    return frozenset(chr(int(two[1], 16)) for two in parts if len(two) == 2 and not two[0].startswith("<"))


def _not_composed(text: str) -> Iterator[OddCharacter]:
    """Yield characters that NFC writes differently, at most one on each line."""
    if unicodedata.is_normalized("NFC", text):
        return
    start = 0
    for line in text.splitlines(keepends=True):
        composed = unicodedata.normalize("NFC", line)
        if composed != line:
            pairs = enumerate(zip(line, composed, strict=False))
            at = next((index for index, (sign, good) in pairs if sign != good), len(composed) - 1)
            apart = named(line[at])
            if unicodedata.combining(line[at + 1 : at + 2] or " "):
                apart += f" and {named(line[at + 1])}"
            yield OddCharacter.of(text, start + at, apart, f"{named(composed[at])}: text in NFC")
        start += len(line)
