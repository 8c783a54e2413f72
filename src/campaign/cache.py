"""Keeps each country's rendered base, and knows it again by everything that went into it."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

from .base import Base
from .fingerprint import code, digest, files
from .project import Project
from .slot import for_country
from .words import in_order


class Cache:
    """The folder of kept bases, one file a country. It is our own, and may be deleted at any time."""

    def __init__(self, project: Project) -> None:
        self._project = project
        self._shared = [*code(), *files(project.root, "mkdocs.yml", "hooks", "overrides", "i18n/search")]
        self._others = list(files(project.root, "docs", but=".md"))

    def path(self, country: str) -> Path:
        """Where the base of ``country`` is kept, or will be: its name holds the digest of its inputs.
        Languages, passages and pages that the country's sites do not have are none of them."""
        words, languages = self._project.words, self._project.places.countries[country].languages
        pages = (
            part
            for page in self._project.pages
            if page.language in languages and page.stands_in(country)
            for part in (page.file, for_country(page.source, country))
        )
        parts = (country.encode(), *in_order(words, languages), *(part.encode() for part in pages))
        name = f"{country}-{digest([*self._shared, *self._others, *parts])}"
        return self._project.root / ".cache" / "base" / name


def keep(base: Base, path: Path) -> None:
    """Put a base there in one step, and drop those of the same country that it supersedes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f".{path.name}")
    with beside.open("wb") as file:
        pickle.dump(base, file)
        file.flush()
        os.fsync(file.fileno())  # it outlives the machine's next power cut, which must not empty it
    os.replace(beside, path)
    for old in path.parent.glob(f"*{base.country}-*"):
        if old != path:
            old.unlink()


def kept(path: Path) -> Base:
    """The base that `keep` put there."""
    base = pickle.loads(path.read_bytes())
    assert isinstance(base, Base)
    return base
