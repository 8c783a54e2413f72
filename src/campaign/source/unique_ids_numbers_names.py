"""Checks that ids, numbers, official names and codes belong to the file that uses them.

A municipality's file is untrusted: it must not take anything of its country or of another municipality. The
problem is reported in the file that must change. If two municipalities use the same value, nobody can know
which of them is wrong, so the problem is reported in both.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace

from ..errors import Problem, shown
from ..files.yaml_document import Document, KeyPath
from ..model.channels import international, is_short
from ..model.contact import Contact
from ..model.place_files import CountryFile, MunicipalityFile
from ..model.places import Country
from ..text.characters import named
from ..text.homoglyph_names import letter_of_no_known_alphabet, skeletons, skeletons_within


def id_instead(name: str, country: str, slug: str | None, slugs: Collection[str]) -> str | None:
    """Return what is expected instead of the id ``name`` in the file of a municipality (``slug``) or a
    country (None); None if it is good. ``slugs`` are the country's other municipalities: an id such as
    ``ee-narva-joesuu`` belongs to Narva-Jõesuu and not to Narva."""
    known = [*slugs, slug] if slug else slugs
    owner = max((s for s in known if f"{name}-".startswith(f"{country}-{s}-")), key=len, default=None)
    if slug is None:
        if owner is not None:
            return f"an id that does not begin like the ids of municipalities/{country}/{owner}.yml"
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
    """The values that only one file may use. The methods add one file and return its problems, and those of
    earlier files that use the same value."""

    def __init__(self) -> None:
        self._first: dict[str, _Claim] = {}
        self._reported: set[_Claim] = set()

    def of_country(self, document: Document, record: CountryFile, code: str) -> None:
        """Record the numbers and names of its contacts as the country's own."""
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
        """Yield a problem for each value that belongs to its country or another municipality."""
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
            if stranger := letter_of_no_known_alphabet(text):
                expected = "letters of the alphabets of the sites' languages"
                yield replace(_claim(document, path, text).problem(expected), found=named(stranger))
            # A branch may contain its organisation's name, but never the name of a line with a short code.
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
        expected = "a number of its own, because a number that serves several places belongs in _country.yml"
        yield from self._once(_number(code, number), _claim(document, path, number), expected)

    def _once(self, key: str, claim: _Claim, expected: str) -> Iterator[Problem]:
        first = self._first.setdefault(key, claim)
        if first.file == claim.file:
            return
        yield claim.problem(f"{expected} ({first.place} has this one)", contested=not first.countrys)
        if not first.countrys and first not in self._reported:
            self._reported.add(first)
            yield first.problem(f"{expected} ({claim.place} has this one)", contested=True)


def _code_instead(found: str, slug: str, country: Country) -> str | None:
    """Return what is expected instead of a municipality's code if it is not that of the country's file."""
    codes, prefix = country.record.codes, f"{country.code.upper()}-"
    if codes and slug not in codes:
        return f"a code that {country.file} has for {slug} under codes, and it has none yet"
    if codes and found != codes[slug]:
        return f"{codes[slug]}, which {country.file} has for {slug} under codes"
    return None if found.startswith(prefix) else f"a code that begins with {prefix}"


def _claim(document: Document, path: KeyPath, found: str, countrys: bool = False) -> _Claim:
    return _Claim(document.file, document.line(path), document.name(path), found, countrys)


def _number(code: str, number: str) -> str:
    return f"{code} number {international(number, code)}"


def _numbers(contact: Contact, index: int) -> Iterator[tuple[KeyPath, str]]:
    for position, phone in enumerate(contact.phones):
        yield ("contacts", index, "phones", position, "number"), phone.number
    for position, chat in enumerate(contact.chats):
        if chat.number:
            yield ("contacts", index, "chats", position, "number"), chat.number


def _names(record: MunicipalityFile) -> Iterator[tuple[KeyPath, str]]:
    """Yield the place's name, and every name that the file shows with a number."""
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
        if seat.contact in ids:  # its number is shown after these words
            for language, text in seat.organization.items():
                yield ("working_group", "seats", index, "organization", language), text
