"""A week's opening times, read out of the notation for formats that want days and times apart."""

from __future__ import annotations

from dataclasses import dataclass

from .hours import days_of, rules, spans_of

_ALWAYS = ("Mo-Su", "00:00-24:00")


@dataclass(frozen=True)
class Opening:
    """One stretch of time on some days of the week: ``Mo``, ``Tu`` …; ``HH:MM`` in the time of the place.
    It ends on the next day where it closes before it opens. Midnight as an end is ``23:59``: HSDS and
    schema.org have no 24:00, and both name 00:00 to 23:59 for a whole day."""

    days: tuple[str, ...]
    opens: str
    closes: str


def openings(notation: str) -> list[Opening]:
    """The stretches of a notation that `campaign.hours.check_hours` lets pass, in its order."""
    return [
        Opening(days_of(days), opens, "23:59" if closes == "24:00" else closes)
        for days, times in rules(notation) or [_ALWAYS]
        for opens, closes in spans_of(times)
    ]
