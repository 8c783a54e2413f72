"""The current date in a time zone, and the latest date anywhere on earth. The machine's own time zone is
never used, so a laptop and a server get the same date."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

_LATEST = timezone(timedelta(hours=14))  # Pacific/Kiritimati: each day begins there first
_DAY_FIRST = re.compile(r"(\d{1,2})([./-])\s?(\d{1,2})\2\s?(\d{4})\.?")
_YEAR_FIRST = re.compile(r"(\d{4})([./ ])(\d{1,2})\2(\d{1,2})\.?")


def now() -> datetime:
    """Return the current moment, in UTC."""
    return datetime.now(UTC)


def day_in(zone: str, moment: datetime) -> date:
    """Return the date in ``zone`` (``Europe/Tallinn``) at this moment."""
    return moment.astimezone(_zone(zone)).date()


def latest_day(moment: datetime) -> date:
    """Return the latest date anywhere on earth at this moment. Any later date is in the future."""
    return moment.astimezone(_LATEST).date()


def end_of(day: date, zone: str) -> datetime:
    """Return the moment at which ``day`` ends in ``zone``, in UTC."""
    return datetime.combine(day + timedelta(1), time(), _zone(zone)).astimezone(UTC)


def as_iso(value: str) -> str:
    """Return a remark with the right form of a date that is written as in one of the countries
    (``20.11.2026``, ``2026.11.20``); empty for any other text."""
    if found := _DAY_FIRST.fullmatch(value):
        day, _, month, year = found.groups()
    elif found := _YEAR_FIRST.fullmatch(value):
        year, _, month, day = found.groups()
    else:
        return ""
    try:
        return f", here {date(int(year), int(month), int(day))}"
    except ValueError:
        return ""


def is_in(zone: str, country: str) -> bool:
    """Whether the CLDR lists a time zone for a country (``ee``)."""
    from babel.core import get_global

    return bool(get_global("zone_territories").get(zone) == country.upper())


def shown_instead(moment: datetime, zone: str) -> str | None:
    """Return what is expected instead of a local time that the clocks in ``zone`` never show or show twice:
    it would have no meaning, or two. None for any other."""
    local = moment.replace(tzinfo=_zone(zone))
    again = local.replace(fold=1)
    if local.utcoffset() == again.utcoffset():
        return None
    comes = local.astimezone(UTC) < again.astimezone(UTC)
    how = "are put back, so it comes twice" if comes else "are put forward, so it never comes"
    return f"another time, because on this day the clocks in {zone} {how}"


def _zone(name: str) -> tzinfo:
    from zoneinfo import ZoneInfo  # imported late: an up-to-date build does not need it

    return ZoneInfo(name)
