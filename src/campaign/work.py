"""Which municipalities a build is for."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from .place import Places
from .problem import CampaignError, Problem, shown

CHUNK = 24  # copies that one worker writes in a row and that share files; or several times as many:
MOST_CHUNKS = 100  # each is waited for
LEAST = 6  # in a part of a worker's last chunk


@dataclass(frozen=True)
class Work:
    """What a build makes, by country; the progress has as many steps as there are parts."""

    countries: Mapping[str, Sequence[str]]  # names such as ee/tartu
    whole: frozenset[str]  # the countries of which every copy is made, so that others can be taken away

    @property
    def parts(self) -> int:
        return len(self.countries) + self.copies

    @property
    def copies(self) -> int:
        return sum(len(places) for places in self.countries.values())

    def shares(self, workers: int) -> list[list[Sequence[str]]]:
        """For each of so many workers about the same number of copies, in chunks of one country. No country
        is in two shares unless it is larger than one (and a chunk): what its copies share is made once a
        worker."""
        most = max(CHUNK, -(-self.copies // workers))
        parts = (part for places in self.countries.values() for part in _evenly(places, most))
        shares: list[list[Sequence[str]]] = [[] for _ in range(workers)]
        for part in sorted(parts, key=len, reverse=True):
            min(shares, key=lambda share: sum(map(len, share))).append(part)
        size = CHUNK * max(1, self.copies // CHUNK // MOST_CHUNKS)
        return [
            _small_at_the_end([chunk for part in share for chunk in _cut(part, size)]) for share in shares
        ]


def _cut(places: Sequence[str], size: int) -> list[Sequence[str]]:
    return [places[start : start + size] for start in range(0, len(places), size)]


def _small_at_the_end(chunks: list[Sequence[str]]) -> list[Sequence[str]]:
    """The last chunk in parts: whoever is done first takes some of them, and nobody waits long."""
    return [*chunks[:-1], *(part for last in chunks[-1:] for part in _cut(last, max(LEAST, len(last) // 3)))]


def _evenly(places: Sequence[str], most: int) -> list[Sequence[str]]:
    """The places in as few parts as have at most so many, each about as large as the others."""
    parts = -(-len(places) // most)
    ends = [len(places) * part // parts for part in range(parts + 1)]
    return [places[start:end] for start, end in pairwise(ends)]


def check_names(places: Places, names: Iterable[str], command: str) -> None:
    """`CampaignError` with every name given to ``command`` that is neither a country nor a municipality."""
    allowed = "COUNTRY or COUNTRY/SLUG of municipalities/"
    wrong = [name for name in names if name not in places.countries and name not in places.municipalities]
    if wrong:
        raise CampaignError(
            Problem(command, 0, "", f"found {shown(name)}, allowed {allowed}") for name in wrong
        )


def chosen(places: Places, names: Sequence[str], shard: tuple[int, int] | None = None) -> Work:
    """The municipalities that ``names`` (``ee`` or ``ee/tartu``; none means all) stand for; of these
    those of the shard, which is (3, 8) for the third of eight."""
    check_names(places, names, "campaign build")
    countries: dict[str, dict[str, None]] = {}
    for name in names or places.countries:
        found = places.names_of(name) if name in places.countries else [name]
        for place in found:
            if shard is None or _shard(place, shard[1]) == shard[0]:
                countries.setdefault(place.split("/")[0], {})[place] = None
    whole = frozenset() if shard else frozenset(names or places.countries) & frozenset(places.countries)
    return Work({code: list(chosen) for code, chosen in countries.items()}, whole)


def _shard(place: str, count: int) -> int:
    """Which part, from 1 to ``count``, a place is in: on every machine and beside any others the same."""
    digest = hashlib.sha256(place.encode()).digest()
    return int.from_bytes(digest, "big") % count + 1
