"""Who may read a file, also on a file system that has one answer for all of its files."""

from __future__ import annotations

import errno
import stat
from pathlib import Path

# vfat, exFAT, SMB and some mounts of containers know no modes of single files.
_HAS_NO_MODES = (errno.EPERM, errno.ENOSYS, errno.EOPNOTSUPP, errno.ENOTSUP)


def set_mode(path: Path, mode: int) -> None:
    """Give a file or folder this mode. Where the file system refuses, that is no problem as long as the file
    can be used as the mode says; otherwise raise the system's OSError."""
    try:
        path.chmod(mode)
    except OSError as error:
        if error.errno not in _HAS_NO_MODES or stat.S_IMODE(path.stat().st_mode) & mode != mode:
            raise
