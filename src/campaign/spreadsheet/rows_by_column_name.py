"""The rows of a sheet that comes back, by the names of its columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..errors import CampaignError, Problem, instead, shown
from ..files.yaml_document import KeyPath
from .columns import ANSWERS, ID, KEYS, NOT_TAKEN, PLACE, VERSION, Column, Kind, named
from .read_or_refuse_cell import Cell, Formula, RefusedCell, read_cell
from .reading import read_sheet


@dataclass(frozen=True)
class Row:
    """One contact of the sheet. ``number`` is the row as a spreadsheet counts it, the names of the columns
    being row 1. ``cells`` are not read yet: what they may be depends on the contact."""

    number: int
    id: str
    place: str
    version: str
    cells: dict[KeyPath, Cell]
    answered: bool  # whether the coordinator has typed an answer


@dataclass(frozen=True)
class Sheet:
    """The rows of a sheet, and the column of each value that it has. ``name`` is its file."""

    name: str
    rows: list[Row]
    columns: dict[KeyPath, Column]
    problems: list[Problem]

    def problem(self, row: int, column: str, found: str, expected: str) -> Problem:
        return Problem(self.name, row, column, found, expected)


def sheet_from(path: Path) -> Sheet:
    """Read the file. Raise `CampaignError` if the columns of its rows cannot be recognised; problems of
    single columns and rows are in the result."""
    first, *others = read_sheet(path)
    sheet = Sheet(path.as_posix(), [], {}, [])
    names = [_name(cell) for cell in first]
    places = {name: index for index, name in reversed([*enumerate(names)])}
    if missing := [key for key in KEYS if key not in places]:
        expected = "this column in the first row, as campaign contacts has written it"
        raise CampaignError(sheet.problem(1, key, "none", expected) for key in missing)
    at = dict(_columns(sheet, names))
    for number, cells in enumerate(others, 2):
        if any(map(_filled, cells)):
            row = [*cells, *[None] * (len(names) - len(cells))]
            keys = dict(_keys(sheet, number, {key: row[places[key]] for key in KEYS}))
            values = {column.path: row[index] for index, column in at.items()}
            answered = any(_filled(row[places[name]]) for name in ANSWERS if name in places)
            if len(keys) == len(KEYS):
                sheet.rows.append(Row(number, keys[ID], keys[PLACE], keys[VERSION], values, answered))
            for index, cell in enumerate(row):
                if _filled(cell) and (index >= len(names) or not names[index]):
                    found, expected = _shown(cell), "no cell without the name of a column in the first row"
                    sheet.problems.append(sheet.problem(number, f"column {index + 1}", found, expected))
    return sheet


def _columns(sheet: Sheet, names: list[str]) -> Iterator[tuple[int, Column]]:
    """Yield each column that is taken, with its position; add it, or its problem, to the sheet."""
    known = [*KEYS, *NOT_TAKEN]
    for index, name in enumerate(names):
        if name and name in names[:index]:
            sheet.problems.append(sheet.problem(1, name, "the column a second time", "each column once"))
        elif name and name not in known:
            column = named(name)
            if column is None or column.path == (ID,):
                near = [*known, "phones 1 number", "organization en", "source url", "source date", "roles"]
                expected = f"a column of campaign contacts{instead(name, near)}"
                sheet.problems.append(sheet.problem(1, name[:60], "an unknown column", expected))
            else:
                sheet.columns[column.path] = column
                yield index, column


def _name(cell: Cell) -> str:
    return " ".join(cell.casefold().split()) if isinstance(cell, str) else str(cell or "")


def _filled(cell: Cell) -> bool:
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))


def _shown(cell: Cell) -> str:
    return shown(cell.text if isinstance(cell, Formula) else cell)


def _keys(sheet: Sheet, number: int, cells: dict[str, Cell]) -> Iterator[tuple[str, str]]:
    """Yield the text of each key of a row; add the problems of the others to the sheet."""
    for column, cell in cells.items():
        try:
            yield column, read_cell(cell, Kind.CODE, "ee")
        except RefusedCell as error:
            sheet.problems.append(sheet.problem(number, column, error.found, error.expected))
