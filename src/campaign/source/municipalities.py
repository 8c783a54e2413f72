"""Reads all of municipalities/: the result is places that can be trusted, or every problem of every file."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pydantic import BaseModel

from ..errors import CampaignError, Problem, shown
from ..files.source_file import entries
from ..model.confirmations_and_approvals import COORDINATOR_FILE, CoordinatorFile
from ..model.door_file import DoorFile
from ..model.place_files import CountryFile, MunicipalityFile
from ..model.places import Country, Municipality, Places
from .country_and_its_places import COUNTRY_FILE, Reader
from .part_without_wrong_values import PartDocument

DOOR_FILE = "_door.yml"  # campaign.portal reads it
# `campaign schema` makes these; the first line of every file names one of them for the editor.
SCHEMA_FILES: dict[str, type[BaseModel]] = {
    "coordinator.schema.json": CoordinatorFile,
    "country.schema.json": CountryFile,
    "door.schema.json": DoorFile,
    "municipality.schema.json": MunicipalityFile,
}


def read_places(root: Path, languages: Collection[str], today: date) -> Places:
    """Return the places as `find_places` does; raise `CampaignError` with all problems of all files."""
    found = find_places(root, languages, today)
    if found.problems:
        raise CampaignError(found.problems)
    return found.places


@dataclass(frozen=True)
class FoundPlaces:
    """The places whose files are good, all problems, and of each wrong file the part that is good. The places
    are only for checks if they are not ``whole``, because a country's file is wrong."""

    places: Places
    problems: list[Problem]
    parts: list[tuple[Country | Municipality, PartDocument]]
    whole: bool


def find_places(root: Path, languages: Collection[str], today: date) -> FoundPlaces:
    """Read every file of municipalities/. ``languages`` have interface words; ``today`` is the latest date
    allowed."""
    reader = Reader(root, languages, today)
    folder = root / "municipalities"
    for entry in entries(folder):
        if entry.name in SCHEMA_FILES:
            continue
        if entry.is_symlink() or not entry.is_dir():
            found = "a symbolic link" if entry.is_symlink() else "a file"
            problem = Problem(f"municipalities/{entry.name}", 0, "", found, "one folder for each country")
            reader.problems.append(problem)
            continue
        if not re.fullmatch("[a-z]{2}", entry.name):
            found = shown(entry.name)
            expected = "two small letters of ISO 3166-1 for each country"
            reader.problems.append(Problem(f"municipalities/{entry.name}", 0, "", found, expected))
            continue
        country = reader.country(entry)
        for path in entries(entry):
            if path.name in (COUNTRY_FILE, COORDINATOR_FILE, DOOR_FILE):
                continue
            if country is None:
                reader.alone(path, entry.name)
            elif place := reader.municipality(path, country):
                reader.municipalities[str(place)] = place
    if not reader.countries and not reader.problems:
        reader.problems.append(Problem("municipalities", 0, "", "none", "at least one country"))
    whole = len(reader.countries) == len([entry for entry in entries(folder) if entry.is_dir()])
    places = Places(reader.countries, reader.municipalities)
    return FoundPlaces(places, reader.problems, reader.parts, whole)
