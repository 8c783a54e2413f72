"""The files that docs/ may hold: pages and pictures, as plain files of moderate size. Every web server and
every file system must handle their names alike."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Collection, Iterator
from pathlib import Path

from ..errors import Problem, shown
from ..files.source_file import LARGEST_PAGE, is_litter

PICTURE_SIZES = {".svg": 20_480, ".png": 20_480, ".webp": 20_480}  # bytes at most
SIZES = {".md": LARGEST_PAGE, **PICTURE_SIZES}
SHARED = "pictures"  # the one folder besides those of the languages: pictures for all of them
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_OTHER_PICTURES = (".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".avif", ".heic")
_LONGEST = 80  # characters of a path below docs/


def is_picture(path: str) -> bool:
    """Whether a file below docs/ is a picture, which copies get besides the pages."""
    name = path.rpartition("/")[2]
    return not is_litter(name) and name.endswith(tuple(PICTURE_SIZES))


def find_docs(root: Path, languages: Collection[str]) -> tuple[list[str], list[Problem]]:
    """Return the allowed files below docs/ (``et/help.md``, ``pictures/map.svg``), and the problems of all
    others. ``languages`` have interface words, and each has a folder."""
    good: list[str] = []
    problems: list[Problem] = []
    known = {*languages, SHARED}
    for entry in _walk(root / "docs", known, problems):
        path = Path(entry.path).relative_to(root / "docs")
        found = [*_problems(entry, path, known)]
        problems += found
        good += [] if found else [path.as_posix()]
    return sorted(good), problems


def _walk(folder: Path, known: Collection[str], problems: list[Problem]) -> Iterator[os.DirEntry[str]]:
    """Yield every entry that is not a folder; links are not followed. ``known`` are the folders that are
    allowed here; if it is empty, all are."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except FileNotFoundError:
        return
    for entry in entries:
        if is_litter(entry.name):
            continue
        if not entry.is_dir(follow_symlinks=False):
            yield entry
        elif known and entry.name not in known:
            expected = (
                f"a folder for each language of i18n/ ({', '.join(sorted({*known} - {SHARED}))}), or {SHARED}"
            )
            problems.append(Problem(f"docs/{entry.name}", 0, "", "another folder", expected))
        else:
            yield from _walk(Path(entry.path), (), problems)


def _problems(entry: os.DirEntry[str], path: Path, known: Collection[str]) -> Iterator[Problem]:
    """Yield the problems of one file; at most one if it is not a plain file or has a wrong kind. ``known``
    are the folders of docs/."""
    found = entry.stat(follow_symlinks=False)
    file = f"docs/{path.as_posix()}"
    if stat.S_ISLNK(found.st_mode):
        yield Problem(file, 0, "", "a symbolic link", "a plain file")
    elif not stat.S_ISREG(found.st_mode):
        yield Problem(file, 0, "", "a device or a pipe", "a plain file")
    elif path.suffix not in SIZES:
        kind = f"a file {path.suffix}" if path.suffix else "a file without an ending"
        remedy = ": save it as WebP" if path.suffix.lower() in _OTHER_PICTURES else ""
        yield Problem(file, 0, "", kind, f"{', '.join(SIZES)}{remedy}")
    else:
        if found.st_size > (most := SIZES[path.suffix]):
            yield Problem(file, 0, "", f"{found.st_size:,}", f"at most {most:,} bytes")
        yield from _name_problems(file, path, known)


def _name_problems(file: str, path: Path, known: Collection[str]) -> Iterator[Problem]:
    """Yield the problems of the place and the name of a page or a picture."""
    if len(path.parts) == 1 or (path.parts[0] == SHARED and path.suffix == ".md"):
        yield Problem(file, 0, "", "a file outside of them", "a file in one of the languages' folders")
    elif len(path.parts) > 2 and path.parts[1] in known:
        # In a copy the pages of the first language are beside the folders of the others.
        yield Problem(
            file, 0, "", shown(path.parts[1]), "a folder whose name is not that of a folder of docs/"
        )
    else:
        for part in (*path.parts[:-1], path.stem):
            if not _NAME.fullmatch(part):
                expected = "a name of small letters a-z, digits and single hyphens"
                yield Problem(file, 0, "", shown(part), expected)
        if len(path.as_posix()) > _LONGEST:
            expected = f"a path of at most {_LONGEST} characters"
            yield Problem(file, 0, "", str(len(path.as_posix())), expected)
