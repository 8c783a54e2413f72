"""The passages of a page that a translator translates: its title, headings, paragraphs, items of lists and
cells of tables. Everything between them is structure, and stays as it is in the file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ..pages.page import PageSource
from ..translation.sections import TOP, Section, sections
from .tokens import has_words


class Kind(StrEnum):
    """What a passage is in its page."""

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item of a list"
    CELL = "cell of a table"
    SECTION = "section"  # a whole one, if its paragraphs do not match those of the source
    WORD = "word"


@dataclass(frozen=True)
class Passage:
    """A passage and its place in the file (``page.source[start:end]``)."""

    kind: Kind
    start: int
    end: int
    text: str


_TITLE = re.compile(r"^title:[ \t]*(?P<text>\S.*?)[ \t]*$", re.M)
_HEADING = re.compile(r"#{1,6}[ \t]+(?P<text>.*?)[ \t]*(?:\{[^{}\n]*\}[ \t]*)?$")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,3}[.)])[ \t]+(?:☐[ \t]+)?(?P<text>\S.*)$")
_ROW = re.compile(r"[ \t]*\|.*\|[ \t]*$")
_RULE = re.compile(r"[ \t|:-]+$")
_CELL = re.compile(r"(?<=\|)(?P<text>(?:\\.|[^|\\])*)(?=\|)")
_COMMENT = re.compile(r"<!--.*-->[ \t]*$")


def passages(page: PageSource) -> dict[str, list[Passage]]:
    """Return the passages of each section of the page, by the name of the section."""
    return {section.name: list(_of_section(page, section)) for section in sections(page)}


def whole(page: PageSource, section: Section) -> Passage:
    """Return a section as one passage, from its first character to its last."""
    text = page.text[section.start : section.end]
    start = page.begins + section.start + len(text) - len(text.lstrip())
    return Passage(Kind.SECTION, start, start + len(text.strip()), text.strip())


def _of_section(page: PageSource, section: Section) -> Iterator[Passage]:
    if section.name == TOP and (title := _TITLE.search(page.source, 0, page.begins)):
        yield Passage(Kind.TITLE, title.start("text"), title.end("text"), title["text"])
    position = page.begins + section.start
    block: list[tuple[Kind, int, int]] = []  # the open paragraph or item: its lines
    for line in page.text[section.start : section.end].splitlines(keepends=True):
        plain = line.rstrip("\n")
        kind, inside = _line(plain)
        if kind is not Kind.PARAGRAPH or (not block and _COMMENT.match(plain.strip())):
            yield from _closed(page, block)
        if kind in (Kind.HEADING, Kind.ITEM, Kind.PARAGRAPH) and plain.strip():
            start, end = inside
            if kind is Kind.PARAGRAPH and block:
                start = 0
            block.append((block[0][0] if block else kind, position + start, position + end))
            if kind is Kind.HEADING:
                yield from _closed(page, block)
        elif kind is Kind.CELL:
            for cell in _CELL.finditer(plain):
                yield from _passage(page, kind, position + cell.start("text"), position + cell.end("text"))
        else:
            yield from _closed(page, block)
        position += len(line)
    yield from _closed(page, block)


def _line(line: str) -> tuple[Kind | None, tuple[int, int]]:
    """Return what a line is, and where its text begins and ends. None is an empty line or a table's rule."""
    if not line.strip():
        return None, (0, 0)
    if match := _HEADING.match(line):
        return Kind.HEADING, match.span("text")
    if match := _ITEM.match(line):
        return Kind.ITEM, match.span("text")
    if _ROW.match(line):
        return (None if _RULE.match(line) else Kind.CELL), (0, 0)
    return Kind.PARAGRAPH, (len(line) - len(line.lstrip()), len(line.rstrip()))


def _closed(page: PageSource, block: list[tuple[Kind, int, int]]) -> Iterator[Passage]:
    if block:
        yield from _passage(page, block[0][0], block[0][1], block[-1][2])
        block.clear()


def _passage(page: PageSource, kind: Kind, start: int, end: int) -> Iterator[Passage]:
    text = page.source[start:end]
    start += len(text) - len(text.lstrip())
    text = text.strip()
    if has_words(text):
        yield Passage(kind, start, start + len(text), text)
