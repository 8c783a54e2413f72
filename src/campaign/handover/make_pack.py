"""The work of ``campaign pack``: builds the copies, and makes the ZIP files."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from pathlib import Path

from ..build.build import Screen
from ..checks.check import check_project
from ..copies.kit_links import ARCHIVE
from ..copies.manifest import MANIFEST
from ..errors import CampaignError, Problem, shown
from ..files.digests import sha256
from ..kit.make_kits import made_kits
from ..model.places import Municipality
from ..pages.project import Project
from ..pages.words_for_hosts import read_host_words
from ..releases.compare_with_manifest import PROOFS
from ..releases.rebuild_before_release import build_as_before
from ..releases.release_file import FOLDER
from ..releases.verify import Reference
from ..source.select_municipalities import chosen
from .archive import packed
from .instructions import Texts
from .pack_files import Pack


class Kit(Enum):
    """Whether a ZIP has the printed kit of its place. A draft may have numbers that nobody has confirmed."""

    NONE = "none"
    FINISHED = "finished"
    DRAFT = "draft"


class Packing:
    """Packs places of one project. ``language`` is that of the texts, each country's first one if it is
    None."""

    def __init__(self, root: Path, sites: Path, language: str | None, kit: Kit = Kit.NONE) -> None:
        self._root = root
        self._reference = Reference.of(root, sites)
        self._words = read_host_words(root)
        self._language = language
        self._kit = kit
        self._day: date
        self._say: Callable[[str], object]
        self._kits: Mapping[str, Path] = {}
        self._project: Project
        if language is not None and language not in self._words:
            expected = f"one of the languages {', '.join(self._words)}"
            raise CampaignError([Problem("campaign pack", 0, "--language", shown(language), expected)])

    def places(self, names: Sequence[str], moment: datetime, screen: Screen) -> list[Municipality]:
        """Build the named places, and return them."""
        self._project = check_project(self._root, moment)
        self._day, self._say = moment.date(), screen.say
        selection = chosen(self._project.places, names)
        build_as_before(self._root, self._reference.sites, names, moment, screen)
        if self._kit is not Kit.NONE:
            self._kits = made_kits(self._root, names, moment, screen.say, draft=self._kit is Kit.DRAFT)
        return [self._project.places.municipalities[name] for name in selection.names]

    def whole(self, place: Municipality) -> tuple[str, bytes]:
        """Return the name and the bytes of the ZIP of a place."""
        return f"{_stem(place)}.zip", packed(self._pack(place).whole(), self._day)

    def update(self, place: Municipality, old: Path) -> tuple[str, bytes, str]:
        """Return the name and the bytes of the ZIP of what changed (empty if nothing did), and the words."""
        found = self._pack(place).update_from(old)
        data = packed(found.files, self._day) if found.files else b""
        return f"{_stem(place)}-update.zip", data, found.text

    def _pack(self, place: Municipality) -> Pack:
        copy, kit = self._copy(place), self._printed(place)
        return Pack(self._root, place, copy, kit, self._texts(place), self._kit is Kit.DRAFT)

    def _copy(self, place: Municipality) -> dict[str, bytes]:
        """Return the built copy, with the newest release that has it and its signature. Say it if there is
        none: the texts may have changed since the last release."""
        name = str(place)
        copy = dict(self._reference.built(name))
        if not copy:
            raise CampaignError([Problem(name, 0, "", "no built copy", "a copy in the folder of the build")])
        digest = sha256(copy[MANIFEST])
        for release, _ in reversed(self._reference.releases):
            file = self._root / FOLDER / f"{release.name}.json"
            signature = file.with_name(f"{file.name}.sig")
            if release.copies.get(name) == digest and signature.is_file():
                copy |= dict(zip(PROOFS, (file.read_bytes(), signature.read_bytes()), strict=True))
                break
        else:
            self._say(f"{name}: no signed release has this copy, so nothing in the ZIP proves who made it.")
        return copy

    def _texts(self, place: Municipality) -> Texts:
        own = place.country.language if place.country.language in self._words else "en"
        language = self._language or own
        return Texts(language, self._project.words[language], self._words[language])

    def _printed(self, place: Municipality) -> dict[str, bytes]:
        """Return the files of the printed kit, without the archive of them all; empty without a kit."""
        kit = self._kits.get(str(place))
        paths = kit.iterdir() if kit else ()
        return {path.name: path.read_bytes() for path in paths if path.name != ARCHIVE}


def _stem(place: Municipality) -> str:
    return str(place).replace("/", "-")
