"""Everything that a copy is made of, as one hash: two copies of the same hash have the same bytes."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from importlib.metadata import requires, version
from pathlib import Path

from .base import Base
from .place import Country, Municipality
from .words import Words

_REQUIREMENT = re.compile(r"[A-Za-z0-9._-]+")


class Inputs:
    """What all copies of a country are made of is hashed once; `of` adds the municipality's own."""

    def __init__(self, root: Path, base: Base, country: Country, words: Mapping[str, Words]) -> None:
        self._shared = hashlib.sha256()
        for part in _shared(root, base, country, words):
            _add(self._shared, part)

    def of(self, place: Municipality) -> str:
        """The hash of the copy of ``place``, in hexadecimal. It knows nothing of folder, clock or locale."""
        own = self._shared.copy()
        _add(own, str(place).encode())
        _add(own, place.record.model_dump_json().encode())
        return own.hexdigest()


def _add(digest: hashlib._Hash, part: bytes) -> None:
    """Each part with its length, so that no two lists of parts read the same."""
    digest.update(len(part).to_bytes(8, "big"))
    digest.update(part)


def _shared(root: Path, base: Base, country: Country, words: Mapping[str, Words]) -> Iterator[bytes]:
    files = [*Path(__file__).parent.glob("*.py"), *(root / "overrides" / "partials").glob("*.html")]
    for path in sorted(files, key=lambda path: path.name):
        yield path.name.encode()
        yield path.read_bytes()
    for name in _dependencies():
        yield f"{name} {version(name)}".encode()
    for page in base.pages:  # in the order of their paths
        yield page.path.encode()
        yield from page.text
        yield from (str(slot).encode() for slot in page.slots)
    for name, path in sorted(base.files.items()):
        yield name.encode()
        yield path.read_bytes()
    yield country.code.encode()
    yield country.record.model_dump_json().encode()
    own = {language: dict(words[language]) for language in country.languages}
    yield json.dumps(own, sort_keys=True).encode()


def _dependencies() -> list[str]:
    """The packages that pyproject.toml declares for running, without those of an extra."""
    found = [line for line in requires("safe-path") or [] if "extra ==" not in line]
    return sorted(match[0].lower() for match in map(_REQUIREMENT.match, found) if match)
