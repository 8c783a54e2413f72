"""The sections of a page, and the form of a text in which only its content counts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from ..files.digests import digest
from ..pages.page import PageSource

TOP = "top"  # the id of what comes before the first heading with an id, together with the title
SOURCE_LANGUAGE = "en"  # of words, and of every page whose front matter names no other
_LENGTH = 16  # hexadecimal digits of a digest: 64 bits, for some ten thousand texts

# The same headings as in page_checks/parity.py.
_HEADING = re.compile(r"^(?P<level>#+) [^\n]*?\{#(?P<id>[\w-]+)\}[ \t]*$", re.M)
_TITLE = re.compile(r"^title:[ \t]*(.*)$", re.M)
_SOURCE = re.compile(r"^source_language:[ \t]*[\"']?([a-z]{2})[\"']?[ \t]*(?:#.*)?$", re.M)
_PROMISE = re.compile(r" ?<!-- promise: [a-z0-9, -]+ -->")  # only the check of promises reads it
_PARAGRAPHS = re.compile(r"\n[^\S\n]*\n\s*")
_ITEMS = re.compile(r"\n(?=[^\S\n]*(?:(?:[-*+]|\d{1,3}[.)])\s|\|))")  # and the rows of a table
_SAME = str.maketrans(
    {
        **dict.fromkeys("“”„‟«»″", '"'),
        **dict.fromkeys("‘’‚‛′ʼ", "'"),
        **dict.fromkeys("‐‑‒–—−", "-"),
        "…": "...",
        "\u00ad": "",
    }
)


@dataclass(frozen=True)
class Section:
    """One section of one page, or one word of the interface (which has no place in a text)."""

    name: str  # its id; if the page has several with this id, each for another country, PARENT.ID
    written: str  # as in the file, for the top with the title of the page before it
    id: str = ""  # of its heading; empty for the top
    line: int = 0  # of the file, on which its heading is
    start: int = 0  # of its text in the text of the page; `end` is where the next section begins
    end: int = 0

    @cached_property
    def text(self) -> str:
        """The text as `comparable` makes it."""
        return comparable(self.written)

    @cached_property
    def digest(self) -> str:
        return text_digest(self.text)


def comparable(text: str) -> str:
    """Return a text without the differences that change nothing for a reader: line breaks inside a paragraph,
    spaces, the forms of quotation marks and dashes, and promise marks. Paragraphs, items of lists and rows of
    tables stay apart; slots, links and other marks stay."""
    plain = _PROMISE.sub("", text if text.isascii() else text.translate(_SAME))
    paragraphs = (
        "\n".join(" ".join(item.split()) for item in _ITEMS.split(part)) for part in _PARAGRAPHS.split(plain)
    )
    return "\n\n".join(part.strip() for part in paragraphs if part.strip())


def text_digest(text: str) -> str:
    """Return the digest of a text, 16 hexadecimal digits. Only its words, slots, links and marks count."""
    return digest([" ".join(comparable(text).split()).encode()])[:_LENGTH]


@lru_cache(1024)  # in a preview the sections of a page that has not changed keep their digests
def sections(page: PageSource) -> Sequence[Section]:
    """Return the sections of the page in order. The first, `TOP`, begins with the title of the page."""
    text = page.text
    headings = list(_HEADING.finditer(text))
    names = _names([(match["id"], len(match["level"])) for match in headings])
    starts = [(TOP, "", len(text) - len(text.lstrip("\n")))]
    starts += [(name, match["id"], match.start()) for name, match in zip(names, headings, strict=True)]
    ends = [start for *_, start in starts[1:]] + [len(text)]
    found, line, seen = [], page.first_line, 0
    for (name, section_id, start), end in zip(starts, ends, strict=True):
        line, seen = line + text.count("\n", seen, start), start
        own = text[start:end]
        if name == TOP and (title := _TITLE.search(page.front_matter)):
            own = f"{title[1]}\n\n{own}"
        found.append(Section(name, own, section_id, line, start, end))
    return found


def _names(headings: list[tuple[str, int]]) -> list[str]:
    """Return a name for each heading (id, level): its id. If it repeats, the id of the heading above comes
    first, and a number last if that repeats, too."""
    often = Counter(name for name, _ in headings)
    above: list[tuple[str, int]] = []
    found: list[str] = []
    for name, level in headings:
        above = [other for other in above if other[1] < level]
        own = f"{above[-1][0]}.{name}" if often[name] > 1 and above else name
        above.append((name, level))
        repeats = sum(other == own or other.startswith(f"{own}.n") for other in found)
        found.append(f"{own}.n{repeats + 1}" if repeats else own)
    return found


def source_language(page: PageSource) -> str:
    """Return the language from which the page is translated, as its front matter says."""
    written = _SOURCE.search(page.front_matter)
    return written[1] if written else SOURCE_LANGUAGE
