"""All checks of the pages of docs/ and of its other files."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Generic, TypeVar

from ..claims.promises import Carried, Promises
from ..errors import CampaignError, Problem
from ..pages.allowed_docs_files import find_docs, is_picture
from ..pages.languages_of_each_country import read_offers, required_problems
from ..pages.mkdocs_settings import DEFAULT_EXTENSIONS, Extensions, Settings
from ..pages.page import PageSource, PartOfPage, page_sources, parts, with_good_meta
from ..pages.search_synonyms_and_endings import read_lexicons
from ..pages.slots import check_markdown
from ..pages.ui_strings import Words
from ..source.country_and_its_places import COUNTRY_FILE
from .front_matter_and_length import rule_problems
from .html_reader import Markup, read_markup
from .links import link_problems, linked_sites
from .navigation import navigation_problems
from .parity import check_parity
from .pictures import Picture, picture_problems, read_picture
from .plain_language import Glossary, check_characters, check_plainness, read_glossaries
from .stray_contacts import StrayContacts

_PAGE = re.compile(r"docs/[a-z]{2}/.+\.md")
Value = TypeVar("Value")
_NOTHING = "---\n---\n"  # a page with neither front matter nor text


@dataclass
class CheckedPages:
    """The pages that have front matter, and all problems. ``unfit`` are the files with wrong front matter,
    slots or HTML: they cannot be shown as they are."""

    pages: list[PageSource]
    problems: list[Problem] = field(default_factory=list)
    unfit: frozenset[str] = frozenset()


def check_pages(
    root: Path,
    settings: Settings | None,
    words: Mapping[str, Words],
    languages: Collection[str],
    countries: Collection[str],
    stray_contacts: StrayContacts,
    carried: Collection[Carried] = (),
    left_out: Iterable[Problem] = (),
) -> CheckedPages:
    """Read and check every page. ``languages`` have a file of words, ``countries`` a folder. Checks that need
    missing settings are skipped. ``carried`` is what each country's contacts carry, as
    far as it is known. ``left_out`` are problems of files not in ``root``."""
    files, stray = find_docs(root, languages)
    sources, unreadable = page_sources(root)
    docs = {f"docs/{name}" for name in files}
    pages = [page for page in sources if page.file in docs]
    unreadable = [problem for problem in unreadable if problem.file in docs]
    good, wrong_meta = with_good_meta(pages)
    misnamed = [page for page in sources if page.file in {problem.file for problem in stray}]
    slots = [problem for page in (*pages, *misnamed) for problem in _slots(page, tuple(countries))]
    extensions = settings.extensions if settings else DEFAULT_EXTENSIONS
    markups = [_markup(page, extensions) for page in pages]
    unfit = [*unreadable, *wrong_meta, *slots, *(problem for m in markups for problem in m.problems)]
    unfit += (problem for page in misnamed for problem in _markup(page, extensions).problems)
    wrong = parts(pages)
    problems = [*stray, *unfit, *check_parity(pages, slots)]
    problems += _prose(root, pages, good, wrong, countries, carried)
    there = [*markups, *map(_unread, [*unreadable, *(p for p in left_out if _PAGE.fullmatch(p.file))])]
    problems += _links(root, files, stray, there, languages)
    if settings:
        problems += navigation_problems(settings, [markup.page for markup in there], words)
    keyed = Keyed(stray_contacts.key, stray_contacts)
    known = [page for page in wrong if not page.part.lacks("sources", "allowed")]
    problems += (problem for page in (*good, *known) for problem in _strays(page, keyed))
    return CheckedPages(pages, problems, frozenset(problem.file for problem in unfit))


# A preview looks only at changed pages again.


@dataclass(frozen=True)
class Keyed(Generic[Value]):
    """A value that equals every other with the same key."""

    key: str
    value: Value = field(compare=False)


@lru_cache(1024)
def _strays(page: PageSource, contacts: Keyed[StrayContacts]) -> Sequence[Problem]:
    return [*contacts.value.page_problems(page)]


@lru_cache(1024)
def _promises(page: PageSource, promises: Keyed[Promises]) -> Sequence[Problem]:
    return [*promises.value.problems(page)]


@lru_cache(1024)
def _slots(page: PageSource, countries: Sequence[str]) -> Sequence[Problem]:
    return check_markdown(page.text, page.file, page.first_line, countries)


@lru_cache(1024)
def _language(page: PageSource, glossary: Glossary | None) -> Sequence[Problem]:
    words = glossary.check(page) if glossary else ()
    return [*check_plainness(page), *check_characters(page), *words]


@lru_cache(1024)
def _markup(page: PageSource, extensions: Extensions) -> Markup:
    return read_markup(page, extensions)


def _unread(problem: Problem) -> Markup:
    """Return an empty page for one that exists but cannot be read: other pages may link to it."""
    _, language, path = problem.file.split("/", 2)
    return Markup(PageSource(problem.file, language, path, _NOTHING, len(_NOTHING)), problems=[problem])


def _links(
    root: Path,
    files: Collection[str],
    stray: Collection[Problem],
    markups: list[Markup],
    languages: Collection[str],
) -> Iterator[Problem]:
    """Check what pages need from each other and from other files."""
    offers = read_offers(root)
    yield from required_problems(offers, [markup.page for markup in markups], languages)
    names = [name for name in files if is_picture(name)]
    pictures: dict[str, Picture] = {}
    for name in names:
        picture = read_picture(root / "docs" / name, root)
        if isinstance(picture, Picture):
            pictures[name] = picture
        else:
            yield from picture
    there = [*names, *(problem.file.removeprefix("docs/") for problem in stray)]  # including the wrong ones
    sites = list(linked_sites(offers, markups, there))
    yield from link_problems(sites, markups)
    # If a country's file cannot be read, nobody knows what its pages show.
    every_country = len(offers) == len([*(root / "municipalities").glob(f"*/{COUNTRY_FILE}")])
    yield from picture_problems(sites, names, pictures, every_country)


def _prose(
    root: Path,
    pages: list[PageSource],
    good: list[PageSource],
    wrong: list[PartOfPage],
    countries: Collection[str],
    carried: Collection[Carried],
) -> Iterator[Problem]:
    """Check the style of the pages, and the files of words behind that check."""
    glossaries, problems = read_glossaries(root)
    yield from problems
    yield from rule_problems(good, wrong, countries, glossaries)
    promises = Promises(carried, {language: own.promises for language, own in glossaries.items()})
    keyed = Keyed(promises.key, promises)
    known = [page for page in wrong if not page.part.lacks("countries")]
    for page in (*good, *known):
        yield from _promises(page, keyed)
    for page in pages:
        yield from _language(page, glossaries.get(page.language))
    try:
        read_lexicons(root)
    except CampaignError as error:
        yield from error.problems
