"""Reads each country's ``_door.yml`` and checks that it names places that exist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from ..errors import CampaignError, Problem, instead, shown
from ..files.source_file import entries
from ..files.yaml_document import Document, read_document
from ..model.door_file import DoorFile
from ..source.municipalities import DOOR_FILE
from ..source.validation import validate


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
