"""A folder that only its owner may read or write: it keeps the results of a build for the next one. And the
folder of the sites, in which only its owner may write."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path

from ..errors import CampaignError, Problem
from ..files.file_modes import set_mode

NAME = ".cache"  # in the project's folder, never in a folder that is served
_OTHERS_WRITE = 0o022  # the group and all others


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
        elif found.st_mode & _OTHERS_WRITE:
            wrong = "a folder that other users may write to"
        if wrong:
            wrong += ": delete it, and the next build makes a new one"
            problem = Problem(path.name, 0, "", wrong, "a folder of your own with mode 0700")
            raise CampaignError([problem]) from None
        set_mode(path, 0o700)
    return path


def close_to_others(folder: Path) -> None:
    """Take the right to write into ``folder`` away from other users, who could put a link in the place of a
    copy. Nothing is changed if the folder does not exist or belongs to another user."""
    with suppress(FileNotFoundError, PermissionError):
        mode = stat.S_IMODE(folder.stat().st_mode)
        if mode & _OTHERS_WRITE:
            set_mode(folder, mode & ~_OTHERS_WRITE)
