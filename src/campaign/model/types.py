"""The types of values in a municipality's file. Each type says in words what is expected."""

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
    ValidationInfo,
)
from pydantic_core import PydanticCustomError

from ..errors import shown
from ..files.yaml_document import Cut
from ..text.addresses import Refused, check_address, check_email
from ..text.addresses import host as host
from ..text.characters import has_letter, odd
from ..text.phone_numbers import (
    e164,
    exception_instead,
    mobile_instead,
    ordinary_instead,
    toll_free_instead,
    well_formed_instead,
)
from .opening_hours import check_hours

_MARKUP = re.compile(
    r"[<>{}⟦⟧\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]|\b[a-z][a-z0-9+.-]*://|\b(javascript|data|vbscript):",
    re.I,
)
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_SLUG = 60  # characters: slugs and ids become parts of the paths of a copy
LONGEST_SCHEDULE = 200  # characters; a week with different hours on each day needs about 160
_DATE = re.compile(r"([0-9]{4})(?:/([0-9]{4})|-([0-9]{2})(?:-([0-9]{2}))?)?")


def refuse(expected: str, found: str | None = None) -> PydanticCustomError:
    """Return the error for a validator to raise; `validation` makes a problem of it. ``found``
    is the value itself if it is not given."""
    context = {"expected": expected} if found is None else {"expected": expected, "found": found}
    return PydanticCustomError("refused", "{expected}", context)


def _whole(value: Any) -> Any:
    if isinstance(value, Cut):
        raise refuse(value.expected, value.found)
    return value


def _visible_text(value: str) -> str:
    if not 1 <= len(value.strip()) <= 300:
        raise refuse("1 to 300 characters", shown(value))
    if sign := next(odd(value), None):
        raise refuse(sign.expected, sign.found)
    if _MARKUP.search(value):
        raise refuse("plain text on one line, without markup, braces or links", shown(value))
    return value


def _with_a_letter(value: str) -> str:
    if not has_letter(value):
        raise refuse("text with at least one letter", shown(value))
    return value


def slug(value: str) -> str:
    """Return a name that is safe as a file name and in an address; refuse any other."""
    if len(value) > LONGEST_SLUG:
        raise refuse(f"at most {LONGEST_SLUG} characters", f"{len(value)} in {shown(value)}")
    if not _SLUG.fullmatch(value):
        raise refuse("small letters a-z, digits and single hyphens")
    return value


def _iso_code(value: str) -> str:
    if not re.fullmatch(r"[A-Z]{2}-[A-Z0-9]{1,3}", value):
        raise refuse('a code of ISO 3166-2, in Latin capitals and digits ("EE-793")')
    return value


def _url(*schemes: str) -> Callable[[str], str]:
    def check(value: str) -> str:
        try:
            check_address(value, schemes)
        except Refused as error:
            raise refuse(error.expected, error.found) from None
        return value

    return check


# Hosts whose addresses open a messenger with a number or a name that nobody has checked.
_MESSENGERS = re.compile(
    r"(?:^|\.)(?:wa\.(?:me|link)|whatsapp\.(?:com|net)|t\.me|telegram\.(?:me|dog|org)|viber\.(?:com|me|click)"
    r"|(?:m|fb)\.me|(?:messenger|skype|discord|snapchat)\.com|discord\.gg|signal\.(?:org|me|group|link)|line\.me"
    r"|imo\.im|vk\.me)$"
)


def opens_messenger(url: str) -> bool:
    return _MESSENGERS.search((urlsplit(url).hostname or "").rstrip(".")) is not None


def _no_messenger(value: str) -> str:
    if opens_messenger(value):
        raise refuse("a page on the web: a messenger belongs under chats, with its number")
    return value


def _email(value: str, _: ValidationInfo) -> str:
    try:
        check_email(value)
    except Refused as error:
        raise refuse(error.expected, error.found) from None
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
    if len(value) > LONGEST_SCHEDULE:
        raise refuse(f"at most {LONGEST_SCHEDULE} characters", f"{len(value)} in {shown(value)}")
    try:
        return check_hours(value)
    except ValueError as error:
        raise refuse(str(error)) from None


def _asked(question: Callable[[str, str], str | None]) -> Callable[[str, ValidationInfo], str]:
    """Return a validator that refuses a value if ``question(value, country)`` returns what is expected."""

    def validator(value: str, info: ValidationInfo) -> str:
        country = str(info.context["country"]) if info.context else "ee"
        if expected := question(value, country):
            raise refuse(expected)
        return value

    validator.__name__ = question.__name__
    return validator


_well_formed = _asked(well_formed_instead)
_ordinary = _asked(ordinary_instead)
_exception = _asked(exception_instead)
mobile = _asked(mobile_instead)
toll_free = _asked(toll_free_instead)


def _harmless(value: str, info: ValidationInfo) -> str:
    """Return a number that the country's `Numbers` allow; check only its form if there are none."""
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
    expected = "a date as YYYY-MM-DD"
    if not isinstance(value, str) or not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        raise refuse(expected)
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise refuse(expected) from None
    today = info.context["today"] if info.context else date.max
    if day > today:
        raise refuse(f"a date up to today, {today.isoformat()}")
    return day


def _source_date(value: str, info: ValidationInfo) -> str:
    """Return the date as precisely as the source prints it; an interval of years if the source names two."""
    expected = "YYYY-MM-DD, YYYY-MM, YYYY, YYYY/YYYY or undated"
    if value == "undated":
        return value
    match = _DATE.fullmatch(value)
    if not match:
        raise refuse(expected)
    year, last, month, day = match.groups()
    try:
        earliest = max(date(int(number), int(month or 1), int(day or 1)) for number in (year, last or year))
    except ValueError:
        raise refuse(expected) from None
    if info.context and earliest > info.context["today"]:
        raise refuse(f"a date up to today, {info.context['today'].isoformat()}")
    return value


def _zone(value: str) -> str:
    try:  # reading the list of all zones would read the whole of tzdata
        if re.match(r"[A-Z]\w+/", value) and ZoneInfo(value):
            return value
    except (OSError, ValueError, KeyError):  # a folder, a path out of tzdata, or an unknown zone
        pass
    raise refuse("a time zone such as Europe/Tallinn")


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


# A text without quotes may have lost its end to a comment. `Mark` must not contain a letter.
Whole = Annotated[str, BeforeValidator(_whole)]
Mark = Annotated[Whole, AfterValidator(_visible_text)]
Text = Annotated[Mark, AfterValidator(_with_a_letter)]
Slug = Annotated[str, AfterValidator(slug)]
IsoCode = Annotated[str, AfterValidator(_iso_code)]
HttpsUrl = Annotated[str, AfterValidator(_url("https"))]
WebUrl = Annotated[HttpsUrl, AfterValidator(_no_messenger)]
SourceUrl = Annotated[str, AfterValidator(_url("https", "http"))]
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
