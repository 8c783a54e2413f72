"""Allows one build at a time: the lock on a folder ends with the process that holds it."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

# The errors of file systems without locks (NFS without its lock service, FUSE, 9p).
_NO_LOCKS = {errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP, errno.EINVAL}


@contextmanager
def locked(folder: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Lock ``folder`` (made if missing). If another build holds it, say so once and wait. If the file system
    has no locks, say so and continue without."""
    folder.mkdir(parents=True, exist_ok=True)
    if fcntl is None:
        yield
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        _lock(handle, folder, say)
        yield
    finally:
        os.close(handle)


def _lock(handle: int, folder: Path, say: Callable[[str], None]) -> None:
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say("Another build is running here. This one waits until it has ended.")
            fcntl.flock(handle, fcntl.LOCK_EX)
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
        say(f"The file system of {folder.name} has no locks: do not start a second build at the same time.")
