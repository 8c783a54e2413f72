"""Selects the municipalities of a build."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..errors import CampaignError, Problem, instead, shown
from ..model.places import Places

CHUNK = 8  # copies of one country that a worker writes as one task, and the step of the progress bar


@dataclass(frozen=True)
class Selection:
    """The municipalities of a build, by country. The progress has one step for each part."""

    countries: Mapping[str, Sequence[str]]  # names such as ee/tartu
    whole: frozenset[str]  # countries with all copies in this build: leftover copies there are removed

    @property
    def parts(self) -> int:
        return len(self.countries) + self.copies

    @property
    def copies(self) -> int:
        return sum(len(places) for places in self.countries.values())

    @property
    def names(self) -> list[str]:
        return [name for names in self.countries.values() for name in names]

    @property
    def chunks(self) -> list[tuple[str, ...]]:
        """Return the names in small groups; each group is of one country."""
        return [
            tuple(names[start : start + CHUNK])
            for names in self.countries.values()
            for start in range(0, len(names), CHUNK)
        ]


def check_names(places: Places, names: Iterable[str], command: str, held_back: Collection[str] = ()) -> None:
    """Raise `CampaignError` with each name that is not a country or municipality, or that is in
    ``held_back``. ``command`` received the names."""
    known = [*places.countries, *places.municipalities, *held_back]
    wrong = [name for name in names if name not in known]
    if wrong:
        expected = "COUNTRY or COUNTRY/SLUG of municipalities/"
        raise CampaignError(
            Problem(command, 0, "", shown(name), f"{expected}{instead(name, known)}") for name in wrong
        )


def in_scope(place: str, names: Collection[str]) -> bool:
    """Whether the ``names`` of a command include a place (``ee/tartu``); no names include every place."""
    return not names or place in names or place.partition("/")[0] in names


def chosen(
    places: Places,
    names: Sequence[str],
    shard: tuple[int, int] | None = None,
    held_back: Collection[str] = (),
) -> Selection:
    """Select the municipalities in ``names`` (``ee`` or ``ee/tartu``; none means all) without those in
    ``held_back``. ``shard`` limits them to one part: (3, 8) is the third of eight."""
    check_names(places, names, "campaign build", held_back)
    countries: dict[str, list[str]] = {}
    for place in places.municipalities:
        if in_scope(place, names) and (shard is None or _shard(place, shard[1]) == shard[0]):
            countries.setdefault(place.partition("/")[0], []).append(place)
    whole = frozenset() if shard else frozenset(code for code in places.countries if in_scope(code, names))
    return Selection(countries, whole & countries.keys())


def _shard(place: str, count: int) -> int:
    """Return the part of a place, from 1 to ``count``. It depends only on the name and the count."""
    digest = hashlib.sha256(place.encode()).digest()
    return int.from_bytes(digest, "big") % count + 1
