"""One short text for everything that one copy is made of: where it is the same, the copy is the same."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ..files.fingerprint import digest, files, modules_digest
from ..model.places import Country, Municipality
from ..pages.ui_strings import Words, in_order
from ..site.base import Base


class Inputs:
    """The inputs of the copies of one country; what they share is read once. No folder, clock, locale or
    interpreter is among them: the same sources name the same inputs on every machine."""

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
        """SHA-256 in hexadecimal, as campaign.json of the copy says it."""
        own = (str(place), place.record.model_dump_json(), place.site_url or "")
        return digest([self._shared, *(part.encode() for part in own)])
