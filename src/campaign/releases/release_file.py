"""A release: one file that names the manifest of every copy, the contacts and the texts of that day.

``releases/2026-11-28.json`` needs no git: everybody who has the folder can say how old a copy is and what has
changed since. One signature covers all copies, so a key on a device is touched once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

from ..errors import CampaignError, Problem, shown
from ..files.digests import sha256
from ..model.contact import Contact
from ..pages.project import Project
from .compare_with_manifest import read_plain
from .received_contacts_format_check import check_contacts, check_line

FOLDER = "releases"
_LARGEST = 5_000_000  # bytes
_NAME = re.compile(r"\d{4}-\d\d-\d\d(?:\.\d{1,2})?")

# What readers and workers see of a contact; other keys (audiences, the source) do not change a card's facts.
_SHOWN = {
    "roles", "organization", "phones", "chats", "web", "email", "address", "schedule", "eligibility",
    "anonymous",
}  # fmt: skip


@dataclass(frozen=True)
class Release:
    """``copies`` has the SHA-256 of each copy's manifest.json; ``contacts`` the contacts of each country and
    municipality by id; ``texts`` the SHA-256 of each page's Markdown."""

    name: str  # the day, and .2 for a second release of that day
    version: str
    copies: Mapping[str, str]
    contacts: Mapping[str, Mapping[str, Mapping[str, Any]]]
    texts: Mapping[str, str]

    @property
    def day(self) -> date:
        return date.fromisoformat(self.name[:10])

    def to_bytes(self) -> bytes:
        """Return the release as JSON; the same release has the same bytes everywhere."""
        facts = {
            "release": self.name,
            "version": self.version,
            "copies": dict(sorted(self.copies.items())),
            "contacts": self.contacts,
            "texts": dict(sorted(self.texts.items())),
        }
        return (json.dumps(facts, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def release_of(project: Project, name: str, version: str, copies: Mapping[str, str]) -> Release:
    """Make the release ``name`` of a project whose copies have these manifests."""
    contacts = {
        (owner.code if hasattr(owner, "code") else str(owner)): _contacts(owner.record.contacts)
        for owner in project.places.owners
    }
    texts = {page.file.removeprefix("docs/"): sha256(page.source.encode()) for page in project.pages}
    return Release(name, version, copies, {key: value for key, value in contacts.items() if value}, texts)


def _contacts(contacts: Iterable[Contact]) -> dict[str, dict[str, Any]]:
    return {
        contact.id: contact.model_dump(mode="json", exclude_defaults=True, include=_SHOWN)
        for contact in contacts
    }


def read_release(data: bytes) -> Release:
    """Return a release; raise `ValueError` if the file is none."""
    if len(data) > _LARGEST:
        raise ValueError(f"more than {_LARGEST:,} bytes")
    try:
        found = json.loads(data)
        release = Release(
            found["release"], found["version"], found["copies"], found["contacts"], found["texts"]
        )
        if not _NAME.fullmatch(release.name) or not all(
            isinstance(part, dict) for part in (release.copies, release.contacts, release.texts)
        ):
            raise ValueError
        release.day  # noqa: B018
        for line in (release.version, *chain(*release.copies.items(), *release.texts.items())):
            check_line(line)
        for contacts in release.contacts.values():
            check_contacts(contacts)
    except (ValueError, KeyError, TypeError, RecursionError):
        raise ValueError("not a release of Safe Path") from None
    return release


def read_releases(root: Path) -> list[Release]:
    """Return all releases in the folder releases/, the oldest first; raise `CampaignError` for others."""
    found, problems = [], []
    for path in sorted((root / FOLDER).glob("*.json"), key=_order):
        try:
            data = read_plain(path, _LARGEST + 1)
            if data is None:
                raise ValueError("no plain file that can be read")
            release = read_release(data)
            if release.name != path.stem:
                raise ValueError(f"the release {shown(release.name)}")
            found.append(release)
        except ValueError as error:
            problems.append(Problem(f"{FOLDER}/{path.name}", 0, "", str(error), f"the release {path.stem}"))
    if problems:
        raise CampaignError(problems)
    return found


def _order(path: Path) -> tuple[str, int]:
    day, _, number = path.stem.partition(".")
    return day, int(number) if number.isdecimal() else 1


def named(root: Path, name: str, command: str) -> Release:
    """Return one release of releases/ by its name; raise `CampaignError` if there is none."""
    found = {release.name: release for release in read_releases(root)}
    if name not in found:
        known = ", ".join(found) or "none yet; campaign sign writes one"
        raise CampaignError([Problem(command, 0, "", shown(name), f"a release in {FOLDER}/ ({known})")])
    return found[name]


def new_name(root: Path, day: date) -> str:
    """Return the name of a further release of this day: the day, then the day with .2, .3."""
    used = {path.stem for path in (root / FOLDER).glob("*.json")}
    names = [day.isoformat(), *(f"{day.isoformat()}.{number}" for number in range(2, 100))]
    return next(name for name in names if name not in used)
