"""A meeting with a date: a round table, a workshop, a training, a national or a regional meeting."""

from __future__ import annotations

import re
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, model_validator

from .fields import Day, Slug, Text, WebUrl, refuse
from .group import OfficeByLanguage
from .record import Record


class MeetingKind(StrEnum):
    """The kinds of meetings that STROM II used, and trainings."""

    ROUND_TABLE = "round-table"
    WORKSHOP = "workshop"
    TRAINING = "training"
    NATIONAL_MEETING = "national-meeting"
    REGIONAL_MEETING = "regional-meeting"


def _moment(value: Any) -> datetime:
    """A wall clock's day and time in the place's own time zone."""
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", value):
        try:
            return datetime.strptime(value, "%Y-%m-%d %H:%M")
        except ValueError:
            pass
    raise refuse("YYYY-MM-DD HH:MM")


Moment = Annotated[datetime, BeforeValidator(_moment)]


class Meeting(Record):
    """One dated meeting. A meeting without a date is none. ``changed`` is the day on which its time, venue or
    organizer last became another: calendars compare it, and nothing that is built may know today's date."""

    id: Slug
    kind: MeetingKind
    starts: Moment
    ends: Moment
    venue: Text
    organization: OfficeByLanguage = {}
    contact: Slug | None = None
    announced: Day
    changed: Day | None = None
    web: WebUrl | None = None

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        if self.ends <= self.starts:
            raise refuse("ends after starts")
        if self.changed and self.changed < self.announced:
            raise refuse("changed on the day of announced or later")
        if not (self.organization or self.contact):
            raise refuse("at least one of organization, contact")
        return self

    @property
    def written(self) -> date:
        """The day from which all that it says is true."""
        return self.changed or self.announced
