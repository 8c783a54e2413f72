"""Compares the files of a copy with a manifest, and says which numbers differ."""

from __future__ import annotations

import json
import os
import re
import zlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path

import brotli

from ..copies.manifest import MANIFEST
from ..files.digests import sha256
from ..files.source_file import READ_PLAIN
from .manifest_reading import LARGEST, FileFacts, Manifest
from .received_contacts_format_check import check_contacts

# Files that a host may put beside the pages: each must have the bytes of the copy's own host file.
PUT_INTO_PLACE = {".htaccess": "host/apache.htaccess", "web.config": "host/iis.web.config"}
# The proof of a release is added after the copy is made; its signature is verified, not its place.
PROOFS = ("release.json", "release.json.sig")
_SCRIPT = re.compile(r"<(script|style)\b")


@dataclass(frozen=True)
class Change:
    """One file that differs: ``kind`` is changed, missing or added. ``gone`` and ``new`` are the phone
    numbers that only the original and only the changed file has, as far as they could be compared."""

    path: str
    kind: str
    gone: tuple[str, ...] = ()
    new: tuple[str, ...] = ()

    def __str__(self) -> str:
        numbers = [f"{number} is gone" for number in self.gone] + [f"{number} is new" for number in self.new]
        return f"{self.path}: {self.kind}{': ' if numbers else ''}{', '.join(numbers)}"


def read_plain(path: Path, most: int) -> bytes | None:
    """Return the bytes of a plain file, at most ``most`` of them; None for anything else."""
    try:
        handle = os.open(path, READ_PLAIN)
        with os.fdopen(handle, "rb") as file:
            return file.read(most)
    except OSError:
        return None


def changes_in_folder(folder: Path, manifest: Manifest) -> list[Change]:
    """Return every file below ``folder`` that the manifest does not list or that has other bytes, and every
    file that is missing. Symbolic links below the folder count as changed files."""
    found: list[Change] = []
    there = set(_paths(folder))
    for path, facts in manifest.files.items():
        if path not in there:
            found.append(Change(path, "missing"))
        elif not same(read_plain(folder / path, facts.size + 1), facts):
            found.append(Change(path, "changed"))
    for path in there - manifest.files.keys() - {MANIFEST}:
        if not _allowed(folder, path, manifest):
            found.append(Change(path, "added"))
    return sorted(found, key=lambda change: change.path)


def same(data: bytes | None, facts: FileFacts) -> bool:
    """Whether bytes have the size and SHA-256 that a manifest gives."""
    return data is not None and len(data) == facts.size and sha256(data) == facts.sha256


def _paths(folder: Path) -> Iterator[str]:
    for above, folders, files in os.walk(folder):
        links = [name for name in folders if os.path.islink(os.path.join(above, name))]
        for name in [*files, *links]:
            yield os.path.relpath(os.path.join(above, name), folder).replace(os.sep, "/")


def _allowed(folder: Path, path: str, manifest: Manifest) -> bool:
    """Whether a host may have this file beside the listed ones."""
    if path in PROOFS:
        return (data := read_plain(folder / path, LARGEST + 1)) is not None and len(data) <= LARGEST
    original = PUT_INTO_PLACE.get(path) or path.removesuffix(".gz").removesuffix(".br")
    facts = manifest.files.get(original)
    if original == MANIFEST and (own := read_plain(folder / MANIFEST, LARGEST)) is not None:
        facts = FileFacts(len(own), sha256(own))  # what the manifest cannot say of itself
    if facts is None or original == path:
        return False
    data = read_plain(folder / path, facts.size + 10_000)
    if data is None:
        return False
    if path in PUT_INTO_PLACE:
        return same(data, facts)
    return same(_unpacked(data, path[-3:], facts.size), facts)


def _unpacked(data: bytes, ending: str, size: int) -> bytes | None:
    """Return what a compressed file holds, at most one byte more than ``size``; None if it is damaged or
    something follows."""
    try:
        if ending == ".gz":
            unpacking = zlib.decompressobj(zlib.MAX_WBITS | 16)
            text = unpacking.decompress(data, size + 1)
            return text if unpacking.eof and not unpacking.unused_data else None
        unpacker = brotli.Decompressor()
        text = bytes(unpacker.process(data, output_buffer_limit=size + 1))
        while len(text) <= size and not unpacker.is_finished() and not unpacker.can_accept_more_data():
            text += bytes(unpacker.process(b"", output_buffer_limit=size + 1))
        return text if unpacker.is_finished() else None
    except (zlib.error, brotli.error):
        return None


def with_numbers(
    change: Change, changed: bytes | None, original: bytes | None, known: frozenset[str]
) -> Change:
    """Add to a changed file the phone numbers that differ. Without the original, the new numbers are those
    that are not among the ``known`` numbers of the copy's contacts."""
    if change.kind != "changed" or changed is None:
        return change
    now = numbers_of(changed)
    if original is not None:
        before = numbers_of(original)
        return Change(change.path, "changed", tuple(sorted(before - now)), tuple(sorted(now - before)))
    return Change(change.path, "changed", (), tuple(sorted(linked_numbers(changed) - known)) if known else ())


def linked_numbers(page: bytes) -> frozenset[str]:
    """Return the numbers that the links of a page dial or write to, such as ``+3726607320``."""
    found = re.findall(rb"""\b(?:tel|sms):([+\d]{2,20})""", page)
    return frozenset(number.decode() for number in found)


def numbers_of(data: bytes) -> frozenset[str]:
    """Return all that looks like a phone number in a file: in links, in text and in JSON, without spaces."""
    text = unescape(data.decode("utf-8", "replace"))
    text = "".join(_without_scripts(text))
    seen = re.findall(r"(?<![\w#%.-])\+?\d(?:[ \u00a0\u202f\u2009()-]{0,2}\d){2,14}(?![\w%])", text)
    return frozenset(re.sub(r"[^+\d]", "", number) for number in seen) | linked_numbers(data)


def _without_scripts(text: str) -> Iterator[str]:
    """Yield the parts of a page around its scripts and styles. The time is linear, as no end is sought twice;
    from one without an end on, everything counts as text."""
    start = 0
    while opened := _SCRIPT.search(text, start):
        end = text.find(f"</{opened[1]}>", opened.end())
        if end < 0:
            break
        yield text[start : opened.start()]
        start = end
    yield text[start:]


def contact_numbers(data: bytes) -> frozenset[str]:
    """Return the numbers in a copy's contacts.json; none if it cannot be read."""
    try:
        services = json.loads(data)
        return frozenset(
            re.sub(r"[^+\d]", "", phone["number"])
            for service in services
            for phone in service.get("phones", ())
        )
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return frozenset()


def originals(copy: Mapping[str, bytes], manifest: Manifest) -> Mapping[str, bytes]:
    """Return the files of a built copy that the manifest describes, for a comparison in words."""
    return {
        path: data for path, data in copy.items() if same(data, manifest.files.get(path, FileFacts(-1, "")))
    }


def contact_facts(data: bytes, language: str) -> dict[str, dict[str, object]]:
    """Return the contacts of a copy's contacts.json by id, in the form in which a release holds them; none if
    it cannot be read. ``language`` is the language of their names."""
    try:
        found = {
            str(service["id"]): {
                "organization": {language: service["name"]},
                "phones": [
                    {"number": phone["number"], "about": [phone.get("description"), phone.get("languages")]}
                    for phone in service.get("phones", ())
                ],
                "schedule": service.get("schedules"),
                "web": service.get("url"),
                "email": service.get("email"),
                "address": service.get("service_at_locations"),
                "eligibility": service.get("eligibility_description"),
            }
            for service in json.loads(data)
        }
        check_contacts(found)
        return found
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return {}
