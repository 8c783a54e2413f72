"""What a country's and a municipality's file may say, in Open Referral's words where it has them."""

from __future__ import annotations

import json
import re
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, PrivateAttr, computed_field, model_validator

from .coordinator import Confirmation
from .fields import (
    Email,
    Flag,
    HttpsUrl,
    LanguageCode,
    PhoneNumber,
    Schedule,
    Slug,
    Text,
    TimeZone,
    dial,
    refuse,
)
from .fingerprint import digest
from .group import WorkingGroup
from .meeting import Meeting
from .public_url import ExitUrl
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


# What a confirmation is about. A description, for whom it is shown and its source can be read, not rung.
_CONFIRMED = {
    "id", "roles", "organization", "phones", "chats", "web", "email", "address", "schedule", "eligibility",
    "anonymous",
}  # fmt: skip


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
    # The coordinator's: no file can say them of its own contacts.
    _confirmation: Confirmation | None = PrivateAttr(None)
    _changed_since: date | None = PrivateAttr(None)

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        if not (self.phones or self.chats or self.web or self.email or self.address):
            raise refuse("at least one of phones, chats, web, email, address")
        if self.address and ADDRESS_KEPT_BACK.intersection(self.roles):
            raise refuse("no address: where people are sheltered is never published")
        return self

    def with_confirmation(self, recorded: Confirmation) -> Contact:
        """The same contact with what the coordinator has written of it: confirmed where it still says what
        was found right then, and changed where it does not."""
        contact = self.model_copy()
        if recorded.digest == self.digest:
            contact._confirmation = recorded
        else:
            contact._changed_since = recorded.date
        return contact

    @property
    def digest(self) -> str:
        """SHA-256 of all that somebody who rings it can find right: names, roles, numbers, addresses, hours,
        languages, cost, whom it takes. A key that is left out counts for nothing."""
        right = self.model_dump(mode="json", exclude_defaults=True, include=_CONFIRMED)
        return digest([json.dumps(right, ensure_ascii=False, sort_keys=True).encode()])

    @property
    def changed_since(self) -> date | None:
        """The day on which somebody found right what it no longer says."""
        return self._changed_since

    @computed_field  # type: ignore[prop-decorator]
    @property
    def assured_date(self) -> date | None:
        """Open Referral's name for the day of the confirmation."""
        return self._confirmation.date if self._confirmation else None

    @computed_field  # type: ignore[prop-decorator]
    @property
    def assurer(self) -> str | None:
        """Open Referral's name for the office that confirmed it."""
        return self._confirmation.office if self._confirmation else None

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
        """``unconfirmed``, ``changed`` (since it was confirmed), ``expired`` or ``confirmed``."""
        if self.unconfirmed:
            return "changed" if self.changed_since else "unconfirmed"
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
    exits: Annotated[dict[Slug, ExitUrl], AfterValidator(some)]
    contacts: Annotated[tuple[Contact, ...], AfterValidator(some)]
    referral: CountryReferral = CountryReferral()
    meetings: tuple[Meeting, ...] = ()


class MunicipalityFile(Record):
    """``SLUG.yml``: one place; all but its name and code is optional."""

    iso_3166_2: Annotated[str, Field(pattern=r"^[A-Z]{2}-[A-Z0-9]{1,3}$")]
    name: ByLanguage
    exit: Slug | None = None
    time_zone: TimeZone | None = None
    contact_point: ContactPoint | None = None
    contacts: tuple[Contact, ...] = ()
    referral: Referral = Referral()
    working_group: WorkingGroup | None = None
    meetings: tuple[Meeting, ...] = ()
