"""What a file of an exchange holds, in any of its formats."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ..errors import CampaignError, Problem, shown
from ..files.received import read_received

FORMATS = (".po", ".xliff", ".xlf")
_LARGEST = 20_000_000  # bytes; all texts of a language have about 1,000,000


@dataclass(frozen=True)
class Entry:
    """One unit as it came back. ``open``: the file says that a person still has to look at it."""

    id: str
    line: int
    source: str
    target: str
    open: bool
    version: str  # of the translation when the file was written; empty if the note is lost


@dataclass(frozen=True)
class ExchangeFile:
    """A file that came back. ``file`` is its name in messages."""

    file: str
    language: str
    entries: list[Entry]

    def problem(self, entry: Entry, found: str, expected: str) -> Problem:
        return Problem(self.file, entry.line, entry.id, found, expected)


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a file that a translator sent; raise `CampaignError` if it is too large."""
    return read_received(path, path.name, _LARGEST)


def version_in(notes: Iterable[str]) -> str:
    """Return the version that one of the notes of a unit names, or an empty string."""
    for note in notes:
        for line in note.splitlines():
            if line.startswith("Version: "):
                return line.removeprefix("Version: ").strip()
    return ""


def format_of(path: Path, command: str) -> str:
    """Return the ending of a file's name; refuse any other than those of `FORMATS`."""
    if path.suffix.lower() not in FORMATS:
        expected = f"a name that ends in {', '.join(FORMATS)}"
        raise CampaignError([Problem(command, 0, "", shown(path.name), expected)])
    return path.suffix.lower()
