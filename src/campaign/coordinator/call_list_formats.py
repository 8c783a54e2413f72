"""The call list as a table for a terminal and as CSV for a spreadsheet."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence

from ..model.channels import Chat
from .call_list import Entry, State

_COLUMNS: dict[str, Callable[[Entry], str | int | None]] = {
    "state": lambda entry: entry.state.in_words,
    "days": lambda entry: entry.days,
    "places": lambda entry: entry.places,
    "id": lambda entry: entry.contact.id,
    "country": lambda entry: entry.country.code,
    "municipality": lambda entry: entry.municipality,
    "role": lambda entry: entry.contact.role.value,
    "organization": lambda entry: entry.organization,
    "phones": lambda entry: " / ".join(phone.number for phone in entry.contact.phones),
    "chats": lambda entry: " / ".join(_chat(chat) for chat in entry.contact.chats),
    "web": lambda entry: entry.contact.web,
    "email": lambda entry: entry.contact.email,
    "address": lambda entry: entry.contact.address,
    "hours": lambda entry: entry.hours,
    "languages": lambda entry: " ".join(entry.contact.languages),
    "source": lambda entry: entry.contact.source.url,
    "source_date": lambda entry: entry.contact.source.date,
    "assured_date": lambda entry: str(entry.contact.assured_date or ""),
    "assurer": lambda entry: entry.contact.assurer,
    "good_until": lambda entry: str(entry.contact.good_until or ""),
    "file": lambda entry: f"{entry.owner.file}:{entry.line}",
}
_IN_TABLE = ("state", "days", "places", "id", "country", "municipality", "role", "phones", "hours", "file")
_WIDEST = 34  # characters in a cell of the table

# The starts of cells, with any separator, that a spreadsheet may read as a formula (OWASP, "CSV Injection"),
# also in full width; and cells that it would change into another number or a date.
_FORMULA = re.compile(r"((?:^|[;,\t\r\n])[\s\"']*)([=+\-@＝＋－＠])")
_NUMBER = re.compile(r"(?=[0-9]+[ /]|0)[0-9 /]+")


def as_csv(entries: Sequence[Entry]) -> bytes:
    """Return one row per contact, with column names, in UTF-8. Excel opens it directly in the languages of
    these countries because of its byte order mark, semicolons and quotes. A text that looks like a formula or
    a number begins with an apostrophe, so ``'+372 660 7320`` keeps its plus and every digit."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL)
    writer.writerow(_COLUMNS)
    for entry in entries:
        writer.writerow(guarded(value(entry)) for value in _COLUMNS.values())
    return out.getvalue().encode("utf-8-sig")


def as_table(entries: Sequence[Entry]) -> str:
    """Return the columns that a caller needs, aligned; the last line counts the contacts of each state."""
    rows = [list(_IN_TABLE)] if entries else []
    rows += [[_cell(entry, name) for name in _IN_TABLE] for entry in entries]
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
    counts = [f"{sum(entry.state is state for entry in entries)} {state}" for state in State]
    return "\n".join([*lines, f"{len(entries)} contacts: {', '.join(counts)}."])


def _cell(entry: Entry, name: str) -> str:
    value = _COLUMNS[name](entry)
    if name == "phones" and not value:  # other ways to reach it
        value = entry.contact.web or entry.contact.email or entry.contact.address
    text = "" if value is None else str(value)
    return text if len(text) <= _WIDEST or name in ("id", "file") else text[: _WIDEST - 1] + "…"


def _chat(chat: Chat) -> str:
    return f"{chat.kind} {chat.url or chat.number}"


def guarded(value: str | int | None) -> str | int | None:
    """Return a cell, with an apostrophe if a spreadsheet would change it: a formula would run, ``0 800 …``
    would lose its zero, and ``24/7`` would become a day in July."""
    if not isinstance(value, str):
        return value
    return f"'{value}" if _NUMBER.fullmatch(value) else _FORMULA.sub(r"\1'\2", value)
