"""Everything that can be judged without building: contacts, words, pages, slots, and their parity."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from .lexicon import read_lexicons
from .page import PageSource, page_files, read_page
from .parity import check_parity, missing_pages
from .place import Places
from .places import read_places
from .problem import CampaignError, Problem
from .prose import average_length, check_plainness, read_glossaries
from .release import release_problems
from .slot import check_markdown
from .words import Words, read_words


@dataclass(frozen=True)
class Project:
    """Everything that editors wrote, read once and found good."""

    words: dict[str, Words]
    places: Places
    pages: list[PageSource]

    @property
    def missing(self) -> list[str]:
        return missing_pages(self.pages, self.places)

    def __str__(self) -> str:
        """What ``campaign check`` prints: each language, each missing page, the totals."""
        by_language = {
            language: [page for page in self.pages if page.language == language] for language in self.words
        }
        lines = [
            f"{language}: {len(own)} pages, {average_length(own):.1f} words a sentence"
            for language, own in by_language.items()
            if own
        ]
        return "\n".join(
            [
                *lines,
                *(
                    f"warning: docs/{page} is missing; another language's text is shown"
                    for page in self.missing
                ),
                f"{len(self.places.municipalities)} municipalities, "
                f"{len(list(self.places.contacts()))} contacts, "
                f"{len(self.pages)} pages in {len(lines)} languages: no problem.",
            ]
        )


def check_project(root: Path, today: date, release: bool = False) -> Project:
    """The project, where nothing is wrong with it; `CampaignError` with everything that is."""
    problems: list[Problem] = []
    words: dict[str, Words] = {}
    places = None
    try:
        words = read_words(root)
    except CampaignError as error:
        problems += error.problems
    languages = words or {path.stem: {} for path in (root / "i18n").glob("*.yml")}
    try:
        places = read_places(root, languages, today)
    except CampaignError as error:
        problems += error.problems
    countries = sorted(folder.name for folder in (root / "municipalities").iterdir() if folder.is_dir())
    pages = []
    for path in page_files(root):
        try:
            page = read_page(path, root)
        except CampaignError as error:
            problems += error.problems
            continue
        pages.append(page)
        problems += check_markdown(page.text, page.file, page.first_line, countries)
    problems += check_parity(pages)
    try:
        read_lexicons(root)
    except CampaignError as error:
        problems += error.problems
    problems += _prose(root, pages)
    if release and places:
        problems += release_problems(places, pages, today)
    if problems or places is None:
        raise CampaignError(problems)
    return Project(words, places, pages)


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
