"""A private copy of the sources, made once, so that the same files are checked, rendered and published.

Changes that an editor saves during a build are for the next build.
"""

from __future__ import annotations

import os
import stat
import tempfile
from codecs import BOM_UTF8
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ..errors import Problem
from ..files.project_folders import SOURCES
from ..files.source_file import LARGEST, LARGEST_PAGE, READ_PLAIN, in_words, is_litter

MOST_BYTES = 4 * 1024 * 1024  # of one file of the theme or of hooks
_WRITTEN = ("docs/", "i18n/", "municipalities/")  # by editors and municipalities
_THEME = ("overrides/", "hooks/")  # these are published or run as they are
_SETTINGS = "mkdocs.yml"
_LEFT_OUT = "__pycache__"


@contextmanager
def snapshot(root: Path, within: Path) -> Iterator[tuple[Path, list[Problem]]]:
    """Provide, for the life of the context, a folder in ``within`` with a copy of the project's sources. Also
    return a problem for each file that is too large or not plain: it is not opened or copied."""
    with tempfile.TemporaryDirectory(prefix="snapshot-", dir=within) as name:
        folder, problems = Path(name), list[Problem]()
        for source in (_SETTINGS, *SOURCES):
            if os.path.lexists(root / source):
                problems += _take(root, folder, source)
        yield folder, problems


def _take(root: Path, folder: Path, path: str) -> Iterator[Problem]:
    """Copy a file or a folder; yield a problem for each file that cannot be copied."""
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
        with suppress(FileNotFoundError):  # an editor is just replacing it
            data = _read(root / path)
            (folder / path).write_bytes(_plain(data) if path.startswith(_THEME) else data)


def _largest(path: str) -> int:
    """Return the greatest size of a source in bytes, by its kind."""
    if path.startswith(_WRITTEN):
        if path.endswith(".csv"):  # the records of translations
            return MOST_BYTES
        return LARGEST_PAGE if path.endswith(".md") else LARGEST
    return MOST_BYTES


def _plain(data: bytes) -> bytes:
    """Return a text without a byte order mark, and with ``\\n`` at the end of each line: the same bytes from
    any editor. Files with zeros stay as they are: pictures, and texts in UTF-16, which the check refuses."""
    if b"\0" in data:
        return data
    return data.removeprefix(BOM_UTF8).replace(b"\r\n", b"\n").replace(b"\r", b"\n")


def _read(path: Path) -> bytes:
    """Return the bytes of a plain file. A link raises OSError, and a pipe does not block."""
    handle = os.open(path, READ_PLAIN)
    with os.fdopen(handle, "rb") as file:
        return file.read(MOST_BYTES)
