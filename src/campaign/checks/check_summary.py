"""The output of ``campaign check`` for a project without problems."""

from __future__ import annotations

from ..errors import counted
from ..page_checks.plain_language import average_length
from ..pages.project import Project


def overview(project: Project) -> str:
    """Return a line for each language with pages, one for each missing page, and the totals."""
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
    totals = ", ".join(
        [
            counted(len(project.places.municipalities), "municipality"),
            counted(sum(1 for _ in project.places.contacts()), "contact"),
            f"{counted(len(project.pages), 'page')} in {counted(len(lines), 'language')}: no problem.",
        ]
    )
    return "\n".join([*lines, *missing, totals])
