"""What a country's coordinator alone says of its municipalities, in ``_coordinator.yml``: which contacts
somebody has confirmed, where each copy is, and which texts may be published."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator

from .fields import Day, Slug, refuse
from .group import Office
from .public_url import SiteUrl
from .record import Record

COORDINATOR_FILE = "_coordinator.yml"


def _digest(value: str) -> str:
    if not re.fullmatch("[0-9a-f]{64}", value):
        raise refuse("the 64 digits and letters that campaign confirm or approve writes")
    return value


Digest = Annotated[str, AfterValidator(_digest)]  # SHA-256, in hexadecimal


class How(StrEnum):
    """How somebody found out that a contact is right."""

    CALL = "call"
    VISIT = "visit"
    CHAT = "chat"
    WEB = "web"


class Confirmation(Record):
    """Somebody of ``office`` has found a contact right. ``digest`` is that of what was found right: where
    the contact has another one, it has changed since."""

    digest: Digest
    date: Day
    office: Office
    how: How


class CoordinatorFile(Record):
    """``_coordinator.yml``. Confirmations by the id of the contact, addresses of copies and digests of
    approved texts by the slug of the municipality."""

    confirmations: dict[Slug, Confirmation] = {}
    sites: dict[Slug, SiteUrl] = {}
    texts: dict[Slug, Digest] = {}
