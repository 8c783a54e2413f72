"""One short text for everything that one copy is made of: where it is the same, the copy is the same."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import cache
from importlib.metadata import requires, version
from pathlib import Path

from .base import Base
from .fingerprint import digest, files, modules_digest
from .place import Country, Municipality
from .words import Words, in_order

PACKAGE = "safe-path"


class Inputs:
    """The inputs of the copies of one country; what they share is read once. No folder, clock, locale or
    interpreter is among them: the same sources name the same inputs on every machine."""

    def __init__(self, root: Path, base: Base, country: Country, words: Mapping[str, Words]) -> None:
        self._shared = digest(
            [
                *package_versions(version),
                modules_digest(),
                *files(root, "overrides/partials"),
                base.digest.encode(),
                country.record.model_dump_json().encode(),
                *in_order(words, country.languages),
            ]
        ).encode()

    def of(self, place: Municipality) -> str:
        """SHA-256 in hexadecimal, as campaign.json of the copy says it."""
        return digest([self._shared, str(place).encode(), place.record.model_dump_json().encode()])


@cache
def package_versions(of: Callable[[str], str]) -> tuple[bytes, ...]:
    """Our own version, and those of the packages that our own metadata names for every use."""
    # A line such as `jinja2>=3.1.6`; those for developers alone have a marker behind a semicolon.
    needed = [line for line in sorted(requires(PACKAGE) or ()) if ";" not in line]
    names = [PACKAGE, *(re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in needed)]
    return tuple(f"{name} {of(name)}".encode() for name in names)
