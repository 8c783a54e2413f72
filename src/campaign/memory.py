"""What is made of contacts once: of a country's for good, of those of its places while they serve."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Made = TypeVar("Made")
AT_HAND = 1000  # more than one country's own contacts need; of places there may be any number


class Memory(Generic[Made]):
    """It has a bound: when it is full it begins anew."""

    def __init__(self) -> None:
        self._made: dict[Hashable, Made] = {}

    def of(self, key: Hashable, make: Callable[[], Made]) -> Made:
        if key not in self._made:
            if len(self._made) == AT_HAND:
                self._made.clear()
            self._made[key] = make()
        return self._made[key]
