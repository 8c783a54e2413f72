"""The kinds of values that a municipality's file may hold, each with what is allowed in words.

What only a check of new values needs is imported there: most builds have none.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
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
    if not _SLUG.fullmatch(value):
        raise refuse("small letters a-z, digits and single hyphens")
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


def _schedule(value: str) -> str:
    try:
        return check_hours(value)
    except ValueError as error:
        raise refuse(str(error).removeprefix("allowed ")) from None


@once
def _phone(value: str, info: ValidationInfo) -> str:
    """Numbers with + or a national 0 must be valid, short codes possible: libphonenumber calls
    116006 invalid in EE and LV, 124 in RU and 113 in LT, though all four are in service."""
    import phonenumbers

    region = info.context["country"].upper() if info.context else "EE"
    allowed = (
        f'a number in quotes: international ("+372 …"), a short code of {region} ("116 006") '
        'or a national freephone ("0 800 …")'
    )
    if not re.fullmatch(r"\+?[0-9][0-9 -]*[0-9]", value):
        raise refuse(allowed)
    try:
        number = phonenumbers.parse(value, region)
    except phonenumbers.NumberParseException:
        raise refuse(allowed) from None
    digits = re.sub(r"\D", "", value)
    if value.startswith("+") or digits.startswith("0800"):
        good = phonenumbers.is_valid_number(number)
    else:
        good = digits.startswith("1") and phonenumbers.is_possible_short_number_for_region(number, region)
    if not good:
        raise refuse(allowed)
    return value


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


def dial(number: str) -> str:
    """``+372 660 7320`` as a link that a phone dials: ``tel:+3726607320``."""
    return "tel:" + re.sub(r"[^+0-9]", "", number)


Text = Annotated[str, AfterValidator(_plain_text)]
Slug = Annotated[str, AfterValidator(slug)]
HttpsUrl = Annotated[str, AfterValidator(_url(("https",)))]
SourceUrl = Annotated[str, AfterValidator(_url(("https", "http")))]
SiteUrl = Annotated[HttpsUrl, AfterValidator(_site_url)]
Email = Annotated[str, AfterValidator(_email)]
LanguageCode = Annotated[str, AfterValidator(_language)]
Flag = Annotated[bool, BeforeValidator(_flag)]
Schedule = Annotated[str, AfterValidator(_schedule)]
PhoneNumber = Annotated[str, AfterValidator(_phone)]
Day = Annotated[date, BeforeValidator(_day)]
TimeZone = Annotated[str, AfterValidator(_zone)]
SourceDate = Annotated[str, AfterValidator(_source_date)]
