"""The common parts of all records: they are frozen, refuse unknown keys, and have a source with its date."""

from __future__ import annotations

from typing import Annotated, ClassVar, Self, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from ..text.web_and_email_addresses import host
from .field_types import Flag, LanguageCode, SourceDate, SourceUrl, Text, refuse

_Entry = TypeVar("_Entry")

MOST_LANGUAGES = 12  # of one text: twice as many as the interface has
ByLanguage = Annotated[dict[LanguageCode, Text], Field(max_length=MOST_LANGUAGES)]


def each_once(values: tuple[_Entry, ...]) -> tuple[_Entry, ...]:
    """Return the list; refuse one with a repeated entry."""
    for index, value in enumerate(values):
        if value in values[:index]:
            raise refuse("each entry once", f"{value} twice")
    return values


_SOME = Field(min_length=1)
_UNIQUE = Field(json_schema_extra={"uniqueItems": True})
# Lists. A validator of pydantic's own must come before ours: otherwise its JSON Schema is that of a text.
AtLeastOne = Annotated[tuple[_Entry, ...], _SOME]
Distinct = Annotated[tuple[_Entry, ...], AfterValidator(each_once), _UNIQUE]
DistinctAtLeastOne = Annotated[tuple[_Entry, ...], _SOME, AfterValidator(each_once), _UNIQUE]


class Record(BaseModel):
    """One mapping of keys and values in a file. The docstring under each key describes it to editors."""

    model_config = ConfigDict(extra="forbid", frozen=True, use_attribute_docstrings=True)
    at_least_one_of: ClassVar[tuple[str, ...]] = ()  # one of these keys must have a value

    @model_validator(mode="after")
    def _has_one_of_them(self) -> Self:
        if self.at_least_one_of and not any(getattr(self, key) for key in self.at_least_one_of):
            raise refuse(f"at least one of {', '.join(self.at_least_one_of)}")
        return self


class Source(Record):
    """The address of a source, and the date that the source itself gives."""

    url: SourceUrl
    """The address of the page or document."""

    date: SourceDate
    """The source's own date, as precise as it is printed, or undated."""

    publisher: Text | None = None
    """The name that readers see instead of the host, if the page is a copy of a public register."""

    withheld: Flag = False
    """Whether the address is never published, because the page prints names or a shelter's street."""

    @model_validator(mode="after")
    def _has_something_to_show(self) -> Self:
        if self.withheld and not self.publisher:
            raise refuse("a publisher, which is shown instead of a withheld address")
        return self

    @property
    def name(self) -> str:
        """The publisher, or the host of the address."""
        return self.publisher or host(self.url)
