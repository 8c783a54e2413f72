"""The ZIP of a pack: writes it, and reads the one that a host already has.

The bytes are the same all day: names in order, dates from the day and the content, one compression level.
(The compressed form also depends on the version of zlib.)
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from ..copies.manifest import MANIFEST
from ..errors import CampaignError, Problem
from ..files.received import check_received
from ..releases.compare_with_manifest import PROOFS
from ..releases.manifest_reading import LARGEST, Manifest, read_manifest

COPY, KIT = "copy/", "kit/"
_SHEET = re.compile(rf"{KIT}[a-z0-9][a-z0-9._-]{{0,99}}")  # as the kit names its files
_SLOTS = 24 * 60 * 60 // 2  # a ZIP knows every second second


def packed(files: Mapping[str, bytes], day: date) -> bytes:
    """Return a ZIP of the files ``{path: bytes}``, made on ``day``.

    Servers tell a browser by the date and the size of a file whether it has changed. A corrected number has
    the same size, so its page must have another date: a later day or, on the same day, another time. The
    dates are those of the day before, so that in no time zone of a reader a file comes from the future.
    """
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path, data in sorted(files.items()):
            seconds = int.from_bytes(sha256(data).digest()[:8], "big") % _SLOTS * 2
            moment = datetime.combine(day - timedelta(1), time()) + timedelta(seconds=seconds)
            entry = zipfile.ZipInfo(path, moment.timetuple()[:6])
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return out.getvalue()


@dataclass(frozen=True)
class OldPack:
    """What is known of the ZIP that a host has: ``sheets`` are size and checksum of each printed sheet,
    ``proofs`` the names of the release and its signature, if they are in it."""

    manifest: Manifest
    contacts: bytes
    sheets: Mapping[str, tuple[int, int]]
    proofs: frozenset[str]


def old_pack(file: Path, place: str) -> OldPack:
    """Read a ZIP that anybody may have sent. Sheets are not unpacked: at worst, a false checksum leaves a
    sheet out. Raise `CampaignError` if the ZIP is not from ``campaign pack``, or is of another place."""
    check_received(file, file.name)
    try:
        with zipfile.ZipFile(file) as archive:
            manifest = read_manifest(_member(archive, COPY + MANIFEST))
            contacts = _member(archive, COPY + "contacts.json")
            sheets = {
                entry.filename.removeprefix(KIT): (entry.file_size, entry.CRC)
                for entry in archive.infolist()
                if _SHEET.fullmatch(entry.filename)
            }
            proofs = frozenset(PROOFS) & {
                name.removeprefix(COPY) for name in archive.namelist() if name.startswith(COPY)
            }
    except Exception:  # zlib, lzma and zipfile each have exceptions of their own for a damaged file
        problem = Problem(file.name, 0, "", "no copy with a manifest", "a ZIP of campaign pack")
        raise CampaignError([problem]) from None
    if manifest.municipality != place:
        problem = Problem(file.name, 0, "", f"a copy of {manifest.municipality}", f"a copy of {place}")
        raise CampaignError([problem])
    return OldPack(manifest, contacts, sheets, proofs)


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as member:
        data = member.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise ValueError(name)
    return data
