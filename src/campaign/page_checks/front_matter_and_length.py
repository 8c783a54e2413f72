"""Checks a page's front matter (quiet title, countries, earlier paths), its length, and its last slot."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from ..errors import Problem, shown
from ..files.yaml_document import parse_document
from ..pages.page import PageSource, PartOfPage
from ..pages.slots import comments, for_country
from .plain_language import Glossary, count_words

MOST_WORDS = {True: 600, False: 1_500}  # of a readers' page, of any other page; in each country
# Readers' pages that need not end in contacts; the theme adds something to the last one.
_WITHOUT_CONTACTS = ("index.md", "safety.md", "find.md")


def rule_problems(
    pages: Collection[PageSource],
    parts: Iterable[PartOfPage],
    countries: Collection[str],
    glossaries: Mapping[str, Glossary],
) -> Iterator[Problem]:
    """Yield a problem for each broken rule. The front matter of the pages must be right; the others are the
    ``parts``."""
    quiet = tuple(stem for glossary in glossaries.values() for stem in glossary.quiet)
    for page in pages:
        yield from _of_page(page, tuple(countries), quiet)
    for page in parts:
        yield from filter(page.part.certain, _of_page(page, tuple(countries), quiet))
    yield from _same("countries", pages)
    yield from _same("moved_from", pages)
    yield from _moved(pages)


@lru_cache(1024)  # a preview looks only at changed pages again
def _of_page(page: PageSource, countries: Collection[str], quiet: Iterable[str]) -> Sequence[Problem]:
    problems = [*_length(page, countries), *_countries(page, countries)]
    if page.audience.reads_for_help:
        problems += [*_quietness(page, quiet), *_end(page)]
    return problems


def _quietness(page: PageSource, stems: Iterable[str]) -> Iterator[Problem]:
    for place, text in (("title", page.meta.title), ("", page.path)):
        said = text.lower() if place else text.replace("-", " ")
        if loud := next((stem for stem in stems if stem in said), None):
            found = f"{shown(text)}, which contains {shown(loud)}"
            expected = "a quiet title and address, because both stay in the browser's history"
            document = parse_document(page.front_matter, page.file, first_line=2) if place else None
            yield Problem(page.file, document.line((place,)) if document else 0, place, found, expected)


def _length(page: PageSource, countries: Iterable[str]) -> Iterator[Problem]:
    most = MOST_WORDS[page.audience.reads_for_help]
    counts = {country: count_words(for_country(page.text, country)) for country in countries}
    if counts and (longest := max(counts.values())) > most:
        country = max(counts, key=lambda code: counts[code])
        found = f"{longest} words in the copies of {country}"
        yield Problem(page.file, page.first_line, "", found, f"at most {most} words")


def _end(page: PageSource) -> Iterator[Problem]:
    if page.path in _WITHOUT_CONTACTS:
        return
    slots = [comment for comment in comments(page.text) if comment.kind in ("contacts", "phone")]
    if not slots or slots[-1].kind != "contacts":
        line = page.first_line + page.text.rstrip().count("\n")
        expected = "<!-- contacts: ROLE, ROLE --> as the last slot of a readers' page"
        yield Problem(page.file, line, "", "no contacts at its end", expected)


def _countries(page: PageSource, known: Collection[str]) -> Iterator[Problem]:
    if unknown := [code for code in page.meta.countries if code not in known]:
        document = parse_document(page.front_matter, page.file, first_line=2)
        yield document.problem(
            ("countries",), ", ".join(unknown), f"one or more of the countries {', '.join(sorted(known))}"
        )


def _same(key: str, pages: Iterable[PageSource]) -> Iterator[Problem]:
    """Yield a problem for each page whose list ``key`` in front matter is another in another language."""
    first: dict[str, PageSource] = {}
    for page in pages:
        other = first.setdefault(page.path, page)
        here, there = (getattr(one.meta, key) for one in (page, other))
        if set(here) != set(there):
            found, expected = (", ".join(listed) or "none" for listed in (here, there))
            yield Problem(page.file, 2, key, found, f"{expected} as in {other.file}")


def _moved(pages: Collection[PageSource]) -> Iterator[Problem]:
    """Yield a problem for each earlier path that is a page now, or that two pages name."""
    there = {page.path: page for page in reversed([*pages])}
    owners: dict[str, PageSource] = {}
    for page in pages:
        for index, old in enumerate(page.meta.moved_from):
            document = parse_document(page.front_matter, page.file, first_line=2)
            owner = owners.setdefault(old, page)
            if old in there:
                found = f"{shown(old)}, which is the page {there[old].file}"
                yield document.problem(("moved_from", index), found, "a path at which no page is any more")
            elif owner.path != page.path:
                found = f"{shown(old)}, which {owner.file} names already"
                yield document.problem(("moved_from", index), found, "each earlier path on one page only")
            elif old in page.meta.moved_from[:index]:
                yield document.problem(("moved_from", index), f"{shown(old)} twice", "each path once")
