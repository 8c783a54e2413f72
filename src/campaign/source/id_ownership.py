"""Whose an id is, and what only one file may say: numbers, official names and codes.

A municipality's file is untrusted: it may take nothing that is its country's or another municipality's, and
the problem is reported in the file that must change. Where two municipalities say the same and nobody can
know which of them is wrong, it is reported in both.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from ..errors import Problem, shown
from ..files.yaml_document import Document, KeyPath, field_name
from ..model.contact import Contact
from ..model.place_files import CountryFile, MunicipalityFile
from ..model.places import Country
from ..model.types import international, is_short
from ..text.look_alike import skeletons, skeletons_within


def id_instead(name: str, country: str, slug: str | None, slugs: Collection[str]) -> str | None:
    """What is expected instead of the id ``name`` in the file of a municipality (``slug``) or of its country
    (None); None where it is good. ``slugs`` are those of the country's other municipalities, because
    ``ee-narva-joesuu`` is Narva-Jõesuu's and not Narva's."""
    known = [*slugs, slug] if slug else slugs
    owner = max((s for s in known if f"{name}-".startswith(f"{country}-{s}-")), key=len, default=None)
    if slug is None:
        if owner is not None:
            return f"an id that does not begin as those of municipalities/{country}/{owner}.yml do"
        return None if name.startswith(f"{country}-") else f"an id that begins with {country}-"
    if owner == slug:
        return None
    instead = f"{country}-{slug}, or an id that begins with {country}-{slug}-"
    others = owner is not None and owner.startswith(f"{slug}-")
    return f"{instead} (ids with {country}-{owner} are {owner}'s)" if others else instead


@dataclass(frozen=True)
class _Claim:
    file: str
    line: int
    field: str
    found: str
    countrys: bool

    @property
    def place(self) -> str:
        return f"{self.file}:{self.line}"

    def problem(self, expected: str, contested: bool = False) -> Problem:
        return Problem(self.file, self.line, self.field, shown(self.found), expected, contested)


class Claims:
    """What the files that were read say for themselves alone. Each method returns the problems of one file,
    and of those before it that say the same."""

    def __init__(self) -> None:
        self._first: dict[str, _Claim] = {}
        self._blamed: set[_Claim] = set()

    def of_country(self, document: Document, record: CountryFile, code: str) -> None:
        """The numbers and names of its contacts are its own from now on."""
        for index, contact in enumerate(record.contacts):
            for path, number in _numbers(contact, index):
                own = _claim(document, path, number, countrys=True)
                self._first.setdefault(_number(code, number), own)
            for language, text in contact.organization.items():
                own = _claim(document, ("contacts", index, "organization", language), text, countrys=True)
                for skeleton in skeletons(text):
                    self._first.setdefault(f"{code} name {skeleton}", own)
                    if any(is_short(phone.number) for phone in contact.phones):
                        self._first.setdefault(f"{code} line {skeleton}", own)

    def of_municipality(
        self, document: Document, record: MunicipalityFile, slug: str, country: Country
    ) -> Iterator[Problem]:
        """What it says that is its country's or another municipality's."""
        code = country.code
        own = _claim(document, ("iso_3166_2",), record.iso_3166_2)
        if expected := _code_instead(own.found, slug, country):
            yield own.problem(expected)
        else:
            yield from self._once(own.found, own, "a code of its own")
        for language, text in record.name.items():
            own = _claim(document, ("name", language), text)
            plain = " ".join(unicodedata.normalize("NFKC", text).casefold().split())
            yield from self._once(f"{code} place {language} {plain}", own, "a name of its own")
        for path, text in _names(record):
            # A branch may have its organization's name in its own; a line with a short code has none.
            keys = [f"{code} name {skeleton}" for skeleton in sorted(skeletons(text))]
            keys += [f"{code} line {skeleton}" for skeleton in sorted(skeletons_within(text))]
            if taken := [self._first[key] for key in keys if key in self._first]:
                expected = f"a name that does not look like the one in {taken[0].place}"
                yield _claim(document, path, text).problem(expected)
        for index, contact in enumerate(record.contacts):
            for path, number in _numbers(contact, index):
                yield from self._number(document, path, number, code)
        if record.contact_point and record.contact_point.phone:
            path = ("contact_point", "phone")
            yield from self._number(document, path, record.contact_point.phone, code)

    def _number(self, document: Document, path: KeyPath, number: str, code: str) -> Iterator[Problem]:
        expected = "a number of its own, as what serves several places belongs in _country.yml"
        yield from self._once(_number(code, number), _claim(document, path, number), expected)

    def _once(self, key: str, claim: _Claim, expected: str) -> Iterator[Problem]:
        first = self._first.setdefault(key, claim)
        if first.file == claim.file:
            return
        yield claim.problem(f"{expected} ({first.place} has this one)", contested=not first.countrys)
        if not first.countrys and first not in self._blamed:
            self._blamed.add(first)
            yield first.problem(f"{expected} ({claim.place} has this one)", contested=True)


def _code_instead(found: str, slug: str, country: Country) -> str | None:
    """The code of a municipality is the one that its country's file has for it, where that has codes."""
    codes, prefix = country.record.codes, f"{country.code.upper()}-"
    if codes and slug not in codes:
        return f"a code that {country.file} has for {slug} under codes, and it has none yet"
    if codes and found != codes[slug]:
        return f"{codes[slug]}, which {country.file} has for {slug} under codes"
    return None if found.startswith(prefix) else f"a code that begins with {prefix}"


def _claim(document: Document, path: KeyPath, found: str, countrys: bool = False) -> _Claim:
    return _Claim(document.file, document.line(path), field_name(path), found, countrys)


def _number(code: str, number: str) -> str:
    return f"{code} number {international(number, code)}"


def _numbers(contact: Contact, index: int) -> Iterator[tuple[KeyPath, str]]:
    for position, phone in enumerate(contact.phones):
        yield ("contacts", index, "phones", position, "number"), phone.number
    for position, chat in enumerate(contact.chats):
        if chat.number:
            yield ("contacts", index, "chats", position, "number"), chat.number


def _names(record: MunicipalityFile) -> Iterator[tuple[KeyPath, str]]:
    """The names under which the file gives a number, and that of the place."""
    for language, text in record.name.items():
        yield ("name", language), text
    for index, contact in enumerate(record.contacts):
        for language, text in contact.organization.items():
            yield ("contacts", index, "organization", language), text
    if record.contact_point:
        for language, text in record.contact_point.organization.items():
            yield ("contact_point", "organization", language), text
    ids = {contact.id for contact in record.contacts}
    for index, seat in enumerate(record.working_group.seats if record.working_group else ()):
        if seat.contact in ids:  # its number is shown behind the words
            for language, text in seat.organization.items():
                yield ("working_group", "seats", index, "organization", language), text
