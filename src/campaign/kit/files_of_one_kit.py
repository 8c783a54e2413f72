"""The files of one place's kit: its sheets, their list in kit.json, and an archive of them all."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial

from ..build.workers import run
from ..copies.kit_links import ARCHIVE, LIST
from ..errors import CampaignError, Problem
from ..files.digests import digest, sha256
from ..model.places import Municipality
from ..pages.project import Project
from .enlarge_to_a3 import enlarged
from .kit_items import Item, on_one_sheet, printed_languages
from .referral_wall_sheets import Orders
from .sheet_data import Sheets
from .training_handouts import handout_pages
from .typesetter import Typesetter, in_json

_Made = tuple[bytes, str]  # a sheet and its title
_EARLIEST = (1980, 1, 1, 0, 0, 0)  # of a ZIP; the clock is never asked


@dataclass
class Contents:
    """The contents of kits. A sheet that several places share is set once per process: only sheets with
    something of the place's own name it."""

    project: Project
    items: Sequence[Item]
    languages: Sequence[str]  # () means all whole languages of a place
    draft: bool
    in_parallel: bool = False  # a process for each language; the kits of many places share out the places
    _typesetter: Typesetter | None = None
    _set: dict[str, bytes] = field(default_factory=dict)
    _country_orders: dict[str, Orders] = field(default_factory=dict)

    def of(self, place: Municipality) -> dict[str, bytes]:
        """Return all files of the kit of ``place``. Raise `CampaignError` if a text does not fit."""
        wanted = self.wanted(place)
        tasks = [
            (language, [item for item, other in wanted if other == language])
            for language in dict.fromkeys(language for _, language in wanted)
        ]
        work = partial(self._in_one_language, place)
        made, problems = dict[str, _Made](), list[Problem]()
        for sheets, wrong in run(work, tasks) if self.in_parallel else map(work, tasks):
            made |= sheets
            problems += wrong
        if problems:
            raise CampaignError(problems)
        found, listed = dict[str, bytes](), list[dict[str, object]]()
        for item, language in wanted:
            name = item.file(language)
            found[name], title = made[name]
            languages = on_one_sheet(place, language) if item.all_languages else [language]
            listed.append(_entry(item, name, languages, title, found[name]))
        about = {"place": str(place), "draft": self.draft, "files": listed}
        found[LIST] = (json.dumps(about, ensure_ascii=False, indent=1) + "\n").encode()
        found[ARCHIVE] = _archive(found, str(place).replace("/", "-"))
        return found

    def _in_one_language(
        self, place: Municipality, task: tuple[str, list[Item]]
    ) -> tuple[dict[str, _Made], list[Problem]]:
        """Return the sheets of ``place`` in one language by their names, and all problems."""
        language, items = task
        self._typesetter = self._typesetter or Typesetter(self.project.root)
        sheets = Sheets(place, self.project.words, self.project.pages, self._orders(place), self.draft)
        made, problems = dict[str, _Made](), list[Problem]()
        on_a4: dict[tuple[str, str, bool], _Made] = {}  # by all that differs between items but the paper
        for item in items:
            key = (item.template, item.variant, item.quiet)
            try:
                if key not in on_a4:
                    data = sheets.data(item, language)
                    file = self._sheet(self._typesetter, item, language, data)
                    on_a4[key] = (file, str(data["title"]))
                file, title = on_a4[key]
                made[item.file(language)] = (enlarged(file) if item.paper == "a3" else file, title)
            except CampaignError as error:
                problems += error.problems
        return made, problems

    def wanted(self, place: Municipality) -> list[tuple[Item, str]]:
        """Return each item with each language in which the place's kit has it."""
        languages = printed_languages(place, self.languages)
        found = []
        for item in self.items:
            there: Sequence[str] = languages[:1] if item.all_languages else languages
            if item.template == "handout":  # a page that a language lacks has no handout
                written = handout_pages(self.project.pages, item.variant, place)
                there = [language for language in languages if language in written]
            found += [(item, language) for language in there]
        return found

    def _orders(self, place: Municipality) -> Orders:
        country = place.country
        if country.code not in self._country_orders:
            orders = Orders(self.project.root, self.project.words, country.language)
            self._country_orders[country.code] = orders
        return self._country_orders[country.code]

    def _sheet(self, typesetter: Typesetter, item: Item, language: str, data: Mapping[str, object]) -> bytes:
        if data["place"] is not None:
            return typesetter.sheet(item, language, data)  # no other place has this one
        key = digest([item.template.encode(), in_json(data)])
        if key not in self._set:
            self._set[key] = typesetter.sheet(item, language, data)
        return self._set[key]


def _entry(item: Item, name: str, languages: Sequence[str], title: str, file: bytes) -> dict[str, object]:
    """Return what kit.json says of a file. ``bytes`` is its size; ``paper`` is a format or pixels."""
    return {
        "file": name,
        "item": item.name,
        "languages": languages,
        "title": title,
        "format": item.ending.upper(),
        "paper": item.paper.upper(),
        "bytes": len(file),
        "sha256": sha256(file),
    }


def _archive(files: Mapping[str, bytes], folder: str) -> bytes:
    """Return a ZIP with all files in one folder. They are compressed already."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files.items():
            entry = zipfile.ZipInfo(f"{folder}/{name}", _EARLIEST)
            entry.external_attr = 0o644 << 16
            entry.create_system = 3  # Unix, on every system
            archive.writestr(entry, data)
    return made.getvalue()
