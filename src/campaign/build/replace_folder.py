"""Replaces a folder by a new one: in one step if the system can do that, else in two."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2  # linux/fs.h
# Errors of renameat2(2) on file systems and kernels that cannot exchange (NFS, 9p, FUSE, older ZFS). EXDEV
# comes from overlayfs for a folder of a container's image, which cannot be renamed at all. EPERM comes from
# sandboxes that do not know the call. If renaming is impossible, the way in two steps reports it again.
_CANNOT = {errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP, errno.EXDEV, errno.EPERM}


def exchange(new: Path, live: Path) -> bool:
    """Move ``new`` to ``live``, and an old folder at ``live`` to ``new``; return whether one step did it. In
    two steps ``live`` is missing for a moment. If the second fails, ``live`` is restored. Raises OSError."""
    if not os.path.lexists(live):
        live.parent.mkdir(parents=True, exist_ok=True)
        new.rename(live)
        return True
    if _exchanged(new, live):
        return True
    old = new.with_name(f"{new.name}.old")
    try:
        live.rename(old)
    except OSError as error:
        if error.errno != errno.EXDEV:
            raise
        shutil.rmtree(live)
        new.rename(live)
        return False
    try:
        new.rename(live)
    except OSError:
        old.rename(live)
        raise
    old.rename(new)
    return False


def _exchanged(new: Path, live: Path) -> bool:
    try:
        renameat2 = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError, TypeError):  # not Linux, or a C library from before 2018
        return False
    if not renameat2(_AT_FDCWD, os.fsencode(new), _AT_FDCWD, os.fsencode(live), _RENAME_EXCHANGE):
        return True
    code = ctypes.get_errno()
    if code in _CANNOT:
        return False
    raise OSError(code, os.strerror(code), str(live))
