"""The call list as a table for a terminal."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ..errors import counted
from .call_list import Entry, State

_COLUMNS: dict[str, Callable[[Entry], str | int | None]] = {
    "state": lambda entry: entry.state.in_words,
    "days": lambda entry: entry.days,
    "places": lambda entry: entry.places,
    "id": lambda entry: entry.contact.id,
    "country": lambda entry: entry.country.code,
    "municipality": lambda entry: entry.municipality,
    "role": lambda entry: entry.contact.role.value,
    "phones": lambda entry: " / ".join(phone.number for phone in entry.contact.phones),
    "hours": lambda entry: entry.hours,
    "file": lambda entry: f"{entry.owner.file}:{entry.line}",
}
_WIDEST = 34  # characters in a cell of the table


def as_table(entries: Sequence[Entry]) -> str:
    """Return the columns that a caller needs, aligned; the last line counts the contacts of each state."""
    rows = [[*_COLUMNS]] if entries else []
    rows += [[_cell(entry, name) for name in _COLUMNS] for entry in entries]
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows
    ]
    counts = [f"{sum(entry.state is state for entry in entries)} {state}" for state in State]
    return "\n".join([*lines, f"{counted(len(entries), 'contact')}: {', '.join(counts)}."])


def _cell(entry: Entry, name: str) -> str:
    value = _COLUMNS[name](entry)
    if name == "phones" and not value:  # other ways to reach it
        value = entry.contact.web or entry.contact.email or entry.contact.address
    text = "" if value is None else str(value)
    return text if len(text) <= _WIDEST or name in ("id", "file") else text[: _WIDEST - 1] + "…"
