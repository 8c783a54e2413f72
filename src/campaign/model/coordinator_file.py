"""``_coordinator.yml``: the contacts that somebody has confirmed, the address of each copy, and the approved
texts of municipalities. Only a country's coordinator writes it."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, Field

from .record import Record
from .types import Day, HttpsUrl, Slug, form, opens_messenger, refuse
from .working_group import Office

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
        raise refuse("a page that no phone opens in an app, because the page that is left would stay open")
    return value


def host_of(url: str) -> str:
    """Return the host of an address without ``www.``: ``tartu.ee`` for ``https://www.tartu.ee/abi/``."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


SiteUrl = Annotated[HttpsUrl, AfterValidator(_site), form(r"^https://[a-z0-9.-]+/([A-Za-z0-9._~-]+/)*$")]
ExitUrl = Annotated[HttpsUrl, AfterValidator(_exit), form(r"^https://[a-z0-9.-]+/[A-Za-z0-9._~/-]*$")]


COORDINATOR_FILE = "_coordinator.yml"
MAY_BE_EMPTY = Field(min_length=0)  # campaign unconfirm can leave an empty section


def _digest(value: str) -> str:
    if not re.fullmatch("[0-9a-f]{64}", value):
        raise refuse("the 64 digits and letters that campaign confirm or approve writes")
    return value


Digest = Annotated[str, AfterValidator(_digest), form("^[0-9a-f]{64}$")]  # SHA-256, in hexadecimal


class How(StrEnum):
    """The way in which somebody found out that a contact is right."""

    CALL = "call"
    VISIT = "visit"
    CHAT = "chat"
    WEB = "web"


class Confirmation(Record):
    """The note that somebody has found a contact right."""

    digest: Digest
    """The digest of the contact on that day. A contact with another digest has changed since."""

    date: Day
    """The day on which somebody found the contact right."""

    office: Office
    """The office or post that found it right, never a private person."""

    how: How


class CoordinatorFile(Record):
    """The file ``_coordinator.yml``."""

    confirmations: Annotated[dict[Slug, Confirmation], MAY_BE_EMPTY] = {}
    """The confirmations by the id of the contact. The commands campaign confirm and unconfirm write them."""

    sites: Annotated[dict[Slug, SiteUrl], MAY_BE_EMPTY] = {}
    """The address of each copy, by the file name of the municipality. With it, a copy has canonical addresses
    and a sitemap."""

    texts: Annotated[dict[Slug, Digest], MAY_BE_EMPTY] = {}
    """The digest of each municipality's approved texts. The command campaign approve writes it."""
