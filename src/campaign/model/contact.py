"""Contacts in the files of countries and municipalities, in Open Referral's words where it has them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import (
    ConfigDict,
    Field,
    PrivateAttr,
    ValidationInfo,
    computed_field,
    field_validator,
    model_validator,
)

from ..fields.field_types import Email, Flag, Schedule, Slug, Text, WebUrl, refuse
from ..fields.record_base_class import ByLanguage, Distinct, DistinctAtLeastOne, Record, Source, each_once
from ..files.digests import digest
from .channels import Channel, Chat, Numbers, Phone, reached_at
from .confirmations_and_approvals import HistoryEntry, Verification, verification
from .roles import ADDRESS_KEPT_BACK, Role, good_for_days

MOST_PHONES, MOST_CHATS = 10, 5  # of one contact


class Audience(StrEnum):
    """The readers for whom a page is written. A page in no folder is for everyone."""

    EVERYONE = "everyone"
    YOUTH = "youth"
    MIGRANTS = "migrants"
    PROFESSIONALS = "professionals"
    ABOUT = "about"

    @classmethod
    def of(cls, path: str) -> Audience:
        """Return the audience of a page; the first folder of its path names it."""
        folder = path.split("/", 1)[0]
        return cls(folder) if "/" in path and folder in set(cls) else cls.EVERYONE

    @property
    def reads_for_help(self) -> bool:
        """Whether its pages are readers' pages: quiet titles, small, with the quick exit."""
        return self not in (Audience.PROFESSIONALS, Audience.ABOUT)


class Eligibility(StrEnum):
    """The people whom a service accepts, as far as its source says so."""

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


class Show(StrEnum):
    """The pages that show a contact, the key ``show`` of its record. A contact for professionals' pages alone
    has ``audiences: [professionals]`` instead."""

    READERS = "readers"
    # The number of one worker or a narrow desk: after the place's other numbers, with words that say so.
    SECOND_LINE = "second-line"
    # On readers' pages only if somebody has confirmed it; until then on professionals' pages.
    READERS_ONCE_CONFIRMED = "readers-once-confirmed"


# The fields that a confirmation covers. The description, audiences and source need no call.
_CONFIRMED = {
    "id", "roles", "organization", "phones", "chats", "web", "email", "address", "schedule", "eligibility",
    "anonymous", "service_area",
}  # fmt: skip


class Contact(Record):
    """One service that a person can reach, and the source of all that the record says."""

    model_config = ConfigDict(
        json_schema_extra={
            "if": {
                "properties": {"roles": {"contains": {"enum": [*sorted(ADDRESS_KEPT_BACK)]}}},
                "required": ["roles"],
            },
            "then": {"not": {"required": ["address"]}},
        }
    )
    at_least_one_of = ("phones", "chats", "web", "email", "address")

    id: Slug
    """The id stays for ever, and no other contact in any file has it."""

    roles: DistinctAtLeastOne[Role]
    """The purposes of the contact. The first is the main one."""

    organization: ByLanguage
    """The name of the organisation by language, at least in the country's first language."""

    description: ByLanguage = {}
    """What a caller should know, by language, without numbers, hours or links."""

    phones: Annotated[tuple[Phone, ...], Field(max_length=MOST_PHONES)] = ()
    """Its telephone numbers, in the order of the card."""

    chats: Annotated[tuple[Chat, ...], Field(max_length=MOST_CHATS)] = ()
    """Its lines for written messages, in the order of the card."""

    web: WebUrl | None = None
    """The address of its own page."""

    email: Email | None = None
    """Only professionals see the e-mail address."""

    address: Text | None = None
    """Only professionals see the street address. A place that shelters people must not have one."""

    schedule: Schedule | None = None
    """The opening hours, if all its lines have the same."""

    audiences: Distinct[Literal["youth", "migrants", "professionals"]] = ()
    """The only readers who see the contact. Leave it out if the contact is for everybody."""

    eligibility: Distinct[Eligibility] = ()
    """The people whom the service accepts, as far as its source says so."""

    anonymous: Flag | None = None
    """Whether a person may call without giving a name. Leave it out if no source says so."""

    show: Show = Show.READERS
    """The pages that show it: second-line after a place's other numbers, readers-once-confirmed only then."""

    source: Source
    """The page or document in which everything about the contact was read."""

    # Only the coordinator's file sets this; no municipality's or country's file can.
    _verification: Verification = PrivateAttr(Verification())

    @field_validator("phones", "chats")
    @classmethod
    def _fit_together(cls, lines: tuple[Channel, ...], info: ValidationInfo) -> tuple[Channel, ...]:
        """Refuse repeated lines, and other numbers in a contact that has the role ``emergency``."""
        each_once(tuple(reached_at(line, info) for line in lines))
        numbers: Numbers | None = (info.context or {}).get("numbers")
        if numbers and Role.EMERGENCY in info.data.get("roles", ()):
            for number in (line.number for line in lines if line.number):
                if number.replace(" ", "") not in numbers.emergency:
                    raise refuse(
                        f"only emergency numbers ({', '.join(numbers.emergency)}) for the role emergency"
                    )
        elif numbers and any((line.number or "").replace(" ", "") in numbers.emergency for line in lines):
            raise refuse("an emergency number only in a contact with the role emergency")
        return lines

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        if self.address and ADDRESS_KEPT_BACK.intersection(self.roles):
            raise refuse("no address, because the address of a place that shelters people is never published")
        if Role.EMERGENCY in self.roles and (self.audiences or self.show is not Show.READERS):
            raise refuse("no audiences and no show: an emergency number is for everybody")
        return self

    @property
    def area(self) -> tuple[str, ...]:
        """The slugs and counties that it serves; empty if it serves one municipality or a whole country."""
        return ()

    @property
    def source_withheld(self) -> bool:
        """Whether the address of its source is never published. A shelter's often prints the street."""
        return self.source.withheld or Role.SHELTER in self.roles

    @property
    def shown_source(self) -> str | None:
        """The publisher of its source, or the host; None if it has no publisher and the host is withheld."""
        return self.source.publisher or (None if self.source_withheld else self.source.name)

    def on_pages_of(self, audience: Audience) -> bool:
        """Whether it is on pages of ``audience``. E-mail and street addresses alone are for professionals."""
        if audience is Audience.PROFESSIONALS:
            return not self.audiences or "professionals" in self.audiences
        if self.audiences == ("professionals",):
            return False
        if self.show is Show.READERS_ONCE_CONFIRMED and self.assured_date is None:
            return False
        if audience.reads_for_help and not (self.phones or self.chats or self.web):
            return False
        everyones = audience in (Audience.EVERYONE, Audience.ABOUT) or not self.audiences
        return everyones or audience.value in self.audiences

    def with_history(self, history: Iterable[HistoryEntry]) -> Contact:
        """Return a copy of the contact that knows what the coordinator's file says about it."""
        contact = self.model_copy()
        contact._verification = verification(history, self.digest)
        return contact

    @property
    def digest(self) -> str:
        """SHA-256 of everything that a person can check by calling: names, roles, numbers, addresses, hours,
        languages, cost and eligibility. A missing key does not count."""
        right = self.model_dump(mode="json", exclude_defaults=True, include=_CONFIRMED)
        return digest([json.dumps(right, ensure_ascii=False, sort_keys=True).encode()])

    @property
    def verification(self) -> Verification:
        return self._verification

    @property
    def changed_since(self) -> date | None:
        """The day of the last confirmation, if the contact has changed since; otherwise None."""
        return self._verification.changed_since

    @property
    def confirmed_on(self) -> date | None:
        """The day of the confirmation, in any way."""
        return self._verification.confirmed.date if self._verification.confirmed else None

    @computed_field  # type: ignore[prop-decorator]
    @property
    def assured_date(self) -> date | None:
        """The day on which the organisation itself answered, under Open Referral's name."""
        return confirmed.date if (confirmed := self._assured) else None

    @computed_field  # type: ignore[prop-decorator]
    @property
    def assurer(self) -> str | None:
        """The office to which it answered, under Open Referral's name."""
        return confirmed.office if (confirmed := self._assured) else None

    @property
    def _assured(self) -> HistoryEntry | None:
        confirmed = self._verification.confirmed
        return confirmed if confirmed and confirmed.how and confirmed.how.assures else None

    @property
    def role(self) -> Role:
        return self.roles[0]

    @property
    def number_at_home(self) -> Phone | None:
        """Its first number that works in the country; None if it has no such number."""
        return next((phone for phone in self.phones if phone.reach != "abroad"), None)

    @property
    def needs_confirmation(self) -> bool:
        """False for an emergency contact: only a country's file may have this role, and such a contact
        holds only the country's emergency numbers."""
        return Role.EMERGENCY not in self.roles

    @property
    def good_until(self) -> date | None:
        """The last day of the confirmation; None where it never ends or was never given."""
        days, since = good_for_days(self.roles), self.confirmed_on
        return since + timedelta(days) if since and days is not None else None

    @property
    def channels(self) -> tuple[Channel, ...]:
        """All its phones, then all its chats."""
        return (*self.phones, *self.chats)

    @property
    def languages(self) -> tuple[str, ...]:
        """The codes of the languages that its channels speak, each once."""
        return tuple(dict.fromkeys(code for line in self.channels for code in line.languages))

    @property
    def unconfirmed(self) -> bool:
        """Whether it needs a confirmation and has none that counts."""
        return self.confirmed_on is None and self.needs_confirmation

    def state(self, today: date) -> str:
        """Return ``doubted``, ``unreachable``, ``changed`` (since it was confirmed), ``unconfirmed``,
        ``expired`` or ``confirmed``."""
        if self.unconfirmed:
            said = self._verification
            if said.doubted or said.unreachable:
                return "doubted" if said.doubted else "unreachable"
            return "changed" if said.changed_since else "unconfirmed"
        return "expired" if self.good_until and self.good_until < today else "confirmed"
