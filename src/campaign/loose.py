"""Finds numbers, e-mail addresses, messenger handles and links that stand in a text instead of in the
contacts, where nobody would think of them on the day that they change."""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby, islice

REGIONS = ("EE", "LV", "LT", "RU")
_SHORTEST = 7  # digits of a national number in these regions
_COUNTRY = 3  # digits of a country's code at most
_LONGEST_CODE = 4  # digits of a short code such as 112; 116 xxx is safe to find in any spacing

# Each pattern begins with what is rare in a text: it is sought much faster.
_COMMENT = re.compile(r"<!--.*?-->", re.S)
_WRAPPED = re.compile(r"\n(?<=\S\n)(?=[\w+(])(?!\d+[.)] )")  # a line's end inside a paragraph
# What may stand between the digits of a number: no comma, and not the end of a paragraph.
_GAP = r"[ ().*_/\\\xa0\u202f\u2010-\u2013-]"
_RUN = re.compile(rf"(?=[+\d])(?<![^\W_])(?<!\d[,.])\+?\d(?:{_GAP}{{0,3}}\d){{2,}}")
_YEAR = r"(?:19|20)\d\d"
_NO_NUMBER = re.compile(
    rf"(?=\d)(?<!\d)(?:{_YEAR}-\d\d(?:-\d\d)?|\d\d?[./]\s?\d\d?[./]\s?{_YEAR}|{_YEAR}(?:\s?[-–/]\s?{_YEAR})+"
    r"|\d\d?[.:]\d\d\s?[-–]\s?\d\d?[.:]\d\d|\d{1,3}(?:[ \xa0]000){2,})(?!\d)"
)
# Numbers wherever they stand, in service or not: free ones, Europe's 116 xxx, international ones.
_SURE = re.compile(r"[08]?800\d{5,7}|116\d{3}|(?:\+|00)\d{7,15}")

_STOP = r"\s<>()\[\]\"'«»„“”⟦⟧|"
_HINT = re.compile(r"@|//|\w[.:]\+?\w")
_LINK = re.compile(
    r"(?P<email>(?<![\w.+%-])[\w.+%-]+@[\w-]+(?:\.[\w-]+)+)"
    rf"|(?P<link>\b[a-z][a-z0-9+.-]*://[^{_STOP}]+"
    rf"|\b(?:tel|sms|mailto|callto|skype|viber|whatsapp|tg|signal):[^{_STOP}]+"
    rf"|(?<=[(\"'])//[^{_STOP}]+|\bwww\.[^{_STOP}]+"
    rf"|(?<![\w@./-])(?:[\w-]+\.)+(?:ee|lv|lt|ru|ua|eu|com|org|net|info|int|me|рф)\b(?:/[^{_STOP}]*)?"
    rf"|(?<=\]\()(?:[\w-]+\.)+(?!(?:md|html|pdf|svg|png|ics|json|csv|txt|zip)\b)[a-z]{{2,}}\b[^{_STOP}]*)"
    r"|(?P<handle>(?<![\w.@/])@[A-Za-z]\w{2,})",
    re.I,
)


@dataclass(frozen=True)
class Loose:
    """One thing that stands loose: ``kind`` is number, email, handle or link."""

    kind: str
    line: int  # of the text, counted from 0
    text: str


class Finder:
    """Looks for what is loose. ``numbers`` are our own, as they are written in the contacts."""

    def __init__(self, numbers: Iterable[str]) -> None:
        self._numbers_of_ours = list(numbers)

    @cached_property
    def _long(self) -> list[str]:
        """All that our numbers may look like in digits alone, the longest first."""
        return _forms(self._numbers_of_ours)

    @cached_property
    def _short(self) -> list[str]:
        """The same with fewer digits than a national number has: no other number need be taken apart."""
        near = [number for number in self._numbers_of_ours if len(only_digits(number)) < _SHORTEST + _COUNTRY]
        return [form for form in _forms(near) if len(form) < _SHORTEST]

    def find(self, text: str, allowed: Collection[str] = ()) -> Iterator[Loose]:
        """All of a Markdown text in the order of its lines, but for the literal strings ``allowed``."""
        text = html.unescape(_COMMENT.sub(_blank, text))
        for literal in (literal for literal in allowed if literal in text):
            text = re.sub(rf"(?<!\w){re.escape(literal)}(?![\w/?#=&%-])", _blank, text)
        lines = text.split("\n")
        for line, content in enumerate(lines):
            if _HINT.search(content):
                for match in _LINK.finditer(content):
                    yield Loose(str(match.lastgroup), line, match[0].rstrip(".,;:!?*_`"))
                lines[line] = _LINK.sub(_blank, content)
        text = _NO_NUMBER.sub(_blank, "\n".join(lines))
        line, counted = 0, 0
        for run in _RUN.finditer(_WRAPPED.sub(" ", text)):
            line, counted = line + text.count("\n", counted, run.start()), run.start()
            yield from (Loose("number", line, number) for number in self._numbers(run[0]))

    def _numbers(self, run: str) -> Iterator[str]:
        """The numbers in a run of digits and gaps: ours in any spacing, others as usually written."""
        places = [index for index, letter in enumerate(run) if letter.isdecimal()]
        digits = "".join(str(int(run[index])) for index in places)
        if _SURE.fullmatch(("+" if run.startswith("+") else "") + digits):
            yield run.strip()
            return
        for form in self._short if len(digits) < _SHORTEST else self._long:
            at = digits.find(form)
            if at >= 0 and _stands_alone(run, start := places[at], end := places[at + len(form) - 1] + 1):
                yield from self._numbers(run[:start])
                yield run[start:end]
                yield from self._numbers(run[end:])
                return
        if len(digits) >= _SHORTEST:
            import phonenumbers  # late, as in `fields`: most builds have no new text

            found = (m for region in REGIONS for m in phonenumbers.PhoneNumberMatcher(run, region))
            yield from (match.raw_string.strip() for match in islice(found, 1))


def _stands_alone(run: str, start: int, end: int) -> bool:
    """Whether the digits from ``start`` to ``end`` are a number. Those of a short code stand all together
    or all apart, and not in a decimal: neither 1-24 nor 124.5 is 124."""
    if run[:start][-1:].isdecimal() or run[end:][:1].isdecimal():
        return False
    digits = [letter for letter in run[start:end] if letter.isdecimal()]
    gaps = end - start - len(digits)
    if len(digits) > _LONGEST_CODE:
        return True
    return gaps in (0, len(digits) - 1) and not re.match(r"[.,]\d", run[end:])


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", "\N{REPLACEMENT CHARACTER}", match[0])


def forms(number: str) -> Iterator[str]:
    """The digits of a number as they are dialled, and without the country's code or the leading 0."""
    digits = only_digits(number)
    yield digits
    if number.startswith("+"):
        import phonenumbers

        yield str(phonenumbers.parse(number).national_number)
    elif digits.startswith("0"):
        yield digits[1:]


def _forms(numbers: Iterable[str]) -> list[str]:
    return sorted(unique(form for number in numbers for form in forms(number)), key=len, reverse=True)


def unique(texts: Iterable[str]) -> list[str]:
    """Each text once, sorted; in less memory than a set of them takes."""
    return [text for text, _ in groupby(sorted(texts))]


def only_digits(number: str) -> str:
    """``+372 660 7320`` as ``3726607320``."""
    return re.sub(r"\D", "", number)
