"""Opening hours in OpenStreetMap's notation: what is allowed, and the words for it in each language."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from babel import Locale
from babel.dates import get_timezone, get_timezone_name
from babel.lists import format_list

from .interpolation import filled

ALWAYS = "24/7"
DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
FORMS = (
    '"24/7" or days and times such as "Mo-Fr 09:00-17:00" or "Mo,We 08:30-12:00; Th 08:30-12:00,14:00-17:00"'
)
ONCE = 'each day in one rule: join times of one day with a comma ("Mo 09:00-12:00,13:00-17:00")'
APART = "times of one day that do not overlap"
APART_BY_NIGHT = "times that end before those of the next day begin"

_DAY = "(?:" + "|".join(DAYS) + ")"
_DAYS = rf"{_DAY}(?:-{_DAY})?(?:,{_DAY}(?:-{_DAY})?)*"
_TIME = "(?:[01][0-9]|2[0-3]):[0-5][0-9]"
_SPAN = rf"{_TIME}-(?:{_TIME}|24:00)"
_TIMES = rf"{_SPAN}(?:,{_SPAN})*"
_RULE = re.compile(rf"({_DAYS}) ({_TIMES})")

# CLDR's plain "en" has no 24-hour clock, which all languages use here.
CLDR = {"en": "en_GB"}
_ARABIC_COMMA = ("ar", "fa", "ur")


@cache  # parsing the tag takes longer than using the locale
def locale_of(language: str) -> Locale:
    """Return CLDR's locale for a language of the site."""
    return Locale.parse(CLDR.get(language, language))


def comma(language: str) -> str:
    """Return what is between two parts of an enumeration: ``, `` or the Arabic ``، ``."""
    return "، " if language in _ARABIC_COMMA else ", "


def check_hours(notation: str) -> str:
    """Return the notation unchanged; raise ValueError where it is wrong or has two meanings."""
    named: list[str] = []
    for days, times in rules(notation):
        for part in days.split(","):
            named += days_of(part)
            if part[:2] == part[3:]:  # Mo-Mo means one day or all seven
                raise ValueError(FORMS)
        spans = sorted(spans_of(times))
        if any(opens == closes for opens, closes in spans):
            raise ValueError(FORMS)
        ends = ["24:00" if closes <= opens else closes for opens, closes in spans]
        if any(opens < end for (opens, _), end in zip(spans[1:], ends, strict=False)):
            raise ValueError(APART)
    if len(set(named)) < len(named):
        raise ValueError(ONCE)
    for closes, opens in _nights(notation):
        if opens < closes:
            raise ValueError(APART_BY_NIGHT)
    return notation


def _nights(notation: str) -> Iterator[tuple[str, str]]:
    """Yield when a day closes that does so after midnight, and when the next day opens."""
    week = {day: sorted(spans_of(times)) for days, times in rules(notation) for day in days_of(days)}
    for at, day in enumerate(DAYS):
        tomorrow = week.get(DAYS[(at + 1) % len(DAYS)])
        opens, closes = week[day][-1] if day in week else ("", "24:00")
        if tomorrow and closes <= opens:
            yield closes, tomorrow[0][0]


def rules(notation: str) -> list[tuple[str, str]]:
    """Return ``[("Mo-Fr", "09:00-17:00")]`` for ``"Mo-Fr 09:00-17:00"``, and ``[]`` for ``"24/7"``."""
    if notation == ALWAYS:
        return []
    found = []
    for rule in notation.split("; "):
        match = _RULE.fullmatch(rule)
        if not match:
            raise ValueError(FORMS)
        found.append((match[1], match[2]))
    return found


def days_of(days: str) -> tuple[str, ...]:
    """Return ``("Mo", "Tu", "We", "Sa")`` for ``Mo-We,Sa``. ``Sa-Mo`` continues past the end of the week."""
    found: list[str] = []
    for part in days.split(","):
        first, _, last = part.partition("-")
        start = DAYS.index(first)
        length = (DAYS.index(last or first) - start) % len(DAYS) + 1
        found += [DAYS[(start + day) % len(DAYS)] for day in range(length)]
    return tuple(day for day in DAYS if day in found)


def spans_of(times: str) -> list[tuple[str, str]]:
    """Return ``[("09:00", "12:00"), ("13:00", "17:00")]`` for ``"09:00-12:00,13:00-17:00"``."""
    return [(span[:5], span[6:]) for span in times.split(",")]


def hours_in_words(notation: str, language: str, words: Mapping[str, str], clock: str = "") -> str:
    """Return the hours as a sentence that people and screen readers can read: "Monday to Friday from 09:00 to
    15:00". ``clock`` is the name of the time zone, or empty where the sentence need not name it."""
    if notation == ALWAYS:
        return words["hours-always"]

    def listed(parts: Iterator[str]) -> str:
        return format_list(list(parts), locale=locale_of(language))

    said = []
    for days, times in rules(notation):
        spans = (filled(words["hours-span"], opens=opens, closes=closes) for opens, closes in spans_of(times))
        said.append(f"{listed(_days_in_words(days, words))} {listed(spans)}")
    return ("؛ " if language in _ARABIC_COMMA else "; ").join(said) + (f" ({clock})" if clock else "")


def _days_in_words(days: str, words: Mapping[str, str]) -> Iterator[str]:
    if days_of(days) == DAYS:
        yield words["hours-daily"]
        return
    for part in days.lower().split(","):
        first, _, last = part.partition("-")
        yield f"{words[f'day-from-{first}']} {words[f'day-to-{last}']}" if last else words[f"day-on-{first}"]


def clock_name(zone: str, language: str, words: Mapping[str, str]) -> str:
    """Return CLDR's name of a time zone."""
    name = get_timezone_name(get_timezone(zone), zone_variant="generic", locale=locale_of(language))
    return filled(words["hours-clock"], zone=name)


_ALWAYS = ("Mo-Su", "00:00-24:00")


@dataclass(frozen=True)
class Opening:
    """One period on some days of the week (``Mo``, ``Tu`` …), with ``HH:MM`` in local time. It ends on the
    next day if it closes before it opens. Midnight as an end is ``23:59``: HSDS and schema.org have no 24:00,
    and both write a whole day as 00:00 to 23:59."""

    days: tuple[str, ...]
    opens: str
    closes: str


def openings(notation: str) -> list[Opening]:
    """Return the periods of a notation that `check_hours` accepts, in the same order."""
    return [
        Opening(days_of(days), opens, "23:59" if closes == "24:00" else closes)
        for days, times in rules(notation) or [_ALWAYS]
        for opens, closes in spans_of(times)
    ]
