"""Which municipalities a build is for."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from ..errors import CampaignError, Problem, instead, shown
from ..model.places import Places

CHUNK = 8  # copies of one country that a worker writes in a row; the progress moves by so many


@dataclass(frozen=True)
class Selection:
    """What a build makes, by country; the progress has as many steps as there are parts."""

    countries: Mapping[str, Sequence[str]]  # names such as ee/tartu
    whole: frozenset[str]  # the countries of which every copy is made, so that others can be taken away

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
        """The names in small groups, each of one country."""
        return [
            tuple(names[start : start + CHUNK])
            for names in self.countries.values()
            for start in range(0, len(names), CHUNK)
        ]


def check_names(places: Places, names: Iterable[str], command: str, held_back: Collection[str] = ()) -> None:
    """`CampaignError` with every name given to ``command`` that is neither a country nor a municipality, nor
    one of those that are ``held_back``."""
    known = [*places.countries, *places.municipalities, *held_back]
    wrong = [name for name in names if name not in known]
    if wrong:
        expected = "COUNTRY or COUNTRY/SLUG of municipalities/"
        raise CampaignError(
            Problem(command, 0, "", shown(name), f"{expected}{instead(name, known)}") for name in wrong
        )


def in_scope(place: str, names: Collection[str]) -> bool:
    """Whether ``names``, as a command is given them, name a place (``ee/tartu``); none name all."""
    return not names or place in names or place.partition("/")[0] in names


def chosen(
    places: Places,
    names: Sequence[str],
    shard: tuple[int, int] | None = None,
    held_back: Collection[str] = (),
) -> Selection:
    """The municipalities that ``names`` (``ee`` or ``ee/tartu``; none means all) stand for, but for those
    that are ``held_back``; of these those of the shard, which is (3, 8) for the third of eight."""
    check_names(places, names, "campaign build", held_back)
    countries: dict[str, list[str]] = {}
    for place in places.municipalities:
        if in_scope(place, names) and (shard is None or _shard(place, shard[1]) == shard[0]):
            countries.setdefault(place.partition("/")[0], []).append(place)
    whole = frozenset() if shard else frozenset(code for code in places.countries if in_scope(code, names))
    return Selection(countries, whole & countries.keys())


def _shard(place: str, count: int) -> int:
    """Which part, from 1 to ``count``, a place is in: on every machine and beside any others the same."""
    digest = hashlib.sha256(place.encode()).digest()
    return int.from_bytes(digest, "big") % count + 1
