"""Which part of the work a worker does next: one of its own share, or else one that another has not begun.

The numbers of the parts wait in pipes: whoever reads one has it, and no lock is left behind by a worker that
is killed.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import Generic, TypeVar

Part = TypeVar("Part")
_BYTES = 4  # of a number; a pipe holds thousands of them


class Turns(Generic[Part]):
    """The shares of forked workers, a list of parts each. Use it as a context in the process that forks."""

    def __init__(self, shares: Sequence[Sequence[Part]]) -> None:
        self._shares = shares
        self._waiting = [_filled(len(share)) for share in shares]

    def of(self, worker: int) -> Iterator[Part]:
        """The parts that are the worker's, whose number is that of its share; until all have been begun."""
        for number in range(worker, worker + len(self._shares)):
            share = number % len(self._shares)
            while read := os.read(self._waiting[share], _BYTES):
                yield self._shares[share][int.from_bytes(read, "big")]

    def __enter__(self) -> Turns[Part]:
        return self

    def __exit__(self, *_: object) -> None:
        for pipe in self._waiting:
            os.close(pipe)


def _filled(parts: int) -> int:
    """The end to read of a pipe that holds the numbers of the parts and is closed at the other."""
    pipe, end = os.pipe()
    os.write(end, b"".join(number.to_bytes(_BYTES, "big") for number in range(parts)))
    os.close(end)
    return pipe
