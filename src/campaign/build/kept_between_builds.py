"""A folder that only its owner may read or write: it keeps the results of a build for the next one."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from ..errors import CampaignError, Problem
from ..files.file_modes import set_mode

NAME = ".cache"  # in the project's folder, never in a folder that is served


def private_folder(path: Path) -> Path:
    """Return ``path``, made with mode 0700 if missing. Raise `CampaignError` if another user owns it or can
    write to it, because the next build trusts its contents."""
    try:
        path.mkdir(mode=0o700)
    except FileExistsError:
        found = path.lstat()
        wrong = None
        if not stat.S_ISDIR(found.st_mode):
            wrong = "no folder"
        elif found.st_uid != os.geteuid():
            wrong = "a folder of another user"
        elif found.st_mode & 0o022:
            wrong = "a folder that other users may write to"
        if wrong:
            wrong += ": delete it, and the next build makes a new one"
            problem = Problem(path.name, 0, "", wrong, "a folder of your own with mode 0700")
            raise CampaignError([problem]) from None
        set_mode(path, 0o700)
    return path
