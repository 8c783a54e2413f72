"""The kinds of values that a municipality's file may hold, each with what is allowed in words.

What only a check of new values needs is imported there: most builds have none.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from importlib import import_module
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from babel import localedata
from pydantic import (
    AfterValidator,
    BeforeValidator,
    ValidationError,
    ValidationInfo,
)
from pydantic_core import PydanticCustomError, Url

from .hours import check_hours
from .judged import once

_MARKUP = re.compile(
    r"[<>{}⟦⟧\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]|\b[a-z][a-z0-9+.-]*://|\b(javascript|data|vbscript):",
    re.I,
)
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_SLUG = 60  # characters: the paths of a copy are made of slugs and ids
LONGEST_SCHEDULE = 200  # characters; a week with its own times on each day has about 160
_DATE = re.compile(r"([0-9]{4})(?:/([0-9]{4})|-([0-9]{2})(?:-([0-9]{2}))?)?")
_NOT_IN_URL = re.compile(r"[\s<>\"'`{}|^\[\]\\⟦⟧\x00-\x1f\x7f-\x9f]|%(?![0-9A-Fa-f]{2})|#.*#")
_MAILBOX = re.compile(r"[A-Za-z0-9._+-]+")  # no ? & %: they would add to a mailto link


def refuse(allowed: str) -> PydanticCustomError:
    """What a validator raises: `validation` makes ``found …, allowed …`` of it."""
    return PydanticCustomError("refused", "{allowed}", {"allowed": allowed})


def _plain_text(value: str) -> str:
    if not 1 <= len(value.strip()) <= 300:
        raise refuse("1 to 300 characters")
    if _MARKUP.search(value):
        raise refuse("plain text on one line, without markup, braces or links")
    return value


def slug(value: str) -> str:
    """A name that is safe as a file and in an address."""
    if len(value) > LONGEST_SLUG:
        raise refuse(f"at most {LONGEST_SLUG} characters, and this has {len(value)}")
    if not _SLUG.fullmatch(value):
        raise refuse("small letters a-z, digits and single hyphens")
    return value


def _iso_code(value: str) -> str:
    if not re.fullmatch(r"[A-Z]{2}-[A-Z0-9]{1,3}", value):
        raise refuse('a code of ISO 3166-2, in Latin capitals and digits ("EE-793")')
    return value


def _url(schemes: tuple[str, ...]) -> Callable[[str], str]:
    allowed = " or ".join(f"{scheme}://" for scheme in schemes) + " and a full address"

    def check(value: str) -> str:
        if not value.startswith(tuple(f"{scheme}://" for scheme in schemes)):
            raise refuse(allowed)
        if _NOT_IN_URL.search(value) or len(value) > 500:
            raise refuse("an address without spaces, quotes, braces or markup")
        try:
            parsed = Url(value)
        except ValidationError:
            raise refuse(allowed) from None
        # Browsers read https://0 and https://0x7f.1 as addresses of machines; so does the parser.
        named = parsed.host and "." in parsed.host and not re.fullmatch(r"[0-9.]+", parsed.host)
        if not named or parsed.username or parsed.password:
            raise refuse("an address with a full host name and no user name")
        return value

    return check


# Addresses that open a messenger, with a number or a name that nobody has looked at.
_MESSENGERS = ("wa.me", "whatsapp.com", "t.me", "telegram.me", "telegram.dog", "viber.com", "viber.click")


def _no_messenger(value: str) -> str:
    named = (urlsplit(value).hostname or "").rstrip(".")
    if any(f".{named}".endswith(f".{messenger}") for messenger in _MESSENGERS):
        raise refuse("a page on the web: a messenger belongs under chats, with its number")
    return value


def _site_url(value: str) -> str:
    if not value.endswith("/") or "?" in value or "#" in value:
        raise refuse("an address that ends with a slash, without ? and #")
    if not re.fullmatch(r"https://[A-Za-z0-9.:/~_%-]+", value):  # it stands in the hosts' settings
        raise refuse("an address of letters, digits and . : / ~ _ % -")
    return value


@once
def _email(value: str, _: ValidationInfo) -> str:
    from email_validator import EmailNotValidError, validate_email

    allowed = "an e-mail address such as info@example.org"
    try:
        validate_email(value, check_deliverability=False)
    except EmailNotValidError:
        raise refuse(allowed) from None
    if not _MAILBOX.fullmatch(value.rpartition("@")[0]):
        raise refuse(allowed)
    return value


def _language(value: str) -> str:
    if not re.fullmatch(r"[a-z]{2}", value) or not localedata.exists(value):
        raise refuse("a two-letter language code of ISO 639-1")
    return value


def _flag(value: Any) -> bool:
    if value in ("true", "false"):
        return bool(value == "true")
    raise refuse("true or false")


@once
def _schedule(value: str, _: ValidationInfo) -> str:
    if len(value) > LONGEST_SCHEDULE:
        raise refuse(f"at most {LONGEST_SCHEDULE} characters, and this has {len(value)}")
    try:
        return check_hours(value)
    except ValueError as error:
        raise refuse(str(error).removeprefix("allowed ")) from None


def _by_libphonenumber(question: str) -> Callable[[str, ValidationInfo], str]:
    """The validator that asks a function of `phone_number` what is allowed instead of the value."""

    def check(value: str, info: ValidationInfo) -> str:
        library = import_module(".phone_number", __package__)
        country = str(info.context["country"]) if info.context else "ee"
        if allowed := getattr(library, question)(value, country):
            raise refuse(allowed)
        return value

    check.__name__ = question
    return once(check)


_well_formed = _by_libphonenumber("well_formed_instead")
_ordinary = _by_libphonenumber("ordinary_instead")
_exception = _by_libphonenumber("exception_instead")
mobile = _by_libphonenumber("mobile_instead")
toll_free = _by_libphonenumber("toll_free_instead")


def _harmless(value: str, info: ValidationInfo) -> str:
    """A number that the country's `Numbers` allow. Without them, where a value is validated by itself, only
    its form counts."""
    numbers = (info.context or {}).get("numbers")
    if numbers is None:
        return value
    plain = value.replace(" ", "")
    if plain in numbers.emergency:
        if "municipality" in (info.context or {}):
            raise refuse("a number of the municipality's own: the emergency number is on every page already")
    elif is_short(plain):
        if plain not in numbers.short_codes:
            raise refuse("a short code that _country.yml lists under numbers.short_codes")
    elif plain not in numbers.exceptions:
        _ordinary(value, info)
    return value


def _short_code(value: str, info: ValidationInfo) -> str:
    if not re.fullmatch(r"1[0-9]{1,5}", value):
        raise refuse('the digits of a short code, without spaces ("116006")')
    return _well_formed(value, info)


def _exception_number(value: str, info: ValidationInfo) -> str:
    if not re.fullmatch(r"\+[0-9]+", value):
        raise refuse('an international number without spaces ("+3726001247")')
    return _exception(_well_formed(value, info), info)


def _day(value: Any, info: ValidationInfo) -> date:
    allowed = "a date as YYYY-MM-DD"
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise refuse(allowed)
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise refuse(allowed) from None
    today = info.context["today"] if info.context else date.max
    if day > today:
        raise refuse(f"a date up to today, {today.isoformat()}")
    return day


def _source_date(value: str, info: ValidationInfo) -> str:
    """As precise as the source prints it; an interval of years where it names two."""
    allowed = "YYYY-MM-DD, YYYY-MM, YYYY, YYYY/YYYY or undated"
    if value == "undated":
        return value
    match = _DATE.fullmatch(value)
    if not match:
        raise refuse(allowed)
    year, last, month, day = match.groups()
    try:
        earliest = max(date(int(number), int(month or 1), int(day or 1)) for number in (year, last or year))
    except ValueError:
        raise refuse(allowed) from None
    if info.context and earliest > info.context["today"]:
        raise refuse(f"a date up to today, {info.context['today'].isoformat()}")
    return value


def _zone(value: str) -> str:
    try:  # to list all zones would read the whole of tzdata
        if re.match(r"[A-Z]\w+/", value) and ZoneInfo(value):
            return value
    except (OSError, ValueError, KeyError):  # a folder, a path that leaves, no such zone
        pass
    raise refuse("a time zone such as Europe/Tallinn")


def nowrap(number: str) -> str:
    """A number that no line's end cuts."""
    return number.replace(" ", "\N{NO-BREAK SPACE}")


def host(url: str) -> str:
    """``https://www.just.ee/en/x`` as a card names it: ``just.ee``."""
    return urlsplit(url).netloc.removeprefix("www.").rstrip(".")


def is_short(number: str) -> bool:
    """Whether it is a short code: neither international nor a national freephone number."""
    return number[0] not in "+0"


def international(number: str, country: str) -> str:
    """The one form of a number, however it is written: ``+37080091119``, or a short code's digits."""
    if number.startswith("0"):
        from .phone_number import e164

        return e164(number, country)
    return number.replace(" ", "")


def dial(number: str) -> str:
    """``+372 660 7320`` as a link that a phone dials: ``tel:+3726607320``."""
    return "tel:" + re.sub(r"[^+0-9]", "", number)


Text = Annotated[str, AfterValidator(_plain_text)]
Slug = Annotated[str, AfterValidator(slug)]
IsoCode = Annotated[str, AfterValidator(_iso_code)]
HttpsUrl = Annotated[str, AfterValidator(_url(("https",)))]
WebUrl = Annotated[HttpsUrl, AfterValidator(_no_messenger)]
SourceUrl = Annotated[str, AfterValidator(_url(("https", "http")))]
SiteUrl = Annotated[HttpsUrl, AfterValidator(_site_url)]
Email = Annotated[str, AfterValidator(_email)]
LanguageCode = Annotated[str, AfterValidator(_language)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Schedule = Annotated[str, AfterValidator(_schedule)]
PhoneNumber = Annotated[str, AfterValidator(_well_formed), AfterValidator(_harmless)]
ShortCode = Annotated[str, AfterValidator(_short_code)]
ExceptionNumber = Annotated[str, AfterValidator(_exception_number)]
Day = Annotated[date, BeforeValidator(_day)]
TimeZone = Annotated[str, AfterValidator(_zone)]
SourceDate = Annotated[str, AfterValidator(_source_date)]
