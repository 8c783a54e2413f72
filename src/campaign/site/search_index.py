"""The index of one language's pages, made once a country; the browser reads it when the search opens."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html.parser import HTMLParser
from typing import Any

from ..model.contact import Audience
from ..model.opening_hours import locale_of
from ..model.roles import Role
from ..pages.search_words import DROPPED, SEPARATORS, Lexicon, words_of
from ..pages.ui_strings import Words, filled

_SLOT = re.compile("⟦[^⟧]*⟧")
_LEFT_OUT = "…"
_TELLS_LITTLE = 3  # letters of words that are not worth their bytes on pages without text
_HEADINGS = ("h1", "h2", "h3", "h4")
_BLOCKS = ("p", "li", "td", "th", "div", "ul", "ol", "table", "tr", "blockquote")
# Cyrillic letters take two bytes, and compression wins back half of that at most: in the index they change
# places with Latin ones. 22 KB of Russian text become 19 KB.
_CYRILLIC, _LATIN = "абвгдежзийклмнопрстуфхцчшщъыьэюяіїє", "abvgdeqzijklmnoprstufhcwxXVyQEUYIJW"
_SWAP = str.maketrans(_CYRILLIC + _LATIN, _LATIN + _CYRILLIC)
_WORDS = {"label": "search-label", "stays": "search-stays", "close": "search-close", "none": "search-none",
          "help": "get-help", "danger": "danger", "pages": "menu"}  # fmt: skip
MOST = 8  # results that the browser shows


@dataclass(frozen=True)
class Section:
    """A heading and the blocks of text below it."""

    id: str
    heading: str
    blocks: tuple[str, ...]


@dataclass(frozen=True)
class Entry:
    """One page of the index. ``path`` is the same in every language: ``youth/online.html``."""

    path: str
    title: str
    sections: tuple[Section, ...]

    @classmethod
    @lru_cache(1024)  # other countries have most of a language's pages, too
    def of(cls, path: str, title: str, html: str) -> Entry:
        """The page from the HTML of its text. What stands in a slot is the copy's: the index has … for it."""
        reader = _Reader()
        reader.feed(_SLOT.sub(_LEFT_OUT, html))
        reader.close()
        return cls(path, title, tuple(reader.sections()))

    @property
    def audience(self) -> Audience:
        return Audience.of(self.path)


class _Reader(HTMLParser):
    """Cuts HTML at its headings and blocks."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._parts: list[tuple[str, list[str]]] = [("", [""])]  # id; the heading, then the blocks

    def updatepos(self, i: int, j: int) -> int:
        return j  # nobody asks for lines, and counting them takes long

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HEADINGS:
            self._parts.append((dict(attrs).get("id") or "", [""]))
        elif tag in _BLOCKS:
            self._parts[-1][1].append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in _HEADINGS or tag in _BLOCKS:
            self._parts[-1][1].append("")

    def handle_data(self, data: str) -> None:
        self._parts[-1][1][-1] += data

    def sections(self) -> Iterable[Section]:
        for identifier, texts in self._parts:
            heading, *blocks = (" ".join(text.replace("☐", "").split()) for text in texts)
            if heading or any(blocks):
                yield Section(identifier, heading, tuple(b for b in blocks if b and b != _LEFT_OUT))


def index_script(entries: Iterable[Entry], language: str, words: Words, lexicon: Lexicon) -> str:
    """``assets/search/LANG.js``: a script and not JSON, because a page that was opened from a folder may
    load a script and may not fetch. Readers' pages stand there with their text. Of the other pages there
    are the headings, the first lines and the stems of all words: a third of the bytes, and extracts that
    are a page's first lines."""
    pages: list[Any] = []
    stems: dict[str, list[int]] = {}
    written = sorted((entry for entry in entries if entry.sections), key=lambda entry: entry.path)
    for number, entry in enumerate(written):
        sections = [[s.id, s.heading, "\n".join(s.blocks)] for s in entry.sections]
        if not entry.audience.reads_for_help:
            text = " ".join(block for section in entry.sections for block in section.blocks)
            tells = {word for word in words_of(text) if len(word) > _TELLS_LITTLE}
            for stem in set(map(lexicon.stem, tells)):
                stems.setdefault(stem, []).append(number)
            first = [b for section in entry.sections for b in section.blocks if _LEFT_OUT not in b][:1]
            sections = [[s.id, s.heading, *first[place:]] for place, s in enumerate(entry.sections)]
        asked = lexicon.asked.get(entry.path.removesuffix(".html") + ".md", "")
        pages.append([entry.path, entry.title, entry.audience.value, asked, sections])
    index = {
        "language": language,
        "endings": lexicon.endings,
        "pages": pages,
        "stems": _by_pages(stems),
        "roles": {role.value: [words[f"name-{role}"], words[f"role-{role}"]] for role in Role},
        "audiences": {audience.value: words[f"nav-{audience}"] for audience in Audience},
        "words": {name: words[key] for name, key in _WORDS.items()},
        "found": [found_in_words(count, language, words) for count in range(1, MOST + 1)],
        "separators": SEPARATORS,
        "dropped": DROPPED,
    }
    text, swap = json.dumps(index, ensure_ascii=False, separators=(",", ":")), ("", "")
    if len((swapped := text.translate(_SWAP)).encode()) < len(text.encode()):
        text, swap = swapped, (_CYRILLIC, _LATIN)
    quoted = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"window.searchIndex = {{swap: {json.dumps(swap, ensure_ascii=False)}, text: '{quoted}'}};\n"


def found_in_words(count: int, language: str, words: Words) -> str:
    """``4 pages found.``, in the form of CLDR that the language has for the number."""
    form = {"one": "one", "two": "few", "few": "few"}.get(locale_of(language).plural_form(count), "other")
    return filled(words[f"search-found-{form}"], count=str(count))


def _by_pages(stems: Mapping[str, list[int]]) -> dict[str, str]:
    """``{"12 14": "stem stem"}``: stems that are on the same pages stand together, which is shorter."""
    together: dict[str, list[str]] = {}
    for stem in sorted(stems):
        together.setdefault(" ".join(map(str, stems[stem])), []).append(stem)
    return {pages: " ".join(found) for pages, found in together.items()}
