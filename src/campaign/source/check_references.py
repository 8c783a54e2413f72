"""Checks the references inside the records of a place: contacts by role or id."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from ..errors import Problem, instead, shown
from ..files.yaml_document import Document, KeyPath
from ..model.place_files import CountryFile, MunicipalityFile
from ..model.referral_order import Order
from ..model.roles import Role
from ..today import shown_instead

KNOWN = "a role ({roles}) or the id of a contact in this file or in _country.yml"


def first_language_problems(
    document: Document, texts: Mapping[str, str], language: str | None, path: KeyPath
) -> Iterator[Problem]:
    """Yield a problem if the texts by language lack the country's first language, which is None if nobody
    knows it."""
    if language and language not in texts:
        found = ", ".join(texts) or "no language"
        expected = f"at least {language}, the country's first language"
        yield document.problem(path, found, expected)


def area_problems(document: Document, record: CountryFile, slugs: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for each entry of a service area that is no municipality (``slugs``) and no county, and
    for each county that could be mistaken for a municipality."""
    for index, county in enumerate(record.counties):
        if county in slugs:
            expected = "another name than that of a municipality's file"
            yield document.problem(("counties", index), shown(county), expected)
    known = [*slugs, *record.counties]
    for index, contact in enumerate(record.contacts):
        for number, name in enumerate(contact.area):
            if name not in known:
                counties = f", or a county ({', '.join(record.counties)})" if record.counties else ""
                expected = f"the name of a municipality's file, without .yml{counties}{instead(name, known)}"
                path = ("contacts", index, "service_area", number)
                yield document.problem(path, shown(name), expected)


def county_problems(
    document: Document, record: MunicipalityFile, counties: Sequence[str]
) -> Iterator[Problem]:
    """Yield a problem if the municipality is not in one of the country's ``counties``: it would lose the
    contacts of its county without a word."""
    if record.county is None and counties:
        yield document.problem(("county",), "nothing", f"a county of the country's: {', '.join(counties)}")
    elif record.county is not None and record.county not in counties:
        expected = f"a county of the country's: {', '.join(counties) or 'none'}"
        yield document.problem(("county",), shown(record.county), expected)


def time_problems(document: Document, record: CountryFile | MunicipalityFile, zone: str) -> Iterator[Problem]:
    """Yield a problem for each time of a meeting that is not one moment in ``zone``."""
    for index, meeting in enumerate(record.meetings):
        for key, moment in (("starts", meeting.starts), ("ends", meeting.ends)):
            if expected := shown_instead(moment, zone):
                yield document.problem(("meetings", index, key), shown(f"{moment:%Y-%m-%d %H:%M}"), expected)


def reference_problems(
    document: Document,
    record: CountryFile | MunicipalityFile,
    ids: Iterable[str],
    language: str | None,
) -> Iterator[Problem]:
    """Yield a problem for each reference to something that does not exist. ``ids`` are the contacts that the
    record may name; ``language`` is the country's first, if it is known."""
    ids = frozenset(ids)

    def texts(path: KeyPath, given: dict[str, str]) -> Iterator[Problem]:
        if given:
            yield from first_language_problems(document, given, language, path)

    def contact(path: KeyPath, name: str | None) -> Iterator[Problem]:
        if name is not None and name not in ids:
            yield document.problem(path, shown(name), "the id of a contact in this file or in _country.yml")

    for order in Order:
        for index, step in enumerate(record.referral.steps(order) or ()):
            here: KeyPath = ("referral", order.key, index)
            for number, name in enumerate(step.who):
                if name not in ids and name not in set(Role):
                    expected = KNOWN.format(roles=", ".join(Role))
                    yield document.problem((*here, "who", number), shown(name), expected)
            yield from texts((*here, "does"), step.does)
            yield from texts((*here, "next"), step.next)
    if isinstance(record, CountryFile):
        yield from texts(("referral", "notice"), record.referral.notice)
    elif record.working_group:
        for index, seat in enumerate(record.working_group.seats):
            yield from texts(("working_group", "seats", index, "organization"), seat.organization)
            yield from contact(("working_group", "seats", index, "contact"), seat.contact)
    for index, meeting in enumerate(record.meetings):
        here = ("meetings", index)
        yield from texts((*here, "organization"), meeting.organization)
        yield from contact((*here, "contact"), meeting.contact)
