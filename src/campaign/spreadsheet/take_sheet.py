"""Takes a sheet back: its changed cells become lines of the files of municipalities/, all of them or none."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from ..coordinator.edits import Edits
from ..errors import CampaignError, Problem, counted, instead, shown
from ..files.change_yaml_values import updated
from ..files.source_file import read_as_saved
from ..files.yaml_document import Document, KeyPath, Value, parse_document
from ..model.place_files import MunicipalityFile
from ..model.places import Country, Municipality, Places
from ..model.roles import Role
from ..pages.ui_strings import read_words
from ..source.municipalities import read_places
from ..source.select_municipalities import check_names, in_scope
from ..source.unique_ids_numbers_names import id_instead
from ..today import latest_day
from .check_taken import Target, check_edited
from .columns import Column, cells_of, column, contact_of
from .contact_version import version_of
from .read_or_refuse_cell import RefusedCell, read_cell
from .rows_by_column_name import Row, Sheet, sheet_from

Owner = Country | Municipality


@dataclass
class _File:
    """One file of municipalities/: its text, and its contacts as they are and as they will be."""

    owner: Owner
    text: str
    document: Document
    contacts: list[Value]
    targets: dict[int, Target] = field(default_factory=dict)  # by the position of the contact

    @property
    def wanted(self) -> dict[str, Value]:
        """The values of the whole file with its new contacts. The key has its place in the record's order."""
        value = self.document.value
        if not self.contacts or "contacts" in value:
            return value | ({"contacts": self.contacts} if self.contacts else {})
        keys = [*MunicipalityFile.model_fields]
        earlier = [key for key in value if keys.index(key) < keys.index("contacts")]
        wanted: dict[str, Value] = {}
        for key in value:
            wanted[key] = value[key]
            if key == earlier[-1]:
                wanted["contacts"] = self.contacts
        return wanted


@dataclass(frozen=True)
class Taken:
    """The edits of a sheet, and a line for each change that says what becomes of what."""

    edits: Edits
    lines: list[str]


def take(root: Path, path: Path, moment: datetime, names: Collection[str] = ()) -> Taken:
    """Return the edits that a sheet asks for. ``names`` are the places (``ee``, ``ee/tartu``) whose contacts
    it may change; none means all. Raise `CampaignError` with every problem of the sheet, and with every
    problem that `campaign check` would have with the edited files."""
    sheet = sheet_from(path)
    places = read_places(root, read_words(root), latest_day(moment))
    check_names(places, names, "campaign take")
    taking = _Taking(root, places, sheet, names)
    for row in sheet.rows:
        taking.take(row)
    problems = [*sheet.problems, *taking.missing_columns()]
    edits = Edits(root)
    new: dict[str, str] = {}
    for file in taking.files.values():
        try:
            new[file.document.file] = updated(file.text, file.wanted, file.document.file)
        except CampaignError as error:
            problems += error.problems
    new = {name: text for name, text in new.items() if text != taking.files[name].text}
    if new:
        targets = {name: file.targets for name, file in taking.files.items()}
        wrong, ended = check_edited(root, moment, new, sheet, targets, places)
        refused = {(problem.line, problem.field) for problem in sheet.problems}
        problems += [p for p in wrong if p.file != sheet.name or (p.line, p.field) not in refused]
        taking.lines += ended
    if problems:
        raise CampaignError(problems)
    for name, text in new.items():
        edits.replace(name, taking.files[name].text, text)
    return Taken(edits, [*taking.lines, taking.summary()])


class _Taking:
    def __init__(self, root: Path, places: Places, sheet: Sheet, names: Collection[str]) -> None:
        self.files: dict[str, _File] = {}
        self.lines: list[str] = []
        self._root = root
        self._sheet = sheet
        self._names = names
        self._owners: dict[str, Owner] = {_name(owner): owner for owner in places.owners}
        self._of: dict[str, Owner] = {
            contact.id: owner for owner in places.owners for contact in owner.record.contacts
        }
        self._slugs = {
            code: [*country.record.codes] or [place.slug for place in places.of(code)]
            for code, country in places.countries.items()
        }
        self._rows: dict[str, int] = {}
        self._ids = {*self._of}
        self._missing: dict[KeyPath, str] = {}
        self._counts = {"changed": 0, "new": 0, "as before": 0}

    def take(self, row: Row) -> None:
        """Put the changes of a row into its file, or its problems into the sheet."""
        if not row.id:
            self._new(row)
        elif row.id not in self._of:
            expected = f"the id of a contact, or an empty cell for a new one{instead(row.id, self._of)}"
            self._refuse(row, "id", shown(row.id), expected)
        elif row.id in self._rows:
            expected = f"each contact once (row {self._rows[row.id]} has this one)"
            self._refuse(row, "id", f"{shown(row.id)} a second time", expected)
        else:
            self._rows[row.id] = row.number
            owner = self._of[row.id]
            if row.place not in self._owners:
                self._unknown_place(row)
            elif row.place != _name(owner):
                expected = (
                    f"{_name(owner)}, which has {row.id}: a sheet cannot move a contact to another place"
                )
                self._refuse(row, "place", shown(row.place), expected)
            else:
                self._known(row, owner)

    def missing_columns(self) -> Iterator[Problem]:
        """Yield a problem for each column that is not in the sheet although a contact of the sheet has a
        value there: somebody has deleted or renamed it."""
        for path, owner in self._missing.items():
            found = column(path)
            expected = f"this column in the first row, because {owner} has a value in it"
            yield self._sheet.problem(1, found.name if found else "", "none", expected)

    def summary(self) -> str:
        parts = ", ".join(f"{count} {word}" for word, count in self._counts.items())
        answers = sum(row.answered for row in self._sheet.rows)
        said = f"{counted(len(self._sheet.rows), 'contact')} in the sheet: {parts}."
        if answers:
            noted = counted(answers, "row")
            said += f" Answers in {noted} are not taken: campaign confirm records who was reached."
        return said

    def _known(self, row: Row, owner: Owner) -> None:
        file = self._file(owner)
        index = next(
            number for number, contact in enumerate(file.contacts) if cells_of(contact)[("id",)] == row.id
        )
        old = cells_of(file.contacts[index])
        new = dict(old)
        country, changes = _country(owner), []
        for path in row.cells:
            before = old.get(path, "")
            text = self._read(row, path, country, before)
            if text is not None and text != before:
                new[path] = text
                changes.append(
                    f"row {row.number}, {row.id}: {_change(self._sheet.columns[path], before, text)}"
                )
        for path in old.keys() - row.cells.keys() - {("id",)}:
            self._missing.setdefault(path, row.id)
        if not changes:
            self._counts["as before"] += 1
            file.targets.setdefault(index, Target(row.number, {}))
        elif not self._may_change(row, owner):
            pass
        elif row.version != version_of(old):
            found = shown(row.version) if row.version else "nothing"
            expected = f"{version_of(old)}, as {row.id} is now; write the sheet again, then change it"
            self._refuse(row, "version", found, expected)
        else:
            self._counts["changed"] += 1
            self.lines += changes
            file.contacts[index], numbers = contact_of(new, file.contacts[index])
            file.targets[index] = Target(row.number, numbers)

    def _new(self, row: Row) -> None:
        owner = self._owners.get(row.place)
        if owner is None:
            self._unknown_place(row)
            return
        if row.version:
            self._refuse(
                row, "id", "nothing", "the id of the contact that this row had, or an empty version as well"
            )
            return
        if not self._may_change(row, owner):
            return
        cells = {}
        for path in row.cells:
            if text := self._read(row, path, _country(owner), ""):
                cells[path] = text
        roles = cells.get(("roles",), "").split(",")
        name = self._id(owner, roles[0].strip())
        file = self._file(owner)
        contact, numbers = contact_of({("id",): name, **cells}, {})
        file.contacts.append(contact)
        file.targets[len(file.contacts) - 1] = Target(row.number, numbers, new=True)
        self._counts["new"] += 1
        self.lines.append(f"row {row.number}, {name}: a new contact in {owner.file}.")

    def _may_change(self, row: Row, owner: Owner) -> bool:
        """Whether the sheet may change contacts of the owner. A sheet that a municipality sends back never
        changes a line of the country if the coordinator has named the municipality."""
        if in_scope(_name(owner), self._names):
            return True
        expected = f"changes and new contacts only in {', '.join(self._names)}, as the command says"
        self._refuse(row, "place", shown(row.place), expected)
        return False

    def _read(self, row: Row, path: KeyPath, country: str, before: str) -> str | None:
        """Return the text of a cell; None after its problem is noted, and the old value then stays."""
        own = self._sheet.columns[path]
        try:
            return read_cell(row.cells[path], own.kind, country, before)
        except RefusedCell as error:
            self._refuse(row, own.name, error.found, error.expected)
            return None

    def _id(self, owner: Owner, role: str) -> str:
        """Return an id that no contact has: ``ee-tartu-shelter``, ``ee-tartu-shelter-2`` …"""
        country = _country(owner)
        slug = None if isinstance(owner, Country) else owner.slug
        start = f"{country}-{slug}" if slug else country
        word = role if role in set(Role) else "contact"
        # Ids with ee-police belong to a municipality of that name, if there is one.
        stems = (f"{start}-{word}", f"{start}-service-{word}")
        owned = [stem for stem in stems if id_instead(stem, country, slug, self._slugs[country])]
        name = stem = stems[1] if owned == [stems[0]] else stems[0]
        number = 1
        while name in self._ids:
            number += 1
            name = f"{stem}-{number}"
        self._ids.add(name)
        return name

    def _file(self, owner: Owner) -> _File:
        if owner.file not in self.files:
            text = read_as_saved(self._root / owner.file, self._root)
            document = parse_document(text, owner.file)
            contacts = document.value.get("contacts", [])
            assert isinstance(contacts, list)
            self.files[owner.file] = _File(owner, text, document, [*contacts])
        return self.files[owner.file]

    def _unknown_place(self, row: Row) -> None:
        found = shown(row.place) if row.place else "nothing"
        expected = f"COUNTRY or COUNTRY/SLUG of municipalities/{instead(row.place, self._owners)}"
        self._refuse(row, "place", found, expected)

    def _refuse(self, row: Row, column: str, found: str, expected: str) -> None:
        self._sheet.problems.append(self._sheet.problem(row.number, column, found, expected))


def _change(column: Column, before: str, text: str) -> str:
    if not text:
        return f"{column.name}: {shown(before, 200)} is removed."
    if not before:
        return f"{column.name}: {shown(text, 200)} is added."
    return f"{column.name}: {shown(before, 200)} becomes {shown(text, 200)}."


def _name(owner: Owner) -> str:
    return owner.code if isinstance(owner, Country) else str(owner)


def _country(owner: Owner) -> str:
    return owner.code if isinstance(owner, Country) else owner.country.code
