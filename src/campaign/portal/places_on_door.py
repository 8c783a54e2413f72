"""The places on a country's door: their names, links and tiles, in the order of their names."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from ..model.door_file import DoorFile
from ..model.places import Country, Municipality
from ..pages.page import address
from ..pages.search_synonyms_and_endings import fold


@dataclass(frozen=True)
class Listed:
    """One place on the door, in one language. ``also`` are its other names, separated by commas."""

    slug: str
    name: str
    language: str  # of the name
    href: str
    county: str | None
    also: str

    @property
    def letter(self) -> str:
        """The letter under which people look for it, without diacritics."""
        return fold(self._proper)[:1].upper()

    @property
    def key(self) -> tuple[str, str]:
        return fold(self._proper), self.name

    @property
    def town(self) -> bool:
        """Whether the name says that it is a town: the filter shows it before the municipality around it."""
        return not {*self.name.lower().split()}.isdisjoint(_TOWN)

    @property
    def short(self) -> str:
        first, _, second = self._proper.partition("-")
        return f"{first[:1]}-{second[:1]}" if second else first[:3]

    @property
    def _proper(self) -> str:
        """The name without words for its kind before it, as in "город Нарва"."""
        words = self.name.split()
        while len(words) > 1 and words[0].lower() in _BEFORE:
            words = words[1:]
        return " ".join(words)


_BEFORE = frozenset({"город", "республика", "republic", "of"})
_TOWN = frozenset({"linn", "valstspilsēta", "miesto", "город"})


def listed(
    country: Country,
    places: Iterable[Municipality],
    language: str,
    there: Collection[str],
    door_file: DoorFile,
) -> list[Listed]:
    """Return the places with a copy in ``there`` (``ee/tartu``) or an address of their own, by name. A copy
    whose file is wrong at the moment, so that it is not among ``places``, has the name of that file."""
    by_slug = {place.slug: place for place in places}
    found = []
    for slug in sorted({*by_slug, *(name.partition("/")[2] for name in there if _of(name, country))}):
        place, site_url = by_slug.get(slug), country.coordinator.sites.get(slug)
        if f"{country.code}/{slug}" not in there and not site_url:
            continue
        name, name_language = place.name(language) if place else (slug.title(), country.language)
        page = address("index.html", language, country.language)
        href = site_url + page.removesuffix("index.html") if site_url else f"{slug}/{page}"
        county = place.record.county if place else None
        also = _other_names(name, door_file.names.get(slug))
        found.append(Listed(slug, name, name_language, href, county, also))
    return sorted(found, key=lambda one: one.key)


def _of(name: str, country: Country) -> bool:
    return name.startswith(f"{country.code}/")


def _other_names(shown: str, more: str | None) -> str:
    """Return the other names, except those that are a part of the shown name: the filter finds these
    already."""
    names = (name.strip() for name in (more or "").split(","))
    return ",".join(name for name in names if fold(name) not in fold(shown))


def by_letter(places: Iterable[Listed]) -> list[tuple[str, list[Listed]]]:
    """Return the places under their first letters."""
    return _grouped((place.letter, place) for place in places)


def by_county(places: Iterable[Listed]) -> list[tuple[str, list[Listed]]]:
    """Return the places under their counties; those without one are left out."""
    return sorted(
        _grouped((place.county, place) for place in places if place.county), key=lambda one: fold(one[0])
    )


def _grouped(pairs: Iterable[tuple[str, Listed]]) -> list[tuple[str, list[Listed]]]:
    groups: dict[str, list[Listed]] = {}
    for name, place in pairs:
        groups.setdefault(name, []).append(place)
    return [*groups.items()]


def rows(places: Iterable[Listed], door_file: DoorFile) -> list[list[Listed | None]]:
    """Return the map, row by row, with None for each square without a place. A place that has no square in
    the file is not on the map."""
    at = {square: place for place in places if (square := door_file.tile(place.slug))}
    if not at:
        return []
    width, height = (max(square[side] for square in at) for side in (0, 1))
    return [[at.get((column, row)) for column in range(1, width + 1)] for row in range(1, height + 1)]
