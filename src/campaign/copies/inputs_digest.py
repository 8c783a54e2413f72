"""A digest of everything that goes into one copy: equal digests mean equal copies."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ..files.digests import digest, files, modules_digest
from ..model.places import Country, Municipality
from ..pages.ui_strings import Words, in_order
from ..site.base_site import Base


class Inputs:
    """The inputs of one country's copies. Shared inputs are read once. Folder, clock, locale and interpreter
    are not inputs: the same sources give the same digest on every machine."""

    def __init__(self, root: Path, base: Base, country: Country, words: Mapping[str, Words]) -> None:
        self._shared = digest(
            [
                *(f"{name} {version}".encode() for name, version in base.packages.items()),
                modules_digest(),
                *files(root, "overrides/partials"),
                base.digest.encode(),
                country.record.model_dump_json().encode(),
                *in_order(words, country.languages),
            ]
        ).encode()

    def of(self, place: Municipality) -> str:
        """Return the SHA-256 (hexadecimal) that the copy's campaign.json contains."""
        own = (str(place), place.record.model_dump_json(), place.site_url or "")
        return digest([self._shared, *(part.encode() for part in own)])
