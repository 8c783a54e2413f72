"""Places that were read once, kept on disk: so a project may have any number of them in the same memory."""

from __future__ import annotations

import os
import pickle
import tempfile
import weakref
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import IO, Any

from .place import Country, Municipality

AT_HAND = 256  # places that stay in memory; with no more of them, nothing is read a second time


class Spool(Mapping[str, Municipality]):
    """``{"ee/tartu": Municipality}``, in the order in which the places were added. The file has no name and
    ends with the last process that uses it."""

    def __init__(self, file: IO[bytes] | None = None) -> None:
        self._file = file or tempfile.TemporaryFile()  # noqa: SIM115 (it lives as long as the spool)
        weakref.finalize(self, self._file.close)
        self._countries: dict[str, Country] = {}
        self._starts: dict[str, int] = {}
        self._end = 0
        self._read = lru_cache(AT_HAND)(self._read_from_file)

    def add(self, place: Municipality) -> None:
        self._countries[place.country.code] = place.country
        kept = pickle.dumps((place.slug, place.file, place.country.code, place.record, dict(place.lines)))
        os.pwrite(self._file.fileno(), len(kept).to_bytes(8, "big") + kept, self._end)
        self._starts[str(place)] = self._end
        self._end += 8 + len(kept)

    def __getstate__(self) -> dict[str, object]:
        """For another process, which opens the same file while this one is still there."""
        file = f"/proc/{os.getpid()}/fd/{self._file.fileno()}"
        return {"file": file, "countries": self._countries, "starts": self._starts, "end": self._end}

    def __setstate__(self, state: Mapping[str, Any]) -> None:
        self.__init__(open(state["file"], "r+b"))  # type: ignore[misc]  # noqa: SIM115
        self._countries, self._starts, self._end = state["countries"], state["starts"], state["end"]

    def __getitem__(self, name: str) -> Municipality:
        return self._read(self._starts[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._starts)

    def __len__(self) -> int:
        return len(self._starts)

    def _read_from_file(self, start: int) -> Municipality:
        handle = self._file.fileno()  # without a position of its own: forked processes share it
        length = int.from_bytes(os.pread(handle, 8, start), "big")
        slug, file, country, record, lines = pickle.loads(os.pread(handle, length, start + 8))
        return Municipality(slug, file, self._countries[country], record, lines)
