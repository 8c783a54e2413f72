"""The copying step as one worker does it, place after place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from babel.core import UnknownLocaleError
from jinja2 import TemplateError

from .cache import kept
from .card import PARTIALS, card_environment
from .copy import Form, Writer
from .fill import Filler
from .hours import locale_of
from .place import Country
from .project import Project
from .work import CHUNK


class Copying:
    """Fills and writes copies. What the copies of a country share is made once a worker."""

    def __init__(self, project: Project, bases: Mapping[str, Path], out: Path, form: Form) -> None:
        self._project = project
        self._bases = bases
        self._writer = Writer(out, form)
        self._fillers: dict[str, Filler] = {}

    def write(self, parts: Iterable[Sequence[str]]) -> Iterator[tuple[int, int]]:
        """Write the copies of places, each part of one country, but those that are there already: how many
        there are in each part, and how many were written."""
        for names in parts:
            chunks = (names[start : start + CHUNK] for start in range(0, len(names), CHUNK))
            yield len(names), sum(map(self._write, chunks))

    def _write(self, names: Sequence[str]) -> int:
        places = {name: self._project.places.municipalities[name] for name in names}
        filler = self._filler(places[names[0]].country)
        alike_together = sorted(places, key=lambda name: filler.likeness(places[name]))
        batch = [(name, filler.inputs.of(places[name])) for name in alike_together]
        return self._writer.write(batch, lambda name: filler.contents(places[name]))

    def _filler(self, country: Country) -> Filler:
        if country.code not in self._fillers:
            base = kept(self._bases[country.code])
            self._fillers[country.code] = Filler(self._project.root, base, country, self._project.words)
        return self._fillers[country.code]


def prepare(root: Path) -> None:
    """Have at hand what every copy needs, whatever the contacts say: CLDR's names, compiled partials. What
    is wrong with any of it is told where it is used."""
    for path in (root / "i18n").glob("*.yml"):
        with suppress(UnknownLocaleError, ValueError):
            locale_of(path.stem).days  # noqa: B018 (it reads all that CLDR has)
    for name in PARTIALS:
        with suppress(TemplateError, OSError):
            card_environment(root).get_template(name)
