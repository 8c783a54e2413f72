"""The texts of a municipality that the coordinator must approve: all free texts, which must be short."""

from __future__ import annotations

import json
from collections.abc import Iterator
from enum import Enum

from pydantic import BaseModel

from ..errors import Problem
from ..files.digests import digest
from ..files.yaml_document import Document, KeyPath
from .contact import Contact
from .place_files import MunicipalityFile

LONGEST = 160  # characters of one text

# Fields that are not free text: names of other things, which have checks of their own, and dates.
_NAMES = frozenset({"iso_3166_2", "county", "exit", "id", "contact", "date"})
# Fields of a contact that a confirmation covers and whose form has a check of its own.
_CONFIRMED = frozenset({"phones", "chats", "web", "email", "schedule"})
# Outside contacts nobody confirms these fields, so the approval covers them. They have limits of their own.
_ADDRESSES = frozenset({"phone", "web", "email", "url", "time_zone"})


def free_texts(record: BaseModel, path: KeyPath = ()) -> Iterator[tuple[KeyPath, str]]:
    """Yield the key path and the value of every free text in a municipality's record: everything except
    words of closed lists, ids, dates, and the numbers, addresses and hours of contacts."""
    left_out = _NAMES | (_CONFIRMED if isinstance(record, Contact) else frozenset())
    for name in type(record).model_fields:
        if name not in left_out:
            yield from _texts(getattr(record, name), (*path, name))


def _texts(value: object, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
    if isinstance(value, BaseModel):
        yield from free_texts(value, path)
    elif isinstance(value, dict):
        yield from (((*path, key), text) for key, text in value.items())
    elif isinstance(value, tuple):
        for index, entry in enumerate(value):
            if isinstance(entry, BaseModel):
                yield from free_texts(entry, (*path, index))
    elif isinstance(value, str) and not isinstance(value, Enum):
        yield path, value


def texts_digest(record: MunicipalityFile) -> str:
    """Return the SHA-256 (hexadecimal) of all free texts, in their order and with their paths."""
    return digest([json.dumps(list(free_texts(record)), ensure_ascii=False).encode()])


def length_problems(document: Document, record: MunicipalityFile) -> Iterator[Problem]:
    """Yield a problem for each free text that is longer than `LONGEST`."""
    for path, text in free_texts(record):
        if len(text) > LONGEST and path[-1] not in _ADDRESSES | {"mark"}:
            expected = f"at most {LONGEST} characters in a municipality's file"
            yield document.problem(path, str(len(text)), expected)
