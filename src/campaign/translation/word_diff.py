"""The difference of two texts, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from enum import StrEnum

from ..errors import printable

_WORDS = re.compile(r"\n+|\S*<!--.*?-->\S*|\S+")
_AROUND = 4  # unchanged words on each side of a change


class Change(StrEnum):
    """What became of some words."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


def word_diff(old: str, new: str) -> list[tuple[Change, str]]:
    """Return the words of both texts in order, each run with its change. A slot counts as one word, and so
    does the end of a paragraph or an item."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    found: list[tuple[Change, str]] = []
    for kind, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append((Change.SAME, " ".join(before[start:end])))
            continue
        if end > start:
            found.append((Change.GONE, " ".join(before[start:end])))
        if last > first:
            found.append((Change.NEW, " ".join(after[first:last])))
    return found


def in_one_line(old: str, new: str) -> str:
    """Return the difference for a terminal: ``Call [-now-] {+at once+} and …``. Of unchanged words only those
    next to a change stay. Control codes are escaped."""
    pieces = word_diff(old, new)
    return printable(" ".join(_marked(pieces)).strip())


def _marked(pieces: list[tuple[Change, str]]) -> Iterator[str]:
    for number, (change, text) in enumerate(pieces):
        words = text.split()
        if change is Change.GONE:
            yield f"[-{' '.join(words)}-]"
        elif change is Change.NEW:
            yield f"{{+{' '.join(words)}+}}"
        elif len(words) > 2 * _AROUND:
            start = [] if number == 0 else words[:_AROUND]
            end = [] if number == len(pieces) - 1 else words[-_AROUND:]
            yield " ".join([*start, "…", *end])
        else:
            yield " ".join(words)
