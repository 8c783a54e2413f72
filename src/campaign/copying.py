"""The copying step as one worker does it, place after place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from .cache import kept
from .check import Project
from .copy import Form, Writer
from .fill import Filler
from .place import Country, Municipality


class Copying:
    """Fills and writes copies. What the copies of a country share is made once a worker."""

    def __init__(self, project: Project, bases: Mapping[str, Path], out: Path, form: Form) -> None:
        self._project = project
        self._bases = bases
        self._writer = Writer(out, form)
        self._fillers: dict[str, Filler] = {}

    def write(self, names: Sequence[str]) -> int:
        """Write the copies of these places, but those that are there already; how many were written."""
        return sum(self._write(self._project.places.municipalities[name]) for name in names)

    def _write(self, place: Municipality) -> bool:
        filler = self._filler(place.country)
        return self._writer.write(str(place), filler.inputs.of(place), lambda: filler.fill(place))

    def _filler(self, country: Country) -> Filler:
        if country.code not in self._fillers:
            base = kept(self._bases[country.code])
            self._fillers[country.code] = Filler(self._project.root, base, country, self._project.words)
        return self._fillers[country.code]


_copying: Copying


def begin(copying: Copying) -> None:
    """What a worker does first."""
    global _copying
    _copying = copying


def write_copies(names: Sequence[str]) -> int:
    """`Copying.write` in a worker that has begun."""
    return _copying.write(names)
