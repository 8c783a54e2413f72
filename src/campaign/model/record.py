"""The common parts of all records: they are frozen, refuse unknown keys, and have a source with its date."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated, Any, Self, TypeVar

from pydantic import BaseModel, ConfigDict, Field, model_validator

from .types import Flag, LanguageCode, SourceDate, SourceUrl, Text, host, refuse

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
    """The address of a source, and the date that the source itself gives. Readers see ``publisher`` instead
    of the host if it is given: the page may be a copy of a public register. The address of a ``withheld``
    source is never published, because the page prints people's names or the street of a shelter."""

    url: SourceUrl
    date: SourceDate
    publisher: Text | None = None
    withheld: Flag = False

    @model_validator(mode="after")
    def _has_something_to_show(self) -> Self:
        if self.withheld and not self.publisher:
            raise refuse("a publisher, which is shown instead of a withheld address")
        return self

    @property
    def name(self) -> str:
        """The publisher, or the host of the address."""
        return self.publisher or host(self.url)
