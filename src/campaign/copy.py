"""Writes copies: each is mended in a spare tree and exchanged for the old one in one step.

The spare trees of a batch share their files, as the copies do. One that all of them need to be another is
rewritten once, where it lies; one that any other tree holds, or that somebody reads, is left and replaced.
"""

from __future__ import annotations

import os
import shutil
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import brotli

from .content import Content
from .file import File, write_new
from .fingerprint import LAST
from .tree import Tree, exchange, identity, remember, remembered

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


@dataclass
class _Copy:
    """A copy that is to be written: where it lies, its spare tree, and what both hold."""

    name: str
    key: str
    live: Path
    spare: Path
    memory: Path
    old: Tree | None
    lies: dict[str, bytes]  # the digest of each file of the spare tree; empty where that is not known

    @property
    def country(self) -> str:
        return self.name.partition("/")[0]

    def shows(self, path: str, digest: bytes) -> bool:
        """Whether the copy as it lies there has this file."""
        return self.old is not None and self.old.digests.get(path) == digest


class Writer:
    """Writes copies below ``out``. A file that is the same as in the old copy or in the copy before is a hard
    link to it, unless copies are to be independent of each other. What the writer holds in memory is one
    copy of each country, and the digests of one batch, however many copies there are."""

    def __init__(self, out: Path, form: Form) -> None:
        self._out = out
        self._form = form
        self._endings = [
            (ending, f"{_COMPRESSORS[ending]} {form.independent}".encode()) for ending in form.endings
        ]
        self._before: dict[str, dict[str, File]] = {}  # by country, of the copy before

    def write(self, batch: Iterable[tuple[str, str]], make: Callable[[str], Mapping[str, Content]]) -> int:
        """Make each copy of a batch hold exactly what ``make`` gives for its name, `LAST` with it, or leave
        it as it was where it lies there already, whole, in this form and made from its key. The batch has
        pairs ("ee/tartu", KEY), all of one country; only its copies share files. How many were written."""
        copies = [copy for name, key in batch if (copy := self._outdated(name, f"{key} {self._form}"))]
        for copy in copies:  # from here on no spare tree is whole: what one shares with others may change
            with suppress(FileNotFoundError):
                os.unlink(copy.spare / LAST)
        before = None
        for number, copy in enumerate(copies):
            self._mend(copies[number:], make(copy.name), before)
            before = copy
        return len(copies)

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

    def _outdated(self, name: str, key: str) -> _Copy | None:
        """The copy, where it is not there as it should be."""
        live, spare, memory = self._paths(name)
        known = remembered(memory)
        old = known.get(identity(live))
        if old is not None and old.key == key:
            return None
        have = known.get(identity(spare))
        return _Copy(name, key, live, spare, memory, old, dict(have.digests) if have else {})

    def _mend(self, ahead: Sequence[_Copy], contents: Mapping[str, Content], before: _Copy | None) -> None:
        """Write the first copy of those that are ahead; the one ``before`` it is there."""
        copy = ahead[0]
        files = self._files(copy.country, contents)
        new = Tree(copy.key, {path: file.digest for path, file in files.items()})
        if not copy.lies:
            shutil.rmtree(copy.spare, ignore_errors=True)
        _make_room(copy, new)
        for path, file in files.items():
            if path != LAST and copy.lies.get(path) != file.digest:
                live = [other.live for other in (copy, before) if other and other.shows(path, file.digest)]
                self._put(file, path, ahead, live)
        last = contents[LAST].data
        remember(copy.memory, {identity(copy.spare, last): new, identity(copy.live): copy.old})
        write_new(f"{copy.spare}/{LAST}", last)
        exchange(copy.spare, copy.live)
        copy.old = new

    def _files(self, country: str, contents: Mapping[str, Content]) -> dict[str, File]:
        before, files = self._before.get(country, {}), {}
        for path, content in contents.items():
            for ending, salt in self._endings:
                known = before.get(path + ending)
                if known is None or known.content is not content:
                    known = File(content, ending, content.digest + salt)
                files[path + ending] = known
        self._before[country] = files
        return files

    def _put(self, file: File, path: str, ahead: Sequence[_Copy], live: Iterable[Path]) -> None:
        """Put one file into the first copy of those ahead: a link to the same in one that is ``live``, else
        written, as on a file system that has no links or no more of them."""
        there = f"{ahead[0].spare}/{path}"
        sharing: list[_Copy] = []

        def shared_by_these_alone(lying: os.stat_result) -> bool:
            sharing.extend(_sharing(path, ahead[:1] if self._form.independent else ahead, lying))
            return len(sharing) == lying.st_nlink

        if ahead[0].lies:  # else the spare tree is new, and nothing lies there
            if not live and file.rewrite(there, shared_by_these_alone):
                for copy in sharing:
                    copy.lies[path] = file.digest
                return
            with suppress(FileNotFoundError):
                os.unlink(there)
        for folder in () if self._form.independent else live:
            with suppress(OSError):
                os.link(f"{folder}/{path}", there)
                return
        file.write(there)


def _sharing(path: str, ahead: Sequence[_Copy], file: os.stat_result) -> Sequence[_Copy]:
    """The copies whose spare trees, all of them known, hold the very file that lies in that of the first;
    only that one where others must hold it, too."""
    if file.st_nlink == 1 or file.st_nlink > len(ahead):
        return ahead[:1]
    return [copy for copy in ahead if copy.lies and _inode(f"{copy.spare}/{path}") == file.st_ino]


def _inode(there: str) -> int | None:
    try:
        return os.lstat(there).st_ino
    except OSError:
        return None


def _make_room(copy: _Copy, new: Tree) -> None:
    """The spare tree loses the files that are in it no more and gets the folders that are new."""
    for path in copy.lies.keys() - new.digests.keys():
        with suppress(FileNotFoundError):
            os.unlink(copy.spare / path)
        with suppress(OSError):  # not empty
            os.removedirs((copy.spare / path).parent)
    for folder in sorted({path.rpartition("/")[0] for path in new.digests.keys() - copy.lies.keys()}):
        os.makedirs(f"{copy.spare}/{folder}", exist_ok=True)
