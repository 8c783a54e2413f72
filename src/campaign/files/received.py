"""Reads a file that somebody has sent. A pipe would be waited for, and a device never ends."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from ..errors import CampaignError, Problem
from .source_file import in_words


def check_received(path: Path, name: str) -> None:
    """Raise `CampaignError` unless this is a plain file or a link to one. Messages call it ``name``."""
    kind = stat.S_IFMT(os.stat(path).st_mode)
    if kind != stat.S_IFREG:
        raise CampaignError([Problem(name, 0, "", in_words(kind), "a plain file")])


def read_received(path: Path, name: str, most: int) -> bytes:
    """Return the bytes of a plain file; raise `CampaignError` for anything else or more than ``most``."""
    check_received(path, name)
    with open(path, "rb") as file:
        size = os.fstat(file.fileno()).st_size
        data = file.read(most + 1) if size <= most else b""
    if max(size, len(data)) > most:
        found = f"{max(size, len(data)):,}"
        raise CampaignError([Problem(name, 0, "", found, f"at most {most:,} bytes")])
    return data
