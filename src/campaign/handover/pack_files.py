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


@dataclass(frozen=True)
class Update:
    """What a host needs to come from an old copy to the new one."""

    files: Mapping[str, bytes]  # with changes.txt
    text: str


@dataclass(frozen=True)
class Pack:
    """The pack of one place. ``copy`` is the built copy with the proof of its release; ``kit`` is its printed
    kit, empty for a pack without one; ``draft`` says that the kit is a draft."""

    root: Path
    place: Municipality
    copy: Mapping[str, bytes]
    kit: Mapping[str, bytes]
    texts: Texts
    draft: bool = False

    def whole(self) -> dict[str, bytes]:
        """Return everything in the ZIP of the place."""
        return _in_the_zip(self.copy, self.kit) | self._papers(printed=bool(self.kit))

    def update_from(self, file: Path) -> Update:
        """Compare the copy and the printed kit in an older ZIP with the new ones. Without a new kit the old
        one is left alone. Raise `CampaignError` if the ZIP is not from `campaign pack`, or is of another
        place."""
        old = old_pack(file, str(self.place))
        before, after = old.manifest, read_manifest(self.copy[MANIFEST])
        changed = _in_the_zip(
            {path: data for path, data in self.copy.items() if not _has(before, path, data)},
            {name: data for name, data in self.kit.items() if old.sheets.get(name) != _size_and_sum(data)},
        )
        # The proof of an old release says that a new copy is changed.
        gone = sorted((before.files.keys() | old.proofs) - after.files.keys() - self.copy.keys())
        gone = [COPY + path for path in gone]
        gone += [KIT + name for name in sorted(old.sheets.keys() - self.kit.keys())] if self.kit else []
        words = self.texts.host
        lines = [titled(words["update-title"], self.place, self.texts), ""]
        lines += contact_changes(
            contact_facts(old.contacts, self.texts.language),
            contact_facts(self.copy["contacts.json"], self.texts.language),
            self.texts.language,
            words,
        )
        if before.digest == after.digest and not any(path.startswith(KIT) for path in (*changed, *gone)):
            lines.append(words["update-none"])
            return Update({}, "\n".join(lines) + "\n")
        # The letter and the instructions belong to the new copy: a host compares the numbers with the letter.
        changed |= self._papers(printed=bool(self.kit or old.sheets))
        wanted = {
            "update-unpack": True,
            "update-delete": gone,
            "update-proof": self._signed,
            "update-replace": True,
        }
        steps = [step for step, needed in wanted.items() if needed]
        lines += ["", filled(words["update-files"], count=str(len(changed))), "", words["update-how"]]
        lines += [f"{number}. {words[step]}" for number, step in enumerate(steps, 1)]
        if gone:
            lines += ["", words["update-gone"], *gone]
        text = "\n".join(lines) + "\n"
        return Update({**changed, "changes.txt": _for_windows(text)}, text)

    @property
    def _signed(self) -> bool:
        return PROOFS[1] in self.copy

    def _papers(self, printed: bool) -> dict[str, bytes]:
        """Return what people read: the instructions, the letter and the link. ``printed`` says whether the
        host then has sheets to print."""
        texts, facts = self.texts, Facts(self._signed, printed, self.draft)
        return {
            "README.html": instructions(self.root, self.place, texts, facts).encode(),
            "letter.txt": _for_windows(contacts_letter(self.place, texts.language, texts.site, texts.host)),
            "link.html": link(self.root, self.place, texts).encode(),
        }


def _in_the_zip(copy: Mapping[str, bytes], kit: Mapping[str, bytes]) -> dict[str, bytes]:
    folders = ((COPY, copy), (KIT, kit))
    return {folder + path: data for folder, files in folders for path, data in files.items()}


def _for_windows(text: str) -> bytes:
    """Return a text that every editor of Windows shows: UTF-8 with its mark, and its line ends."""
    return b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode()


def _has(manifest: Manifest, path: str, data: bytes) -> bool:
    facts = manifest.files.get(path)
    return facts is not None and same(data, facts)


def _size_and_sum(data: bytes) -> tuple[int, int]:
    return len(data), zlib.crc32(data)
