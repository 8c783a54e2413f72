"""Says which characters of a text a reader cannot see, or takes for others, by the classes of Unicode."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
_LINE_ENDS_AND_TABS = "\n\t"
# No class of Unicode says that a letter or a mark shows nothing; the names of all that do, say it.
_LOOKS_EMPTY = re.compile(
    r"\b(?:FILLER|BLANK|NULL|VARIATION SELECTOR|JOINER|VOWEL INHERENT|REPLACEMENT CHARACTER)\b"
)
# Forms that stand for other letters, and how their decomposition says so; ² and ª are meant as they are.
_MEANT = ("<super>", "<sub>")
_MOST_MARKS = 4  # on one letter
_MARK = "\N{COMBINING DIAERESIS}"  # for all marks
_TOO_MANY_MARKS = re.compile(f"{_MARK}{{{_MOST_MARKS + 1},}}")
_AROUND = 30  # characters that a message shows before and after
_VISIBLE = "characters that everyone can see"


@dataclass(frozen=True)
class Odd:
    """A place in a text that does not hold what it seems to: ``found`` names its code point and shows what
    stands around it."""

    start: int  # index in the text
    found: str
    expected: str

    @classmethod
    def of(cls, text: str, start: int, sign: str, expected: str) -> Odd:
        begins = text.rfind("\n", max(0, start - _AROUND), start) + 1 or max(0, start - _AROUND)
        around = text[begins : start + _AROUND].split("\n" if text[start] != "\n" else "\0", 1)[0]
        return cls(start, f"{sign} in {around!r}", expected)


def named(sign: str) -> str:
    """``U+200B ZERO WIDTH SPACE``, as Unicode names it; the class where it has no name."""
    nameless = {"Cc": "a control character", "Co": "a character of private use", "Cs": "half a character"}
    name = unicodedata.name(sign, None) or nameless.get(
        unicodedata.category(sign), "a character that is not assigned"
    )
    return f"U+{ord(sign):04X} {name}"


def odd(text: str) -> Iterator[Odd]:
    """Everything odd in a text: hidden, empty, private and unassigned characters, spaces of another width,
    letters in the form of others, words of two alphabets, and characters that are not in NFC. Line ends
    and tabs are not odd. The work grows with the length of the text, whatever it holds."""
    if text.isascii() and text.isprintable():
        return
    yield from odd_signs(text)
    yield from _mixed_words(text)
    piled = list(_piled_marks(text))
    yield from piled or _not_composed(text)


def odd_signs(text: str) -> Iterator[Odd]:
    """The single characters that are odd, in their order."""
    signs = {sign for sign in set(text) if sign == _NO_BREAK_SPACE or _expected_instead(sign)}
    if not signs:
        return
    for match in re.finditer(f"[{re.escape(''.join(sorted(signs)))}]", text):
        at = match.start()
        expected = _expected_instead(match[0])
        if match[0] == _NO_BREAK_SPACE and _beside_nothing(text, at):
            expected = "a no-break space between two words alone, or an ordinary space"
        if expected:
            yield Odd.of(text, at, named(match[0]), expected)


def has_letter(text: str) -> bool:
    """Whether a reader sees at least one letter."""
    return any(unicodedata.category(sign)[0] == "L" and not _expected_instead(sign) for sign in text)


@lru_cache(4096)
def _expected_instead(sign: str) -> str | None:
    """What is expected instead of a character, wherever it stands; None where the character is good."""
    kind = unicodedata.category(sign)
    if kind in ("Zl", "Zp"):
        return "an ordinary line end"
    if kind == "Zs":
        return None if sign in (" ", _NO_BREAK_SPACE) else "an ordinary space"
    if kind[0] == "C":
        return None if sign in _LINE_ENDS_AND_TABS else _VISIBLE
    if _LOOKS_EMPTY.search(unicodedata.name(sign, "")):
        return _VISIBLE
    form = unicodedata.decomposition(sign)
    if (kind[0] == "L" or kind == "Nd") and form.startswith("<") and not form.startswith(_MEANT):
        return repr(unicodedata.normalize("NFKC", sign))
    return None


def _beside_nothing(text: str, at: int) -> bool:
    """Whether a space begins or ends its line, or has another space beside it."""
    around = text[at - 1 : at] if at else "", text[at + 1 : at + 2]
    return any(not sign or sign.isspace() for sign in around)


@lru_cache(4096)
def alphabet(sign: str) -> str | None:
    """``LATIN``, ``CYRILLIC`` and so on, as a letter's name begins; None for what is no letter of an
    alphabet with capitals: those are the alphabets whose letters look like each other's."""
    if unicodedata.category(sign) not in ("Lu", "Ll", "Lt"):
        return None
    return unicodedata.name(unicodedata.normalize("NFKC", sign)[0]).split()[0]


def other_alphabet(word: str) -> str | None:
    """The first letter of a word that is not of the alphabet of most of its letters; None where all are."""
    letters = [(sign, alphabet(sign)) for sign in word]
    found = [name for _, name in letters if name]
    if len(set(found)) < 2:
        return None
    main = max(sorted(set(found)), key=lambda name: (found.count(name), name == "LATIN"))
    return next(sign for sign, name in letters if name and name != main)


def _mixed_words(text: str) -> Iterator[Odd]:
    signs = set(text)
    if len({alphabet(sign) for sign in signs} - {None}) < 2:
        return
    gaps = {ord(sign): " " for sign in signs if unicodedata.category(sign)[0] not in "LM"}
    for match in re.finditer(r"[^ ]+", text.translate(gaps)):
        if stranger := other_alphabet(match[0]):
            at = text.index(stranger, match.start())
            yield Odd.of(text, at, named(stranger), "the letters of one alphabet in a word")


def _piled_marks(text: str) -> Iterator[Odd]:
    """Letters with more marks than any language gives them. To put very many in order takes Unicode's
    normal forms very long, so nothing is normalised before they were looked for."""
    marks = {ord(sign): _MARK for sign in set(text) if unicodedata.category(sign)[0] == "M"}
    for match in _TOO_MANY_MARKS.finditer(text.translate(marks) if marks else ""):
        sign = f"{len(match[0])}, first {named(text[match.start()])},"
        yield Odd.of(text, match.start(), sign, f"at most {_MOST_MARKS} marks on one letter")


def _not_composed(text: str) -> Iterator[Odd]:
    """What NFC writes otherwise, one place a line."""
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
            yield Odd.of(text, start + at, apart, f"{named(composed[at])}: text in NFC")
        start += len(line)
