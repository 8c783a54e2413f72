"""``_country.yml`` and the file of a municipality, which may hold only local contacts."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, WithJsonSchema, field_validator

from ..fields.field_types import Drawing, Email, IsoCode, LanguageCode, Slug, Text, TimeZone, WebUrl, refuse
from ..fields.record_base_class import AtLeastOne, ByLanguage, Distinct, DistinctAtLeastOne, Record
from .channels import Chat, Numbers, Phone, PhoneNumber, in_force, toll_free
from .confirmations_and_approvals import ExitUrl
from .contact import MOST_CHATS, MOST_PHONES, Contact
from .referral_order import CountryReferral, Referral
from .roles import LOCAL, Role
from .working_group import Meeting, WorkingGroup

MOST_CONTACTS, MOST_MEETINGS = 20, 20  # in one municipality's file


def _local_role(value: object) -> object:
    """Return the role if a municipality's contact may have it."""
    known = isinstance(value, str)
    if known and value in LOCAL:
        return value
    expected = ", ".join(LOCAL)
    if known and value in set(Role):
        expected += " (a contact for the whole country or a county belongs in _country.yml)"
    raise refuse(expected)


LocalRole = Annotated[
    Role, BeforeValidator(_local_role), WithJsonSchema({"type": "string", "enum": list(LOCAL)})
]


class _LocalLine(Record):
    """A municipality's number. It may say ``free: true`` only of a freephone number."""

    @field_validator("free", check_fields=False)
    @classmethod
    def _is_known_to_be_free(cls, free: bool | None, info: ValidationInfo) -> bool | None:
        if free and info.data.get("number"):
            toll_free(info.data["number"], info)
        return free


class LocalPhone(_LocalLine, Phone):
    """A municipality's telephone number and the people who can use it."""


class LocalChat(_LocalLine, Chat):
    """A municipality's line for written messages."""


class LocalContact(Contact):
    """A municipality's contact."""

    roles: DistinctAtLeastOne[LocalRole]
    """The purposes of the contact. The first is the main one. Other roles belong in _country.yml."""

    phones: Annotated[tuple[LocalPhone, ...], Field(max_length=MOST_PHONES)] = ()
    """Its telephone numbers, in the order of the card. Only a freephone number may be called free."""

    chats: Annotated[tuple[LocalChat, ...], Field(max_length=MOST_CHATS)] = ()
    """Its lines for written messages, in the order of the card."""


class CountryContact(Contact):
    """A contact of the whole country, or of some of its municipalities and counties."""

    service_area: Distinct[Text] = ()
    """The municipalities (tartu) and counties (Tartumaa) that it serves, if not the whole country."""

    @property
    def area(self) -> tuple[str, ...]:
        return self.service_area


class ContactPoint(Record):
    """The office that answers for a copy: the municipality's own, never a private person."""

    at_least_one_of = ("phone", "email", "web")

    organization: ByLanguage
    """The name of the office by language, at least in the country's first language."""

    phone: PhoneNumber | None = None
    """The telephone number of the office, in quotes."""

    email: Email | None = None
    """The e-mail address of the office."""

    web: WebUrl | None = None
    """The page of the office."""


class CountryFile(Record):
    """The file ``_country.yml``: facts for every place of a country."""

    name: ByLanguage
    """The name of the country, by language."""

    languages: AtLeastOne[LanguageCode]
    """The languages of its sites. The first is at the root."""

    starts: tuple[LanguageCode, ...] = ()
    """The languages that are only begun. At least index, help and safety are written in them."""

    time_zone: TimeZone
    """The time zone of all opening hours and meetings in the country's files."""

    exits: Annotated[dict[Slug, ExitUrl], Field(min_length=1)]
    """The quiet pages to which the exit may lead, each by a name. The first is the usual one."""

    codes: dict[Slug, IsoCode] = {}
    """The code of each municipality in ISO 3166-2, by the name of its file. If it is given, no other
    municipality may exist."""

    counties: Distinct[Text] = ()
    """The counties. If they are given, each municipality must name its own."""

    numbers: Annotated[Numbers, AfterValidator(in_force)]
    """The telephone numbers that the country's files may hold."""

    contacts: AtLeastOne[CountryContact]
    """The contacts that serve every municipality of the country, or those of their service area."""

    referral: CountryReferral = CountryReferral()
    """The referral orders of municipalities that have none of their own."""

    meetings: tuple[Meeting, ...] = ()
    """The meetings to which every municipality of the country is invited."""


class MunicipalityFile(Record):
    """The file ``SLUG.yml`` of one municipality. Its name and its code are required, and its county if the
    country's file lists ``counties``."""

    iso_3166_2: IsoCode
    """The code of the municipality in ISO 3166-2."""

    name: ByLanguage
    """The official name by language, in the nominative."""

    county: Text | None = None
    """One of the country's counties."""

    exit: Slug | None = None
    """The name of one of the country's exits. Leave it out for the country's first exit."""

    time_zone: TimeZone | None = None
    """The time zone of the municipality, if it is not the country's."""

    contact_point: ContactPoint | None = None
    """The office that answers for this copy, never a private person."""

    mark: Drawing | None = None
    """The municipality's mark, such as its coat of arms: one small plain SVG of shapes, in single quotes. It
    is on the first page and on the page about the site."""

    contacts: Annotated[tuple[LocalContact, ...], Field(max_length=MOST_CONTACTS)] = ()
    """The municipality's own contacts. The country's contacts serve for the rest."""

    referral: Referral = Referral()
    """The municipality's own referral orders. The country's orders serve for the rest."""

    working_group: WorkingGroup | None = None
    """The offices that work together against trafficking in the municipality."""

    meetings: Annotated[tuple[Meeting, ...], Field(max_length=MOST_MEETINGS)] = ()
    """The municipality's own meetings."""
