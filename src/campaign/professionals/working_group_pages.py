"""The contents of a place's pages on its working group and its meetings, and the meetings' calendar files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from babel.dates import format_date
from jinja2 import Environment
from markupsafe import Markup

from ..contacts.card import day_in_words
from ..contacts.phone_display import grouped
from ..model.contact import Contact
from ..model.places import Municipality, in_language
from ..model.working_group import Meeting
from ..pages.language_marks import marked
from ..pages.page import address
from ..pages.ui_strings import Words
from ..text.opening_hours import locale_of
from ..text.web_and_email_addresses import host
from .calendar_file import calendar_file


class Cooperation:
    """The working groups and meetings of one country's places."""

    def __init__(self, environment: Environment, words: Mapping[str, Words], default_language: str) -> None:
        self._group = environment.get_template("working-group.html")
        self._meetings = environment.get_template("meetings.html")
        self._words = words
        self._default = default_language

    def group(self, place: Municipality, language: str) -> Markup:
        """Return the seats of the working group, or a sentence that none is known."""
        words = self._words[language]
        group = place.record.working_group
        return Markup(
            self._group.render(
                group=group,
                contact=lambda name: _contact(place, name),
                named=lambda texts: in_language(texts, language, self._default),
                marked=marked,
                grouped=grouped,
                date=day_in_words(group.source.date, language, words) if group else None,
                language=language,
                words=words,
            ).strip()
        )

    def meetings(self, place: Municipality, language: str) -> Markup:
        """Return the meetings of the place and its country, each with a link to its calendar file."""
        return Markup(
            self._meetings.render(
                meetings=[(meeting, _instant(meeting.ends, zone)) for meeting, zone in _meetings(place)],
                when=lambda meeting: _when(meeting, language),
                organizer=lambda meeting: self._organizer(place, meeting, language),
                host=host,
                marked=marked,
                language=language,
                words=self._words[language],
            ).strip()
        )

    def calendar_files(self, place: Municipality, languages: tuple[str, ...]) -> Iterator[tuple[str, bytes]]:
        """Yield ``(path, bytes)`` for each meeting and language: the same event in each language."""
        for meeting, zone in _meetings(place):
            for language in languages:
                words = self._words[language]
                organizer, _ = self._organizer(place, meeting, language)
                summary = f"{words[f'meeting-{meeting.kind}']}: {organizer}"
                said = f"{words['meeting-organizer']} {organizer}"
                path = address(f"meetings/{meeting.id}.ics", language, place.country.language)
                yield path, calendar_file(meeting, zone, summary, said)

    def _organizer(self, place: Municipality, meeting: Meeting, language: str) -> tuple[str, str]:
        contact = _contact(place, meeting.contact)
        texts = meeting.organization or (contact.organization if contact else {})
        return in_language(texts, language, self._default)


def _meetings(place: Municipality) -> list[tuple[Meeting, str]]:
    """Return its own and its country's meetings by time, each with its time zone."""
    own = [(meeting, place.time_zone) for meeting in place.record.meetings]
    country = place.country.record
    all_ = own + [(meeting, country.time_zone) for meeting in country.meetings]
    return sorted(all_, key=lambda pair: (pair[0].starts, pair[0].id))


def _instant(moment: datetime, zone: str) -> str:
    """Return a local time in the form that every browser reads: ``2027-03-04T08:00Z``."""
    return f"{moment.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC):%Y-%m-%dT%H:%MZ}"


def _contact(place: Municipality, name: str | None) -> Contact | None:
    return next((contact for contact in place.contacts if contact.id == name), None)


def _when(meeting: Meeting, language: str) -> str:
    """Return ``Thursday, 4 March 2027, 10:00–12:00``; a meeting that ends on another day names both."""

    def day(moment: datetime) -> str:
        return format_date(moment, "full", locale_of(language))

    starts, ends = meeting.starts, meeting.ends
    if starts.date() == ends.date():
        return f"{day(starts)}, {starts:%H:%M}–{ends:%H:%M}"
    return f"{day(starts)}, {starts:%H:%M} – {day(ends)}, {ends:%H:%M}"
