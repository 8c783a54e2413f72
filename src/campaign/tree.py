"""What lies in a copy's folder, and in the spare one beside it: known for sure, or not at all.

A tree is whole while it holds campaign.json, which is taken out first and put in last; what it will hold is
remembered before that. So no kill, at whatever moment, can make the memory lie. A tree that the memory does
not know is written anew.
"""

from __future__ import annotations

import ctypes
import hashlib
import os
import pickle
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from .fingerprint import LAST, boot, read_file

_SHA1 = 20  # bytes, at the beginning of a memory
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
        return os.stat(folder).st_ino, last or read_file(f"{folder}/{LAST}")
    except (FileNotFoundError, NotADirectoryError):
        return None


def remembered(memory: Path) -> Mapping[Identity | None, Tree]:
    """The trees that the file ``memory`` knows."""
    try:
        kept = read_file(str(memory))
    except FileNotFoundError:
        return {}
    if kept[:_SHA1] != hashlib.sha1(kept[_SHA1:]).digest():
        return {}
    since, trees = pickle.loads(kept[_SHA1:])
    return dict(trees) if since == boot() else {}


def remember(memory: Path, trees: Mapping[Identity | None, Tree | None]) -> None:
    """Write down what these trees hold; what else ``memory`` knew is forgotten."""
    known = {tree: holds for tree, holds in trees.items() if tree and holds}
    kept = pickle.dumps((boot(), known))
    # Neither replaced nor emptied before: ext4 would flush it at once. One that a kill has cut or left half
    # as it was knows nothing.
    handle = os.open(memory, os.O_WRONLY | os.O_CREAT | os.O_CLOEXEC, 0o666)
    with os.fdopen(handle, "wb") as file:
        file.write(hashlib.sha1(kept).digest() + kept)
        file.truncate()


def exchange(new: Path, old: Path) -> None:
    """Put ``new`` where ``old`` is, in one step; what was there lies at ``new`` afterwards."""
    if not old.exists():
        old.parent.mkdir(parents=True, exist_ok=True)
        new.rename(old)
    elif _LIBC.renameat2(_AT_FDCWD, os.fsencode(new), _AT_FDCWD, os.fsencode(old), _RENAME_EXCHANGE):
        code = ctypes.get_errno()
        raise OSError(code, os.strerror(code), str(old))
