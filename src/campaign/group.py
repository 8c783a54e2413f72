"""The working group of a municipality: its seats, each an office or a post, never a private person."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator

from .fields import LanguageCode, Slug, Text, refuse
from .record import MOST_LANGUAGES, Record, Source, some

MOST_SEATS = 30
_ADDRESSES = ("hr", "pr", "kungs", "kundze", "ponas", "ponia", "господин", "госпожа", "пан", "пані")
_ADDRESS = "|".join(f"[{word[0].upper()}{word[0]}]{word[1:]}" for word in _ADDRESSES)
# What an office's name never has: an e-mail, a number to ring, a form of address, or initials and a surname.
_PERSON = re.compile(
    rf"@|\d[\d -]{{4,}}|^(?:{_ADDRESS})\b\.? |^(?:[^\W\d_]\. ?)+[^\W\d_]+$",
)


class SeatKind(StrEnum):
    """What a member brings to the group, in the order of the page."""

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


def _office(value: str) -> str:
    if _PERSON.search(value):
        raise refuse("an office or a post, without a person's name, phone or e-mail")
    return value


OfficeByLanguage = Annotated[
    dict[LanguageCode, Annotated[Text, AfterValidator(_office)]], Field(max_length=MOST_LANGUAGES)
]


class Seat(Record):
    """Who sits there: an office in words, a contact of the place, or both."""

    seat: SeatKind
    organization: OfficeByLanguage = {}
    contact: Slug | None = None

    @model_validator(mode="after")
    def _is_taken(self) -> Self:
        if not (self.organization or self.contact):
            raise refuse("at least one of organization, contact")
        return self


class WorkingGroup(Record):
    """The group as its source describes it."""

    seats: Annotated[tuple[Seat, ...], AfterValidator(some), Field(max_length=MOST_SEATS)]
    source: Source
