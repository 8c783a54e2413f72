"""A folder that nobody but its owner may read or write: what a build keeps for the next one."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from ..errors import CampaignError, Problem

NAME = ".cache"  # in the project's folder, never in a folder that is served


def private_folder(path: Path) -> Path:
    """``path``, which is made with mode 0700 where it is missing. `CampaignError` where another user owns
    it or could have written into it: what stands there decides what the next build takes over."""
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
            wrong += ": delete it, and the next build makes it anew"
            problem = Problem(path.name, 0, "", wrong, "a folder of your own with mode 0700")
            raise CampaignError([problem]) from None
        path.chmod(0o700)
    return path
