"""The search index of one language, made once per country; the browser loads it when the search opens."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html.parser import HTMLParser
from typing import Any

from ..model.contact import Audience
from ..model.roles import Role
from ..pages.search_synonyms_and_endings import DROPPED, SEPARATORS, Lexicon, words_of
from ..pages.ui_strings import Words
from ..text.interpolation import filled
from ..text.opening_hours import locale_of

_SLOT = re.compile("⟦[^⟧]*⟧")
_LEFT_OUT = "…"
_TELLS_LITTLE = 3  # letters; on pages without text such short words are not worth their bytes
_TELLS_APART = 3  # pages without text; a word that more of them have does not tell which is meant
_WHOLE = 2  # sentences of a section; of the others the index has the stems
_SENTENCE = re.compile(r"(?<=[.!?]) ")
_HEADINGS = ("h1", "h2", "h3", "h4")
_BLOCKS = ("p", "li", "td", "th", "div", "ul", "ol", "table", "tr", "blockquote")
# A Cyrillic letter takes two bytes, and compression saves half of that at most. So in the index Cyrillic and
# Latin letters change places: 22 KB of Russian text become 19 KB.
_CYRILLIC, _LATIN = "абвгдежзийклмнопрстуфхцчшщъыьэюяіїє", "abvgdeqzijklmnoprstufhcwxXVyQEUYIJW"
_SWAP = str.maketrans(_CYRILLIC + _LATIN, _LATIN + _CYRILLIC)
_WORDS = {"label": "search-label", "stays": "search-stays", "close": "search-close", "none": "search-none",
          "help": "get-help", "danger": "danger", "pages": "menu",
          "grave": "search-grave"}  # fmt: skip
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
        """Make the entry from the HTML of a page's text. Slots become …: their content depends on the
        copy."""
        reader = _Reader()
        reader.feed(_SLOT.sub(_LEFT_OUT, html))
        reader.close()
        return cls(path, title, tuple(reader.sections()))

    @property
    def audience(self) -> Audience:
        return Audience.of(self.path)


class _Reader(HTMLParser):
    """Divides HTML at its headings and blocks. A notice of the site (`notices`) is no text of the page."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self._notice = False
        self._parts: list[tuple[str, list[str]]] = [("", [""])]  # id; the heading, then the blocks

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._notice = self._notice or ("class", "notice") in attrs
        if tag in _HEADINGS:
            self._parts.append((dict(attrs).get("id") or "", [""]))
        elif tag in _BLOCKS:
            self._parts[-1][1].append("")

    def handle_endtag(self, tag: str) -> None:
        self._notice = self._notice and tag != "p"
        if tag in _HEADINGS or tag in _BLOCKS:
            self._parts[-1][1].append("")

    def handle_data(self, data: str) -> None:
        if not self._notice:
            self._parts[-1][1][-1] += data

    def sections(self) -> Iterable[Section]:
        for identifier, texts in self._parts:
            heading, *blocks = (" ".join(text.replace("☐", "").split()) for text in texts)
            if heading or any(blocks):
                yield Section(identifier, heading, tuple(b for b in blocks if b and b != _LEFT_OUT))


def index_script(entries: Iterable[Entry], language: str, words: Words, lexicon: Lexicon) -> str:
    """Return ``assets/search/LANG.js``. It is a script because a page opened from a folder can load a script
    but not fetch JSON. Readers' pages are in it with the first sentences of each section and the stems of its
    other words; other pages with headings, first lines and the stems of the words that tell them apart. A
    result shows the first sentences."""
    pages: list[Any] = []
    stems: dict[str, list[int]] = {}
    written = sorted((entry for entry in entries if entry.sections), key=_similar_together)
    for number, entry in enumerate(written):
        if entry.audience.reads_for_help:
            sections = [[s.id, s.heading, *_shortened(s, lexicon)] for s in entry.sections]
        else:
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
        "grave": [words_of(search) for search in lexicon.grave.split(",") if search.strip()],
        "pages": pages,
        "stems": _by_pages({stem: on for stem, on in stems.items() if len(on) <= _TELLS_APART}),
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


def _shortened(section: Section, lexicon: Lexicon) -> Iterable[str]:
    """Yield the first sentences of a section in lines, and the stems of words that only the others have."""
    first: list[str] = []
    rest: list[str] = []
    for block in section.blocks:
        sentences = _SENTENCE.split(block)
        left = max(_WHOLE - sum(len(_SENTENCE.split(line)) for line in first), 0)
        first += [" ".join(sentences[:left])] if left else []
        rest += sentences[left:]
    yield "\n".join(first)
    said = set(map(lexicon.stem, words_of(" ".join((section.heading, *first)))))
    tells = (word for word in words_of(" ".join(rest)) if len(word) > _TELLS_LITTLE)
    if others := [stem for stem in dict.fromkeys(map(lexicon.stem, tells)) if stem not in said]:
        yield " ".join(others)


def _similar_together(entry: Entry) -> tuple[bool, str, str]:
    """Return a key that puts similar pages side by side, because compression sees only the last 32 KB."""
    return not entry.audience.reads_for_help, entry.audience, entry.path


def found_in_words(count: int, language: str, words: Words) -> str:
    """Return ``4 pages found.`` in the plural form that CLDR has for the number."""
    form = {"one": "one", "two": "few", "few": "few"}.get(locale_of(language).plural_form(count), "other")
    return filled(words[f"search-found-{form}"], count=str(count))


def _by_pages(stems: Mapping[str, list[int]]) -> dict[str, str]:
    """Return ``{"12 14": "stem stem"}``: grouping the stems of the same pages is shorter."""
    together: dict[str, list[str]] = {}
    for stem in sorted(stems):
        together.setdefault(" ".join(map(str, stems[stem])), []).append(stem)
    return {pages: " ".join(found) for pages, found in together.items()}
