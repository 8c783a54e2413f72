"""Finds numbers, e-mail addresses, messenger handles and links that are written in a text instead of in the
contacts. Nobody would find them there on the day they change.

It cannot find numbers in words ("nine hundred") and addresses that are described or spelt out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from ..text.comments_and_lines import Lines, unescaped, without_comments
from ..text.find_phone_numbers import BLANK, Numbers, blanked, plain_signs, without_dates

_WRAPPED = re.compile(r"\n(?<=\S\n)(?=[\w+(])(?!\d{1,9}[.)] )")  # a line break inside a paragraph

# An element inside a number is invisible: 116<br>006.
_TAG = re.compile(r"</?[a-z][^<>]*>")

_STOP = r"\s<>()\[\]\"'«»„“”⟦⟧|"
_HINT = re.compile(r"@|//|\w[.:]\+?\w")
_DOMAINS = "ee|lv|lt|ru|ua|eu|com|org|net|info|int|me|рф"
_FILES = "md|html|pdf|svg|png|webp|ics|json|csv|txt|zip"
# Boundaries and possessive quantifiers keep the time linear in the length of any text.
_LINK = re.compile(
    r"(?P<email>(?<![\w.+%-])[\w.+%-]++@[\w-]++(?:\.[\w-]++)++)"
    rf"|(?P<link>(?<![a-z0-9+.-])[a-z0-9+.-]++://[^{_STOP}]++"
    rf"|\b(?:tel|sms|mailto|callto|skype|viber|whatsapp|tg|signal):[^{_STOP}]++"
    rf"|(?<=[(\"'])//[^{_STOP}]++|\bwww\.[^{_STOP}]++"
    rf"|(?<![\w@./-])(?:[\w-]++\.)+(?:{_DOMAINS})\b(?:/[^{_STOP}]*+)?"
    rf"|(?<![\w@./-])(?:[\w-]++\.)+[^\W\d_]{{2,}}+/[^{_STOP}]*+"
    rf"|(?<=\]\()(?:[\w-]++\.)++(?!(?:{_FILES})\b)[a-z]{{2,}}+\b[^{_STOP}]*+)"
    r"|(?P<handle>(?<![\w.@/])@[A-Za-z]\w{2,}+)",
    re.I,
)


@dataclass(frozen=True)
class Stray:
    """A number, address or link outside the contacts. ``kind`` is number, email, handle or link."""

    kind: str
    line: int  # of the text, counted from 0
    text: str


class Finder:
    """Finds numbers, addresses and links outside the contacts, whose numbers are ``numbers``."""

    def __init__(self, numbers: Iterable[str]) -> None:
        self._numbers = Numbers(numbers)

    def find(self, text: str, allowed: Collection[str] = (), shortest: int = 1) -> Iterator[Stray]:
        """Yield all findings of a Markdown text, first links, then numbers, except the literal strings
        ``allowed`` and numbers with fewer digits than ``shortest``."""
        text = unescaped(without_comments(text, _blank))
        for literal in (literal for literal in allowed if literal in text):
            text = re.sub(rf"(?<!\w){re.escape(literal)}(?![\w/?#=&%-])", blanked, text)
        plain = plain_signs(text)
        lines = plain.split("\n")
        start = 0
        for line, content in enumerate(lines):
            if _HINT.search(content):
                for match in _LINK.finditer(content):
                    found = text[start + match.start() : start + match.end()]
                    yield Stray(str(match.lastgroup), line, found.rstrip(".,;:!?*_`"))
                lines[line] = _LINK.sub(blanked, content)
            start += len(content) + 1
        plain = _WRAPPED.sub(" ", without_dates("\n".join(lines)))
        at = Lines(text, first=0)
        spans = set(self._numbers.find(plain, shortest))
        if "<" in plain:
            spans.update(self._numbers.find(_TAG.sub(lambda tag: " " * len(tag[0]), plain), shortest))
        for start, end in sorted(spans):
            yield Stray("number", at.at(start), text[start:end].replace("\n", " "))


def _blank(comment: str) -> str:
    return re.sub(r"[^\n]", BLANK, comment)


def unique(texts: Iterable[str]) -> list[str]:
    """Return each text once, sorted; this takes less memory than a set."""
    return [text for text, _ in groupby(sorted(texts))]
