"""Says what a copy is: equal to what was published, an older release, changed here, or unknown.

Three things can vouch for a copy: its own manifest.json (nothing was changed by accident), the copy of the
last build in sites/ (it is what this folder makes), and the releases in releases/ or beside the copy (it was
published on that day, by the holder of the key).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from pathlib import Path

from ..copies.manifest import MANIFEST
from ..errors import counted, printable
from .compare_with_manifest import (
    PROOFS,
    Change,
    changes_in_folder,
    contact_numbers,
    originals,
    read_plain,
    with_numbers,
)
from .manifest_reading import LARGEST, Manifest, read_manifest
from .release_file import FOLDER, Release, read_release, read_releases
from .ssh_signature import ALLOWED, Signed, verify


class Outcome(StrEnum):
    """What a copy is."""

    EQUAL = "equal"
    OLDER = "older"
    CHANGED = "changed"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class CopyState:
    """The answer for one copy. ``behind`` are the days between its release and the latest one; ``reason``
    says in a sentence why."""

    outcome: Outcome
    municipality: str
    reason: str
    behind: int | None = None
    changes: tuple[Change, ...] = ()
    release: str = ""
    signed: Signed = Signed.NONE

    def __str__(self) -> str:
        name = f"{self.municipality}: " if self.municipality else ""
        lines = [f"{name}{self.outcome}: {self.reason}"]
        return "\n".join([*lines, *(f"  {printable(str(change))}" for change in self.changes)])


@dataclass(frozen=True)
class Reference:
    """What this folder knows: ``sites`` is the folder of the last build, ``releases`` are sorted by day with
    what is known about each signature."""

    root: Path
    sites: Path
    releases: Sequence[tuple[Release, Signed]] = ()
    _copies: dict[str, Mapping[str, bytes]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, root: Path, sites: Path) -> Reference:
        """Read the releases of a project."""
        releases = []
        for release in read_releases(root):
            file = root / FOLDER / f"{release.name}.json"
            signature = read_plain(file.with_name(f"{file.name}.sig"), 10_000)
            releases.append((release, verify(file.read_bytes(), signature, root / ALLOWED)))
        return cls(root, sites, releases)

    def built(self, municipality: str) -> Mapping[str, bytes]:
        """Return the copy of the last build, ``{path: bytes}``; empty if there is none. Files that do not fit
        its own manifest are left out."""
        if municipality not in self._copies:
            folder = self.sites / municipality
            try:
                data = read_plain(folder / MANIFEST, LARGEST + 1) or b""
                manifest = read_manifest(data)
                read = {
                    path: read_plain(folder / path, facts.size + 1) for path, facts in manifest.files.items()
                }
                found = originals({path: text for path, text in read.items() if text is not None}, manifest)
                self._copies[municipality] = {**found, MANIFEST: data}
            except ValueError:
                self._copies[municipality] = {}
        return self._copies[municipality]


@dataclass(frozen=True)
class Looked:
    """A copy as somebody found it. ``compare`` lists its changes against a manifest; ``read`` returns one of
    its files, None if it is not there."""

    compare: Callable[[Manifest], list[Change]]
    read: Callable[[str], bytes | None]


def state_of_folder(folder: Path, reference: Reference | None) -> CopyState:
    """Return the state of the copy in ``folder``; without a reference only by its own manifest."""

    def read(path: str) -> bytes | None:
        return read_plain(folder / path, 5_000_000)

    return state_of(Looked(lambda manifest: changes_in_folder(folder, manifest), read), reference)


def state_of(copy: Looked, reference: Reference | None) -> CopyState:
    """Return the state of a copy, from its own manifest and from what the reference knows."""
    data = copy.read(MANIFEST)
    try:
        if data is None:
            raise ValueError("the copy has no manifest.json")
        own = read_manifest(data)
    except ValueError as error:
        return CopyState(
            Outcome.UNKNOWN, "", f"{error}, so it is not a copy of Safe Path, or somebody has changed it"
        )
    built = reference.built(own.municipality) if reference else {}
    ours = read_manifest(built[MANIFEST]) if built else None
    changes = copy.compare(own)
    proof, signed = _proof(copy, reference)
    if ours and own.digest != ours.digest and own.inputs == ours.inputs:
        # The same sources give the same bytes on every machine: somebody changed the manifest, too.
        changes = [*copy.compare(ours), Change(MANIFEST, "changed")]
    if signed is Signed.BAD:
        changes = [*changes, Change(PROOFS[1], "changed")]
    if changes:
        known = contact_numbers(copy.read("contacts.json") or b"")
        fits = built if ours and own.inputs == ours.inputs else {}
        named = tuple(
            with_numbers(change, copy.read(change.path), fits.get(change.path), known) for change in changes
        )
        reason = f"{counted(len(named), 'file')} is not as it was published"
        reason = reason if len(named) == 1 else reason.replace(" is not as it was", " are not as they were")
        return CopyState(Outcome.CHANGED, own.municipality, reason, None, named)
    if reference is None:
        return CopyState(
            Outcome.EQUAL,
            own.municipality,
            "every file is as the copy's own manifest.json says; nothing else was compared",
        )
    releases = [*reference.releases, *([(proof, signed)] if proof else [])]
    return _published(own, ours, releases)


def _proof(copy: Looked, reference: Reference | None) -> tuple[Release | None, Signed]:
    """Return the release that is in a copy, if its signature can be verified here, and the result."""
    data, signature = copy.read(PROOFS[0]), copy.read(PROOFS[1])
    if data is None or signature is None or reference is None:
        return None, Signed.NONE
    signed = verify(data, signature, reference.root / ALLOWED)
    try:
        return (read_release(data) if signed is Signed.GOOD else None), signed
    except ValueError:
        return None, Signed.BAD


def _published(own: Manifest, ours: Manifest | None, releases: Sequence[tuple[Release, Signed]]) -> CopyState:
    """Return the state of a copy that is whole in itself."""
    name = own.municipality
    trusted = sorted((pair for pair in releases if pair[1] is not Signed.BAD), key=lambda pair: pair[0].day)
    holding = [pair for pair in trusted if pair[0].copies.get(name) == own.digest]
    latest = next((release for release, _ in reversed(trusted) if name in release.copies), None)
    if holding:
        release, signed = holding[-1]
        if latest is None or latest.copies[name] == own.digest:
            reason = f"it is release {release.name} ({signed})"
            return CopyState(Outcome.EQUAL, name, reason, 0, release=release.name, signed=signed)
        days = (latest.day - release.day).days
        reason = f"it is release {release.name} ({signed}), {counted(days, 'day')} behind {latest.name}"
        return CopyState(Outcome.OLDER, name, reason, days, release=release.name, signed=signed)
    if ours and ours.digest == own.digest:
        return CopyState(Outcome.EQUAL, name, "it is what the last build here made (no release has it)", 0)
    compared = "the last build here and the releases" if ours else "the releases; sites/ has no copy of it"
    reason = f"it agrees with its own manifest.json, but differs from {compared}"
    older = _days_between(own.newest_contact, ours.newest_contact) if ours else None
    if older:
        reason += f"; its newest contact is {counted(older, 'day')} older than here"
    return CopyState(Outcome.UNKNOWN, name, reason)


def _days_between(earlier: str | None, later: str | None) -> int | None:
    """Return the days between two dates of sources; None if the number is unknown, zero or negative."""
    days = []
    for text in (earlier, later):
        try:
            days.append(date.fromisoformat(f"{text}-01-01"[:10]))
        except ValueError:
            return None
    number = (days[1] - days[0]).days
    return number if number > 0 else None
