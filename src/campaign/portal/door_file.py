"""``_door.yml``: what a country's door knows about its places beside their own files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator

from ..errors import CampaignError, Problem, instead, shown
from ..fields.record import Record
from ..fields.types import Slug, Text, refuse
from ..files.source_file import entries
from ..files.yaml_document import Document, read_document
from ..source.municipalities import DOOR_FILE
from ..source.validation import validate

_MOST = 30  # columns and rows: a tile of a wider map is too small for a finger


def _square(value: object) -> tuple[int, int]:
    match = re.fullmatch(r"(\d{1,2}) (\d{1,2})", value) if isinstance(value, str) else None
    if not match or not all(0 < int(number) <= _MOST for number in match.groups()):
        raise refuse(f"a column and a row from 1 to {_MOST}, such as 4 2")
    return int(match[1]), int(match[2])


class DoorFile(Record):
    """The file ``_door.yml``. Its keys are the names of the municipalities' files."""

    tiles: dict[Slug, Annotated[tuple[int, int], BeforeValidator(_square)]] = {}
    """The column and row of each place's tile on the map, counted from the top left."""

    names: dict[Slug, Text] = {}
    """Other names by which the filter finds a place, separated by commas."""

    def tile(self, slug: str) -> tuple[int, int] | None:
        return self.tiles.get(slug)

    @property
    def columns(self) -> int:
        """The width of the map."""
        return max((column for column, _ in self.tiles.values()), default=0)


def read_door_file(root: Path, country: str) -> DoorFile:
    """Return the file of a country, empty if there is none; raise `CampaignError` with all its problems."""
    path = root / "municipalities" / country / DOOR_FILE
    if not path.is_file():
        return DoorFile()
    document = read_document(path, root)
    record = validate(DoorFile, document, {})
    slugs = {file.stem for file in entries(path.parent) if not file.name.startswith("_")}
    if problems := list(_problems(document, record, slugs)):
        raise CampaignError(problems)
    return record


def door_file_problems(root: Path) -> Iterator[Problem]:
    """Yield the problems of the door files of all countries."""
    for folder in entries(root / "municipalities"):
        if folder.is_dir():
            try:
                read_door_file(root, folder.name)
            except CampaignError as error:
                yield from error.problems


def _problems(document: Document, record: DoorFile, slugs: set[str]) -> Iterator[Problem]:
    sections: Mapping[str, Mapping[str, object]] = {"tiles": record.tiles, "names": record.names}
    for section, places in sections.items():
        for slug in places:
            if slug not in slugs:
                expected = f"the name of a municipality's file, without .yml{instead(slug, slugs)}"
                yield document.problem((section, slug), shown(slug), expected)
    owners: dict[object, str] = {}
    for slug, square in record.tiles.items():
        if (other := owners.setdefault(square, slug)) != slug:
            yield document.problem(("tiles", slug), f"the square of {other}", "a square of its own")
