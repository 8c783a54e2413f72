"""Reads all of municipalities/: the result is places that can be trusted, or every problem of every file."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from ..errors import CampaignError, Problem, shown
from ..fields.field_types import slug
from ..files.source_file import entries
from ..files.yaml_document import Document, KeyPath, Value, read_document
from ..model.confirmations_and_approvals import COORDINATOR_FILE, CoordinatorFile
from ..model.door_file import DoorFile
from ..model.place_files import CountryFile, MunicipalityFile
from ..model.places import Country, Municipality, Places
from ..model.referral_order import Order
from ..model.roles import Role
from ..model.texts_to_approve import length_problems
from ..today import is_in
from .check_references import area_problems, county_problems, first_language_problems, reference_problems
from .coordinators import Coordinators, exit_problems, local_exit_problems
from .document_to_record import validate
from .part_without_wrong_values import PartDocument, good_part
from .unique_ids_numbers_names import Claims, id_instead

COUNTRY_FILE = "_country.yml"
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
    if found.problems or found.places is None:
        raise CampaignError(found.problems)
    return found.places


@dataclass(frozen=True)
class FoundPlaces:
    """The places whose files are good (None if a country's file is wrong), all problems, and of each wrong
    file the part that is good."""

    places: Places | None
    problems: list[Problem]
    parts: list[tuple[Municipality, PartDocument]]


def find_places(root: Path, languages: Collection[str], today: date) -> FoundPlaces:
    """Read every file of municipalities/. ``languages`` have interface words; ``today`` is the latest date
    allowed."""
    reader = _Reader(root, languages, today)
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
        if country:
            reader.countries[country.code] = country
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
    places = Places(reader.countries, reader.municipalities) if whole else None
    return FoundPlaces(places, reader.problems, reader.parts)


_File = TypeVar("_File", CountryFile, MunicipalityFile)


def _verified(record: _File, said: CoordinatorFile) -> _File:
    """Return the record with what the coordinator's file says about each of its contacts."""
    contacts = tuple(
        contact.with_history(said.history[contact.id]) if contact.id in said.history else contact
        for contact in record.contacts
    )
    return record.model_copy(update={"contacts": contacts})


class _Reader:
    def __init__(self, root: Path, languages: Collection[str], today: date) -> None:
        self.root = root
        self.languages = languages
        self.today = today
        self.countries: dict[str, Country] = {}
        self.municipalities: dict[str, Municipality] = {}
        self.parts: list[tuple[Municipality, PartDocument]] = []
        self.problems: list[Problem] = []
        self._claims = Claims()
        self._slugs: Collection[str] = ()  # of the current country's municipalities
        self._coordinators = Coordinators(root)

    def country(self, folder: Path) -> Country | None:
        path = folder / COUNTRY_FILE
        name = f"municipalities/{folder.name}"
        self._slugs = sorted(file.stem for file in folder.glob("*.yml") if not file.name.startswith("_"))
        if not os.path.lexists(path):
            self.problems.append(Problem(name, 0, "", "none", f"a file {COUNTRY_FILE} in every country"))
            return None
        try:
            document = read_document(path, self.root)
            context = self._context(folder.name)
            record = validate(CountryFile, document, context)
        except CampaignError as error:
            self.problems += error.problems
            return None
        try:
            said = self._coordinators.read(folder.name, record.exits, context)
        except CampaignError as error:
            self.problems += error.problems
            said = CoordinatorFile()
        if record.codes:  # a file that is not listed there must not own ids of those that are
            self._slugs = [*record.codes]
        self._languages(document, record)
        self._named(document, record.name, record.languages[0])
        self.problems += exit_problems(document, record)
        lines = self._contacts(document, record, folder.name, record.languages[0])
        self._claims.of_country(document, record, folder.name)
        self._codes(document, record.codes, folder.name.upper() + "-")
        self.problems += area_problems(document, record, self._slugs)
        if not any(Role.EMERGENCY in c.roles and c.phones and not c.area for c in record.contacts):
            self.problems.append(
                Problem(document.file, 1, "contacts", "none", "a contact with a phone and the role emergency")
            )
        national = [contact.id for contact in record.contacts if not contact.area]
        self.problems += reference_problems(document, record, national, record.languages[0])
        lines |= _meeting_lines(document, record)
        return Country(folder.name, document.file, _verified(record, said), lines, said)

    def alone(self, path: Path, country: str) -> None:
        """Report the problems of a municipality whose country's file cannot be read, except those of numbers:
        only the country's file says which numbers are good."""
        try:
            validate(MunicipalityFile, read_document(path, self.root), self._context(country))
        except CampaignError as error:
            self.problems += (p for p in error.problems if not p.field.endswith((".number", ".phone")))

    def municipality(self, path: Path, country: Country) -> Municipality | None:
        name = path.relative_to(self.root).as_posix()
        if path.suffix != ".yml" or path.is_dir():
            self.problems.append(
                Problem(name, 0, "", shown(path.name), "only files of municipalities, such as tartu.yml")
            )
            return None
        try:
            slug(path.stem)
        except ValueError as error:
            self.problems.append(Problem(name, 0, "", shown(path.stem), str(error)))
            return None
        context = self._context(country.code) | {
            "numbers": country.record.numbers,
            "municipality": path.stem,
        }
        try:
            document = read_document(path, self.root)
        except CampaignError as error:
            self.problems += error.problems
            return None
        try:
            record = validate(MunicipalityFile, document, context)
        except CampaignError as error:
            self.problems += error.problems
            stand_ins: dict[str, Value] = {"iso_3166_2": "ZZ-0", "name": {country.language: path.stem}}
            if found := good_part(MunicipalityFile, document, context, stand_ins):
                record, part = found
                before = len(self.problems)
                self.parts.append((self._compared(part, record, path.stem, country, part.ids), part))
                self.problems[before:] = filter(part.certain, self.problems[before:])
            return None
        return self._compared(document, record, path.stem, country)

    def _compared(
        self,
        document: Document,
        record: MunicipalityFile,
        slug: str,
        country: Country,
        known: Iterable[str] = (),
    ) -> Municipality:
        """Report where the record does not fit the country's file, other municipalities or its own contacts.
        ``known`` are ids of contacts that the file has besides those of the record."""
        if record.exit and record.exit not in country.record.exits:
            expected = f"one of the country's exits: {', '.join(country.record.exits)}"
            self.problems.append(document.problem(("exit",), shown(record.exit), expected))
        if record.time_zone and not is_in(record.time_zone, country.code):
            expected = "a time zone of the country"
            self.problems.append(document.problem(("time_zone",), shown(record.time_zone), expected))
        self.problems += county_problems(document, record, country.record.counties)
        self.problems += local_exit_problems(document, record, country.record.exits)
        self.problems += length_problems(document, record)
        self._named(document, record.name, country.language)
        if record.contact_point:
            self._named(
                document, record.contact_point.organization, country.language, "contact_point", "organization"
            )
        lines = self._contacts(document, record, country.code, country.language, slug)
        self.problems += self._claims.of_municipality(document, record, slug, country)
        served = {slug, record.county}
        countrys = (c.id for c in country.record.contacts if not c.area or served.intersection(c.area))
        ids = {*lines, *countrys, *known}
        self.problems += reference_problems(document, record, ids, country.language)
        lines |= {f"referral.{order.key}": document.line(("referral", order.key)) for order in Order}
        lines |= _meeting_lines(document, record)
        return Municipality(slug, document.file, country, _verified(record, country.coordinator), lines)

    def _context(self, country: str) -> dict[str, Any]:
        return {"country": country, "today": self.today}

    def _languages(self, document: Document, record: CountryFile) -> None:
        seen: set[str] = set()
        for key, codes in (("languages", record.languages), ("starts", record.starts)):
            for index, code in enumerate(codes):
                if code in seen or code not in self.languages:
                    expected = "each language once, and only languages of i18n/: " + ", ".join(
                        sorted(self.languages)
                    )
                    self.problems.append(document.problem((key, index), shown(code), expected))
                seen.add(code)

    def _codes(self, document: Document, codes: Mapping[str, str], prefix: str) -> None:
        for name, code in codes.items():
            if not code.startswith(prefix) or list(codes.values()).count(code) > 1:
                expected = f"codes that begin with {prefix}, each of them once"
                self.problems.append(document.problem(("codes", name), shown(code), expected))

    def _contacts(
        self,
        document: Document,
        record: CountryFile | MunicipalityFile,
        country: str,
        language: str,
        owner: str | None = None,
    ) -> dict[str, int]:
        """Check the ids of contacts and meetings. Return the line of each contact by its id."""
        lines: dict[str, int] = {}
        for index, contact in enumerate(record.contacts):
            self._id(document, ("contacts", index), contact.id, lines, country, owner)
            self._named(document, contact.organization, language, "contacts", index, "organization")
        meetings: dict[str, int] = {}
        for index, meeting in enumerate(record.meetings):
            self._id(document, ("meetings", index), meeting.id, meetings, country, owner)
        return lines

    def _id(
        self,
        document: Document,
        path: KeyPath,
        name: str,
        lines: dict[str, int],
        country: str,
        owner: str | None,
    ) -> None:
        if name in lines:
            expected: str | None = f"an id of its own (this one is in {document.file}:{lines[name]} already)"
        else:
            expected = id_instead(name, country, owner, self._slugs)
            lines[name] = document.line(path)
        if expected:
            self.problems.append(document.problem((*path, "id"), shown(name), expected))

    def _named(self, document: Document, texts: dict[str, str], language: str, *path: str | int) -> None:
        self.problems += first_language_problems(document, texts, language, path or ("name",))


def _meeting_lines(document: Document, record: CountryFile | MunicipalityFile) -> dict[str, int]:
    return {f"meetings.{one.id}": document.line(("meetings", n)) for n, one in enumerate(record.meetings)}
