"""Reads the file of each country and then those of its municipalities, and compares them with each other."""

from __future__ import annotations

import os
import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from ..errors import CampaignError, Problem, shown
from ..fields.field_types import slug
from ..files.yaml_document import Document, KeyPath, Value, read_document
from ..model.confirmations_and_approvals import CoordinatorFile
from ..model.place_files import CountryFile, MunicipalityFile
from ..model.places import Country, Municipality
from ..model.referral_order import Order
from ..model.roles import Role
from ..model.texts_to_approve import length_problems
from ..today import is_in
from .check_references import (
    area_problems,
    county_problems,
    first_language_problems,
    reference_problems,
    time_problems,
)
from .coordinators import Coordinators, exit_problems, local_exit_problems
from .document_to_record import validate
from .part_without_wrong_values import PartDocument, good_part
from .unique_ids_numbers_names import Claims, id_instead

COUNTRY_FILE = "_country.yml"

_File = TypeVar("_File", CountryFile, MunicipalityFile)


def _verified(record: _File, said: CoordinatorFile) -> _File:
    """Return the record with what the coordinator's file says about each of its contacts."""
    contacts = tuple(
        contact.with_history(said.history[contact.id]) if contact.id in said.history else contact
        for contact in record.contacts
    )
    return record.model_copy(update={"contacts": contacts})


# Fields of a file whose check needs these keys of the country's file.
_NEEDED_FOR = {
    "exit": ("exits",),
    "county": ("counties",),
    "iso_3166_2": ("codes",),
    "service_area": ("codes", "counties"),
}


def _stand_ins(name: str) -> dict[str, Value]:
    """Return a value for each key that a file must have, if that of ``name`` has no good one. No problem of
    these values is told, and no other file can have them."""
    page = f"https://{name}.invalid/"
    contact: dict[str, Value] = {
        "id": name,
        "roles": ["municipal-office"],
        "organization": {"en": f"invalid {name}"},
        "date": "undated",
        "source": {"url": page, "date": "undated"},
    }
    return contact | {
        "iso_3166_2": "ZZ-0",
        "name": {"en": f"invalid {name}"},
        "languages": ["en"],
        "time_zone": "Etc/UTC",
        "exits": {name: page},
        "numbers": {"emergency": ["112"]},
        "contacts": [{key: value for key, value in contact.items() if key != "date"} | {"web": page}],
    }


class Reader:
    """Keeps what it has read: `municipality` compares a file with those that were read before."""

    def __init__(self, root: Path, languages: Collection[str], today: date) -> None:
        self.root = root
        self.languages = languages
        self.today = today
        self.countries: dict[str, Country] = {}
        self.municipalities: dict[str, Municipality] = {}
        self.parts: list[tuple[Country | Municipality, PartDocument]] = []
        self.problems: list[Problem] = []
        self._claims = Claims()
        # Of the current country: the municipalities, the first language if it is known, and what is good of
        # its file if that has wrong values.
        self._slugs: Collection[str] = ()
        self._language: str | None = None
        self._part: PartDocument | None = None
        self._coordinators = Coordinators(root)

    def country(self, folder: Path) -> Country | None:
        """Read a country's file. Of a wrong file the good part is returned, only to compare places with it;
        None if there is no such part."""
        path = folder / COUNTRY_FILE
        name = f"municipalities/{folder.name}"
        self._slugs = sorted(file.stem for file in folder.glob("*.yml") if not file.name.startswith("_"))
        if not os.path.lexists(path):
            self.problems.append(Problem(name, 0, "", "none", f"a file {COUNTRY_FILE} in every country"))
            return None
        try:
            document = read_document(path, self.root)
        except CampaignError as error:
            self.problems += error.problems
            return None
        context, self._part = self._context(folder.name), None
        try:
            record = validate(CountryFile, document, context)
        except CampaignError as error:
            self.problems += error.problems
            if any(problem.field.startswith("numbers") for problem in error.problems):
                context["numbers"] = None  # any contact may have one that is left out
            if not (found := good_part(CountryFile, document, context, _stand_ins(folder.name))):
                return None
            record, document = found
            self._part = document
        before = len(self.problems)
        country = self._country(document, record, folder.name)
        self.problems[before:] = filter(self._certain, self.problems[before:])
        if self._part:
            self.parts.append((country, self._part))
        else:
            self.countries[country.code] = country
        return country

    def _country(self, document: Document, record: CountryFile, code: str) -> Country:
        """Report where the record does not fit itself, other files' names or the coordinator's file."""
        said, problems = self._coordinators.read(code, record.exits, self._context(code))
        self.problems += problems
        part, first = self._part, record.languages[0]
        if record.codes or (part and part.lacks("codes")):
            self._slugs = [*record.codes]  # a file that is not listed must not own ids of those that are
        known = first in self.languages and not (part and part.without(("languages", 0)))
        self._language = first if known else None
        self._languages(document, record)
        self._named(document, record.name)
        self.problems += exit_problems(document, record)
        lines = self._contacts(document, record, code)
        self._claims.of_country(document, record, code)
        self._codes(document, record.codes, code.upper() + "-")
        self.problems += area_problems(document, record, self._slugs)
        if not any(Role.EMERGENCY in c.roles and c.phones and not c.area for c in record.contacts):
            self.problems.append(
                Problem(document.file, 1, "contacts", "none", "a contact with a phone and the role emergency")
            )
        national = [contact.id for contact in record.contacts if not contact.area]
        self.problems += reference_problems(
            document, record, [*national, *(part.ids if part else ())], self._language
        )
        self.problems += time_problems(document, record, record.time_zone)
        lines |= _meeting_lines(document, record)
        return Country(code, document.file, _verified(record, said), lines, said)

    def _certain(self, problem: Problem) -> bool:
        """Whether a problem would also be one if the country's file were whole."""
        part, name = self._part, re.sub(r"\[\d+\]$", "", problem.field).rpartition(".")[2]
        return not part or (part.certain(problem) and not part.lacks(*_NEEDED_FOR.get(name, ())))

    def alone(self, path: Path, country: str) -> None:
        """Report the problems of a municipality whose country's file cannot be read."""
        try:
            validate(MunicipalityFile, read_document(path, self.root), self._context(country))
        except CampaignError as error:
            self.problems += error.problems

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
        known = not (self._part and self._part.lacks("numbers"))
        context = self._context(country.code) | {
            "numbers": country.record.numbers if known else None,
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
            if found := good_part(MunicipalityFile, document, context, _stand_ins(path.stem)):
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
        before = len(self.problems)
        if record.exit and record.exit not in country.record.exits:
            expected = f"one of the country's exits: {', '.join(country.record.exits)}"
            self.problems.append(document.problem(("exit",), shown(record.exit), expected))
        if record.time_zone and not is_in(record.time_zone, country.code):
            expected = "a time zone of the country"
            self.problems.append(document.problem(("time_zone",), shown(record.time_zone), expected))
        self.problems += county_problems(document, record, country.record.counties)
        self.problems += local_exit_problems(document, record, country.record.exits)
        self.problems += length_problems(document, record)
        self._named(document, record.name)
        if record.contact_point:
            self._named(document, record.contact_point.organization, "contact_point", "organization")
        lines = self._contacts(document, record, country.code, slug)
        self.problems += self._claims.of_municipality(document, record, slug, country)
        served = {slug, record.county}
        countrys = (c.id for c in country.record.contacts if not c.area or served.intersection(c.area))
        ids = {*lines, *countrys, *known, *(self._part.ids if self._part else ())}
        self.problems += reference_problems(document, record, ids, self._language)
        self.problems += time_problems(document, record, record.time_zone or country.time_zone)
        self.problems[before:] = filter(self._certain, self.problems[before:])
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
        owner: str | None = None,
    ) -> dict[str, int]:
        """Check the ids of contacts and meetings. Return the line of each contact by its id."""
        lines: dict[str, int] = {}
        for index, contact in enumerate(record.contacts):
            self._id(document, ("contacts", index), contact.id, lines, country, owner)
            self._named(document, contact.organization, "contacts", index, "organization")
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

    def _named(self, document: Document, texts: dict[str, str], *path: str | int) -> None:
        self.problems += first_language_problems(document, texts, self._language, path or ("name",))


def _meeting_lines(document: Document, record: CountryFile | MunicipalityFile) -> dict[str, int]:
    return {f"meetings.{one.id}": document.line(("meetings", n)) for n, one in enumerate(record.meetings)}
