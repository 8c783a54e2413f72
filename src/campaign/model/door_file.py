"""The record of ``_door.yml``: what a country's door knows about its places beside their own files."""

from __future__ import annotations

import re
from typing import Annotated

from pydantic import BeforeValidator

from ..fields.field_types import Slug, Text, form, refuse
from ..fields.record_base_class import Record

_MOST = 30  # columns and rows: a tile of a wider map is too small for a finger
_NUMBER = "([1-9]|[12][0-9]|30)"
_SQUARE = rf"{_NUMBER} {_NUMBER}"


def _square(value: object) -> tuple[int, int]:
    match = re.fullmatch(_SQUARE, value) if isinstance(value, str) else None
    if not match:
        raise refuse(f"a column and a row from 1 to {_MOST}, such as 4 2")
    return int(match[1]), int(match[2])


Square = Annotated[tuple[int, int], BeforeValidator(_square), form(f"^{_SQUARE}$", "4 2")]


class DoorFile(Record):
    """The file ``_door.yml``. Its keys are the names of the municipalities' files."""

    tiles: dict[Slug, Square] = {}
    """The column and row of each place's tile on the map, counted from the top left."""

    names: dict[Slug, Text] = {}
    """Other names by which the filter finds a place, separated by commas."""

    def tile(self, slug: str) -> tuple[int, int] | None:
        return self.tiles.get(slug)

    @property
    def columns(self) -> int:
        """The width of the map."""
        return max((column for column, _ in self.tiles.values()), default=0)
