"""Knows at once that nothing has changed since the last build of the same sites, and what to say then.

This module imports little on purpose: a build that has nothing to do must not wait for one that has.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from .fingerprint import LAST, boot, digest, project_digest, read_file


@dataclass(frozen=True)
class Standing:
    """What every build ends with: how far its contacts and pages can be relied upon."""

    copies: int
    contacts: int
    unconfirmed: int
    changed: int  # of the unconfirmed ones, those that somebody had confirmed before they changed
    texts: int  # municipalities whose texts nobody has approved
    ends: tuple[str, ...]  # the moment in UTC at which each confirmation ends that does, in ISO 8601
    missing: int  # pages

    def at(self, moment: datetime) -> str:
        expired = sum(datetime.fromisoformat(end) <= moment for end in self.ends)
        changed = f" ({self.changed} changed since)" if self.changed else ""
        texts = f", the texts of {self.texts} municipalities are unconfirmed" if self.texts else ""
        gaps = f", {self.missing} pages are missing" if self.missing else ""
        found = f"{self.unconfirmed} of {self.contacts} contacts are unconfirmed{changed}, {expired} expired"
        return found + texts + gaps


class Stamp:
    """What was last built into a folder with the same names and options, kept outside of it."""

    def __init__(self, root: Path, out: Path, *asked: object) -> None:
        self._out = out
        self._path = root / ".cache" / "built" / digest([os.fsencode(out)])
        self._made_from = digest([project_digest(root).encode(), boot().encode(), repr(asked).encode()])

    def standing(self) -> Standing | None:
        """What to say where the sites are whole and made from what lies there now; None where not."""
        try:
            with self._path.open(encoding="utf-8") as file:
                kept = json.loads(next(file))
                names = (line.strip() for line in file)
                if kept["made_from"] == self._made_from and kept["copies"] == self._copies(names):
                    return Standing(**kept["standing"])
        except (OSError, StopIteration, ValueError, KeyError, TypeError):
            pass
        return None

    def remove(self) -> None:
        self._path.unlink(missing_ok=True)

    def put(self, names: Iterable[str], standing: Standing) -> None:
        """After a build of these copies, which has ended well. The file has a line for each of them."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        names = list(names)
        kept = {
            "made_from": self._made_from,
            "copies": self._copies(names),
            "standing": asdict(standing),
        }
        with self._path.open("w", encoding="utf-8") as file:
            file.write(json.dumps(kept) + "\n")
            file.writelines(f"{name}\n" for name in names)

    def _copies(self, names: Iterable[str]) -> str:
        return digest(read_file(f"{self._out}/{name}/{LAST}") for name in names)
