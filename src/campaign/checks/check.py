"""All checks that need no build: settings, contacts, words and pages, and their agreement."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from ..claims.promises import carried_by
from ..claims.reviewed_texts import counted_readings, future_reviews, readings
from ..errors import CampaignError, Problem, counted
from ..files.source_file import entries
from ..model.places import Places
from ..page_checks.pages_check import CheckedPages, check_pages
from ..page_checks.spelling import check_spelling
from ..page_checks.stray_contacts import StrayContacts
from ..pages.mkdocs_settings import FILE, read_settings
from ..pages.page import PageSource, page_sources, with_good_meta
from ..pages.project import Project
from ..pages.ui_strings import Words, find_words
from ..portal.door_reading import door_file_problems
from ..site.template_syntax_check import theme_problems
from ..source.coordinators import stale_problems
from ..source.municipalities import find_places
from ..source.select_municipalities import in_scope
from ..today import latest_day
from ..translation.states import Translations
from ..translation.translation_problems import record_problems
from ..translation.translation_problems import release_problems as texts_behind
from ..translation.translation_records import find_records
from .good_pages_cache import GoodPages, pages_key
from .release_check import contacts_counted, release_problems

# Whatever else somebody puts into a country's folder is a wrong file of one place, too.
_MUNICIPALITY = re.compile(r"municipalities/([a-z]{2}/[^_./][^/]*?)(?:\.yml)?(?:/.*)?", re.S)


@dataclass(frozen=True)
class Checked:
    """All problems, and the project as far as it can be shown: without municipalities whose files are wrong,
    None if words or a country are wrong. ``unfit`` pages (``docs/et/help.md``) cannot be shown."""

    problems: list[Problem]
    project: Project | None
    pages: list[PageSource]
    unfit: frozenset[str]
    words: Mapping[str, Words]  # as far as they are readable
    held_back: Mapping[str, list[Problem]] = field(default_factory=dict)  # by the name of the municipality
    known: bool = False  # whether pages, words and settings are known to be good and were not checked
    key: str | None = None  # of pages and words that were checked and are good
    counts: str = ""  # of a release check: where each contact is counted, and which texts nobody has read

    @property
    def general(self) -> list[Problem]:
        """The problems that concern more than one municipality: each of them prevents every build."""
        return [p for p in self.problems if not p.contested and not municipality_of(p)]

    def good(self, names: Collection[str] = ()) -> Project:
        """Return the project; raise `CampaignError` if there is any problem. With ``names`` of countries
        (``ee``) or municipalities (``ee/tartu``), problems in the files of other places do not count."""
        here = [p for p in self.problems if not (place := municipality_of(p)) or in_scope(place, names)]
        if here or self.project is None:
            elsewhere = len(self.problems) - len(here)
            more = f"{counted(elsewhere, 'more problem')} in files of other places." if elsewhere else ""
            raise CampaignError(here or self.problems, f"{self.counts} {more}".strip())
        return self.project


def check_project(root: Path, moment: datetime) -> Project:
    """Return the project; raise `CampaignError` with all its problems at this moment except spelling."""
    return check_whole(root, moment).good()


def read_project(root: Path, moment: datetime) -> Project:
    """Return the project for a command that only reads contacts and texts; raise `CampaignError` with all
    their problems at this moment except spelling. Templates, scripts and MkDocs' settings are left out: only
    a build needs them, and in a small project their check takes longer than everything else."""
    return check(root, moment).good()


def check_whole(
    root: Path,
    moment: datetime,
    release: Collection[str] | None = None,
    found: Iterable[Problem] = (),
    good_pages: GoodPages | None = None,
) -> Checked:
    """Check everything that a build needs, including MkDocs' own check of its settings. Spelling is left out,
    because a build must not depend on the dictionaries of a machine. The problems ``found`` before are
    included. ``release`` names the countries and municipalities of a release; () means all. Pages, settings
    and templates that ``good_pages`` knows are not checked again."""
    problems = [*found]
    checked = check(root, moment, release, problems, good_pages)
    left_out = {problem.file for problem in problems}  # otherwise they would also be reported as missing
    problems = [*problems, *(problem for problem in checked.problems if problem.file not in left_out)]
    if not checked.known:
        from ..site.mkdocs_build import settings_problems

        wrong = [*theme_problems(root)]
        told = {_setting(problem) for problem in problems if problem.file == FILE}
        if any(problem.file.startswith("hooks/") for problem in wrong):
            told.add("hooks")
        wrong += (problem for problem in settings_problems(root) if _setting(problem) not in told)
        if good_pages and checked.key and not wrong and not told:
            good_pages.remember(checked.key)
        problems += wrong
    return replace(checked, problems=problems, held_back=held_back_by(problems))


def _setting(problem: Problem) -> str:
    """Return the key of mkdocs.yml that a problem of it is about, such as ``nav``."""
    return re.split(r"[.\[]", problem.field)[0]


def with_spelling(root: Path, checked: Checked) -> tuple[Checked, list[str]]:
    """Add the spelling problems. Also return each language that was not checked, with the reason."""
    spelling = check_spelling(root, checked.pages, checked.words, checked.unfit)
    return replace(checked, problems=[*checked.problems, *spelling.problems]), spelling.unchecked


def check(
    root: Path,
    moment: datetime,
    release: Collection[str] | None = None,
    left_out: Iterable[Problem] = (),
    good_pages: GoodPages | None = None,
) -> Checked:
    """Check everything except MkDocs' own check of its settings. ``left_out`` are the problems of files that
    were not copied into ``root``."""
    settings, problems = read_settings(root)
    words, wrong_words = find_words(root)
    problems += wrong_words
    languages = {path.stem for path in entries(root / "i18n") if path.suffix == ".yml"}
    found = find_places(root, languages, latest_day(moment))
    places = found.places if found.whole else None
    problems += found.problems
    countries = [folder.name for folder in entries(root / "municipalities") if folder.is_dir()]
    stray = StrayContacts(found.places, [owner for owner, _ in found.parts])
    carried = [carried_by(country) for country in places.countries.values()] if places else []
    key = pages_key(root, places, countries, stray, carried) if places and good_pages else None
    known = bool(good_pages and key and not problems and good_pages.known(key))
    if known:
        checked = CheckedPages(page_sources(root)[0])
    else:
        checked = check_pages(root, settings, words, languages, countries, stray, carried, left_out)
    wrong_records = [] if known else [*record_problems(root, checked.pages)]
    if checked.problems or wrong_words or wrong_records or settings is None:
        key = None
    problems += checked.problems
    problems += wrong_records
    problems += stray.place_problems(root, found.parts)
    not_copied = [*held_back_by(left_out)]
    # A wrong file may contain what seems to be missing.
    problems += stale_problems(root, found.places, [*not_copied, *held_back_by(found.problems)])
    problems += door_file_problems(root, not_copied)
    if not wrong_words:
        problems += _sheets(root, _whole(found.places, problems), words)
    good = with_good_meta(checked.pages)[0]
    problems += future_reviews(good, latest_day(moment))
    counts = ""
    if release is not None and places:
        released = places.only(release)
        problems += release_problems(released, good, moment)
        texts = readings(good, [*released.countries.values()])
        counts = f"{contacts_counted(released, good, moment)} {counted_readings(texts)}"
        translations = Translations.of(checked.pages, words, find_records(root, with_sources=False)[0])
        offered = {language for country in released.countries.values() for language in country.languages}
        problems += texts_behind(translations, offered)
    held_back = held_back_by(problems)
    project = None
    if places and not wrong_words:
        project = Project(root, words, places.without(held_back), checked.pages)
    return Checked(problems, project, checked.pages, checked.unfit, words, held_back, known, key, counts)


def held_back_by(problems: Iterable[Problem]) -> dict[str, list[Problem]]:
    """Return the municipalities (``ee/narva``) that have problems in their own files, with these. Values that
    two municipalities share hold back neither: one could otherwise block the other."""
    found: dict[str, list[Problem]] = {}
    for problem in problems:
        if not problem.contested and (name := municipality_of(problem)):
            found.setdefault(name, []).append(problem)
    return found


def municipality_of(problem: Problem) -> str | None:
    """Return the municipality (``ee/narva``) in whose own file a problem is; None for any other file."""
    file = _MUNICIPALITY.fullmatch(problem.file)
    return file[1] if file else None


def _whole(places: Places, problems: Iterable[Problem]) -> Places:
    """Return the places without problems in their own files and their countries' files: only their referral
    orders can be laid out."""
    wrong = {problem.file for problem in problems}
    return places.without(
        [
            str(place)
            for place in places.municipalities.values()
            if wrong.intersection((place.file, place.country.file))
        ]
    )


def _sheets(root: Path, places: Places, words: Mapping[str, Words]) -> Iterable[Problem]:
    if not any(place.record.referral.written for place in places.municipalities.values()):
        return ()  # the usual case: the layout of sheets need not be loaded
    from ..professionals.referral_sheet import sheet_problems

    return sheet_problems(root, places, words)
