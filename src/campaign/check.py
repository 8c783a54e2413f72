"""Everything that can be judged without building: contacts, words, pages, slots, and their parity."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from functools import partial
from itertools import chain
from pathlib import Path

from .coordinators import stale_problems
from .fingerprint import code, digest, files
from .fit import Fit
from .lexicon import read_lexicons
from .page import PageSource, page_sources, with_good_meta
from .parity import check_parity
from .place import Places
from .places import read_places
from .problem import CampaignError, Problem
from .project import Project
from .prose import check_plainness, read_glossaries
from .release import release_problems
from .slot import check_markdown
from .today import latest_day
from .words import Words, read_words
from .workers import Worker


def check_project(root: Path, moment: datetime, release: Collection[str] | None = None) -> Project:
    """The project, where nothing is wrong with it at this moment; `CampaignError` with everything that is.
    ``release`` names the countries and municipalities that are about to be released, () all of them."""
    problems: list[Problem] = []
    words: dict[str, Words] = {}
    places = None
    try:
        words = read_words(root)
    except CampaignError as error:
        problems += error.problems
    languages = words or {path.stem: {} for path in (root / "i18n").glob("*.yml")}
    try:
        places = read_places(root, languages, latest_day(moment))
    except CampaignError as error:
        problems += error.problems
    countries = sorted(folder.name for folder in (root / "municipalities").iterdir() if folder.is_dir())
    pages, unreadable = page_sources(root)
    problems += unreadable
    fit = Fit(places) if places else None
    problems += _pages(root, pages, countries, fit)
    if fit:
        problems += fit.place_problems(root)
    if places:
        problems += stale_problems(root, places)
    if words and places:
        problems += _sheets(root, places, words)
    if release is not None and places:
        problems += release_problems(places.only(release), with_good_meta(pages)[0], moment)
    if problems or places is None:
        raise CampaignError(problems)
    return Project(root, words, places, pages)


def _sheets(root: Path, places: Places, words: Mapping[str, Words]) -> Iterable[Problem]:
    if not any(place.record.referral.written for place in places.municipalities.values()):
        return ()  # as nearly always: what makes a sheet need not be loaded
    from .sheet import sheet_problems

    return sheet_problems(root, places, words)


def _pages(root: Path, pages: list[PageSource], countries: list[str], fit: Fit | None) -> list[Problem]:
    """What is wrong with the pages. That they are good is kept: most builds change a contact's date."""
    known = (part.encode() for part in (*countries, "", *(fit.numbers if fit else ())))
    sources = (part.encode() for page in pages for part in (page.file, page.source))
    key = digest(chain(code(), files(root, "i18n/glossary", "i18n/search"), known, sources))
    good = root / ".cache" / "pages"
    if good.exists() and good.read_text("utf-8") == key:
        return []
    with Worker(partial(_texts, root, pages, countries)) as texts:
        read, problems = with_good_meta(pages)
        if fit:
            problems += (problem for page in read for problem in fit.page_problems(page))
        problems += texts
    if fit and not problems:
        good.parent.mkdir(exist_ok=True)
        good.write_text(key, "utf-8")
    return problems


def _texts(root: Path, pages: list[PageSource], countries: list[str]) -> Iterator[Problem]:
    """What is wrong with the pages' texts, whatever their front matter and the contacts say."""
    for page in pages:
        yield from check_markdown(page.text, page.file, page.first_line, countries)
    yield from check_parity(pages)
    yield from _prose(root, pages)
    try:
        read_lexicons(root)  # they speak of pages
    except CampaignError as error:
        yield from error.problems


def _prose(root: Path, pages: list[PageSource]) -> list[Problem]:
    """Plainness, and the words that each language's glossary avoids."""
    try:
        glossaries = read_glossaries(root)
    except CampaignError as error:
        return error.problems
    problems = []
    for page in pages:
        problems += check_plainness(page)
        if page.language in glossaries:
            problems += glossaries[page.language].check(page)
    return problems
