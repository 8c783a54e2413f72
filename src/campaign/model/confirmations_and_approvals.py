"""``_coordinator.yml``: the history of confirmations of each contact, the address of each copy, and the
approved texts of municipalities. Only a country's coordinator writes it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, Any, Self
from urllib.parse import urlsplit

from pydantic import AfterValidator, ConfigDict, Field, model_validator

from ..fields.field_types import Day, HttpsUrl, Slug, Text, form, opens_messenger, refuse
from ..fields.record_base_class import AtLeastOne, Distinct, Record
from .working_group import Office, no_person

LONGEST = 200
_LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_HOST = rf"(?:{_LABEL}\.)+(?=[a-z]){_LABEL}"  # a DNS name: no port, ASCII letters only
_SEGMENT = "[A-Za-z0-9_~-][A-Za-z0-9._~-]*"  # never empty, hidden or encoded, and never . or ..
_SITE = re.compile(rf"https://{_HOST}/(?:{_SEGMENT}/)*")
_EXIT = re.compile(rf"https://{_HOST}/(?:{_SEGMENT}/)*(?:{_SEGMENT})?")
# Hosts, besides messengers, that a phone opens in an app: the page that the reader leaves would stay open.
_APPS = re.compile(
    r"(?:^|\.)(?:(?:fb|facebook|instagram|tiktok|youtube|twitter|x)\.com|ig\.me|youtu\.be|vk\.(?:com|ru)"
    r"|(?:ok|max)\.ru|(?:maps|play)\.google\.com|goo\.gl|(?:apps|maps)\.apple\.com)$"
)


def _site(value: str) -> str:
    if not _SITE.fullmatch(value) or len(value) > LONGEST:
        raise refuse(
            "https://, a host name in small letters and plain folders that end with a slash, such as "
            "https://help.example.org/abi/"
        )
    return value


def _exit(value: str) -> str:
    if not _EXIT.fullmatch(value) or len(value) > LONGEST:
        raise refuse(
            "https://, a host name in small letters and a plain path, such as https://weather.example.org/"
        )
    if _APPS.search(host_of(value)) or opens_messenger(value):
        raise refuse(
            "a page that no phone opens in an app, because the reader's page would stay open behind the app"
        )
    return value


def host_of(url: str) -> str:
    """Return the host of an address without ``www.``: ``tartu.ee`` for ``https://www.tartu.ee/abi/``."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


SiteUrl = Annotated[HttpsUrl, AfterValidator(_site), form(r"^https://[a-z0-9.-]+/([A-Za-z0-9._~-]+/)*$")]
ExitUrl = Annotated[HttpsUrl, AfterValidator(_exit), form(r"^https://[a-z0-9.-]+/[A-Za-z0-9._~/-]*$")]


COORDINATOR_FILE = "_coordinator.yml"
MAY_BE_EMPTY = Field(min_length=0)  # a coordinator may begin a section before there is anything in it


def _digest(value: str) -> str:
    if not re.fullmatch("[0-9a-f]{64}", value):
        raise refuse("the 64 digits and letters that campaign confirm or approve writes")
    return value


Digest = Annotated[str, AfterValidator(_digest), form("^[0-9a-f]{64}$")]  # SHA-256, in hexadecimal


MOST_ENTRIES = 1000  # of one contact: one call a day for three years
NOT_REACHED_TIMES = 3  # so many failed calls in a row, and the contact counts as impossible to reach


class Result(StrEnum):
    """What an entry of a contact's history says."""

    CONFIRMED = "confirmed"
    NOT_REACHED = "not-reached"
    DOUBTED = "doubted"
    UNDONE = "undone"  # the last entry before it that still counted does not count any more


class How(StrEnum):
    """The way in which somebody found out that a contact is right."""

    RUNG = "rung"  # somebody of the office rang the number, and it was answered
    WROTE_BACK = "wrote-back"  # the organisation itself answered a letter, an e-mail or a message
    PAGE_OPENED = "page-opened"  # somebody opened its page or chat and compared it with the contact

    @property
    def assures(self) -> bool:
        """Whether the organisation itself has answered: only this is Open Referral's ``assured_date``."""
        return self is not How.PAGE_OPENED


class Checked(StrEnum):
    """What was compared with the contact."""

    ANSWERS = "answers"
    NAME = "name"  # the name in the greeting is the name in the file
    HOURS = "hours"
    LANGUAGES = "languages"
    COST = "cost"
    CASES = "cases"  # it still takes the people whom the file says that it takes


Reason = Annotated[Text, no_person("a reason in words")]

# The keys that an entry must have beside result and date; a confirmation may also have ``checked``.
_KEYS: dict[Result, tuple[str, ...]] = {
    Result.CONFIRMED: ("office", "digest", "how"),
    Result.NOT_REACHED: ("office", "digest"),
    Result.DOUBTED: ("why",),
    Result.UNDONE: (),
}


def _only(result: Result, keys: tuple[str, ...]) -> dict[str, Any]:
    """Return the JSON Schema of the keys that an entry with this result must have, and must not have."""
    allowed = {*keys, "checked"} if result is Result.CONFIRMED else {*keys}
    others = [key for key in ("office", "digest", "how", "checked", "why") if key not in allowed]
    return {
        "if": {"properties": {"result": {"const": result.value}}, "required": ["result"]},
        "then": {"required": [*keys], "not": {"anyOf": [{"required": [key]} for key in others]}},
    }


class HistoryEntry(Record):
    """What somebody found out about a contact on one day."""

    model_config = ConfigDict(
        json_schema_extra={"allOf": [_only(result, keys) for result, keys in _KEYS.items()]}
    )

    result: Result
    """What somebody found out."""

    date: Day
    """The day on which somebody found it out."""

    office: Office | None = None
    """The office or post that called, never a private person."""

    digest: Digest | None = None
    """The digest of the contact on that day. A contact with another digest has changed since."""

    how: How | None = None
    """The way in which somebody found the contact right."""

    checked: Distinct[Checked] = ()
    """What was compared with the contact."""

    why: Reason | None = None
    """The reason for a doubt, without a person's name."""

    @model_validator(mode="after")
    def _has_its_keys(self) -> Self:
        wanted = _KEYS[self.result]
        given = {key for key in ("office", "digest", "how", "why") if getattr(self, key) is not None}
        if given != set(wanted) or (self.checked and self.result is not Result.CONFIRMED):
            keys = ", ".join(("result", "date", *wanted))
            checked = " and perhaps checked" if self.result is Result.CONFIRMED else ""
            found = ", ".join(key for key in type(self).model_fields if getattr(self, key) not in (None, ()))
            raise refuse(f"{keys}{checked} for {self.result}", found)
        return self


def still_counting(history: Iterable[HistoryEntry]) -> list[HistoryEntry]:
    """Return the entries that nobody has undone. Each ``undone`` takes back the last entry before it."""
    kept: list[HistoryEntry] = []
    for entry in history:
        if entry.result is not Result.UNDONE:
            kept.append(entry)
        elif kept:
            kept.pop()
    return kept


def _nothing_undone_twice(history: tuple[HistoryEntry, ...]) -> tuple[HistoryEntry, ...]:
    balance = 0
    for entry in history:
        balance += -1 if entry.result is Result.UNDONE else 1
        if balance < 0:
            raise refuse("an earlier entry for each undone entry to take back", "an undone entry without one")
    return history


History = Annotated[
    AtLeastOne[HistoryEntry], Field(max_length=MOST_ENTRIES), AfterValidator(_nothing_undone_twice)
]


@dataclass(frozen=True)
class Verification:
    """What the history of a contact says about the contact as it is now."""

    confirmed: HistoryEntry | None = None  # the confirmation that counts, whether it has run out or not
    changed_since: date | None = None  # the day of a confirmation of the contact as it was before a change
    doubted: HistoryEntry | None = None  # a doubt since the last confirmation
    not_reached: tuple[date, ...] = ()  # the days of failed calls since the last confirmation, in their order
    last_day: date | None = None  # of any entry that counts

    @property
    def unreachable(self) -> bool:
        return len(self.not_reached) >= NOT_REACHED_TIMES


def verification(history: Iterable[HistoryEntry], digest: str) -> Verification:
    """Return what a history says about a contact with this ``digest``. A doubt and `NOT_REACHED_TIMES` failed
    calls end a confirmation at once; failed calls to a number that was corrected since do not count."""
    counting = still_counting(history)
    ends = [index for index, entry in enumerate(counting) if entry.result is Result.CONFIRMED]
    last = counting[ends[-1]] if ends else None
    since = counting[ends[-1] + 1 :] if ends else counting
    doubts = [entry for entry in since if entry.result is Result.DOUBTED]
    failed = tuple(e.date for e in since if e.result is Result.NOT_REACHED and e.digest == digest)
    holds = last and last.digest == digest and not doubts and len(failed) < NOT_REACHED_TIMES
    return Verification(
        confirmed=last if holds else None,
        changed_since=last.date if last and last.digest != digest else None,
        doubted=doubts[-1] if doubts else None,
        not_reached=failed,
        last_day=counting[-1].date if counting else None,
    )


class CoordinatorFile(Record):
    """The file ``_coordinator.yml``."""

    history: Annotated[dict[Slug, History], MAY_BE_EMPTY] = {}
    """What somebody found out about each contact, by its id. The commands campaign confirm and doubt add
    entries and change none."""

    sites: Annotated[dict[Slug, SiteUrl], MAY_BE_EMPTY] = {}
    """The address of each copy, by the file name of the municipality. With it, a copy has canonical addresses
    and a sitemap."""

    texts: Annotated[dict[Slug, Digest], MAY_BE_EMPTY] = {}
    """The digest of each municipality's approved texts. The command campaign approve writes it."""
