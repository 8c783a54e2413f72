"""A check looks at what a visit fetched and yields what is wrong; a finding is what one check found."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum

from .visit import Visit

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


@dataclass(frozen=True)
class Finding:
    """What one check found. ``details`` are paths, numbers and headers as they were sent, in no language."""

    check: str
    level: Level
    details: tuple[str, ...]


CHECKS: dict[str, Named] = {}


def fault(run: Check) -> Check:
    """Register a check whose findings harm readers. Its name is the function's."""
    return _register(run, Level.FAULT)


def advice(run: Check) -> Check:
    """Register a check whose findings are worth a change."""
    return _register(run, Level.ADVICE)


def _register(run: Check, level: Level) -> Check:
    name = run.__name__.strip("_").replace("_", "-")
    assert name not in CHECKS
    CHECKS[name] = Named(name, level, run)
    return run


def findings_of(visit: Visit) -> list[Finding]:
    """Run all checks over one visit; faults come first."""
    from . import content_checks, privacy_checks, server_checks  # they register themselves

    assert content_checks and privacy_checks and server_checks
    found = []
    for check in CHECKS.values():
        details = list(dict.fromkeys(_printable(detail) for detail in check.run(visit)))
        if details:
            more = [f"+ {len(details) - _MOST_DETAILS}"] if len(details) > _MOST_DETAILS else []
            found.append(Finding(check.name, check.level, (*details[:_MOST_DETAILS], *more)))
    return sorted(found, key=lambda finding: finding.level is Level.ADVICE)


def _printable(detail: str) -> str:
    """Return a text that a server may have sent, on one line, short and without control codes."""
    text = "".join(sign if sign.isprintable() else "?" for sign in detail)
    return text if len(text) <= 160 else text[:159] + "…"
