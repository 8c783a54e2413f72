"""A strict reader of the HTML that MkDocs makes of a page's Markdown.

Browsers repair malformed HTML in different ways, so it is refused here. Every tag must have the form
``<name attribute="value">`` and an end: then all browsers agree on the contents of the page.
"""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from markdown import Markdown

from ..errors import Problem, shown
from ..pages.mkdocs_settings import Extensions
from ..pages.page import PageSource
from ..pages.slots import marks_as_text, with_slots
from ..text.comments_and_lines import only_line_ends

# Elements that editors may write as HTML, because Markdown has no syntax for them.
WRITTEN = ("abbr", "bdi", "br", "dd", "details", "div", "dl", "dt", "img", "span", "sub", "summary", "sup")

# Attributes of every element, and those of single elements.
EVERYWHERE = frozenset({"id", "class", "lang", "dir", "title"})
ELEMENTS: Mapping[str, Collection[str]] = {
    **dict.fromkeys(WRITTEN, ()),
    **dict.fromkeys(("blockquote", "code", "em", "hr", "li", "p", "pre", "strong", "ul"), ()),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), ()),
    **dict.fromkeys(("table", "thead", "tbody", "tr"), ()),
    **dict.fromkeys(("td", "th"), ("style",)),  # Markdown aligns columns with style
    "a": ("href", "hreflang"),
    "img": ("src", "alt", "width", "height", "role"),
    "ol": ("start",),
    "section": ("aria-labelledby",),  # around a referral order (`slots.with_slots`)
}
EMPTY = frozenset({"br", "hr", "img"})  # elements without an end

# Ids of the theme (overrides/main.html, box.js, sheet.html): a second one would break its links.
RESERVED_IDS = re.compile(r"text|search|search-words|search-stays|order-.+")
# Classes of the theme that hide, cover or fix something, or that look like the exit or a contact.
RESERVED_CLASSES = {
    "call", "card", "cards", "cover", "danger", "door", "exit", "expired", "find", "help", "home",
    "languages", "leave", "menu", "offer", "open", "pictogram", "pictograms", "pictured", "search", "shut",
    "skip", "source", "tel", "told",
}  # fmt: skip
_ALIGNED = re.compile(r"text-align: (left|right|center);")


def allowed_attribute(element: str, name: str, value: str) -> bool:
    if name == "style":
        return element in ("td", "th") and _ALIGNED.fullmatch(value) is not None
    if name == "role":
        return element == "img" and value == "presentation"
    return name in EVERYWHERE or name in ELEMENTS[element]


_PIECE = re.compile(r"<[^<>]*>?|[^<]+")
_TAG = re.compile(r'<(?P<end>/?)(?P<name>[a-z][a-z0-9]*)(?P<attributes>(?:\s+[a-z-]+="[^"<>]*")*)\s*/?>')
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"<>]*)"')
_PASSAGE = re.compile("⟦(?:only ([a-z ]+)|(end))⟧")
_SLOT = re.compile("⟦[^⟧]*⟧")
# Syntax of Markdown, attributes and templates that was not converted.
_LEFT_OVER = re.compile(
    r"\{[#:%{][^\n]*|\{ ?[.\w][^\n}]*=[^\n]*"
    r"|\] ?\([^\n]*\.md\b[^\n]*|\]\([^\n]*|\]\[[^\n]*|\*\*[^\n]*|```[^\n]*"
)

SHOWN = ", ".join(WRITTEN)
_WHOLE = "marks that are whole, such as [text](page.md), **bold**, ## Heading {#id}"

# Markdown's time for these grows quadratically. A real paragraph has at most 20 of each.
_COSTLY = {"[": "opening brackets", "<": "signs <"}
_CONFLICT = re.compile(r"(?:<{7}|>{7})(?: |$)")
_MOST = 100  # of each, in one paragraph
_DEEPEST = 20  # nested elements
_LONGEST_LINE, _LONGEST_BLOCK = 2_000, 8_000  # characters; a block ends at an empty line


@dataclass(frozen=True)
class Element:
    """A link, a picture or an element with an id. ``countries`` are those of the passage around it."""

    name: str
    attributes: Mapping[str, str]
    line: int
    countries: tuple[str, ...] | None

    def stands_in(self, country: str) -> bool:
        return self.countries is None or country in self.countries

    def meets(self, other: Element) -> bool:
        """Whether both can be on the same country's page."""
        return (
            self.countries is None or other.countries is None or bool({*self.countries} & {*other.countries})
        )


# HTML as somebody may have typed it, except code.
_TYPED = re.compile(r"</?(?!(?:code|pre)\b)[A-Za-z][^<>]*>?")


@dataclass(frozen=True)
class Markup:
    """The elements of one page that other pages and files depend on."""

    page: PageSource
    elements: list[Element] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def may_have(self, name: str) -> bool:
        """Whether an id or a file may be on the page besides `elements`: nobody knows what a wrong part of
        the page is meant to be. Every word of the name must be there, also that of an id from a heading."""
        there, wanted = ({*re.findall(r"[^\W_]+", text.lower())} for text in (self.page.source, name))
        return bool(self.problems) and (not self.page.text.strip() or wanted <= there)

    def ids(self, country: str) -> set[str]:
        return {e.attributes["id"] for e in self.elements if "id" in e.attributes and e.stands_in(country)}

    def of(self, name: str) -> list[Element]:
        return [element for element in self.elements if element.name == name]


def read_markup(page: PageSource, extensions: Extensions) -> Markup:
    """Convert the page as MkDocs does, with the passages for all countries, and read the result."""
    text, problems = _readable(page)
    markup = _read(page, text, extensions)
    markup.problems[:0] = problems
    if markup.problems and "<" in text:  # Markdown does not convert what is inside HTML
        rest = _read(page, _TYPED.sub(lambda tag: only_line_ends(tag[0]), text), extensions)
        markup.elements.extend(element for element in rest.elements if element not in markup.elements)
        markup.problems.extend(rest.problems)
    return markup


def _read(page: PageSource, text: str, extensions: Extensions) -> Markup:
    settings = {name: dict(own) for name, own in extensions}
    markdown = Markdown(extensions=[*settings], extension_configs=settings)
    try:
        converted = markdown.convert(with_slots(marks_as_text(text), page.language, page.audience))
    except Exception as error:  # Markdown raises AssertionError, IndexError or RecursionError
        found = f"text that Markdown cannot convert ({type(error).__name__})"
        wrong = Problem(page.file, page.first_line, "", found, "fewer levels and simpler Markdown")
        return Markup(page, problems=[wrong])
    reader = _Reader(page)
    reader.read(converted)
    return reader.markup


def _readable(page: PageSource) -> tuple[str, list[Problem]]:
    """Return the text without conflict marks and costly blocks, and the problem of each."""
    problems, lines = list[Problem](), page.text.split("\n")
    for number, text in enumerate(lines):
        if _CONFLICT.match(text):
            expected = "one version: git could not join two, so choose one of them"
            problems.append(Problem(page.file, page.first_line + number, "", shown(text), expected))
            lines[number] = ""
    line, blocks = page.first_line, "\n".join(lines).split("\n\n")
    for number, block in enumerate(blocks):
        if wrong := _costly(block):
            problems.append(Problem(page.file, line, "", *wrong))
            blocks[number] = only_line_ends(block)
        line += block.count("\n") + 2
    return "\n\n".join(blocks), problems


def _costly(block: str) -> tuple[str, str] | None:
    """Return what is found and expected in a block that takes long to convert."""
    for sign, name in _COSTLY.items():
        if (count := block.count(sign)) > _MOST:
            return f"{count:,}", f"at most {_MOST} {name} in one paragraph"
    longest = max(map(len, block.split("\n")))
    if longest > _LONGEST_LINE or len(block) > _LONGEST_BLOCK:
        found = f"{len(block):,}, and {longest:,} in its longest line"
        return found, f"a paragraph of at most {_LONGEST_BLOCK:,} characters, and {_LONGEST_LINE:,} in a line"
    return None


class _Reader:
    def __init__(self, page: PageSource) -> None:
        self.markup = Markup(page)
        self._countries: tuple[str, ...] | None = None
        self._open: list[tuple[str, int]] = []  # name and line of each
        self._open_at_start: list[tuple[str, int]] = []  # those open at the start of the passage
        self._ids: dict[str, list[Element]] = {}
        self._half_inside: list[tuple[str, int]] = []  # those with only their start or end in a passage
        self._refused: set[str] = set()  # names of elements
        self._left_over: list[tuple[int, str]] = []
        self._seen: dict[str, int] = {}  # the last position of each piece in the text

    def read(self, converted: str) -> None:
        for piece in _PIECE.findall(converted):
            if not piece.startswith("<"):
                self._text(piece)
            elif tag := _TAG.fullmatch(piece):
                self._tag(piece, tag)
            else:
                found = piece.split("\n")[0]
                expected = f"&lt; for the character <, or HTML in small letters and with quotes: {SHOWN}"
                self._add(self._line(piece), shown(found), expected)
        for name, line in self._open:
            self._add(line, f"<{name}> that does not end", f"</{name}>")
        for name, line in self._half_inside:
            if (name, line) not in self._open:
                whole = f"<{name}> and </{name}> both inside or both outside of a passage for some countries"
                self._add(line, f"<{name}> on one side of <!-- end --> only", whole)
        if not self.markup.problems:  # Markdown does not convert text inside HTML
            for line, left in self._left_over:
                self._add(line, shown(left), _WHOLE)

    def _text(self, text: str) -> None:
        for mark in _PASSAGE.finditer(text):
            if mark[1]:
                self._countries, self._open_at_start = tuple(mark[1].split()), self._blocks()
                continue
            self._countries = None
            if (inside := self._blocks()) != self._open_at_start:
                self._half_inside.append([*self._open_at_start, *inside][-1])
        if not any(name in ("code", "pre") for name, _ in self._open):
            for left in _LEFT_OVER.findall(html.unescape(_SLOT.sub("", text))):
                self._left_over.append((self._line(left), left))

    def _blocks(self) -> list[tuple[str, int]]:
        """Return the open elements except the paragraph around a mark."""
        return [(name, line) for name, line in self._open if name != "p"]

    def _tag(self, piece: str, tag: re.Match[str]) -> None:
        name = tag["name"]
        if name not in ELEMENTS:
            if not tag["end"] or name not in self._refused:
                found = shown(f"<{tag['end']}{name}>")
                self._add(self._line(piece), found, f"Markdown, or one of the HTML elements {SHOWN}")
            self._refused.add(name)
        elif tag["end"]:
            self._end(piece, name)
        else:
            self._start(piece, name, tag["attributes"])

    def _end(self, piece: str, name: str) -> None:
        if all(name != open_name for open_name, _ in self._open):
            self._add(self._line(piece), shown(piece), f"{piece} only after <{name}>")
            return
        while (still_open := self._open.pop())[0] != name:
            inner, line = still_open
            self._add(line, f"<{inner}> that does not end before </{name}>", f"</{inner}> first")

    def _start(self, piece: str, name: str, written: str) -> None:
        given = dict(_ATTRIBUTE.findall(written))
        attributes = {key: html.unescape(value) for key, value in given.items()}
        line = self._line(*self._needles(piece, given, attributes))
        if name not in EMPTY:
            self._open.append((name, line))
            if len(self._open) == _DEEPEST:
                self._add(line, str(_DEEPEST), f"fewer than {_DEEPEST} elements inside each other")
        if theirs := RESERVED_CLASSES.intersection(attributes.get("class", "").split()):
            found = f"the class {shown(min(theirs))}"
            self._add(line, found, "a class that the theme does not use itself")
        for key, value in attributes.items():
            if not allowed_attribute(name, key, value):
                expected = ", ".join(sorted(EVERYWHERE | {*ELEMENTS[name]} - {"style"}))
                self._add(self._line(key), shown(f"{key}={value} on <{name}>"), expected)
        element = Element(name, attributes, line, self._countries)
        if "id" in attributes:
            self._id(element)
        if name in ("a", "img") or "id" in attributes:
            self.markup.elements.append(element)

    def _id(self, element: Element) -> None:
        name = element.attributes["id"]
        if RESERVED_IDS.fullmatch(name):
            self._add(element.line, f"the id {shown(name)}", "an id that the theme does not use itself")
        earlier = self._ids.setdefault(name, [])
        if other := next((other for other in earlier if other.meets(element)), None):
            found = f"{shown(name)} a second time (it is in line {other.line} already)"
            self._add(element.line, found, "each id once on a page")
        earlier.append(element)

    def _needles(self, piece: str, *forms: Mapping[str, str]) -> Iterator[str]:
        """Yield texts by which an element can be found in the Markdown, the most reliable first."""
        yield piece
        for form in forms:
            for key, before in (("href", "]("), ("src", "]("), ("href", ""), ("src", ""), ("id", "#")):
                if key in form:
                    yield before + form[key]

    def _add(self, line: int, found: str, expected: str) -> None:
        self.markup.problems.append(Problem(self.markup.page.file, line, "", found, expected))

    def _line(self, *needles: str) -> int:
        """Return the line of the next occurrence of one of these, or else the first line of the text."""
        text, page = self.markup.page.text, self.markup.page
        for needle in filter(None, needles):
            at = text.find(needle, self._seen.get(needle, -1) + 1)
            at = text.find(needle) if at < 0 else at
            if at >= 0:
                self._seen[needle] = at
                return page.first_line + text.count("\n", 0, at)
        return page.first_line
