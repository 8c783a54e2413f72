"""Deletes a whole folder, with its subfolders all at once."""

from __future__ import annotations

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

# A file system that tells the disk of each freed block (the mount option discard) needs 2 to 4 ms to delete a
# file, and as long for sixteen files at once: 0.1 instead of 0.8 s for a copy.
_AT_ONCE = 16


def delete_folder(folder: Path) -> None:
    """Delete a folder as far as that is possible. It never raises `OSError`, and it never follows a link,
    even if somebody replaces a subfolder by one meanwhile."""
    with suppress(OSError), os.scandir(folder) as entries, ThreadPoolExecutor(_AT_ONCE) as threads:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                threads.submit(shutil.rmtree, entry.path, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)
