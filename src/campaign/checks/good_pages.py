"""Remembers that the pages were good, so that a corrected contact need not wait for another look at them.

Taking this away makes a build after a change of contacts take half as long again.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import chain
from pathlib import Path

from ..files.fingerprint import code, digest, files
from ..model.places import Places
from ..page_checks.stray_contacts import StrayContacts


class GoodPages:
    """The digest of the last pages without a problem, in a file of the builder's own."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def known(self, key: str) -> bool:
        """Whether pages with this key were good."""
        try:
            return self._path.read_text("ascii") == key
        except (OSError, ValueError):
            return False

    def remember(self, key: str) -> None:
        self._path.write_text(key, "ascii")


def pages_key(root: Path, places: Places, countries: Collection[str], stray: StrayContacts) -> str:
    """A digest of everything that a check of pages, words and settings depends on: the files, our code and
    its packages, which languages each country offers, and the contacts that a text must not repeat."""
    offers = [
        f"{name} {country.languages} {country.record.starts}" for name, country in places.countries.items()
    ]
    own = [repr(sorted(countries)), *offers, stray.key]
    return digest(chain(code(), files(root, "mkdocs.yml", "docs", "i18n", "hooks"), map(str.encode, own)))
