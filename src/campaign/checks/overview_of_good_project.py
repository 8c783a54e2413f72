"""The output of ``campaign check`` for a project without problems."""

from __future__ import annotations

from datetime import datetime

from ..claims.until_days import warnings
from ..errors import counted
from ..page_checks.plain_language import average_length
from ..pages.project import Project
from ..translation.states import Translations
from ..translation.translation_problems import in_words
from ..translation.translation_records import find_records


def overview(project: Project, moment: datetime) -> str:
    """Return a line for each language with pages, one for each with texts that are behind their source, one
    for each missing page, one for each sentence whose day is near or past, and the totals."""
    by_language = {
        language: [page for page in project.pages if page.language == language] for language in project.words
    }
    lines = [
        f"{language}: {counted(len(own), 'page')}, {average_length(own):.1f} words a sentence"
        for language, own in by_language.items()
        if own
    ]
    missing = [
        f"warning: docs/{page} is missing; another language's text is shown" for page in project.missing
    ]
    countries = [*project.places.countries.values()]
    days = [said for _, said in sorted(warnings(project.pages, countries, moment))]
    translations = Translations.of(project.pages, project.words, find_records(project.root)[0])
    totals = ", ".join(
        [
            counted(len(project.places.municipalities), "municipality"),
            counted(sum(1 for _ in project.places.contacts()), "contact"),
            f"{counted(len(project.pages), 'page')} in {counted(len(lines), 'language')}: no problem.",
        ]
    )
    return "\n".join([*lines, *in_words(translations), *missing, *days, totals])
