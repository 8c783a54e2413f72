"""Everything that can be judged without building: contacts, words, pages, slots, and their parity."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from .page import PageSource, page_files, read_page
from .parity import check_parity, missing_pages
from .places import read_places
from .problem import CampaignError, Problem
from .prose import average_length, check_plainness, read_glossaries
from .release import release_problems
from .slot import check_markdown
from .words import read_words


def check_project(root: Path, today: date, release: bool = False) -> str:
    """One line that says what was found good; `CampaignError` with everything that is not."""
    problems: list[Problem] = []
    words = {}
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
    problems += _prose(root, pages)
    if release and places:
        problems += release_problems(places, pages, today)
    if problems or places is None:
        raise CampaignError(problems)
    contacts = list(places.contacts())
    lines = [
        f"{language}: {len(own)} pages, {average_length(own):.1f} words a sentence"
        for language in words
        if (own := [page for page in pages if page.language == language])
    ]
    missing = missing_pages(pages, places)
    return "\n".join(
        [
            *lines,
            *(f"warning: docs/{page} is missing; another language's text is shown" for page in missing),
            f"{len(places.municipalities)} municipalities, {len(contacts)} contacts, {len(pages)} pages "
            f"in {len(lines)} languages: no problem.",
        ]
    )


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
