"""Puts a new folder where an old one is: in one step where the system can, else in two."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
from pathlib import Path

_AT_FDCWD = -100
_RENAME_EXCHANGE = 2  # linux/fs.h
# What renameat2(2) answers on file systems and kernels that cannot exchange (NFS, 9p, FUSE, older ZFS); EXDEV
# is overlayfs' answer for a folder of a lower layer (a container's image), which cannot be renamed at all,
# and EPERM that of a sandbox which does not know the call. Where nothing may be renamed, two steps fail too.
_CANNOT = {errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP, errno.EXDEV, errno.EPERM}


def exchange(new: Path, live: Path) -> bool:
    """``new`` is at ``live`` afterwards, and the old folder, where there was one, at ``new``. Whether it was
    one step. Where it was two, ``live`` was away between them; where the second fails, the old folder is put
    back. Raises OSError."""
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
    except (AttributeError, OSError, TypeError):  # no Linux, or a C library of before 2018
        return False
    if not renameat2(_AT_FDCWD, os.fsencode(new), _AT_FDCWD, os.fsencode(live), _RENAME_EXCHANGE):
        return True
    code = ctypes.get_errno()
    if code in _CANNOT:
        return False
    raise OSError(code, os.strerror(code), str(live))
