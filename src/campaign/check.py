"""Everything that can be checked without building: settings, contacts, words, pages, and how they agree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from .check_pages import check_pages
from .fit import Fit
from .page import PageSource, with_good_meta
from .place import Places
from .places import read_places
from .problem import CampaignError, Problem
from .project import Project
from .release import release_problems
from .settings import read_settings
from .source_file import entries
from .words import Words, find_words


@dataclass(frozen=True)
class Checked:
    """All that is wrong, and the project as far as it can be shown all the same: None where words or
    contacts are wrong. ``unfit`` names the pages (``docs/et/help.md``) that cannot be shown."""

    problems: list[Problem]
    project: Project | None
    pages: list[PageSource]
    unfit: frozenset[str]


def check_project(root: Path, today: date, release: bool = False, found: Iterable[Problem] = ()) -> Project:
    """The project, where nothing is wrong with it; `CampaignError` with everything that is, and with what was
    ``found`` before."""
    from .render import settings_problems

    checked = check(root, today, release)
    problems = [*found, *checked.problems]
    if not any(problem.file == "mkdocs.yml" for problem in problems):
        problems = [*problems, *settings_problems(root)]
    if problems or checked.project is None:
        raise CampaignError(problems)
    return checked.project


def check(root: Path, today: date, release: bool = False) -> Checked:
    """Check all but what MkDocs itself says of its settings."""
    settings, problems = read_settings(root)
    words, wrong_words = find_words(root)
    problems += wrong_words
    languages = {path.stem for path in entries(root / "i18n") if path.suffix == ".yml"}
    places = None
    try:
        places = read_places(root, languages, today)
    except CampaignError as error:
        problems += error.problems
    countries = [folder.name for folder in entries(root / "municipalities") if folder.is_dir()]
    fit = Fit(places) if places else None
    checked = check_pages(root, settings, words, languages, countries, fit)
    problems += checked.problems
    if fit:
        problems += fit.place_problems(root)
    if places and not wrong_words:
        problems += _sheets(root, places, words)
    if release and places:
        problems += release_problems(places, with_good_meta(checked.pages)[0], today)
    project = Project(root, words, places, checked.pages) if places and not wrong_words else None
    return Checked(problems, project, checked.pages, checked.unfit)


def _sheets(root: Path, places: Places, words: Mapping[str, Words]) -> Iterable[Problem]:
    if not any(place.record.referral.written for place in places.municipalities.values()):
        return ()  # as nearly always: what makes a sheet need not be loaded
    from .sheet import sheet_problems

    return sheet_problems(root, places, words)
