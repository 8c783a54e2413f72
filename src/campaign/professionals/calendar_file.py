"""The calendar file of a meeting: iCalendar (RFC 5545), with the same bytes on any day."""

from __future__ import annotations

from datetime import UTC, datetime, time
from typing import Any, cast
from uuid import NAMESPACE_OID, uuid5
from zoneinfo import ZoneInfo

from ..model.working_group import Meeting


def calendar_file(meeting: Meeting, zone: str, summary: str, organizer: str) -> bytes:
    """Return the ``.ics`` of one meeting whose times are in ``zone``. The file has UTC, which needs no time
    zone rules. Of two files of a meeting, a calendar keeps the one with the higher SEQUENCE, then the later
    DTSTAMP (RFC 5546, 2.1.5). Both come from the day of the last change: 20260310, and midnight UTC."""
    # Imported late: it takes a tenth of a second, and meetings are few.
    from icalendar import Calendar, Event

    event = Event()
    event.add("uid", str(uuid5(NAMESPACE_OID, f"safe-path/meetings/{meeting.id}")))
    written = datetime.combine(meeting.written, time(), UTC)
    event.add("dtstamp", written)
    event.add("last-modified", written)
    event.add("sequence", int(f"{meeting.written:%Y%m%d}"))
    event.add("dtstart", _utc(meeting.starts, zone))
    event.add("dtend", _utc(meeting.ends, zone))
    event.add("summary", summary)
    event.add("description", organizer)
    event.add("location", meeting.venue)
    if meeting.web:
        event.add("url", meeting.web)
    calendar = Calendar()
    calendar.add("prodid", "-//Safe Path//Meetings//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _utc(moment: datetime, zone: str) -> datetime:
    return moment.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def moved_unseen(old: bytes, new: bytes) -> bool:
    """Whether the meeting of two calendar files has another time or venue, but a calendar that has the old
    file would not take the new one as newer."""
    from icalendar import Calendar

    before, after = (cast(Any, Calendar.from_ical(file).walk("VEVENT")[0]) for file in (old, new))
    moved = any(before.get(name) != after.get(name) for name in ("dtstart", "dtend", "location"))
    return bool(moved and after["sequence"] <= before["sequence"])
