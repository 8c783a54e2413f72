"""The passages of a page (paragraphs, items of lists, rows of tables), with their marks and countries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..pages.page import PageSource
from ..pages.slots import comments

_BEGINS = re.compile(r"[ \t]*(?:[-*+][ \t]|\d{1,3}[.)][ \t]|\||#+[ \t])")  # a passage of its own
_LINK = re.compile(r"\]\([^()\s]*\)")


@dataclass(frozen=True)
class Passage:
    """One passage. ``text`` is what a reader sees: without comments and addresses of links. ``promises`` are
    the words of its promise marks, ``until`` the days (YYYY-MM-DD) of its until slots with their lines."""

    line: int
    text: str
    heading: bool
    countries: tuple[str, ...] | None  # of the passage around it; None means all
    promises: tuple[str, ...]
    until: tuple[tuple[int, str], ...]

    def stands_in(self, country: str) -> bool:
        return self.countries is None or country in self.countries


def passages(page: PageSource) -> Iterator[Passage]:
    """Yield the passages of a page, in order. Call `slots.check_markdown` first."""
    countries: tuple[str, ...] | None = None
    lines: list[tuple[int, str]] = []
    for number, line in enumerate([*page.text.split("\n"), ""], page.first_line):
        if lines and (not line.strip() or _BEGINS.match(line)):
            passage, countries = _passage(lines, countries)
            if passage:
                yield passage
            lines = []
        if line.strip():
            lines.append((number, line))


def _passage(
    lines: list[tuple[int, str]], countries: tuple[str, ...] | None
) -> tuple[Passage | None, tuple[str, ...] | None]:
    """Return the passage of these lines (None for a country mark), and the countries of the next."""
    promises: list[str] = []
    until: list[tuple[int, str]] = []
    parts: list[str] = []
    only_mark = False
    for number, line in lines:
        position = 0
        for comment in comments(line) if "<!--" in line else ():
            parts.append(line[position : comment.start])
            position = comment.end
            if comment.kind in ("only", "end"):
                countries, only_mark = (comment.words or None), True
            elif comment.kind == "promise":
                promises += comment.words
            elif comment.kind == "until":
                until += ((number, day) for day in comment.words)
        parts += (line[position:], "\n")
    text = _LINK.sub("]", "".join(parts)).strip()
    if only_mark and not text:
        return None, countries
    heading = text.startswith("#")
    return Passage(lines[0][0], text, heading, countries, tuple(promises), tuple(until)), countries
