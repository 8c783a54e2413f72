"""Which day it is: in a time zone, and where on earth the day is latest. The machine's own zone counts for
nothing, so that a coordinator's laptop and a server come to the same answer."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

_LATEST = timezone(timedelta(hours=14))  # Pacific/Kiritimati: nowhere does a day begin earlier


def now() -> datetime:
    """This moment, the same everywhere."""
    return datetime.now(UTC)


def day_in(zone: str, moment: datetime) -> date:
    """The day that it is in ``zone`` (``Europe/Tallinn``) at this moment."""
    return moment.astimezone(_zone(zone)).date()


def latest_day(moment: datetime) -> date:
    """The last day that has begun anywhere on earth: what is dated later is in the future."""
    return moment.astimezone(_LATEST).date()


def end_of(day: date, zone: str) -> datetime:
    """The moment at which ``day`` is over in ``zone``, in UTC."""
    return datetime.combine(day + timedelta(1), time(), _zone(zone)).astimezone(UTC)


def is_in(zone: str, country: str) -> bool:
    """Whether a time zone is one of a country's (``ee``), as the CLDR has it."""
    from babel.core import get_global

    return bool(get_global("zone_territories").get(zone) == country.upper())


def _zone(name: str) -> tzinfo:
    from zoneinfo import ZoneInfo  # a build that has nothing to do needs none

    return ZoneInfo(name)
