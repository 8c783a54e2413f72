"""Contacts in the files of countries and municipalities, in Open Referral's words where it has them."""

from __future__ import annotations

import json
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import (
    AfterValidator,
    Field,
    PrivateAttr,
    ValidationInfo,
    computed_field,
    field_validator,
    model_validator,
)

from ..files.fingerprint import digest
from .coordinator_file import Confirmation
from .numbering import Numbers
from .record import ByLanguage, Record, Source, each_once, some
from .roles import ADDRESS_KEPT_BACK, GOOD_FOR_DAYS, Eligibility, Role
from .types import (
    Email,
    Flag,
    LanguageCode,
    PhoneNumber,
    Schedule,
    Slug,
    Text,
    WebUrl,
    dial,
    international,
    is_short,
    mobile,
    refuse,
)

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


class Show(StrEnum):
    """The pages that show a contact, the key ``show`` of its record. A contact for professionals' pages alone
    has ``audiences: [professionals]`` instead."""

    READERS = "readers"
    # The number of one worker or a narrow desk: after the place's other numbers, with words that say so.
    SECOND_LINE = "second-line"
    # On readers' pages only if somebody has confirmed it; until then on professionals' pages.
    READERS_ONCE_CONFIRMED = "readers-once-confirmed"


Languages = Annotated[tuple[LanguageCode, ...], AfterValidator(each_once)]


class Phone(Record):
    """One number and the people who can use it. ``free`` is None where no source says it."""

    number: PhoneNumber
    languages: Languages = ()
    free: Flag | None = None
    reachable_from: Literal["home", "abroad", "anywhere"] | None = None
    schedule: Schedule | None = None

    @property
    def reach(self) -> str:
        """Return ``home``, ``abroad`` or ``anywhere``. Short codes and 0 800 numbers work at home only."""
        return self.reachable_from or ("anywhere" if self.number.startswith("+") else "home")

    @property
    def href(self) -> str:
        return dial(self.number)


class Chat(Record):
    """A line for written messages."""

    kind: Literal["web", "sms", "whatsapp", "viber", "telegram"]
    url: WebUrl | None = None
    number: PhoneNumber | None = None
    languages: Languages = ()
    free: Flag | None = None
    schedule: Schedule | None = None

    @field_validator("number")
    @classmethod
    def _reaches_a_phone_that_reads(cls, number: str | None, info: ValidationInfo) -> str | None:
        """Messengers accept only mobile numbers; a text message also reaches a short code."""
        kind = info.data.get("kind")
        if number is None or kind in (None, "web") or (kind == "sms" and is_short(number)):
            return number
        return mobile(number, info)

    @model_validator(mode="after")
    def _has_its_address(self) -> Self:
        wanted, other = ("url", "number") if self.kind == "web" else ("number", "url")
        if getattr(self, wanted) is None or getattr(self, other) is not None:
            raise refuse(f"{wanted} and no {other} for kind {self.kind}")
        return self

    @property
    def href(self) -> str | None:
        """Return the link that opens the chat; None where no link of this kind opens on every device."""
        dialled = dial(self.number or "").removeprefix("tel:")
        return {
            "web": self.url,
            "sms": f"sms:{dialled}",
            "whatsapp": f"https://wa.me/{dialled.removeprefix('+')}",
            "telegram": f"https://t.me/{dialled}",
        }.get(self.kind)


_Line = Phone | Chat


def _reached_at(line: _Line, info: ValidationInfo) -> str:
    """Return ``+37080066366`` for any spelling of it, ``viber +37254640007``, or the address of a chat."""
    if line.number is None:
        return str(line.href)
    number = international(line.number, info.context["country"] if info.context else "ee")
    return f"{line.kind} {number}" if isinstance(line, Chat) else number


# The fields that a confirmation covers. The description, audiences and source need no call.
_CONFIRMED = {
    "id", "roles", "organization", "phones", "chats", "web", "email", "address", "schedule", "eligibility",
    "anonymous", "service_area",
}  # fmt: skip


class Contact(Record):
    """One service that a person can reach, and the source of all that the record says."""

    id: Slug
    roles: Annotated[tuple[Role, ...], AfterValidator(some), AfterValidator(each_once)]
    organization: ByLanguage
    description: ByLanguage = {}
    phones: Annotated[tuple[Phone, ...], Field(max_length=MOST_PHONES)] = ()
    chats: Annotated[tuple[Chat, ...], Field(max_length=MOST_CHATS)] = ()
    web: WebUrl | None = None
    email: Email | None = None
    address: Text | None = None
    schedule: Schedule | None = None
    audiences: Annotated[
        tuple[Literal["youth", "migrants", "professionals"], ...], AfterValidator(each_once)
    ] = ()
    eligibility: Annotated[tuple[Eligibility, ...], AfterValidator(each_once)] = ()
    anonymous: Flag | None = None
    show: Show = Show.READERS
    source: Source
    # Only the coordinator sets these; no municipality's or country's file can.
    _confirmation: Confirmation | None = PrivateAttr(None)
    _changed_since: date | None = PrivateAttr(None)

    @field_validator("phones", "chats")
    @classmethod
    def _fit_together(cls, lines: tuple[_Line, ...], info: ValidationInfo) -> tuple[_Line, ...]:
        """Refuse repeated lines, and other numbers in a contact that has the role ``emergency``."""
        each_once(tuple(_reached_at(line, info) for line in lines))
        numbers: Numbers | None = (info.context or {}).get("numbers")
        if numbers and Role.EMERGENCY in info.data.get("roles", ()):
            for number in (line.number for line in lines if line.number):
                if number.replace(" ", "") not in numbers.emergency:
                    raise refuse(f"emergency numbers alone ({', '.join(numbers.emergency)}) for emergency")
        elif numbers and any((line.number or "").replace(" ", "") in numbers.emergency for line in lines):
            raise refuse("an emergency number only in a contact with the role emergency")
        return lines

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        if not (self.phones or self.chats or self.web or self.email or self.address):
            raise refuse("at least one of phones, chats, web, email, address")
        if self.address and ADDRESS_KEPT_BACK.intersection(self.roles):
            raise refuse("no address: where people are sheltered is never published")
        if Role.SHELTER in self.roles and not self.source.publisher:
            raise refuse("a publisher of the source: the address of a shelter's source is never published")
        if Role.EMERGENCY in self.roles and (self.audiences or self.show is not Show.READERS):
            raise refuse("no audiences and no show: an emergency number is for everybody")
        return self

    @property
    def area(self) -> tuple[str, ...]:
        """The slugs and counties that it serves; empty if it serves one municipality or a whole country."""
        return ()

    @property
    def source_withheld(self) -> bool:
        """Whether the address of its source is never published."""
        return self.source.withheld or Role.SHELTER in self.roles

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

    def with_confirmation(self, recorded: Confirmation) -> Contact:
        """Return a copy of the contact that is confirmed if its digest is the recorded one, and otherwise
        marked as changed since the recorded day."""
        contact = self.model_copy()
        if recorded.digest == self.digest:
            contact._confirmation = recorded
        else:
            contact._changed_since = recorded.date
        return contact

    @property
    def digest(self) -> str:
        """SHA-256 of everything that a person can check by calling: names, roles, numbers, addresses, hours,
        languages, cost and eligibility. A missing key does not count."""
        right = self.model_dump(mode="json", exclude_defaults=True, include=_CONFIRMED)
        return digest([json.dumps(right, ensure_ascii=False, sort_keys=True).encode()])

    @property
    def changed_since(self) -> date | None:
        """The day of the last confirmation, if the contact has changed since; otherwise None."""
        return self._changed_since

    @computed_field  # type: ignore[prop-decorator]
    @property
    def assured_date(self) -> date | None:
        """The day of the confirmation, under Open Referral's name."""
        return self._confirmation.date if self._confirmation else None

    @computed_field  # type: ignore[prop-decorator]
    @property
    def assurer(self) -> str | None:
        """The office that confirmed the contact, under Open Referral's name."""
        return self._confirmation.office if self._confirmation else None

    @property
    def role(self) -> Role:
        return self.roles[0]

    @property
    def needs_confirmation(self) -> bool:
        """False for an emergency contact: only a country's file may have this role, and such a contact
        holds only the country's emergency numbers."""
        return Role.EMERGENCY not in self.roles

    @property
    def good_until(self) -> date | None:
        """The last day of the confirmation; None where it never ends or was never given."""
        ends = self.needs_confirmation and self.assured_date is not None
        return self.assured_date + timedelta(GOOD_FOR_DAYS) if ends and self.assured_date else None

    @property
    def channels(self) -> tuple[Phone | Chat, ...]:
        """All its phones, then all its chats."""
        return (*self.phones, *self.chats)

    @property
    def languages(self) -> tuple[str, ...]:
        """The codes of the languages that its channels speak, each once."""
        return tuple(dict.fromkeys(code for line in self.channels for code in line.languages))

    @property
    def unconfirmed(self) -> bool:
        """Whether it needs a confirmation and has none."""
        return self.assured_date is None and self.needs_confirmation

    def state(self, today: date) -> str:
        """Return ``unconfirmed``, ``changed`` (since it was confirmed), ``expired`` or ``confirmed``."""
        if self.unconfirmed:
            return "changed" if self.changed_since else "unconfirmed"
        return "expired" if self.good_until and self.good_until < today else "confirmed"
