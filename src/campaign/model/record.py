"""The common parts of all records: they are frozen, refuse unknown keys, and have a source with its date."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from .types import LanguageCode, SourceDate, SourceUrl, Text, refuse

_Entries = TypeVar("_Entries", bound=Collection[Any])
_Entry = TypeVar("_Entry")

MOST_LANGUAGES = 12  # of one text: twice as many as the interface has
ByLanguage = Annotated[dict[LanguageCode, Text], Field(max_length=MOST_LANGUAGES)]


def some(values: _Entries) -> _Entries:
    """Return the list or mapping; refuse an empty one."""
    if not values:
        raise refuse("at least one entry")
    return values


def each_once(values: tuple[_Entry, ...]) -> tuple[_Entry, ...]:
    """Return the list; refuse one with a repeated entry."""
    for index, value in enumerate(values):
        if value in values[:index]:
            raise refuse("each entry once", f"{value} twice")
    return values


class Record(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Source(Record):
    """The address of a source, and the date that the source itself gives."""

    url: SourceUrl
    date: SourceDate
