"""Which part of the work a worker does next: one of its own share, or else one that another has not begun.

The numbers of the parts wait in pipes: whoever reads one has it, and no lock is left behind by a worker that
is killed.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

Part = TypeVar("Part")
_BYTES = 4  # of a number; a pipe holds thousands of them


class Turns(Generic[Part]):
    """The shares of forked workers, a list of parts each. Use it as a context in the process that forks."""

    def __init__(self, shares: Sequence[Sequence[Part]]) -> None:
        self._shares = shares
        self._workers = _filled(range(len(shares)))
        self._waiting = [_filled(range(len(share))) for share in shares]
        self._own = 0

    def begin(self) -> None:
        """Each worker calls this first."""
        self._own = _next(self._workers) or 0

    def next(self) -> Part:
        """The part that is the caller's now; LookupError where there is none any more."""
        for number in range(self._own, self._own + len(self._shares)):
            share = number % len(self._shares)
            part = _next(self._waiting[share])
            if part is not None:
                return self._shares[share][part]
        raise LookupError("every part has been begun")

    def __enter__(self) -> Turns[Part]:
        return self

    def __exit__(self, *_: object) -> None:
        for pipe in (self._workers, *self._waiting):
            os.close(pipe)


def _filled(numbers: Iterable[int]) -> int:
    """The end to read of a pipe that holds these numbers and is closed at the other."""
    pipe, end = os.pipe()
    os.write(end, b"".join(number.to_bytes(_BYTES, "big") for number in numbers))
    os.close(end)
    return pipe


def _next(pipe: int) -> int | None:
    read = os.read(pipe, _BYTES)
    return int.from_bytes(read, "big") if read else None
