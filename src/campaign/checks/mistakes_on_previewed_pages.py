"""What a preview says on a page about the page itself: all that the check finds, and what its translation
needs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from ..errors import CampaignError, Problem
from ..page_checks.spelling import check_spelling
from ..pages.page import PageSource
from ..translation.states import State, Translations
from ..translation.states_as_table import difference
from ..translation.translation_records import find_records
from .check import Checked

Notes = Mapping[str, Sequence[tuple[int, str]]]  # for each file: line and message

_SAID = {
    State.BEHIND: "This section is behind its source",
    State.UNREAD: "Nobody has said that this section says what its source says",
    State.AHEAD: "This section has changed, and its source has not",
}


def page_notes(root: Path, checked: Checked, languages: Collection[str]) -> Notes:
    """Return the notes of each page in these languages."""
    notes: dict[str, list[tuple[int, str]]] = {}
    pages = [page for page in checked.pages if page.language in languages]
    problems = [*checked.problems, *_spelling(root, checked, pages)]
    files = {page.file for page in pages}
    for problem in sorted(set(problems)):
        if problem.file in files:
            notes.setdefault(problem.file, []).append((problem.line, str(problem)))
    for file, line, said in _translations(root, pages, checked.pages):
        notes.setdefault(file, []).append((line, said))
    return notes


def _spelling(root: Path, checked: Checked, pages: Sequence[PageSource]) -> list[Problem]:
    """Return the words that no dictionary knows."""
    languages = {page.language for page in pages} & set(checked.words)
    try:
        return check_spelling(root, pages, languages, checked.unfit).problems
    except CampaignError:  # the check itself reports wrong words of the interface
        return []


def _translations(
    root: Path, pages: Sequence[PageSource], everything: Sequence[PageSource]
) -> Iterator[tuple[str, int, str]]:
    """Yield file, line and message for each section that is not current, if its language has records."""
    records, _ = find_records(root)
    files = {page.file for page in pages if page.language in records.of}
    for text in Translations.of(everything, {}, records).texts if files else ():
        if text.file in files and (said := _SAID.get(text.state)):
            command = f"campaign translated {text.name} -l {text.language}"
            note = f"{text.file}:{text.line}: {text.section}: {said}. Once both say the same, run: {command}"
            change = difference(text)
            yield text.file, text.line, f"{note}. The change of the source: {change}" if change else note
