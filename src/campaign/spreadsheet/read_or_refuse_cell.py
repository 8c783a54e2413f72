"""Reads one cell correctly, or refuses it and says what a spreadsheet has done to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from ..errors import shown
from ..files.csv_guard import unguarded
from ..model.channels import is_short
from ..text.phone_numbers import well_formed_instead
from .columns import Kind, as_list


@dataclass(frozen=True)
class Formula:
    """A cell that a spreadsheet would compute."""

    text: str


# What a cell of a file may be. CSV has texts only; a workbook also has numbers, dates and formulas.
Cell = str | int | float | bool | date | datetime | time | timedelta | Formula | None


class RefusedCell(ValueError):
    """A cell that has lost what it said: ``found`` and ``expected`` of a problem."""

    def __init__(self, found: str, expected: str) -> None:
        super().__init__(found, expected)
        self.found, self.expected = found, expected


_SPACES = re.compile("[\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{FIGURE SPACE}]")
_ROUNDED = re.compile(r"[-+]?[0-9]+(?:[.,][0-9]+)?E[+-]?[0-9]+", re.I)
_ERROR = re.compile(r"#(?:N/A|[^\W\d_]+(?:/[^\W\d_]+)?[!?]|#+)|#DIV/0!")
_LOCAL_DATE = re.compile(r"[0-9]{1,4}[./][0-9]{1,2}[./][0-9]{1,4}\.?|[0-9]{1,2}-[0-9]{1,2}-[0-9]{2,4}")
_SERIAL = re.compile(r"[1-6][0-9]{4}")
_DAY_ZERO = date(1899, 12, 30)  # of the days that spreadsheets count
# The code pages of Windows in these countries. Text in UTF-8 that was read as one of them is garbled.
_CODE_PAGES = ("cp1252", "cp1257", "cp1251")


def read_cell(cell: Cell, kind: Kind, country: str, before: str = "") -> str:
    """Return the text of a cell as the file of a contact has it. ``country`` is the code of the contact's
    country, for phone numbers; ``before`` is the present text. Raise `RefusedCell`."""
    if isinstance(cell, Formula):
        raise RefusedCell(f"the formula {shown(cell.text)}", "a value, because formulas are never computed")
    if isinstance(cell, bool):
        if kind is not Kind.FLAG:
            raise RefusedCell(f"the truth value {str(cell).upper()}", "text")
        return str(cell).lower()
    if isinstance(cell, date | time | timedelta):
        return _from_date(cell, kind)
    if isinstance(cell, int | float):
        return _from_number(cell, kind, country)
    return before if cell == before else _from_text(cell or "", kind, country, before)


def _from_date(cell: date | time | timedelta, kind: Kind) -> str:
    if isinstance(cell, datetime) and cell.time() == time():
        cell = cell.date()
    if kind is Kind.DATE and type(cell) is date:
        return cell.isoformat()
    raise RefusedCell(f"the date or time {cell}", f"{kind.value}, typed as text")


def _from_number(cell: int | float, kind: Kind, country: str) -> str:
    text = str(int(cell)) if float(cell).is_integer() and abs(cell) < 1e15 else f"{cell:g}"
    if kind is Kind.NUMBER and is_short(text) and len(text) <= 6:
        return text  # a short code has no sign or space to lose
    if kind is Kind.NUMBER:
        _number(text, country)
        raise RefusedCell(f"the number {text}", "a phone number as text, with its + or its 0")
    if kind is Kind.DATE:
        return _date(text)
    raise RefusedCell(f"the number {text}", f"{kind.value}, typed as text")


def _from_text(text: str, kind: Kind, country: str, before: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    if text.startswith(("=", "＝")):
        raise RefusedCell(f"the formula {shown(text)}", "a value, because formulas are never computed")
    if _ERROR.fullmatch(text):
        raise RefusedCell(f"{shown(text)}, a spreadsheet's sign for an error", "a value")
    text = unguarded(text)
    if kind is Kind.TEXT:
        return _letters(text, before)
    text = _SPACES.sub(" ", text)
    match kind:
        case Kind.NUMBER:
            return _number(text, country)
        case Kind.DATE:
            return _date(text)
        case Kind.FLAG:
            return text.lower() if text.isascii() else text
        case Kind.LIST:
            return as_list(text)
        case _:
            return text


def _number(text: str, country: str) -> str:
    if _ROUNDED.fullmatch(text):
        found = f"{shown(text)}: a spreadsheet has rounded it"
        raise RefusedCell(found, "every digit of the phone number, as text")
    if text[:1].isdigit() and text[0] != "0" and well_formed_instead(text, country):
        for lost, whole in (("+", f"+{text}"), ("0", f"0 {text}" if " " in text else f"0{text}")):
            if not well_formed_instead(whole, country):
                raise RefusedCell(f"{shown(text)}, which has lost the {lost} at its start", shown(whole))
    return text


def _date(text: str) -> str:
    expected = "YYYY-MM-DD, YYYY-MM, YYYY, YYYY/YYYY or undated, as text"
    if _LOCAL_DATE.fullmatch(text):
        raise RefusedCell(f"{shown(text)}, a date in local order", expected)
    if _SERIAL.fullmatch(text):
        day = _DAY_ZERO + timedelta(int(text))
        raise RefusedCell(f"{shown(text)}, a spreadsheet's number for the day {day}", expected)
    return text


def _letters(text: str, before: str) -> str:
    """Return a text; refuse it if its letters were lost or garbled when the sheet was saved."""
    lost = len(text) == len(before) and text != before and "?" in text
    if lost and all(new in ("?", old) for new, old in zip(text, before, strict=True)):
        raise RefusedCell(f"{shown(text)}, which lost letters when the sheet was saved", shown(before))
    for page in _CODE_PAGES if not text.isascii() else ():
        try:
            meant = text.encode(page).decode("utf-8")
        except UnicodeError:
            continue
        raise RefusedCell(f"{shown(text)}, because UTF-8 was read as {page}", shown(meant))
    return text
