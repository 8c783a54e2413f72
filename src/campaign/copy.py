"""Writes copies: each is mended in a spare tree and exchanged for the old one in one step."""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import zlib
from collections.abc import Callable, Mapping
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
    the copy before is a hard link to it, unless copies are to be independent of each other. What the
    writer holds in memory is one copy, however many there are."""

    def __init__(self, out: Path, form: Form) -> None:
        self._out = out
        self._form = form
        self._before: dict[str, tuple[File, str]] = {}  # the files of the copy before, and where each lies

    def write(self, name: str, key: str, make: Callable[[], Mapping[str, bytes]]) -> bool:
        """Make the copy ``ee/tartu`` hold exactly what ``make`` gives, `LAST` with it, or leave it as it was.
        False where it lies there already, whole, in this form and made from ``key``."""
        live, spare, memory = self._paths(name)
        known = remembered(memory)
        old, have = known.get(identity(live)), known.get(identity(spare), Tree("", {}))
        if old is not None and old.key == self._key(key):
            return False
        content = make()
        files = self._files(content)
        new = Tree(self._key(key), {path: file.digest for path, file in files.items()})
        if not have.digests:
            shutil.rmtree(spare, ignore_errors=True)
        _make_room(spare, have, new)
        for path, file in files.items():
            if path != LAST and have.digests.get(path) != file.digest:
                kept = old is not None and old.digests.get(path) == file.digest
                self._put(file, path, f"{spare}/{path}", f"{live}/{path}" if kept else None)
        remember(memory, {identity(spare, content[LAST]): new, identity(live): old})
        (spare / LAST).write_bytes(content[LAST])
        exchange(spare, live)
        self._before = {path: (file, f"{live}/{path}") for path, file in files.items()}
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

    def _files(self, content: Mapping[str, bytes]) -> dict[str, File]:
        files: dict[str, File] = {}
        for path, data in content.items():
            before = self._before.get(path)
            if before is not None and before[0].data is data:
                files |= {path + ending: self._before[path + ending][0] for ending in self._form.endings}
                continue
            digest = hashlib.sha1(data).digest()
            for ending in self._form.endings:
                salt = f"{_COMPRESSORS[ending]} {self._form.independent}".encode()
                files[path + ending] = File(data, ending, digest + salt)
        return files

    def _put(self, file: File, path: str, there: str, kept: str | None) -> None:
        """Put one file there: a link to the one kept in the old copy, or to the same one in the copy
        before, else written, as on a file system that has no links or no more of them."""
        with suppress(FileNotFoundError):
            os.unlink(there)
        before = self._before.get(path)
        same = before[1] if before is not None and before[0].digest == file.digest else None
        for source in (kept, same):
            if source and not self._form.independent:
                with suppress(OSError):
                    os.link(source, there)
                    return
        with open(there, "xb") as handle:
            handle.write(file.encoded())


def _make_room(spare: Path, have: Tree, new: Tree) -> None:
    """From here on the spare tree is not whole. It loses the files that are in it no more and gets the
    folders that are new."""
    for path in [LAST, *(have.digests.keys() - new.digests.keys())]:
        with suppress(FileNotFoundError):
            os.unlink(spare / path)
        with suppress(OSError):  # not empty
            os.removedirs((spare / path).parent)
    for folder in sorted({path.rpartition("/")[0] for path in new.digests.keys() - have.digests.keys()}):
        os.makedirs(f"{spare}/{folder}", exist_ok=True)
