"""Writes copies: each is a new folder that replaces the old one in one step.

An unchanged file is a hard link to the same file of the old copy, which is deleted right after. Two copies
never share a file, so editing one copy cannot change another.
"""

from __future__ import annotations

import gzip
import os
import zlib
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory, mkdtemp

import brotli

from ..files.delete_folder import delete_folder
from ..files.digests import sha256, shared_sha256
from ..files.file_modes import set_mode
from .record_of_written_files import (
    FILE_MODE,
    FOLDER_MODE,
    CopyRecord,
    Facts,
    facts_if_same,
    facts_of,
    is_as_written,
    is_copy,
    read_record,
)
from .replace_folder import exchange

_COMPRESSORS = {".gz": zlib.ZLIB_RUNTIME_VERSION, ".br": brotli.__version__}


class Writer:
    """Writes copies below the folder ``out`` and their records to ``records``; with ``precompress`` also a
    .gz and a .br beside each file. New copies are made in ``workshop``, a folder of the same disk."""

    def __init__(self, out: Path, records: Path, workshop: Path, precompress: bool) -> None:
        self._out = out
        self._records = records
        self._workshop = workshop
        self._endings = tuple(_COMPRESSORS) if precompress else ()
        self._form = " ".join(f"{ending} {_COMPRESSORS[ending]}" for ending in self._endings)
        self.in_one_step = True  # so far

    def write(self, name: str, inputs: str, make: Callable[[], Mapping[str, bytes]]) -> bool:
        """Make the copy ``name`` (ee/tartu) contain exactly the result of ``make``. ``inputs`` is the digest
        of its inputs. Return False, and do nothing, if the copy is already whole and up to date."""
        live, saved = self._out / name, self._record(name)
        key = f"{inputs} {self._form}"
        record = read_record(saved) or CopyRecord("", {})
        found = record.compare(live)
        if found.whole and record.key == key:
            return False
        new = Path(mkdtemp(prefix="copy-", dir=self._workshop))
        set_mode(new, FOLDER_MODE)
        same_form = record.key.partition(" ")[2] == self._form
        old = found.untouched if same_form else {}
        files = self._fill(new, live, make(), old)
        self.in_one_step &= exchange(new, live)
        delete_folder(new)
        for path, (digest, facts) in files.items():
            if not facts:  # a link: only now, as its facts change when the old copy is deleted
                files[path] = (digest, facts_if_same(f"{live}/{path}", digest, old[path][1][1]))
        CopyRecord(key, files).save(saved)
        return True

    def write_page(self, path: str, data: bytes) -> None:
        """Make the file ``path`` below ``out`` have these bytes, in one step. Compressed forms of it never
        outlive it: a server would go on sending them."""
        live = self._out / path
        if is_as_written(live, sha256(data), len(data)) and self._packed(path) == [*self._endings]:
            return
        self._remove_packed(path)
        for ending in ("", *self._endings):
            new = Path(mkdtemp(prefix="page-", dir=self._workshop)) / "page"
            _write(os.fspath(new), _compressed(data, ending) if ending else data)
            set_mode(new, FILE_MODE)
            new.replace(live.with_name(live.name + ending))

    def remove_page(self, path: str) -> None:
        """Remove a file below ``out`` and its compressed forms."""
        self._remove_packed(path)
        (self._out / path).unlink()

    def _remove_packed(self, path: str) -> None:
        for ending in _COMPRESSORS:
            (self._out / (path + ending)).unlink(missing_ok=True)

    def _packed(self, path: str) -> list[str]:
        return [ending for ending in _COMPRESSORS if os.path.lexists(self._out / (path + ending))]

    def remove(self, name: str) -> None:
        """Remove a copy in one step, and its record."""
        away = Path(mkdtemp(prefix="copy-", dir=self._workshop))
        (self._out / name).rename(away / "old")
        delete_folder(away)
        self._record(name).unlink(missing_ok=True)

    def _record(self, name: str) -> Path:
        return self._records / f"{name}.json"

    def _fill(
        self, new: Path, live: Path, contents: Mapping[str, bytes], old: Mapping[str, tuple[str, Facts]]
    ) -> dict[str, tuple[str, Facts]]:
        """Write everything into the folder ``new``. ``old`` has the digest and facts of each unchanged file
        of ``live``. Return those of each new file, without facts for links to the files of ``live``."""
        for folder in sorted({path.rpartition("/")[0] for path in contents}):
            os.makedirs(f"{new}/{folder}", exist_ok=True)
        files: dict[str, tuple[str, Facts]] = {}
        for path, data in contents.items():
            digest = shared_sha256(data)
            same = path in old and old[path][0] == digest
            if same and _linked(live, new, path):
                files[path] = (digest, ())
            else:
                files[path] = (digest, _write(f"{new}/{path}", data))
            for packed in (path + ending for ending in self._endings):
                if same and packed in old and _linked(live, new, packed):
                    files[packed] = (old[packed][0], ())
                else:
                    compressed = _compressed(data, packed[len(path) :])
                    files[packed] = (sha256(compressed), _write(f"{new}/{packed}", compressed))
        return files


def _linked(live: Path, new: Path, path: str) -> bool:
    """Link the file of ``live`` into ``new``; False if the file system cannot do that."""
    try:
        os.link(f"{live}/{path}", f"{new}/{path}", follow_symlinks=False)
    except OSError:
        return False
    return True


def _write(there: str, data: bytes) -> Facts:
    handle = os.open(there, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
    with os.fdopen(handle, "wb", buffering=0) as file:
        file.write(data)
        return facts_of(os.fstat(handle))


@lru_cache(1000)  # a country's copies share fewer files than this
def _compressed(data: bytes, ending: str) -> bytes:
    if ending == ".gz":
        return gzip.compress(data, 9, mtime=0)  # without the clock: the same bytes on any day
    return bytes(brotli.compress(data))


@contextmanager
def workshop(out: Path) -> Iterator[Path]:
    """Provide a private folder on the disk of ``out``: beside ``out`` if that is the same disk, because
    ``out`` may be served; else in it. Leftovers of a killed build are deleted first."""
    prefix = f".{out.name}.new-"
    for parent in (out.parent, out):
        with suppress(OSError):
            for left in parent.glob(f"{prefix}*"):
                delete_folder(left)
    same_disk = out.parent.stat().st_dev == out.stat().st_dev and os.access(out.parent, os.W_OK)
    with TemporaryDirectory(prefix=prefix, dir=out.parent if same_disk else out) as folder:
        yield Path(folder)


def stale_copies(out: Path, country: str, names: Collection[str]) -> list[str]:
    """Return a country's copies below ``out`` whose places are not among ``names``. Other folders are left
    alone."""
    found = sorted(f"{country}/{entry.name}" for entry in os.scandir(out / country))
    return [name for name in found if name not in names and is_copy(out / name)]
