"""The types of values in a municipality's file. Each type says in words what is expected, and its JSON Schema
says as much of it as a schema can."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from babel import localedata
from pydantic import AfterValidator, BeforeValidator, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

from ..errors import shown
from ..files.yaml_document import CutText
from ..text.characters import has_letter, odd
from ..text.opening_hours import FORMS, check_hours
from ..text.plain_svg import LONGEST as LONGEST_SVG
from ..text.plain_svg import plain_svg
from ..text.web_and_email_addresses import Refused, check_address, check_email
from ..today import as_iso

_MARKUP = re.compile(
    r"[<>{}⟦⟧\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]|\b[a-z][a-z0-9+.-]*://|\b(javascript|data|vbscript):",
    re.I,
)
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_TEXT = 300  # characters
LONGEST_SLUG = 60  # characters: slugs and ids become parts of the paths of a copy
LONGEST_SCHEDULE = 200  # characters; a week with different hours on each day needs about 160
_DATE = re.compile(r"([0-9]{4})(?:/([0-9]{4})|-([0-9]{2})(?:-([0-9]{2}))?)?")


def refuse(expected: str, found: str | None = None) -> PydanticCustomError:
    """Return the error for a validator to raise; `document_to_record` makes a problem of it. ``found``
    is the value itself if it is not given."""
    context = {"expected": expected} if found is None else {"expected": expected, "found": found}
    return PydanticCustomError("refused", "{expected}", context)


def _whole(value: Any) -> Any:
    if isinstance(value, CutText):
        raise refuse(value.expected, value.found)
    return value


def _visible_text(value: str) -> str:
    if not 1 <= len(value.strip()) <= LONGEST_TEXT:
        raise refuse(f"1 to {LONGEST_TEXT} characters", shown(value))
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
        raise refuse(f"at most {LONGEST_SLUG} characters", f"{len(value)} characters in {shown(value)}")
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
    r"|imo\.im|vk\.me|tx\.me|telesco\.pe|max\.ru|matrix\.to|threema\.id|icq\.im|ig\.me|kik\.me|zalo\.me"
    r"|(?:wechat|weixin)\.com|(?:delta|simplex)\.chat)$"
)
# Hosts whose addresses lead to any other: a card would name them and open something else.
_LEADS_ELSEWHERE = re.compile(
    r"(?:^|\.)(?:bit\.ly|tinyurl\.com|t\.co|goo\.gl|is\.gd|v\.gd|cutt\.ly|ow\.ly|rebrand\.ly|clck\.ru|vk\.cc|lnkd\.in"
    r"|shorturl\.at|rb\.gy|t\.ly|qrco\.de|linktr\.ee|translate\.goog)$"
)


def opens_messenger(url: str) -> bool:
    return _MESSENGERS.search((urlsplit(url).hostname or "").rstrip(".")) is not None


def _no_messenger(value: str) -> str:
    if opens_messenger(value):
        raise refuse("a page on the web: a messenger belongs under chats, with its number")
    if _LEADS_ELSEWHERE.search(urlsplit(value).hostname or ""):
        raise refuse("the address of the page itself, because a short one can lead anywhere")
    return value


def _email(value: str, _: ValidationInfo) -> str:
    try:
        check_email(value)
    except Refused as error:
        raise refuse(error.expected, error.found) from None
    return value


def _drawing(value: str) -> str:
    try:
        return plain_svg(value)
    except Refused as error:
        raise refuse(error.expected, error.found) from None


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
        raise refuse(f"at most {LONGEST_SCHEDULE} characters", f"{len(value)} characters in {shown(value)}")
    try:
        return check_hours(value)
    except ValueError as error:
        raise refuse(str(error)) from None


def _day(value: Any, info: ValidationInfo) -> date:
    expected = f"a date as YYYY-MM-DD{as_iso(value) if isinstance(value, str) else ''}"
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
    expected = f"YYYY-MM-DD, YYYY-MM, YYYY, YYYY/YYYY or undated{as_iso(value)}"
    if value == "undated":
        return value
    if not (match := _DATE.fullmatch(value)):
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


def form(pattern: str, *examples: str, **more: Any) -> WithJsonSchema:
    """Return the JSON Schema of a text: its pattern, and examples that an editor offers."""
    known: dict[str, Any] = {"examples": list(examples)} if examples else {}
    return WithJsonSchema({"type": "string", "pattern": pattern} | known | more)


_ADDRESS = r"[^\s<>\"'`{}\\⟦⟧]+$"

# A text without quotes may have lost its end to a comment. `Mark` must not contain a letter.
Whole = Annotated[str, BeforeValidator(_whole)]
Mark = Annotated[Whole, AfterValidator(_visible_text)]
Text = Annotated[
    Mark,
    AfterValidator(_with_a_letter),
    form(
        r"^(?!.*(://|javascript:|data:|vbscript:))[^<>{}⟦⟧\u0000-\u001f\u007f-\u009f]+$",
        description="Plain text on one line, without markup, braces or links.",
        minLength=1,
        maxLength=LONGEST_TEXT,
    ),
]
Drawing = Annotated[
    Whole,
    AfterValidator(_drawing),
    form("^<svg [^&!?]*>$", description="A small plain SVG of shapes.", maxLength=LONGEST_SVG),
]
Slug = Annotated[
    str, AfterValidator(slug), form("^[a-z0-9]+(-[a-z0-9]+)*$", "ee-tartu", maxLength=LONGEST_SLUG)
]
IsoCode = Annotated[str, AfterValidator(_iso_code), form("^[A-Z]{2}-[A-Z0-9]{1,3}$", "EE-793")]
HttpsUrl = Annotated[str, AfterValidator(_url("https")), form(f"^https://{_ADDRESS}")]
WebUrl = Annotated[HttpsUrl, AfterValidator(_no_messenger)]
SourceUrl = Annotated[str, AfterValidator(_url("https", "http")), form(f"^https?://{_ADDRESS}")]
Email = Annotated[str, AfterValidator(_email), form(r"^[^@\s]+@[^@\s]+\.[^@\s]+$")]
LanguageCode = Annotated[str, AfterValidator(_language), form("^[a-z]{2}$", "et", "ru")]
Flag = Annotated[bool, BeforeValidator(_flag)]
Schedule = Annotated[
    str,
    AfterValidator(_schedule),
    form(
        "^(24/7|(Mo|Tu|We|Th|Fr|Sa|Su)[A-Za-z0-9:,; -]*[0-9])$",
        "24/7",
        "Mo-Fr 09:00-17:00",
        description=FORMS,
        maxLength=LONGEST_SCHEDULE,
    ),
]
Day = Annotated[date, BeforeValidator(_day), form(r"^\d{4}-\d\d-\d\d$", "2026-11-23")]
TimeZone = Annotated[str, AfterValidator(_zone), form("^[A-Za-z_]+/[A-Za-z_/+-]+$", "Europe/Tallinn")]
SourceDate = Annotated[
    str,
    AfterValidator(_source_date),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": r"^(undated|\d{4}|\d{4}/\d{4}|\d{4}-\d\d(-\d\d)?)$"},
                {"type": "integer", "minimum": 1000, "maximum": 9999},  # a year as YAML reads it
            ],
            "examples": ["2026-11-23", "2026-11", "2025/2026", "undated"],
        }
    ),
]
