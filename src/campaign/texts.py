"""Texts of contacts that are made once: those of a country for good, those of its places while they serve."""

from __future__ import annotations

from collections.abc import Callable, Hashable

AT_HAND = 1000  # more than one country's own contacts need; of places there may be any number


class Texts:
    """A memory with a bound: when it is full it begins anew."""

    def __init__(self) -> None:
        self._made: dict[Hashable, str] = {}

    def of(self, key: Hashable, make: Callable[[], str]) -> str:
        if key not in self._made:
            if len(self._made) == AT_HAND:
                self._made.clear()
            self._made[key] = make()
        return self._made[key]
