"""``_country.yml`` and the file of a municipality, which may hold only local contacts."""

from __future__ import annotations

from typing import Annotated, Self

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, field_validator, model_validator

from .contact import MOST_CHATS, MOST_PHONES, Chat, Contact, Phone
from .coordinator_file import ExitUrl
from .numbering import Numbers, in_force
from .record import ByLanguage, Record, each_once, some
from .referral_order import CountryReferral, Referral
from .roles import LOCAL, Role
from .types import (
    Email,
    IsoCode,
    LanguageCode,
    PhoneNumber,
    Slug,
    Text,
    TimeZone,
    WebUrl,
    refuse,
    toll_free,
)
from .working_group import Meeting, WorkingGroup

MOST_CONTACTS, MOST_MEETINGS = 20, 20  # in one municipality's file


def local_role(value: object) -> object:
    """Return the role if a municipality's contact may have it."""
    known = isinstance(value, str)
    if known and value in LOCAL:
        return value
    expected = ", ".join(LOCAL)
    if known and value in set(Role):
        expected += " (a contact for the whole country or a county belongs in _country.yml)"
    raise refuse(expected)


class _LocalLine(Record):
    """A municipality's number. It may say ``free: true`` only of a freephone number."""

    @field_validator("free", check_fields=False)
    @classmethod
    def _is_known_to_be_free(cls, free: bool | None, info: ValidationInfo) -> bool | None:
        if free and info.data.get("number"):
            toll_free(info.data["number"], info)
        return free


class LocalPhone(_LocalLine, Phone):
    pass


class LocalChat(_LocalLine, Chat):
    pass


class LocalContact(Contact):
    """A municipality's contact."""

    roles: Annotated[
        tuple[Annotated[Role, BeforeValidator(local_role)], ...],
        AfterValidator(some),
        AfterValidator(each_once),
    ]
    phones: Annotated[tuple[LocalPhone, ...], Field(max_length=MOST_PHONES)] = ()
    chats: Annotated[tuple[LocalChat, ...], Field(max_length=MOST_CHATS)] = ()


class CountryContact(Contact):
    """A contact of the whole country, or of its municipalities and counties in ``service_area``, Open
    Referral's word: slugs (``tartu``) and names of ``counties`` (``Tartumaa``)."""

    service_area: Annotated[tuple[Text, ...], AfterValidator(each_once)] = ()

    @property
    def area(self) -> tuple[str, ...]:
        return self.service_area


class ContactPoint(Record):
    """The office that answers for a copy: the municipality's own, never a private person."""

    organization: ByLanguage
    phone: PhoneNumber | None = None
    email: Email | None = None
    web: WebUrl | None = None

    @model_validator(mode="after")
    def _can_be_reached(self) -> Self:
        if not (self.phone or self.email or self.web):
            raise refuse("at least one of phone, email, web")
        return self


class CountryFile(Record):
    """The file ``_country.yml``: facts for every place of a country. ``codes`` maps each municipality's file
    name to its ISO 3166-2 code; if it is given, no other municipality may exist. If ``counties`` are given,
    each municipality must name one of them."""

    name: ByLanguage
    languages: Annotated[tuple[LanguageCode, ...], AfterValidator(some)]
    starts: tuple[LanguageCode, ...] = ()
    time_zone: TimeZone
    exits: Annotated[dict[Slug, ExitUrl], AfterValidator(some)]
    codes: dict[Slug, IsoCode] = {}
    counties: Annotated[tuple[Text, ...], AfterValidator(each_once)] = ()
    numbers: Annotated[Numbers, AfterValidator(in_force)]
    contacts: Annotated[tuple[CountryContact, ...], AfterValidator(some)]
    referral: CountryReferral = CountryReferral()
    meetings: tuple[Meeting, ...] = ()


class MunicipalityFile(Record):
    """The file ``SLUG.yml`` of one municipality. Its name and its code are required, and its county if the
    country's file lists ``counties``."""

    iso_3166_2: IsoCode
    name: ByLanguage
    county: Text | None = None
    exit: Slug | None = None
    time_zone: TimeZone | None = None
    contact_point: ContactPoint | None = None
    contacts: Annotated[tuple[LocalContact, ...], Field(max_length=MOST_CONTACTS)] = ()
    referral: Referral = Referral()
    working_group: WorkingGroup | None = None
    meetings: Annotated[tuple[Meeting, ...], Field(max_length=MOST_MEETINGS)] = ()
