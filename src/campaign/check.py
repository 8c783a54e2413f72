"""Everything that can be judged without building: contacts, words, pages, slots, and their parity."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from .page import page_files, read_page
from .places import read_places
from .problem import CampaignError, Problem
from .slot import check_markdown
from .words import read_words


def check_project(root: Path, today: date) -> str:
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
    pages = 0
    for path in page_files(root):
        try:
            page = read_page(path, root)
        except CampaignError as error:
            problems += error.problems
            continue
        pages += 1
        problems += check_markdown(page.text, page.file, page.first_line, countries)
    if problems or places is None:
        raise CampaignError(problems)
    contacts = list(places.contacts())
    return (
        f"{len(places.municipalities)} municipalities, {len(contacts)} contacts, {pages} pages "
        f"in {len(words)} languages: no problem."
    )
