"""Reads each country's ``_door.yml`` and checks that it names places that exist."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from ..errors import CampaignError, Problem, instead, shown
from ..files.source_file import entries
from ..files.yaml_document import Document, read_document
from ..model.door_file import DoorFile
from ..source.document_to_record import validate
from ..source.municipalities import DOOR_FILE
from ..source.part_without_wrong_values import validate_part


def read_door_file(root: Path, country: str) -> DoorFile:
    """Return the file of a country, empty if there is none; raise `CampaignError` with all its problems.
    Places that do not exist are no problem here: a door shows only places that do."""
    document = _document(root, country)
    if document is None:
        return DoorFile()
    record = validate(DoorFile, document, {})
    if problems := list(_shared_squares(document, record)):
        raise CampaignError(problems)
    return record


def door_file_problems(root: Path, held_back: Collection[str] = ()) -> Iterator[Problem]:
    """Yield the problems of the door files of all countries. ``held_back`` are places (``ee/tartu``) whose
    files exist but are not below ``root``."""
    for folder in entries(root / "municipalities"):
        if folder.is_dir():
            slugs = {file.stem for file in entries(folder) if not file.name.startswith("_")}
            slugs |= {name.partition("/")[2] for name in held_back if name.startswith(f"{folder.name}/")}
            try:
                document = _document(root, folder.name)
            except CampaignError as error:
                yield from error.problems
                continue
            if document:
                found, problems = validate_part(DoorFile, document)
                yield from problems
                if found:
                    record, document = found
                    yield from _stale(document, record, slugs)
                    yield from _shared_squares(document, record)


def _document(root: Path, country: str) -> Document | None:
    path = root / "municipalities" / country / DOOR_FILE
    return read_document(path, root) if path.is_file() else None


def _stale(document: Document, record: DoorFile, slugs: set[str]) -> Iterator[Problem]:
    """Yield a problem for each place that does not exist. A municipality that takes its own file away must
    hold back no other copy."""
    sections: Mapping[str, Mapping[str, object]] = {"tiles": record.tiles, "names": record.names}
    for section, places in sections.items():
        for slug in places:
            if slug not in slugs:
                expected = f"the name of a municipality's file, without .yml{instead(slug, slugs)}"
                problem = document.problem((section, slug), shown(slug), expected)
                yield replace(problem, contested=True)


def _shared_squares(document: Document, record: DoorFile) -> Iterator[Problem]:
    owners: dict[object, str] = {}
    for slug, square in record.tiles.items():
        if (other := owners.setdefault(square, slug)) != slug:
            yield document.problem(("tiles", slug), f"the square of {other}", "a square of its own")
