"""Writes one municipality's copy beside its place and exchanges it for the old one in one step."""

from __future__ import annotations

import ctypes
import gzip
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import brotli

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2  # linux/fs.h
_LIBC = ctypes.CDLL(None, use_errno=True)


class Writer:
    """Writes the copies of one country one after the other. A file that is the same as in the copy
    before is a hard link to it. What it remembers is one copy, however many there are."""

    def __init__(self, files: Mapping[str, Path], precompress: bool = False) -> None:
        self._files = files
        self._endings = ("", ".gz", ".br") if precompress else ("",)
        self._before: dict[str, tuple[bytes, str]] = {}
        for name, path in files.items():
            self._before[name] = (path.read_bytes(), "")  # written by the first copy

    def write(self, content: Mapping[str, bytes], folder: Path) -> None:
        """Make ``folder`` hold exactly ``content`` and the base's files, or stay as it was."""
        beside = folder.with_name(f".{folder.name}.new")
        shutil.rmtree(beside, ignore_errors=True)
        whole = {name: self._before[name][0] for name in self._files} | dict(content)
        for parent in sorted({name.rpartition("/")[0] for name in whole}):
            os.makedirs(f"{beside}/{parent}", exist_ok=True)
        for name, data in whole.items():
            self._put(name, data, f"{beside}/{name}", f"{folder}/{name}")
        exchange(beside, folder)
        shutil.rmtree(beside, ignore_errors=True)

    def _put(self, name: str, data: bytes, path: str, final: str) -> None:
        known = self._before.get(name)
        if known is not None and known[0] is data and known[1]:
            for ending in self._endings:
                os.link(known[1] + ending, path + ending)
            return
        for ending in self._endings:
            with open(path + ending, "xb", buffering=0) as file:
                file.write(_encoded(data, ending))
        self._before[name] = (data, final)


def _encoded(data: bytes, ending: str) -> bytes:
    if ending == ".gz":
        return gzip.compress(data, 9, mtime=0)  # no clock: the same bytes on any day
    return brotli.compress(data) if ending == ".br" else data


def exchange(new: Path, old: Path) -> None:
    """Put ``new`` where ``old`` is; what was there lies at ``new`` afterwards."""
    if not old.exists():
        new.rename(old)
        return
    if _LIBC.renameat2(_AT_FDCWD, os.fsencode(new), _AT_FDCWD, os.fsencode(old), _RENAME_EXCHANGE):
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code), str(old))
