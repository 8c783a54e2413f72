"""What a municipality or its host gets: the copy, how to put it up, a letter, a link; or what changed."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..copies.manifest import MANIFEST
from ..model.places import Municipality
from ..pages.words_for_hosts import filled
from ..releases.changes_since_release import contact_changes
from ..releases.compare_with_manifest import PROOFS, contact_facts, same
from ..releases.manifest_reading import Manifest, read_manifest
from .archive import COPY, KIT, old_pack
from .contacts_letter import contacts_letter
from .instructions import Facts, Texts, instructions, link, titled


def hand_over(
    root: Path,
    place: Municipality,
    copy: Mapping[str, bytes],
    kit: Mapping[str, bytes],
    texts: Texts,
    draft: bool = False,
) -> dict[str, bytes]:
    """Return everything in the ZIP of a place. ``copy`` is the built copy with the proof of its release;
    ``kit`` is its printed kit, empty for a ZIP without one; ``draft`` says that the kit is a draft."""
    facts = Facts(signed=PROOFS[1] in copy, printed=bool(kit), draft=draft)
    return _in_the_zip(copy, kit) | _papers(root, place, texts, facts)


def _in_the_zip(copy: Mapping[str, bytes], kit: Mapping[str, bytes]) -> dict[str, bytes]:
    folders = ((COPY, copy), (KIT, kit))
    return {folder + path: data for folder, files in folders for path, data in files.items()}


def _papers(root: Path, place: Municipality, texts: Texts, facts: Facts) -> dict[str, bytes]:
    """Return what people read: the instructions, the letter and the link."""
    return {
        "README.html": instructions(root, place, texts, facts).encode(),
        "letter.txt": _for_windows(contacts_letter(place, texts.language, texts.site, texts.host)),
        "link.html": link(root, place, texts).encode(),
    }


def _for_windows(text: str) -> bytes:
    """Return a text that every editor of Windows shows: UTF-8 with its mark, and its line ends."""
    return b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()


@dataclass(frozen=True)
class Update:
    """What a host needs to come from an old copy to the new one."""

    files: Mapping[str, bytes]  # with changes.txt
    text: str


def update(
    root: Path,
    place: Municipality,
    old: Path,
    copy: Mapping[str, bytes],
    kit: Mapping[str, bytes],
    texts: Texts,
    draft: bool = False,
) -> Update:
    """Compare the copy and the printed kit in the ZIP ``old`` with the new ones. Without a new ``kit`` the
    old one is left alone. Raise `CampaignError` if the ZIP is not from `campaign pack`, or is of another
    place."""
    had = old_pack(old, str(place))
    before, after = had.manifest, read_manifest(copy[MANIFEST])
    changed = _in_the_zip(
        {path: data for path, data in copy.items() if not _has(before, path, data)},
        {name: data for name, data in kit.items() if had.sheets.get(name) != _size_and_sum(data)},
    )
    # The proof of an old release says that a new copy is changed.
    gone = [
        COPY + path for path in sorted((before.files.keys() | had.proofs) - after.files.keys() - copy.keys())
    ]
    gone += [KIT + name for name in sorted(had.sheets.keys() - kit.keys())] if kit else []
    words = texts.host
    lines = [titled(words["update-title"], place, texts), ""]
    lines += contact_changes(
        contact_facts(had.contacts, texts.language),
        contact_facts(copy["contacts.json"], texts.language),
        texts.language,
        words,
    )
    if before.digest == after.digest and not any(path.startswith(KIT) for path in (*changed, *gone)):
        lines.append(words["update-none"])
        return Update({}, "\n".join(lines) + "\n")
    # The letter and the instructions belong to the new copy: a host compares the numbers with the letter.
    facts = Facts(signed=PROOFS[1] in copy, printed=bool(kit or had.sheets), draft=draft)
    changed |= _papers(root, place, texts, facts)
    wanted = {
        "update-unpack": True,
        "update-delete": gone,
        "update-proof": facts.signed,
        "update-replace": True,
    }
    steps = [step for step, needed in wanted.items() if needed]
    lines += ["", filled(words["update-files"], count=str(len(changed))), "", words["update-how"]]
    lines += [f"{number}. {words[step]}" for number, step in enumerate(steps, 1)]
    if gone:
        lines += ["", words["update-gone"], *gone]
    text = "\n".join(lines) + "\n"
    return Update({**changed, "changes.txt": _for_windows(text)}, text)


def _has(manifest: Manifest, path: str, data: bytes) -> bool:
    facts = manifest.files.get(path)
    return facts is not None and same(data, facts)


def _size_and_sum(data: bytes) -> tuple[int, int]:
    return len(data), zlib.crc32(data)
