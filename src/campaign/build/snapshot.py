"""A private copy of the sources, taken once: what is checked is what is rendered and published.

Whatever an editor saves while a build runs is for the next build.
"""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ..errors import Problem
from ..files.fingerprint import SOURCES
from ..files.source_file import LARGEST, LARGEST_PAGE, READ_PLAIN, in_words, is_litter

MOST_BYTES = 4 * 1024 * 1024  # of a file of the theme or of hooks
_WRITTEN = ("docs/", "i18n/", "municipalities/")  # by editors and municipalities
_SETTINGS = "mkdocs.yml"
_LEFT_OUT = "__pycache__"


@contextmanager
def snapshot(root: Path, within: Path) -> Iterator[tuple[Path, list[Problem]]]:
    """A folder ``within`` another that holds the sources of the project ``root`` as they are now, for as long
    as the context lasts; and a problem for everything that is no plain file or folder, or too large: nothing
    of it is opened or copied."""
    with tempfile.TemporaryDirectory(prefix="snapshot-", dir=within) as name:
        folder, problems = Path(name), list[Problem]()
        for source in (_SETTINGS, *SOURCES):
            if os.path.lexists(root / source):
                problems += _take(root, folder, source)
        yield folder, problems


def _take(root: Path, folder: Path, path: str) -> Iterator[Problem]:
    """Copy the file or the folder ``path``; what cannot be copied comes as problems."""
    found = (root / path).lstat()
    if stat.S_ISDIR(found.st_mode):
        (folder / path).mkdir()
        for name in sorted(os.listdir(root / path)):
            if name != _LEFT_OUT and not is_litter(name):
                yield from _take(root, folder, f"{path}/{name}")
    elif not stat.S_ISREG(found.st_mode):
        kind = in_words(stat.S_IFMT(found.st_mode))
        yield Problem(path, 0, "", kind, "a plain file")
    elif found.st_size > (most := _largest(path)):
        yield Problem(path, 0, "", f"{found.st_size:,}", f"at most {most:,} bytes")
    else:
        with suppress(FileNotFoundError):  # an editor has just put another one in its place
            (folder / path).write_bytes(_read(root / path))


def _largest(path: str) -> int:
    """How many bytes a source may have, by what it is."""
    if path.startswith(_WRITTEN):
        return LARGEST_PAGE if path.endswith(".md") else LARGEST
    return MOST_BYTES


def _read(path: Path) -> bytes:
    """The bytes of a plain file; OSError where it has become a link, and no waiting where a pipe."""
    handle = os.open(path, READ_PLAIN)
    with os.fdopen(handle, "rb") as file:
        return file.read(MOST_BYTES)
