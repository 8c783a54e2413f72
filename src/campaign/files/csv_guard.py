"""Keeps a spreadsheet from changing a cell of a CSV file, and takes that away again."""

from __future__ import annotations

import re

# The starts of cells, with any separator, that a spreadsheet may read as a formula (OWASP, "CSV Injection"),
# also in full width; and cells that it would change into another number, a date or a word of its language.
_SIGNS = r"[=+\-@＝＋－＠]"
_START = r"(?:^|[;,\t\r\n])[\s\"']*"
_FORMULA = re.compile(f"({_START})({_SIGNS})")
_GUARDED = re.compile(f"({_START})'({_SIGNS})")
_CHANGED = re.compile(
    r"(?=[0-9]+[ /]|0)[0-9 /]+|[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?|[0-9]{4}/[0-9]{4}|true|false"
)


def guarded(value: str | int | None) -> str | int | None:
    """Return a cell, with an apostrophe if a spreadsheet would change it: a formula would run, ``0 800 …``
    would lose its zero, ``24/7`` would become a day in July, and ``2021-01-25`` would be saved in local
    order."""
    if not isinstance(value, str):
        return value
    return f"'{value}" if _CHANGED.fullmatch(value) else _FORMULA.sub(r"\1'\2", value)


def unguarded(text: str) -> str:
    """Return the text of a cell without the apostrophes of `guarded`."""
    if text.startswith("'") and _CHANGED.fullmatch(text[1:]):
        return text[1:]
    return _GUARDED.sub(r"\1\2", text)
