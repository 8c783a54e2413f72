"""The working group of a municipality. Each seat is an office or a post, never a private person."""

from __future__ import annotations

import re
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from ..errors import shown
from ..fields.field_types import Day, LanguageCode, Slug, Text, WebUrl, form, refuse
from ..fields.record_base_class import MOST_LANGUAGES, Record, Source

MOST_SEATS = 30
_BEFORE = "hr härra pr proua prl k-gs k-dze ponas ponia господин госпожа г-н г-жа пан пані mr mrs ms miss"
_ADDRESS = "|".join(f"[{word[0].upper()}{word[0]}]{word[1:]}" for word in f"{_BEFORE} kungs kundze".split())
_INITIALS, _SURNAME = r"(?:[^\W\d_]\. ?)+", r"[^\W\d_][^\W\d_-]+"
# Signs of a person instead of an office, with their names: a form of address before a name (in Latvian also
# after it), or only initials and a surname between two commas.
_SIGNS = {
    "an e-mail address": re.compile("@"),
    "a phone number": re.compile(r"\d(?:[ ./()-]*\d){4}"),
    "a form of address": re.compile(rf"(?:^|[\s,;(])(?:{_ADDRESS})(?:\. ?| )(?=\S)|\S (?:kungs|kundze)\b"),
    "initials and a surname": re.compile(
        rf"(?:^|[,;(] ?)(?:{_INITIALS}{_SURNAME}|{_SURNAME},? {_INITIALS}) ?(?:$|[,;)])"
    ),
}


def sign_of_a_person(value: str) -> str | None:
    """Return the name of the first sign that a text names a person, such as "a phone number"; None if there
    is no sign. A full name without such a sign cannot be told apart from the name of an office."""
    return next((name for name, sign in _SIGNS.items() if sign.search(value)), None)


class SeatKind(StrEnum):
    """The expertise that a member brings to the group, in the order of the page."""

    CHAIR = "chair"
    COORDINATOR = "coordinator"
    CHILD_PROTECTION = "child-protection"
    SOCIAL_SERVICES = "social-services"
    SHELTER = "shelter"
    POLICE = "police"
    NATIONAL_LINE = "national-line"
    NGO = "ngo"
    SCHOOL = "school"
    HEALTH = "health"
    JOB_CENTRE = "job-centre"
    LABOUR_INSPECTORATE = "labour-inspectorate"


def no_person(what: str) -> AfterValidator:
    """Return a validator for a text that is ``what`` (``an office``). It refuses an obvious person's name,
    and says by what it is recognised."""

    def checked(value: str) -> str:
        if sign := sign_of_a_person(value):
            expected = f"{what}, without a person's name, phone or e-mail"
            raise refuse(expected, f"{shown(value)} ({sign})")
        return value

    return AfterValidator(checked)


Office = Annotated[Text, no_person("an office or a post")]
OfficeByLanguage = Annotated[dict[LanguageCode, Office], Field(max_length=MOST_LANGUAGES)]


class Seat(Record):
    """One seat: an office in words, a contact of the place, or both."""

    at_least_one_of = ("organization", "contact")

    seat: SeatKind

    organization: OfficeByLanguage = {}
    """The office or post in words, by language, never a private person."""

    contact: Slug | None = None
    """The id of a contact that the place shows."""


class WorkingGroup(Record):
    """The group as its source describes it."""

    seats: Annotated[tuple[Seat, ...], Field(min_length=1, max_length=MOST_SEATS)]
    """The seats of the group. Each is an office, never a private person."""

    source: Source
    """The page or document in which the members of the group were read."""


class MeetingKind(StrEnum):
    """The kinds of meetings that STROM II used, and training sessions."""

    ROUND_TABLE = "round-table"
    WORKSHOP = "workshop"
    TRAINING = "training"
    NATIONAL_MEETING = "national-meeting"
    REGIONAL_MEETING = "regional-meeting"


def _moment(value: Any) -> datetime:
    """Return a day and time in the place's own time zone, without an offset."""
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", value):
        try:
            return datetime.strptime(value, "%Y-%m-%d %H:%M")
        except ValueError:
            pass
    raise refuse("YYYY-MM-DD HH:MM")


Moment = Annotated[
    datetime, BeforeValidator(_moment), form(r"^\d{4}-\d\d-\d\d \d\d:\d\d$", "2026-11-23 10:00")
]


class Meeting(Record):
    """One meeting or training. Only a meeting whose date somebody has announced may be written here."""

    at_least_one_of = ("organization", "contact")

    id: Slug
    """The id stays for ever, and no other meeting in any file has it."""

    kind: MeetingKind

    starts: Moment
    """The day and time at which it starts, in the time zone of the place."""

    ends: Moment
    """The day and time at which it ends, in the time zone of the place."""

    venue: Text
    """The house and room where people meet."""

    organization: OfficeByLanguage = {}
    """The office that invites, by language, never a private person."""

    contact: Slug | None = None
    """The id of the contact that invites."""

    announced: Day
    """The day on which the meeting was announced."""

    # A calendar compares this day. It is typed because a build must not depend on today's date.
    changed: Day | None = None
    """The last day on which the time, the venue or the organiser changed."""

    web: WebUrl | None = None
    """The page of the invitation."""

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        if self.ends <= self.starts:
            raise refuse("an end that is later than the start")
        if self.changed and self.changed < self.announced:
            raise refuse("a day under changed that is not before the day under announced")
        return self

    @property
    def written(self) -> date:
        """The last day on which its entry changed."""
        return self.changed or self.announced
