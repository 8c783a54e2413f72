"""Opening hours in OpenStreetMap's notation: what is allowed, and how it reads in each language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from babel import Locale

DAYS = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
FORMS = (
    '"24/7" or days and times such as "Mo-Fr 09:00-17:00" or "Mo,We 08:30-12:00; Th 08:30-12:00,14:00-17:00"'
)

_DAY = "(?:" + "|".join(DAYS) + ")"
_DAYS = rf"{_DAY}(?:-{_DAY})?(?:,{_DAY}(?:-{_DAY})?)*"
_SPAN = r"[0-2][0-9]:[0-5][0-9]-(?:[01][0-9]:[0-5][0-9]|2[0-3]:[0-5][0-9]|24:00)"
_TIMES = rf"{_SPAN}(?:,{_SPAN})*"
_RULE = re.compile(rf"({_DAYS}) ({_TIMES})")

# CLDR has no plain "en" with the 24-hour clock that all five languages use here.
CLDR = {"en": "en_GB"}


@cache  # reading the tag takes longer than what is asked of the locale
def locale_of(language: str) -> Locale:
    """CLDR's locale for a language of the site."""
    return Locale.parse(CLDR.get(language, language))


def check_hours(notation: str) -> str:
    """Return the notation as given; raise ValueError where it is wrong or cannot be shown in words."""
    from opening_hours import validate  # as in `fields`: most builds have no new notation

    if not validate(notation):
        raise ValueError(f"allowed {FORMS}")
    rules(notation)
    return notation


def rules(notation: str) -> list[tuple[str, str]]:
    """``"Mo-Fr 09:00-17:00; Sa 10:00-12:00"`` as ``[("Mo-Fr", "09:00-17:00"), ("Sa", "10:00-12:00")]``."""
    if notation == "24/7":
        return []
    found = []
    for rule in notation.split("; "):
        match = _RULE.fullmatch(rule)
        if not match:
            raise ValueError(f"allowed {FORMS}")
        found.append((match[1], match[2]))
    return found


def hours_in_words(notation: str, language: str, words: Mapping[str, str]) -> str:
    """The notation as a reader of ``language`` says it: CLDR's day names, 24-hour times, en dashes."""
    if notation == "24/7":
        return words["hours-always"]
    names = locale_of(language).days["stand-alone"]["abbreviated"]
    parts = []
    for days, times in rules(notation):
        if days == "Mo-Su":
            spoken = words["hours-daily"]
        else:
            spoken = re.sub(_DAY, lambda day: str(names[DAYS.index(day[0])]), days)
        parts.append(f"{spoken} {times}".replace("-", "–").replace(",", ", "))
    return "; ".join(parts)
