"""Which municipalities a build is for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from .place import Municipality, Places
from .problem import CampaignError, Problem, shown

CHUNK = 24  # copies that one worker writes in a row


@dataclass(frozen=True)
class Work:
    """What a build makes, by country; the progress has as many steps as there are parts."""

    countries: Mapping[str, Sequence[Municipality]]
    whole: frozenset[str]  # the countries of which every copy is made, so that others can be taken away

    @property
    def parts(self) -> int:
        return len(self.countries) + self.copies

    @property
    def copies(self) -> int:
        return sum(len(places) for places in self.countries.values())

    def chunks(self) -> Iterator[Sequence[Municipality]]:
        """The places that one worker writes in a row, each list of one country."""
        for places in self.countries.values():
            for start in range(0, len(places), CHUNK):
                yield places[start : start + CHUNK]


def chosen(places: Places, names: Sequence[str], shard: tuple[int, int] | None = None) -> Work:
    """The municipalities that ``names`` (``ee`` or ``ee/tartu``; none means all) stand for; of these
    those of the shard, which is (3, 8) for the third of eight."""
    problems = []
    countries: dict[str, dict[str, Municipality]] = {}
    for name in names or places.countries:
        if name in places.countries:
            found = places.of(name)
        elif name in places.municipalities:
            found = [places.municipalities[name]]
        else:
            allowed = "COUNTRY or COUNTRY/SLUG of municipalities/"
            problems.append(Problem("campaign build", 0, "", f"found {shown(name)}, allowed {allowed}"))
            continue
        for place in found:
            if shard is None or _shard(place, shard[1]) == shard[0]:
                countries.setdefault(place.country.code, {})[place.slug] = place
    if problems:
        raise CampaignError(problems)
    whole = frozenset() if shard else frozenset(names or places.countries) & frozenset(places.countries)
    return Work({code: list(chosen.values()) for code, chosen in countries.items()}, whole)


def _shard(place: Municipality, count: int) -> int:
    """Which part, from 1 to ``count``, a place is in: on every machine and beside any others the same."""
    digest = hashlib.sha256(str(place).encode()).digest()
    return int.from_bytes(digest, "big") % count + 1
