"""Reads a file that somebody has sent. A pipe would be waited for, and a device never ends."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from ..errors import CampaignError, Problem
from .source_file import in_words, read_at_most


def check_received(path: Path, name: str) -> None:
    """Raise `CampaignError` unless this is a plain file or a link to one. Messages call it ``name``."""
    kind = stat.S_IFMT(os.stat(path).st_mode)
    if kind != stat.S_IFREG:
        raise CampaignError([Problem(name, 0, "", in_words(kind), "a plain file")])


def read_received(path: Path, name: str, most: int) -> bytes:
    """Return the bytes of a plain file; raise `CampaignError` for anything else or more than ``most``."""
    check_received(path, name)
    with open(path, "rb") as file:
        return read_at_most(file, name, most)
