"""Everything that can be checked without building: settings, contacts, words, pages, and how they agree."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
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
from .settings import FILE, read_settings
from .spelling import check_spelling
from .words import Words, find_words


@dataclass(frozen=True)
class Checked:
    """All that is wrong, and the project as far as it can be shown all the same: None where words or
    contacts are wrong. ``unfit`` names the pages (``docs/et/help.md``) that cannot be shown."""

    problems: list[Problem]
    project: Project | None
    pages: list[PageSource]
    unfit: frozenset[str]
    words: Mapping[str, Words]  # as far as they can be read

    @property
    def readable(self) -> list[PageSource]:
        """The pages that can be shown."""
        return [page for page in self.pages if page.file not in self.unfit]

    def good(self) -> Project:
        """The project; `CampaignError` where anything is wrong."""
        if self.problems or self.project is None:
            raise CampaignError(self.problems)
        return self.project


def check_project(root: Path, today: date, release: bool = False) -> Project:
    """The project, where nothing is wrong with it; `CampaignError` with everything that is, but for its
    spelling: a build does not depend on the dictionaries of a machine."""
    return _with_settings(check(root, today, release), root).good()


def check_everything(root: Path, today: date, release: bool = False) -> tuple[Checked, list[str]]:
    """The same with the spelling; and why a language's was not checked, where it was not."""
    checked = _with_settings(check(root, today, release), root)
    spelling = check_spelling(root, checked.readable, checked.words)
    return replace(checked, problems=[*checked.problems, *spelling.problems]), spelling.unchecked


def _with_settings(checked: Checked, root: Path) -> Checked:
    """What MkDocs says of its settings, where nothing is wrong with them so far."""
    from .render import settings_problems

    if any(problem.file == FILE for problem in checked.problems):
        return checked
    return replace(checked, problems=[*checked.problems, *settings_problems(root)])


def check(root: Path, today: date, release: bool = False) -> Checked:
    """Check all but what MkDocs itself says of its settings."""
    settings, problems = read_settings(root)
    words, wrong_words = find_words(root)
    problems += wrong_words
    languages = {path.stem for path in (root / "i18n").glob("*.yml")}
    places = None
    try:
        places = read_places(root, languages, today)
    except CampaignError as error:
        problems += error.problems
    countries = sorted(folder.name for folder in (root / "municipalities").iterdir() if folder.is_dir())
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
    return Checked(problems, project, checked.pages, checked.unfit, words)


def _sheets(root: Path, places: Places, words: Mapping[str, Words]) -> Iterable[Problem]:
    if not any(place.record.referral.written for place in places.municipalities.values()):
        return ()  # as nearly always: what makes a sheet need not be loaded
    from .sheet import sheet_problems

    return sheet_problems(root, places, words)
