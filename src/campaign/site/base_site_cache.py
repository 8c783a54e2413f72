"""Keeps each country's rendered base. A digest of all its inputs says whether it is still current."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path

from ..files.digests import code, digest, files
from ..pages.project import Project
from ..pages.slots import for_country
from ..pages.ui_strings import in_order
from ..translation.states import behind_for_readers
from .base_site import Base, base_of

_FILES, _PACKAGES = "site/", "packages.json"


class BaseCache:
    """The folder of kept bases, one zip file per country; it may be deleted at any time. A zip holds plain
    data with checksums: nothing in it can run, and a truncated file is noticed."""

    def __init__(self, folder: Path, project: Project) -> None:
        self._folder = folder
        self._project = project
        self._shared = [*code(), *files(project.root, "mkdocs.yml", "hooks", "overrides", "i18n/search")]
        self._behind = behind_for_readers(project.root, project.pages)
        self._others = list(files(project.root, "docs", but=".md"))

    def read(self, country: str) -> Base | None:
        """Return the kept base if it was made from the present sources, else None."""
        try:
            with zipfile.ZipFile(self._path(country)) as kept:
                found = {
                    name.removeprefix(_FILES): kept.read(name)
                    for name in kept.namelist()
                    if name.startswith(_FILES)
                }
                return base_of(country, found, json.loads(kept.read(_PACKAGES)))
        except (FileNotFoundError, zipfile.BadZipFile, KeyError, EOFError):
            return None

    def save(self, base: Base) -> None:
        """Store a base in one step, and delete older ones of the same country."""
        self._folder.mkdir(mode=0o700, exist_ok=True)
        path = self._path(base.country)
        new = path.with_name(f".{path.name}")
        with zipfile.ZipFile(new, "w") as kept:
            kept.writestr(_PACKAGES, json.dumps(base.packages))
            for name, content in base.contents():
                kept.writestr(_FILES + name, content)
        os.replace(new, path)
        for old in self._folder.glob(f"*{base.country}-*"):
            if old != path:
                old.unlink()

    def _path(self, country: str) -> Path:
        """Return the path of a base; its name holds the digest of the inputs. Languages, passages and pages
        that the country's sites do not have are not among the inputs."""
        return self._folder / f"{country}-{digest(self._inputs(country))}.zip"

    def _inputs(self, country: str) -> Iterator[bytes]:
        words, languages = self._project.words, self._project.places.countries[country].languages
        yield from self._shared
        yield from self._others
        yield country.encode()
        yield from in_order(words, languages)
        for page in self._project.pages:
            if page.language in languages and page.stands_in(country):
                yield page.file.encode()
                yield for_country(page.source, country).encode()
                yield repr(self._behind.get(page.file)).encode()
