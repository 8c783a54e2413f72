"""Reads what the coordinators say, and holds it against the files that it is about."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from .coordinator import COORDINATOR_FILE, CoordinatorFile
from .document import Document, read_document, refusal
from .fields import host
from .model import CountryFile
from .place import Country
from .problem import Problem, shown
from .public_url import host_of
from .validation import validate


class Coordinators:
    """The coordinators' files of all countries, one after the other."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._documents: dict[str, Document] = {}  # by country
        self._sites: dict[str, str] = {}  # address -> FILE:LINE
        self._above: dict[str, str] = {}  # address of a folder above one of them -> FILE:LINE of that one

    def read(self, country: str, context: Mapping[str, Any]) -> CoordinatorFile:
        """The country's file, or an empty one where there is none. `CampaignError` with all problems that
        it has alone."""
        path = self._root / "municipalities" / country / COORDINATOR_FILE
        if not os.path.lexists(path):
            return CoordinatorFile()
        if not path.is_file():
            name = path.relative_to(self._root).as_posix()
            raise refusal(name, 0, "found no plain file, allowed a plain file or none")
        document = read_document(path, self._root)
        record = validate(CoordinatorFile, document, context)
        self._documents[country] = document
        return record

    def problems(self, country: Country, slugs: Collection[str], ids: Collection[str]) -> Iterator[Problem]:
        """What the file says of nobody, and sites that are in each other's way. ``slugs`` are those of the
        country's municipalities, ``ids`` those of all its contacts."""
        document = self._documents.get(country.code)
        if document is None:
            return
        said = country.coordinator
        for name in said.confirmations:
            if name not in ids:
                allowed = f"the id of a contact of this country; campaign unconfirm {name} takes it away"
                yield document.problem(("confirmations", name), f"found {shown(name)}, allowed {allowed}")
        for key, names in (("sites", said.sites), ("texts", said.texts)):
            for name in names:
                if name not in slugs:
                    allowed = "the name of a municipality's file in this folder, without .yml"
                    yield document.problem((key, name), f"found {shown(name)}, allowed {allowed}")
        for slug, url in said.sites.items():
            yield from self._site_problems(document, country, slug, url)

    def _site_problems(self, document: Document, country: Country, slug: str, url: str) -> Iterator[Problem]:
        def refuse(allowed: str) -> Problem:
            return document.problem(("sites", slug), f"found {shown(url)}, allowed {allowed}")

        above = _folders_above(url)
        inside = next((self._sites[one] for one in (url, *above) if one in self._sites), None)
        if other := inside or self._above.get(url):
            yield refuse(f"an address neither above nor below that of another copy ({other})")
        here = f"{document.file}:{document.line(('sites', slug))}"
        self._sites.setdefault(url, here)
        for one in above:
            self._above.setdefault(one, here)
        for name, exit_url in country.record.exits.items():
            if host_of(exit_url) == host_of(url):
                yield refuse(f"another host than that of the exit {name}, which would lead back here")


def exit_problems(document: Document, record: CountryFile) -> Iterator[Problem]:
    """Exits to a host that a contact names: who leaves must not land on a page about help."""
    hosts: dict[str, str] = {}
    for contact in record.contacts:
        for url in (contact.web, *(chat.url for chat in contact.chats), contact.source.url):
            if url:
                hosts.setdefault(host(url), contact.id)
    for name, exit_url in record.exits.items():
        if contact_id := hosts.get(host_of(exit_url)):
            allowed = f"a quiet page that has nothing to do with help, unlike that of {contact_id}"
            yield document.problem(("exits", name), f"found {shown(exit_url)}, allowed {allowed}")


def _folders_above(url: str) -> list[str]:
    """``https://a.org/x/y/`` as ``[https://a.org/, https://a.org/x/]``."""
    path = urlsplit(url).path
    parts = path.strip("/").split("/") if path.strip("/") else []
    start = url.removesuffix(path)
    return [f"{start}/{''.join(f'{part}/' for part in parts[:count])}" for count in range(len(parts))]
