"""Whether a page says the same in all languages, as far as its skeleton can tell: headings' ids,
slots, country marks and internal links, in their order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from .markup import Lines, comment_spans
from .page import PageSource
from .place import Places
from .problem import Problem, shown

REFERENCE = "en"  # against which the other languages are held, where the page is there
# A bracket inside a link begins anew: none is looked for through the whole text again and again.
_SKELETON = re.compile(
    r"^#+ [^\n]*?\{#(?P<id>[\w-]+)\}[ \t]*$|\]\((?P<link>[^()\s]+)\)|^(?P<heading>#+) ", re.M
)


def skeleton(page: PageSource) -> Iterator[tuple[int, str]]:
    """``(line, "heading {#when-you-call}")`` and so on, in the order of the text."""
    lines = Lines(page.text, page.first_line)
    ended = 0  # what begins before it is inside of what was found last
    for start, end, part in sorted([*_comments(page.text), *_parts(page.text)]):
        if start >= ended:
            yield lines.at(start), part
            ended = end


def _comments(text: str) -> Iterator[tuple[int, int, str]]:
    return ((start, end, text[start:end]) for start, end, closed in comment_spans(text) if closed)


def _parts(text: str) -> Iterator[tuple[int, int, str]]:
    """Start, end and name of each heading and link."""
    for match in _SKELETON.finditer(text):
        if match["id"]:
            part = f"heading {{#{match['id']}}}"
        elif match["link"]:
            part = f"link to {match['link']}"
        else:
            part = f"heading {match['heading']} without id"
        yield match.start(), match.end(), part


def check_parity(pages: Iterable[PageSource]) -> list[Problem]:
    """The first difference of each page from the reference language's; the rest follows from it."""
    by_path: dict[str, dict[str, PageSource]] = {}
    for page in pages:
        by_path.setdefault(page.path, {})[page.language] = page
    problems = []
    for versions in by_path.values():
        reference = versions.pop(REFERENCE if REFERENCE in versions else min(versions))
        wanted = list(skeleton(reference))
        problems += [p for page in versions.values() for p in _first_difference(page, wanted, reference)]
    return problems


def _first_difference(
    page: PageSource, wanted: list[tuple[int, str]], reference: PageSource
) -> Iterator[Problem]:
    last = page.first_line
    for here, there in zip_longest(skeleton(page), wanted):
        if here is None or there is None or here[1] != there[1]:
            found = shown(here[1]) if here else "nothing"
            allowed = f"{shown(there[1])} as in {reference.file}:{there[0]}" if there else "nothing more"
            yield Problem(page.file, here[0] if here else last, "", f"found {found}, allowed {allowed}")
            return
        last = here[0]


STARTS_WITH = ("index.md", "help.md", "safety.md")  # without these a language is not even begun


def missing_pages(pages: Iterable[PageSource], places: Places) -> list[str]:
    """Pages (``lv/youth/online.md``) that a language should have: all of its country's where it is
    complete, those of `STARTS_WITH` where it is only begun. Another language's text stands in."""
    pages = list(pages)
    written = {(page.language, page.path) for page in pages}
    missing = set()
    for code, country in places.countries.items():
        whole = {page.path for page in pages if page.stands_in(code)}
        for language in country.languages:
            wanted = STARTS_WITH if language in country.record.starts else whole
            missing |= {f"{language}/{path}" for path in wanted if (language, path) not in written}
    return sorted(missing)
