"""The ZIP that a municipality or its host gets: the copy, how to put it up, a letter, a link.

The bytes are the same each time: names in order, one date, one compression level. (The compressed form also
depends on the version of zlib.)
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from urllib.parse import urlsplit

from ..contacts.card import card_environment
from ..copies.manifest import MANIFEST
from ..errors import CampaignError, Problem
from ..files.received import check_received
from ..model.places import Municipality
from ..pages.ui_strings import Words
from ..pages.words_for_hosts import filled
from ..releases.compare_with_manifest import PROOFS, contact_facts, same
from ..releases.manifest_reading import LARGEST, Manifest, read_manifest
from ..releases.since import contact_changes
from .contacts_letter import contacts_letter

COPY, KIT = "copy/", "kit/"
_SHEET = re.compile(rf"{KIT}[a-z0-9][a-z0-9._-]{{0,99}}")  # as the kit names its files
_DAY = (1980, 1, 1, 0, 0, 0)  # the first that a ZIP can hold
_SERVERS = (
    ("nginx", "location ^~ {base}/ {{ include /FOLDER/host/nginx.conf; }}"),
    ("Apache", "Include /FOLDER/host/apache.conf"),
    ("Caddy", "import /FOLDER/host/Caddyfile"),
)


@dataclass(frozen=True)
class Texts:
    """The words of one language: of the site, and for hosts."""

    language: str
    site: Words
    host: Words


def packed(files: Mapping[str, bytes]) -> bytes:
    """Return a ZIP of the files ``{path: bytes}``."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path, data in sorted(files.items()):
            entry = zipfile.ZipInfo(path, _DAY)
            entry.create_system, entry.external_attr = 3, 0o100644 << 16
            entry.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return out.getvalue()


def hand_over(
    root: Path, place: Municipality, copy: Mapping[str, bytes], kit: Mapping[str, bytes], texts: Texts
) -> dict[str, bytes]:
    """Return everything in the ZIP of a place. ``copy`` is the built copy with the proof of its release;
    ``kit`` is its printed kit, empty for a ZIP without one."""
    files = _in_the_zip(copy, kit)
    page = _page(root, place, texts, signed=PROOFS[1] in copy, printed=bool(kit))
    files["README.html"] = page.encode()
    files["letter.txt"] = _for_windows(contacts_letter(place, texts.language, texts.site, texts.host))
    files["link.html"] = _link(root, place, texts).encode()
    return files


def _in_the_zip(copy: Mapping[str, bytes], kit: Mapping[str, bytes]) -> dict[str, bytes]:
    folders = ((COPY, copy), (KIT, kit))
    return {folder + path: data for folder, files in folders for path, data in files.items()}


def _page(root: Path, place: Municipality, texts: Texts, signed: bool, printed: bool) -> str:
    base = urlsplit(place.site_url).path.rstrip("/") if place.site_url else "/PATH"
    words = texts.host
    servers = [(name, line.format(base=base)) for name, line in _SERVERS]
    renamed = (
        ("Apache, .htaccess", "copy/host/apache.htaccess", ".htaccess"),
        ("IIS", "copy/host/iis.web.config", "web.config"),
    )
    return (
        card_environment(root)
        .get_template("hand-over.html")
        .render(
            language=texts.language,
            words=words,
            title=_named(words["pack-title"], place, texts),
            url=place.site_url,
            servers=servers,
            renamed=[
                (server, filled(words["pack-rename"], file=file, name=name)) for server, file, name in renamed
            ],
            signed=signed,
            printed=printed,
        )
    )


def _link(root: Path, place: Municipality, texts: Texts) -> str:
    return (
        card_environment(root)
        .get_template("hand-over-link.html")
        .render(
            language=texts.language,
            words=texts.host,
            text=f"{texts.site['site-name']} · {place.name(texts.language)[0]}",
            url=place.site_url or "https://HOST/PATH/",
        )
    )


def _named(text: str, place: Municipality, texts: Texts) -> str:
    return filled(text, site=texts.site["site-name"], place=place.name(texts.language)[0])


def _for_windows(text: str) -> bytes:
    """Return a text that every editor of Windows shows: UTF-8 with its mark, and its line ends."""
    return b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()


@dataclass(frozen=True)
class Update:
    """What a host needs to come from an old copy to the new one."""

    files: Mapping[str, bytes]  # with changes.txt
    text: str


def update(
    place: Municipality, old: Path, copy: Mapping[str, bytes], kit: Mapping[str, bytes], texts: Texts
) -> Update:
    """Compare the copy and the printed kit in the ZIP ``old`` with the new ones. Without a new ``kit`` the
    old one is left alone. Raise `CampaignError` if the ZIP is not from `campaign pack`, or is of another
    place."""
    before, contacts, sheets = _old_zip(old, str(place))
    after = read_manifest(copy[MANIFEST])
    changed = _in_the_zip(
        {path: data for path, data in copy.items() if not _has(before, path, data)},
        {name: data for name, data in kit.items() if sheets.get(name) != _facts(data)},
    )
    gone = [COPY + path for path in sorted(before.files.keys() - after.files.keys())]
    gone += [KIT + name for name in sorted(sheets.keys() - kit.keys())] if kit else []
    words = texts.host
    lines = [_named(words["update-title"], place, texts), ""]
    lines += contact_changes(
        contact_facts(contacts, texts.language),
        contact_facts(copy["contacts.json"], texts.language),
        texts.language,
        words,
    )
    if before.digest == after.digest and not any(path.startswith(KIT) for path in (*changed, *gone)):
        lines.append(words["update-none"])
        return Update({}, "\n".join(lines) + "\n")
    lines += ["", filled(words["update-files"], count=str(len(changed)))]
    if gone:
        lines += ["", words["update-gone"], *gone]
    text = "\n".join(lines) + "\n"
    return Update({**changed, "changes.txt": _for_windows(text)}, text)


def _has(manifest: Manifest, path: str, data: bytes) -> bool:
    facts = manifest.files.get(path)
    return facts is not None and same(data, facts)


def _facts(data: bytes) -> tuple[int, int]:
    return len(data), zlib.crc32(data)


def _old_zip(file: Path, place: str) -> tuple[Manifest, bytes, dict[str, tuple[int, int]]]:
    """Return the manifest, contacts.json, and size and checksum of each printed sheet of a ZIP that anybody
    may have sent. Sheets are not unpacked: at worst, a false checksum leaves a sheet out."""
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
    except Exception:  # zlib, lzma and zipfile each have exceptions of their own for a damaged file
        problem = Problem(file.name, 0, "", "no copy with a manifest", "a ZIP of campaign pack")
        raise CampaignError([problem]) from None
    if manifest.municipality != place:
        problem = Problem(file.name, 0, "", f"a copy of {manifest.municipality}", f"a copy of {place}")
        raise CampaignError([problem])
    return manifest, contacts, sheets


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    with archive.open(name) as member:
        data = member.read(LARGEST + 1)
    if len(data) > LARGEST:
        raise ValueError(name)
    return data
