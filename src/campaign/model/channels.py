"""The channels of contacts, which are phones and chats, and the telephone numbers that a country's files may
hold."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, ConfigDict, ValidationInfo, field_validator, model_validator

from ..fields.field_types import Flag, LanguageCode, Schedule, Text, WebUrl, form, refuse
from ..fields.record_base_class import AtLeastOne, Distinct, Record
from ..text.phone_numbers import (
    e164,
    exception_instead,
    mobile_instead,
    ordinary_instead,
    toll_free_instead,
    well_formed_instead,
)

_SHORT = "1[0-9]{1,5}"  # the short codes of services; the four countries have none with another digit first


def _unless_expected(instead: Callable[[str, str], str | None]) -> Callable[[str, ValidationInfo], str]:
    """Return a validator that refuses a value if ``instead(value, country)`` returns what is expected."""

    def validator(value: str, info: ValidationInfo) -> str:
        country = str(info.context["country"]) if info.context else "ee"
        if expected := instead(value, country):
            raise refuse(expected)
        return value

    validator.__name__ = instead.__name__
    return validator


_well_formed = _unless_expected(well_formed_instead)
_ordinary = _unless_expected(ordinary_instead)
_exception = _unless_expected(exception_instead)
mobile = _unless_expected(mobile_instead)
toll_free = _unless_expected(toll_free_instead)


def _harmless(value: str, info: ValidationInfo) -> str:
    """Return a number that the country's `Numbers` allow; check only its form if there are none."""
    numbers = (info.context or {}).get("numbers")
    if numbers is None:
        return value
    plain = value.replace(" ", "")
    if plain in numbers.emergency:
        if "municipality" in (info.context or {}):
            raise refuse("a number of the municipality's own: the emergency number is on every page already")
    elif plain in numbers.exceptions:
        pass
    elif not is_short(plain):
        _ordinary(value, info)
    elif plain not in numbers.short_codes:
        raise refuse("a short code that _country.yml lists under numbers.short_codes")
    return value


def _short_code(value: str, info: ValidationInfo) -> str:
    if not re.fullmatch(_SHORT, value):
        raise refuse('the digits of a short code, without spaces ("116006")')
    return _well_formed(value, info)


def _listed_or_well_formed(value: str, info: ValidationInfo) -> str:
    """Return a number; check its form if the country does not list it as an exception. If nobody knows the
    country's list, any short code may be on it."""
    numbers = (info.context or {}).get("numbers")
    listed = value in numbers.exceptions if numbers else re.fullmatch(_SHORT, value) and info.context
    return value if listed else _well_formed(value, info)


def _exception_number(value: str, info: ValidationInfo) -> str:
    if re.fullmatch(_SHORT, value):  # libphonenumber's lists of short codes are not complete
        if well_formed_instead(value, str(info.context["country"]) if info.context else "ee"):
            return value
        raise refuse("an international number, or a short code that cannot be under numbers.short_codes")
    if not re.fullmatch(r"\+[0-9]+", value):
        raise refuse('an international number without spaces ("+3726001247")')
    return _exception(_well_formed(value, info), info)


def is_short(number: str) -> bool:
    """Whether the number is a short code: neither international nor a national freephone number."""
    return number[0] not in "+0"


def international(number: str, country: str) -> str:
    """Return the one form of a number in any spelling: ``+37080091119``, or the digits of a short code."""
    if number.startswith("0"):
        return e164(number, country)
    return number.replace(" ", "")


def dial(number: str) -> str:
    """Return the link that dials a number: ``tel:+3726607320`` for ``+372 660 7320``."""
    return "tel:" + re.sub(r"[^+0-9]", "", number)


PhoneNumber = Annotated[
    str,
    AfterValidator(_listed_or_well_formed),
    AfterValidator(_harmless),
    form(
        r"^\+?[0-9]+( [0-9]+)*$",
        "+372 736 1300",
        "116 006",
        description="The number in quotes: an international number, or a short code of the country.",
    ),
]
ShortCode = Annotated[str, AfterValidator(_short_code), form(f"^{_SHORT}$", "116006")]
ExceptionNumber = Annotated[
    str, AfterValidator(_exception_number), form(rf"^(\+[0-9]+|{_SHORT})$", "+3726001247", "1809")
]


class Numbers(Record):
    """The telephone numbers that the files of a country may hold."""

    emergency: AtLeastOne[ShortCode]
    """The emergency numbers need no confirmation, and only contacts of this file may hold them."""

    short_codes: dict[ShortCode, Text] = {}
    """Each other short code in use, with the name of its service."""

    exceptions: dict[ExceptionNumber, Text] = {}
    """Each number of another country or of a costly kind, and each short code that libphonenumber does not
    know, with the reason why it is allowed."""


def in_force(numbers: Numbers, info: ValidationInfo) -> Numbers:
    """Put the numbers into the validation context, unless it says that they are not known (None). The
    contacts of the file are validated after it."""
    if info.context is not None:
        info.context.setdefault("numbers", numbers)
    return numbers


Languages = Distinct[LanguageCode]


class Phone(Record):
    """One telephone number and the people who can use it."""

    number: PhoneNumber

    languages: Languages = ()
    """The languages that this line speaks."""

    free: Flag | None = None
    """Whether the call is free. Leave it out if no source says so."""

    reachable_from: Literal["home", "abroad", "anywhere"] | None = None
    """From where the number can be called. Leave it out if the form of the number already tells: only an
    international number works from abroad."""

    schedule: Schedule | None = None
    """The hours of this line, if they are not those of the contact."""

    @property
    def reach(self) -> str:
        """Return ``home``, ``abroad`` or ``anywhere``. Short codes and 0 800 numbers work at home only."""
        return self.reachable_from or ("anywhere" if self.number.startswith("+") else "home")

    @property
    def href(self) -> str:
        return dial(self.number)


class Chat(Record):
    """A line for written messages."""

    model_config = ConfigDict(
        json_schema_extra={
            "if": {"properties": {"kind": {"const": "web"}}, "required": ["kind"]},
            "then": {"required": ["url"], "not": {"required": ["number"]}},
            "else": {"required": ["number"], "not": {"required": ["url"]}},
        }
    )

    kind: Literal["web", "sms", "whatsapp", "viber", "telegram"]
    """The kind of chat: a page on the web, text messages, or a messenger."""

    url: WebUrl | None = None
    """The address of a chat on the web. Other kinds have a number instead."""

    number: PhoneNumber | None = None
    """The number of every chat that is not on the web."""

    languages: Languages = ()
    """The languages that this line writes."""

    free: Flag | None = None
    """Whether messages are free. Leave it out if no source says so."""

    schedule: Schedule | None = None
    """The hours of this line, if they are not those of the contact."""

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


Channel = Phone | Chat


def reached_at(line: Channel, info: ValidationInfo) -> str:
    """Return ``+37080066366`` for any spelling of it, ``viber +37254640007``, or the address of a chat."""
    if line.number is None:
        return str(line.href)
    number = international(line.number, info.context["country"] if info.context else "ee")
    return f"{line.kind} {number}" if isinstance(line, Chat) else number
