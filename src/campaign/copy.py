"""Writes copies: each is mended in a spare tree and exchanged for the old one in one step."""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import zlib
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import brotli

from .tree import LAST, Tree, exchange, identity, remember, remembered

SPARE = ".spare"  # in the folder of the sites
_COMPRESSORS = {"": "", ".gz": zlib.ZLIB_RUNTIME_VERSION, ".br": brotli.__version__}


@dataclass(frozen=True)
class Form:
    """How copies lie on the disk: with compressed files beside the plain ones; with no file shared."""

    precompress: bool = False
    independent: bool = False

    @property
    def endings(self) -> tuple[str, ...]:
        return ("", ".gz", ".br") if self.precompress else ("",)


@dataclass(frozen=True)
class File:
    """One file to be: its plain content, how that is compressed, and a digest of both."""

    data: bytes
    ending: str
    digest: bytes

    def encoded(self) -> bytes:
        if self.ending == ".gz":
            return gzip.compress(self.data, 9, mtime=0)  # no clock: the same bytes on any day
        return brotli.compress(self.data) if self.ending == ".br" else self.data


class Writer:
    """Writes copies below ``out``, one after the other. A file that is the same as in the old copy or in
    its country's copy before is a hard link to it, unless copies are to be independent of each other. What
    the writer holds in memory is one copy of each country, however many there are."""

    def __init__(self, out: Path, form: Form) -> None:
        self._out = out
        self._form = form
        self._endings = [
            (ending, f"{_COMPRESSORS[ending]} {form.independent}".encode()) for ending in form.endings
        ]
        # By country the files of the copy before, and where each lies.
        self._before: dict[str, dict[str, tuple[File, str]]] = {}

    def write(self, name: str, key: str, make: Callable[[], Mapping[str, bytes]]) -> bool:
        """Make the copy ``ee/tartu`` hold exactly what ``make`` gives, `LAST` with it, or leave it as it was.
        False where it lies there already, whole, in this form and made from ``key``."""
        live, spare, memory = self._paths(name)
        known = remembered(memory)
        old, have = known.get(identity(live)), known.get(identity(spare), Tree("", {}))
        if old is not None and old.key == self._key(key):
            return False
        content = make()
        country = name.partition("/")[0]
        before = self._before.get(country, {})
        files = self._files(content, before)
        new = Tree(self._key(key), {path: file.digest for path, file in files.items()})
        if not have.digests:
            shutil.rmtree(spare, ignore_errors=True)
        _make_room(spare, have, new)
        for path, file in files.items():
            if path == LAST or have.digests.get(path) == file.digest:
                continue
            there = f"{spare}/{path}"
            if path in have.digests:
                with suppress(FileNotFoundError):
                    os.unlink(there)
            same = [f"{live}/{path}"] if old and old.digests.get(path) == file.digest else []
            if path in before and before[path][0].digest == file.digest:
                same.append(before[path][1])
            self._put(file, there, same)
        remember(memory, {identity(spare, content[LAST]): new, identity(live): old})
        (spare / LAST).write_bytes(content[LAST])
        exchange(spare, live)
        self._before[country] = {path: (file, f"{live}/{path}") for path, file in files.items()}
        return True

    def remove(self, name: str) -> None:
        """Take a copy away in one step, and all that is kept of it."""
        live, spare, memory = self._paths(name)
        shutil.rmtree(spare, ignore_errors=True)
        spare.parent.mkdir(parents=True, exist_ok=True)
        live.rename(spare)
        shutil.rmtree(spare)
        memory.unlink(missing_ok=True)

    def _paths(self, name: str) -> tuple[Path, Path, Path]:
        """Where the copy lies, where its spare tree lies, and the memory of what both hold."""
        spare = self._out / SPARE / name
        return self._out / name, spare, spare.with_name(f"{spare.name}.trees")

    def _key(self, key: str) -> str:
        return f"{key} {self._form}"

    def _files(self, content: Mapping[str, bytes], before: Mapping[str, tuple[File, str]]) -> dict[str, File]:
        files: dict[str, File] = {}
        for path, data in content.items():
            digest = None
            for ending, salt in self._endings:
                known = before.get(path + ending)
                if known is not None and known[0].data is data:
                    files[path + ending] = known[0]
                    continue
                digest = digest or hashlib.sha1(data).digest()
                files[path + ending] = File(data, ending, digest + salt)
        return files

    def _put(self, file: File, there: str, same: Iterable[str]) -> None:
        """Put one file there: a link to one that is the ``same``, else written, as on a file system that
        has no links or no more of them."""
        for source in () if self._form.independent else same:
            with suppress(OSError):
                os.link(source, there)
                return
        _write(there, file.encoded())


def _write(there: str, data: bytes) -> None:
    """A file that is not there yet; without the buffer of `open`, which takes longer than the writing."""
    handle = os.open(there, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
    try:
        while data:
            data = data[os.write(handle, data) :]
    finally:
        os.close(handle)


def _make_room(spare: Path, have: Tree, new: Tree) -> None:
    """From here on the spare tree is not whole. It loses the files that are in it no more and gets the
    folders that are new."""
    with suppress(FileNotFoundError):
        os.unlink(spare / LAST)
    for path in have.digests.keys() - new.digests.keys():
        with suppress(FileNotFoundError):
            os.unlink(spare / path)
        with suppress(OSError):  # not empty
            os.removedirs((spare / path).parent)
    for folder in sorted({path.rpartition("/")[0] for path in new.digests.keys() - have.digests.keys()}):
        os.makedirs(f"{spare}/{folder}", exist_ok=True)
