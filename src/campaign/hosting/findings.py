"""A check looks at what a visit fetched and yields what is wrong; a finding is what one check found."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from .fetch_for_checks import Visit

Check = Callable[[Visit], Iterable[str]]
_MOST_DETAILS = 5


class Level(StrEnum):
    """A fault harms readers. To follow advice makes the copy better."""

    FAULT = "fault"
    ADVICE = "advice"


@dataclass(frozen=True)
class Named:
    """A check with its name, such as ``compression``; the words of the sentence are ``check-compression``."""

    name: str
    level: Level
    run: Check

    def finding(self, visit: Visit) -> Finding | None:
        """Look at what the visit fetched; return None if nothing is wrong."""
        details = list(dict.fromkeys(_printable(detail) for detail in self.run(visit)))
        more = [f"+ {len(details) - _MOST_DETAILS}"] if len(details) > _MOST_DETAILS else []
        return Finding(self.name, self.level, (*details[:_MOST_DETAILS], *more)) if details else None


@dataclass(frozen=True)
class Finding:
    """What one check found. ``details`` are paths, numbers and headers as they were sent, in no language."""

    check: str
    level: Level
    details: tuple[str, ...]


def fault(run: Check) -> Named:
    """Make a check whose findings harm readers. Its name is the function's."""
    return _named(run, Level.FAULT)


def advice(run: Check) -> Named:
    """Make a check whose findings are worth a change."""
    return _named(run, Level.ADVICE)


def _named(run: Check, level: Level) -> Named:
    return Named(run.__name__.strip("_").replace("_", "-"), level, run)


def _printable(detail: str) -> str:
    """Return a text that a server may have sent, on one line, short and without control codes."""
    text = "".join(sign if sign.isprintable() else "?" for sign in detail)
    return text if len(text) <= 160 else text[:159] + "…"
