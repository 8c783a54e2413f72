"""Reads the coordinators' files and checks them against the files of countries and municipalities."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from ..errors import CampaignError, Problem, shown
from ..files.yaml_document import Document, KeyPath, read_document
from ..model.confirmations_and_approvals import COORDINATOR_FILE, CoordinatorFile, host_of, still_counting
from ..model.contact import Contact
from ..model.place_files import CountryFile, MunicipalityFile
from ..model.places import Places
from ..text.web_and_email_addresses import host
from .document_to_record import validate
from .part_without_wrong_values import good_part


class Coordinators:
    """Reads the coordinators' files of all countries, one after the other, and finds sites that overlap."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._sites: dict[str, str] = {}  # address -> FILE:LINE
        self._above: dict[str, str] = {}  # address of a parent folder of a site -> FILE:LINE of that site

    def read(
        self, country: str, exits: Mapping[str, str], context: Mapping[str, Any]
    ) -> tuple[CoordinatorFile, list[Problem]]:
        """Return the good part of the file of the country with these ``exits``, which is empty if there is no
        file, and all its problems, including sites that overlap those of other countries."""
        path = self._root / "municipalities" / country / COORDINATOR_FILE
        if not os.path.lexists(path):
            return CoordinatorFile(), []
        if not path.is_file():
            name, expected = path.relative_to(self._root).as_posix(), "a plain file, or nothing"
            problem = Problem(name, 0, "", "something that is not a plain file", expected)
            return CoordinatorFile(), [problem]
        try:
            document = read_document(path, self._root)
        except CampaignError as error:
            return CoordinatorFile(), error.problems
        problems: list[Problem] = []
        try:
            record = validate(CoordinatorFile, document, context)
        except CampaignError as error:
            problems += error.problems
            record = _good_part(document, context)
        for slug, url in record.sites.items():
            here = f"{document.file}:{document.line(('sites', slug))}"
            for expected in self._expected_instead(url, here, exits):
                problems.append(document.problem(("sites", slug), shown(url), expected))
        return record, problems

    def _expected_instead(self, url: str, here: str, exits: Mapping[str, str]) -> Iterator[str]:
        """Yield what is expected instead of ``url`` for each broken rule. ``here`` is its FILE:LINE."""
        above = _folders_above(url)
        inside = next((self._sites[one] for one in (url, *above) if one in self._sites), None)
        if other := inside or self._above.get(url):
            yield f"an address that neither contains that of another copy nor is inside it ({other})"
        self._sites.setdefault(url, here)
        for one in above:
            self._above.setdefault(one, here)
        for name, exit_url in exits.items():
            if host_of(exit_url) == host_of(url):
                yield f"another host than that of the exit {name}, which would lead back here"


def _good_part(document: Document, context: Mapping[str, Any]) -> CoordinatorFile:
    """Return the record of a file without its wrong values, and without each history that has one."""
    found = good_part(CoordinatorFile, document, context, {})
    if not found:
        return CoordinatorFile()
    record, part = found
    wrong = {path[1] for path in part.left_out if path[0] == "history" and len(path) > 1}
    history = {name: entries for name, entries in record.history.items() if name not in wrong}
    return record.model_copy(update={"history": history})


def stale_problems(root: Path, places: Places, held_back: Collection[str] = ()) -> Iterator[Problem]:
    """Yield a problem for each contact or municipality in a coordinator's file that no longer exists.
    ``held_back`` are places (``ee/tartu``) whose files exist but are not below ``root``."""
    for code, country in places.countries.items():
        said = country.coordinator
        if said == CoordinatorFile():
            continue
        ids = {*country.lines, *(name for place in places.of(code) for name in place.lines)}
        file = "the name of a municipality's file in this folder, without .yml"
        stale: list[tuple[str, str, str]] = []
        for name in said.history.keys() - ids:
            theirs = any(f"{name}-".startswith(f"{place.replace('/', '-')}-") for place in held_back)
            if still_counting(said.history[name]) and not theirs:
                expected = f"the id of a contact of this country (campaign confirm --undo {name} closes this)"
                stale.append(("history", name, expected))
        for section, slugs in (("sites", said.sites), ("texts", said.texts)):
            stale += [
                (section, slug, file)
                for slug in slugs
                if f"{code}/{slug}" not in places.municipalities and f"{code}/{slug}" not in held_back
            ]
        if stale:
            document = read_document(root / "municipalities" / code / COORDINATOR_FILE, root)
            for section, name, expected in stale:
                problem = document.problem((section, name), shown(name), expected)
                yield replace(problem, contested=True)


def exit_problems(document: Document, record: CountryFile) -> Iterator[Problem]:
    """Yield a problem for each exit to a host of a contact: an exit must not lead to a page about help."""
    hosts: dict[str, str] = {}
    for contact in record.contacts:
        for url in (*_pages(contact), contact.source.url):
            hosts.setdefault(host(url), contact.id)
    for name, exit_url in record.exits.items():
        if contact_id := hosts.get(host_of(exit_url)):
            expected = f"a quiet page that has nothing to do with help; {contact_id} has a page on this host"
            yield document.problem(("exits", name), shown(exit_url), expected)


def local_exit_problems(
    document: Document, record: MunicipalityFile, exits: Mapping[str, str]
) -> Iterator[Problem]:
    """Yield a problem for each page of a municipality's contacts that is on the host of one of the country's
    ``exits``: the exit would lead to a page about help."""
    pages: list[tuple[KeyPath, str]] = [
        (("contacts", index), url) for index, contact in enumerate(record.contacts) for url in _pages(contact)
    ]
    if record.contact_point and record.contact_point.web:
        pages.append((("contact_point", "web"), record.contact_point.web))
    hosts = {host_of(url): name for name, url in exits.items()}
    for path, url in pages:
        if name := hosts.get(host(url)):
            expected = f"another host than that of the exit {name}, which leads away from help"
            yield document.problem(path, shown(url), expected)


def _pages(contact: Contact) -> Iterator[str]:
    """Yield the addresses that a card links to."""
    yield from (url for url in (contact.web, *(chat.url for chat in contact.chats)) if url)


def _folders_above(url: str) -> list[str]:
    """Return ``[https://a.org/, https://a.org/x/]`` for ``https://a.org/x/y/``."""
    path = urlsplit(url).path
    parts = path.strip("/").split("/") if path.strip("/") else []
    start = url.removesuffix(path)
    return [f"{start}/{''.join(f'{part}/' for part in parts[:count])}" for count in range(len(parts))]
