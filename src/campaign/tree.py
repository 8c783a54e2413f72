"""What lies in a copy's folder, and in the spare one beside it: known for sure, or not at all.

A tree is whole while it holds campaign.json, which is taken out first and put in last; what it will hold is
remembered before that. So no kill, at whatever moment, can make the memory lie. A tree that the memory does
not know is written anew.
"""

from __future__ import annotations

import ctypes
import os
import pickle
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .fingerprint import boot

LAST = "campaign.json"  # it names the inputs of the copy

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2  # linux/fs.h
_LIBC = ctypes.CDLL(None, use_errno=True)


@dataclass(frozen=True)
class Tree:
    """What a whole tree was made from, and the digest of each of its files."""

    key: str
    digests: Mapping[str, bytes]


Identity = tuple[int, bytes]


def identity(folder: Path, last: bytes | None = None) -> Identity | None:
    """What tells a whole tree from every other: the folder itself, wherever it is moved, and the inputs
    named by campaign.json, which may be about to be written. None where the tree is not whole."""
    try:
        return folder.stat().st_ino, last or (folder / LAST).read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def remembered(memory: Path) -> Mapping[Identity | None, Tree]:
    """The trees that the file ``memory`` knows."""
    try:
        since, trees = pickle.loads(memory.read_bytes())
    except (FileNotFoundError, EOFError, pickle.UnpicklingError):
        return {}
    return dict(trees) if since == boot() else {}


def remember(memory: Path, trees: Mapping[Identity | None, Tree | None]) -> None:
    """Write down what these trees hold; what else ``memory`` knew is forgotten."""
    known = {tree: holds for tree, holds in trees.items() if tree and holds}
    # Not replaced by another file: ext4 would flush that at once. One that a kill has cut knows nothing.
    memory.unlink(missing_ok=True)
    memory.write_bytes(pickle.dumps((boot(), known)))


def exchange(new: Path, old: Path) -> None:
    """Put ``new`` where ``old`` is, in one step; what was there lies at ``new`` afterwards."""
    if not old.exists():
        old.parent.mkdir(parents=True, exist_ok=True)
        new.rename(old)
    elif _LIBC.renameat2(_AT_FDCWD, os.fsencode(new), _AT_FDCWD, os.fsencode(old), _RENAME_EXCHANGE):
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code), str(old))
