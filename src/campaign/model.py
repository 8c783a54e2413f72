"""What a country's and a municipality's file may say, in Open Referral's words where it has them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from .fields import (
    Day,
    Email,
    Flag,
    HttpsUrl,
    LanguageCode,
    PhoneNumber,
    Schedule,
    SiteUrl,
    Slug,
    Text,
    TimeZone,
    dial,
    refuse,
)
from .group import WorkingGroup
from .meeting import Meeting
from .record import ByLanguage, Record, Source, some
from .referral import CountryReferral, Referral
from .roles import ADDRESS_KEPT_BACK, Role, good_for_days


class Audience(StrEnum):
    """For whom a page is written; pages of no folder are for everyone."""

    EVERYONE = "everyone"
    YOUTH = "youth"
    MIGRANTS = "migrants"
    PROFESSIONALS = "professionals"
    ABOUT = "about"

    @classmethod
    def of(cls, path: str) -> Audience:
        """The audience of a page from its path: its first folder."""
        folder = path.split("/", 1)[0]
        return cls(folder) if "/" in path and folder in set(cls) else cls.EVERYONE

    @property
    def reads_for_help(self) -> bool:
        """Whether its pages are readers' pages: quiet, light, with the exit."""
        return self not in (Audience.PROFESSIONALS, Audience.ABOUT)


class Eligibility(StrEnum):
    """Whom a service takes, as far as its source says so."""

    WOMEN = "women"
    MEN = "men"
    ADULTS = "adults"
    CHILDREN = "children"
    CHILDREN_7_17 = "children-7-17"
    YOUNG_PEOPLE = "young-people-16-35"
    WOMEN_WITH_CHILDREN = "women-with-children"
    FAMILIES = "families"
    PARENTS = "parents"
    RESIDENTS = "residents"
    FOREIGNERS = "foreigners"
    THIRD_COUNTRY_NATIONALS = "third-country-nationals"
    PEOPLE_FROM_UKRAINE = "people-from-ukraine"
    REFUGEES = "refugees"
    CITIZENS_ABROAD = "citizens-abroad"


class Phone(Record):
    """One number and who can use it. ``free`` is None where no source tells."""

    number: PhoneNumber
    languages: tuple[LanguageCode, ...] = ()
    free: Flag | None = None
    reachable_from: Literal["home", "abroad", "anywhere"] | None = None
    schedule: Schedule | None = None

    @property
    def reach(self) -> str:
        """``home``, ``abroad`` or ``anywhere``; short codes and 0 800 numbers end at the border."""
        return self.reachable_from or ("anywhere" if self.number.startswith("+") else "home")

    @property
    def href(self) -> str:
        return dial(self.number)


class Chat(Record):
    """A line that one can write to."""

    kind: Literal["web", "sms", "whatsapp", "viber", "telegram"]
    url: HttpsUrl | None = None
    number: PhoneNumber | None = None
    languages: tuple[LanguageCode, ...] = ()
    free: Flag | None = None
    schedule: Schedule | None = None

    @model_validator(mode="after")
    def _has_its_address(self) -> Self:
        wanted, other = ("url", "number") if self.kind == "web" else ("number", "url")
        if getattr(self, wanted) is None or getattr(self, other) is not None:
            raise refuse(f"{wanted} and no {other} for kind {self.kind}")
        return self

    @property
    def href(self) -> str | None:
        """The link that opens the writing; None where no address of the kind opens on every device."""
        digits = re.sub(r"\D", "", self.number or "")
        return {
            "web": self.url,
            "sms": f"sms:+{digits}",
            "whatsapp": f"https://wa.me/{digits}",
            "telegram": f"https://t.me/+{digits}",
        }.get(self.kind)


class Contact(Record):
    """One service that a person can reach, with the source of every word of it."""

    id: Slug
    roles: Annotated[tuple[Role, ...], AfterValidator(some)]
    organization: ByLanguage
    description: ByLanguage = {}
    phones: tuple[Phone, ...] = ()
    chats: tuple[Chat, ...] = ()
    web: HttpsUrl | None = None
    email: Email | None = None
    address: Text | None = None
    schedule: Schedule | None = None
    audiences: tuple[Literal["youth", "migrants", "professionals"], ...] = ()
    eligibility: tuple[Eligibility, ...] = ()
    anonymous: Flag | None = None
    source: Source
    assured_date: Day | None = None
    assurer: Text | None = None

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        if not (self.phones or self.chats or self.web or self.email or self.address):
            raise refuse("at least one of phones, chats, web, email, address")
        if self.address and ADDRESS_KEPT_BACK.intersection(self.roles):
            raise refuse("no address: where people are sheltered is never published")
        if (self.assured_date is None) != (self.assurer is None):
            raise refuse("assured_date and assurer together, or neither")
        return self

    @property
    def role(self) -> Role:
        return self.roles[0]

    @property
    def reachable_by_readers(self) -> bool:
        """Whether a reader can do something with it: e-mail and addresses are for professionals."""
        return bool(self.phones or self.chats or self.web)

    @property
    def good_until(self) -> date | None:
        """The last day of a confirmation; None where it never ends or was never given."""
        days = good_for_days(self.role)
        return self.assured_date + timedelta(days) if self.assured_date and days else None

    @property
    def channels(self) -> tuple[Phone | Chat, ...]:
        """What one can ring or write to."""
        return (*self.phones, *self.chats)

    @property
    def languages(self) -> tuple[str, ...]:
        """The codes of the languages that its channels speak, each once."""
        return tuple(dict.fromkeys(code for line in self.channels for code in line.languages))

    @property
    def unconfirmed(self) -> bool:
        """Whether nobody has confirmed it; an emergency number needs no confirmation."""
        return self.assured_date is None and good_for_days(self.role) is not None

    def state(self, today: date) -> str:
        """``unconfirmed``, ``expired`` or ``confirmed``."""
        if self.unconfirmed:
            return "unconfirmed"
        return "expired" if self.good_until and self.good_until < today else "confirmed"


class ContactPoint(Record):
    """Who answers for a copy: the municipality's own office, never a private person."""

    organization: ByLanguage
    phone: PhoneNumber | None = None
    email: Email | None = None
    web: HttpsUrl | None = None

    @model_validator(mode="after")
    def _can_be_reached(self) -> Self:
        if not (self.phone or self.email or self.web):
            raise refuse("at least one of phone, email, web")
        return self


class CountryFile(Record):
    """``_country.yml``: what holds in every place of a country."""

    name: ByLanguage
    languages: Annotated[tuple[LanguageCode, ...], AfterValidator(some)]
    starts: tuple[LanguageCode, ...] = ()
    time_zone: TimeZone
    exit_url: HttpsUrl
    contacts: Annotated[tuple[Contact, ...], AfterValidator(some)]
    referral: CountryReferral = CountryReferral()
    meetings: tuple[Meeting, ...] = ()


class MunicipalityFile(Record):
    """``SLUG.yml``: one place; all but its name and code is optional."""

    iso_3166_2: Annotated[str, Field(pattern=r"^[A-Z]{2}-[A-Z0-9]{1,3}$")]
    name: ByLanguage
    site_url: SiteUrl | None = None
    exit_url: HttpsUrl | None = None
    time_zone: TimeZone | None = None
    contact_point: ContactPoint | None = None
    contacts: tuple[Contact, ...] = ()
    referral: Referral = Referral()
    working_group: WorkingGroup | None = None
    meetings: tuple[Meeting, ...] = ()
