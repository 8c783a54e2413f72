"""Writes the contacts as a sheet, CSV or .xlsx: one row for each contact, in the order in which to call
them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..coordinator.call_list import Entry
from ..errors import CampaignError, Problem, shown
from ..files.csv_guard import guarded
from ..files.project_folders import check_output_file
from ..files.yaml_document import KeyPath, read_document
from ..model.contact import Contact
from ..model.places import Country
from .columns import ANSWERS, ASK, ID, KEYS, NOT_TAKEN, PLACE, STATE, all_paths, cells_of, column
from .contact_version import version_of

_WIDEST = 42  # characters of a column on the screen; longer texts are in the cell all the same
_FIRST = (ID, PLACE)  # stay visible when the coordinator scrolls
# What a caller needs is beside the questions and the answers.
_MAIN = ("roles", "organization", "phones 1 number", "schedule", "source")


def sheet_rows(root: Path, entries: Sequence[Entry]) -> Iterator[list[str | int | None]]:
    """Yield the names of the columns, then one row for each contact in the order of ``entries``."""
    cells: dict[str, Mapping[KeyPath, str]] = {}
    for file in {entry.owner.file for entry in entries}:
        for own in read_document(root / file, root).value.get("contacts", []):
            found = cells_of(own)
            cells[found[(ID,)]] = found
    chosen = [cells[entry.contact.id] for entry in entries]
    languages = {code for entry in entries for code in entry.country.languages}
    paths = all_paths(chosen, languages)
    main = [path for path in paths if path[0] in _MAIN or _heading(path) in _MAIN]
    rest = [path for path in paths if path not in main]
    yield [*KEYS, *STATE, *map(_heading, main), ASK, *ANSWERS, *map(_heading, rest)]
    for entry, contact in zip(entries, chosen, strict=True):
        place = str(entry.owner) if not isinstance(entry.owner, Country) else entry.owner.code
        yield [
            *(entry.contact.id, place, version_of(contact)),
            *(entry.state.in_words, entry.days, entry.places),
            *(contact.get(path, "") for path in main),
            *(_ask(entry.contact), *("" for _ in ANSWERS)),
            *(contact.get(path, "") for path in rest),
        ]


def _heading(path: KeyPath) -> str:
    found = column(path)
    assert found
    return found.name


def _ask(contact: Contact) -> str:
    """Return what the coordinator asks when calling: first whether the facts are right, then missing ones."""
    hours = contact.schedule or next((line.schedule for line in contact.channels if line.schedule), None)
    languages = ", ".join(contact.languages)
    questions = ["Name, number and address right?"]
    questions.append(f"Open {hours}?" if hours else "Which hours?")
    questions.append(f"Languages {languages}?" if languages else "Which languages?")
    if contact.phones and all(phone.free is None for phone in contact.phones):
        questions.append("What does a call cost?")
    return " ".join([*questions, "Do you still take such cases?"])


def as_csv(rows: Iterator[list[str | int | None]]) -> bytes:
    """Return the rows in UTF-8. Excel opens them directly in the languages of these countries because of
    their byte order mark, semicolons and quotes. A text that a spreadsheet would change begins with an
    apostrophe, so ``'+372 660 7320`` keeps its plus and every digit."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")


def write_xlsx(root: Path, path: Path, rows: Iterator[list[str | int | None]]) -> int:
    """Write the rows into a new workbook, all cells as text. Return the number of contacts. Raise
    `CampaignError` for a name that does not end in .xlsx, a file that exists, and a place among the sources
    of the project or in a copy."""
    check_output_file(root, path, ".xlsx", "campaign contacts", "--xlsx")
    table = list(rows)
    content = _xlsx(table)
    try:
        with open(path, "xb") as file:
            file.write(content)
    except FileExistsError:  # it may have answers that somebody has typed
        expected = "the name of a new file: this one exists"
        problem = Problem("campaign contacts", 0, "--xlsx", shown(path.as_posix()), expected)
        raise CampaignError([problem]) from None
    return len(table) - 1


def _xlsx(table: list[list[str | int | None]]) -> bytes:
    from openpyxl import Workbook
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet: Any = book.active
    sheet.title = "contacts"
    grey = PatternFill("solid", fgColor="E0E0E0")
    for number, row in enumerate(table, 1):
        for place, value in enumerate(row, 1):
            cell = sheet.cell(number, place)
            cell.number_format = "@"  # text: no spreadsheet makes a date or another number of it
            if value not in ("", None):
                cell.value = value
                if isinstance(value, str):
                    cell.data_type = "s"  # never a formula
            cell.alignment = Alignment(vertical="top", wrap_text=number > 1 and len(str(value)) > _WIDEST)
            if number == 1:
                cell.font = Font(bold=True)
                if value in NOT_TAKEN or value in KEYS:
                    cell.fill = grey
    for place in range(1, len(table[0]) + 1):
        widest = max(len(str(row[place - 1] or "")) for row in table)
        if table[0][place - 1] == ANSWERS[0]:
            widest = _WIDEST
        sheet.column_dimensions[get_column_letter(place)].width = min(widest, _WIDEST) + 2
    sheet.freeze_panes = sheet.cell(2, len(_FIRST) + 1)
    sheet.auto_filter.ref = sheet.dimensions
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
