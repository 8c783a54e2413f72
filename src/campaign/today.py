"""The current date in a time zone, and the latest date anywhere on earth. The machine's own time zone is
never used, so a laptop and a server get the same date."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

_LATEST = timezone(timedelta(hours=14))  # Pacific/Kiritimati: each day begins there first


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


def is_in(zone: str, country: str) -> bool:
    """Whether the CLDR lists a time zone for a country (``ee``)."""
    from babel.core import get_global

    return bool(get_global("zone_territories").get(zone) == country.upper())


def _zone(name: str) -> tzinfo:
    from zoneinfo import ZoneInfo  # imported late: an up-to-date build does not need it

    return ZoneInfo(name)
