"""Remembers which pages were good, so a build after a change of contacts need not check them again.

Without this module such a build takes half as long again.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from itertools import chain
from pathlib import Path

from ..claims.promises import Carried
from ..files.digests import code, digest, files
from ..model.places import Places
from ..page_checks.stray_contacts import StrayContacts


class GoodPages:
    """The digest of the last pages without problems, in a private file of the builder."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def known(self, key: str) -> bool:
        """Whether the pages with this key were good."""
        try:
            return self._path.read_text("ascii") == key
        except (OSError, ValueError):
            return False

    def remember(self, key: str) -> None:
        self._path.write_text(key, "ascii")


def pages_key(
    root: Path,
    places: Places,
    countries: Collection[str],
    stray: StrayContacts,
    carried: Iterable[Carried],
) -> str:
    """Return a digest of everything that the check of pages, words, settings and templates depends on: files,
    our code and its packages, each country's languages, the contacts that a text must not repeat, and what
    each country's contacts carry."""
    offers = [
        f"{name} {country.languages} {country.record.starts}" for name, country in places.countries.items()
    ]
    own = [repr(sorted(countries)), *offers, stray.key, *(country.key for country in carried)]
    return digest(
        chain(code(), files(root, "mkdocs.yml", "docs", "i18n", "hooks", "overrides"), map(str.encode, own))
    )
