"""Reads municipalities/ whole: every problem of every file at once, or places that can be trusted."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel

from .coordinator import COORDINATOR_FILE, CoordinatorFile
from .coordinators import Coordinators, exit_problems
from .document import Document, Path_, read_document
from .fields import slug
from .free_text import length_problems
from .judged import Judged
from .model import Contact, CountryFile, MunicipalityFile
from .place import Country, Municipality, Places
from .problem import CampaignError, Problem, shown
from .references import first_language_problems, reference_problems
from .referral import Order
from .roles import Role
from .spool import Spool
from .today import is_in
from .validation import validate

COUNTRY_FILE = "_country.yml"
# Made by `campaign schema`; the first line of every file names one of them for its editor.
SCHEMA_FILES: dict[str, type[BaseModel]] = {
    "coordinator.schema.json": CoordinatorFile,
    "country.schema.json": CountryFile,
    "municipality.schema.json": MunicipalityFile,
}


def read_places(root: Path, languages: Collection[str], today: date) -> Places:
    """Read every file of municipalities/. ``languages`` are those that have interface words; ``today``
    is the last day that a date may bear. Raises `CampaignError` with all problems of all files."""
    reader = _Reader(root, languages, today)
    folder = root / "municipalities"
    for entry in sorted(folder.iterdir()) if folder.is_dir() else []:
        if entry.name in SCHEMA_FILES:
            continue
        if not entry.is_dir():
            reader.problems.append(
                Problem(f"municipalities/{entry.name}", 0, "", "found a file, allowed one folder a country")
            )
            continue
        country = reader.country(entry)
        if country is None:
            continue
        reader.countries[country.code] = country
        for name in sorted(os.listdir(entry)):
            if name in (COUNTRY_FILE, COORDINATOR_FILE):
                continue
            if place := reader.municipality(entry / name, country):
                reader.municipalities.add(place)
    if not reader.countries and not reader.problems:
        reader.problems.append(Problem("municipalities", 0, "", "found no country, allowed at least one"))
    if reader.problems:
        raise CampaignError(reader.problems)
    reader.judged.keep()
    return Places(reader.countries, reader.municipalities)


_File = TypeVar("_File", CountryFile, MunicipalityFile)


def _confirmed(record: _File, said: CoordinatorFile) -> _File:
    """The record, its contacts with what the coordinator says of them."""
    contacts = tuple(
        contact.with_confirmation(said.confirmations[contact.id])
        if contact.id in said.confirmations
        else contact
        for contact in record.contacts
    )
    return record.model_copy(update={"contacts": contacts})


class _Reader:
    def __init__(self, root: Path, languages: Collection[str], today: date) -> None:
        self.root = root
        self.languages = languages
        self.today = today
        self.countries: dict[str, Country] = {}
        self.municipalities = Spool()
        self.problems: list[Problem] = []
        self.judged = Judged(root)
        self._coordinators = Coordinators(root)
        self._ids: set[str] = set()  # not where they stand: that is looked for when one comes again
        self._meetings: dict[str, str] = {}

    def country(self, folder: Path) -> Country | None:
        path = folder / COUNTRY_FILE
        name = f"municipalities/{folder.name}"
        if not path.is_file():
            self.problems.append(
                Problem(name, 0, "", f"found no {COUNTRY_FILE}, allowed one in every country")
            )
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
        self._languages(document, record)
        self._named(document, record.name, record.languages[0])
        self.problems += exit_problems(document, record)
        lines = self._contacts(document, record.contacts, record.languages[0])
        if not any(Role.EMERGENCY in c.roles and c.phones for c in record.contacts):
            self.problems.append(
                Problem(
                    document.file, 1, "contacts", "found no phone for emergency, allowed one in every country"
                )
            )
        self.problems += reference_problems(document, record, lines, record.languages[0], self._meetings)
        return Country(folder.name, document.file, _confirmed(record, said), lines, said)

    def municipality(self, path: Path, country: Country) -> Municipality | None:
        name = path.relative_to(self.root).as_posix()
        if path.suffix != ".yml" or not path.is_file():
            self.problems.append(
                Problem(name, 0, "", f"found {shown(path.name)}, allowed only files SLUG.yml")
            )
            return None
        try:
            slug(path.stem)
        except ValueError as error:
            self.problems.append(Problem(name, 0, "", f"found {shown(path.stem)}, allowed {error}"))
            return None
        try:
            document = read_document(path, self.root)
            context = self._context(country.code)
            record = validate(MunicipalityFile, document, context)
        except CampaignError as error:
            self.problems += error.problems
            return None
        prefix = country.code.upper() + "-"
        if not record.iso_3166_2.startswith(prefix):
            self._refuse(document, ("iso_3166_2",), record.iso_3166_2, f"a code that begins with {prefix}")
        if record.exit and record.exit not in country.record.exits:
            allowed = f"an exit of the country's: {', '.join(country.record.exits)}"
            self._refuse(document, ("exit",), record.exit, allowed)
        if record.time_zone and not is_in(record.time_zone, country.code):
            self._refuse(document, ("time_zone",), record.time_zone, "a time zone of the country")
        self.problems += length_problems(document, record)
        self._named(document, record.name, country.language)
        if record.contact_point:
            self._named(
                document, record.contact_point.organization, country.language, "contact_point", "organization"
            )
        lines = self._contacts(document, record.contacts, country.language)
        ids = lines.keys() | country.lines.keys()
        self.problems += reference_problems(document, record, ids, country.language, self._meetings)
        lines |= {f"referral.{order.key}": document.line(("referral", order.key)) for order in Order}
        return Municipality(path.stem, document.file, country, _confirmed(record, country.coordinator), lines)

    def _context(self, country: str) -> dict[str, Any]:
        return {"country": country, "today": self.today, "judged": self.judged}

    def _languages(self, document: Document, record: CountryFile) -> None:
        seen: set[str] = set()
        for key, codes in (("languages", record.languages), ("starts", record.starts)):
            for index, code in enumerate(codes):
                if code in seen or code not in self.languages:
                    allowed = "each language once, of " + ", ".join(sorted(self.languages))
                    self._refuse(document, (key, index), code, allowed)
                seen.add(code)

    def _contacts(self, document: Document, contacts: tuple[Contact, ...], language: str) -> dict[str, int]:
        lines: dict[str, int] = {}
        for index, contact in enumerate(contacts):
            first = f"{document.file}:{lines[contact.id]}" if contact.id in lines else None
            lines[contact.id] = document.line(("contacts", index))
            if contact.id in self._ids:
                place = first or next(self._standing(contact.id), "another file")
                allowed = f"an id of its own (it stands in {place} already)"
                self._refuse(document, ("contacts", index, "id"), contact.id, allowed)
            self._ids.add(contact.id)
            self._named(document, contact.organization, language, "contacts", index, "organization")
        return lines

    def _standing(self, name: str) -> Iterator[str]:
        """FILE:LINE of a contact in the files that were read before."""
        for owner in Places(self.countries, self.municipalities).owners:
            if name in owner.lines:
                yield f"{owner.file}:{owner.lines[name]}"

    def _named(self, document: Document, texts: dict[str, str], language: str, *path: str | int) -> None:
        self.problems += first_language_problems(document, texts, language, path or ("name",))

    def _refuse(self, document: Document, path: Path_, found: str, allowed: str) -> None:
        self.problems.append(document.problem(path, f"found {shown(found)}, allowed {allowed}"))
