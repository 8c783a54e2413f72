"""Writes one municipality's copy beside its place and exchanges it for the old one in one step."""

from __future__ import annotations

import ctypes
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2  # linux/fs.h
_LIBC = ctypes.CDLL(None, use_errno=True)


class Shared:
    """Files with the same bytes in many copies: written once, then linked. One worker's own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._files: dict[int, tuple[object, Path]] = {}  # the object is kept, so its id stays its own
        folder.mkdir(parents=True, exist_ok=True)

    def link(self, content: bytes, to: Path) -> None:
        """Put ``content`` at ``to``. The second time that the same object comes it is linked."""
        known = self._files.get(id(content))
        if known is None:
            path = self.folder / str(len(self._files))
            path.write_bytes(content)
            self._files[id(content)] = known = (content, path)
        os.link(known[1], to)


def write_copy(content: Mapping[str, bytes], files: Mapping[str, Path], folder: Path, shared: Shared) -> None:
    """Make ``folder`` hold exactly ``content`` and ``files``, or stay as it was."""
    beside = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(beside, ignore_errors=True)
    made = set()
    for name in (*content, *files):
        parent = (beside / name).parent
        if parent not in made:
            parent.mkdir(parents=True, exist_ok=True)
            made.add(parent)
    for name, data in content.items():
        shared.link(data, beside / name)
    for name, path in files.items():
        os.link(path, beside / name)
    exchange(beside, folder)
    shutil.rmtree(beside, ignore_errors=True)


def exchange(new: Path, old: Path) -> None:
    """Put ``new`` where ``old`` is; what was there lies at ``new`` afterwards."""
    if not old.exists():
        new.rename(old)
        return
    if _LIBC.renameat2(_AT_FDCWD, os.fsencode(new), _AT_FDCWD, os.fsencode(old), _RENAME_EXCHANGE):
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code), str(old))
