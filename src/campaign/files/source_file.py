"""Reads the files of docs/, i18n/ and municipalities/, and nothing but plain files.

Files of other programs are skipped everywhere. A file that could block, fill the memory or lead out of the
project is refused before any of it is read.
"""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Collection
from pathlib import Path
from typing import BinaryIO

from ..errors import CampaignError, Problem, shown

LARGEST = 200_000  # bytes; the largest real file, the words of one language, has about 30,000
LARGEST_PAGE = 60_000  # the largest real page has about 15,000, and a page must stay small

# Files that systems, editors and network drives leave in folders, besides all names that begin with a dot.
_LITTER = re.compile(
    r"\..*|.*~|#.*#|~\$.*|.*\.(?:bak|orig|rej|swp|swo|tmp|temp|part|crdownload)|(?:eh)?thumbs\.db|desktop\.ini"
    r"|.*___jb_(?:tmp|old)___|icon\r|4913|@(?:eadir|tmp|recycle|__thumb|sharebin)|#(?:recycle|snapshot)"
    r"|\$recycle\.bin|system volume information|lost\+found|__macosx",
    re.I | re.S,
)
_KINDS = {
    stat.S_IFLNK: "a symbolic link",
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}
# Flags of `os.open` for a file that becomes a link or a pipe at this moment: do not follow it and do not
# wait, if the system can do that (Windows cannot).
_PLAIN = ("O_NOFOLLOW", "O_NONBLOCK", "O_BINARY")
READ_PLAIN = os.O_RDONLY | sum(getattr(os, name, 0) for name in _PLAIN)
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")  # its byte order marks; without one, half of its bytes are zero


def is_litter(name: str) -> bool:
    """Whether a file or folder of this name is another program's: never read, reported or published."""
    return _LITTER.fullmatch(name) is not None


def entries(folder: Path) -> list[Path]:
    """Return the sorted contents of a folder without other programs' litter; empty if it does not exist."""
    if not folder.is_dir():
        return []
    return [folder / name for name in sorted(os.listdir(folder)) if not is_litter(name)]


def source_files(folder: Path, root: Path) -> tuple[list[Path], list[Problem]]:
    """Return every plain file below a folder, sorted, and a problem for each link, pipe or device there."""
    problems = _above(folder / "x", root)
    files, folders = [], [] if problems else [folder]
    while folders:
        for path in entries(folders.pop()):
            kind = _kind(path)
            if kind == stat.S_IFDIR:
                folders.append(path)
            elif kind == stat.S_IFREG:
                files.append(path)
            else:
                problems.append(_wrong_kind(path, root, kind, "a plain file"))
    return sorted(files), problems


def language_files(
    folder: Path, root: Path, subfolders: Collection[str] = ()
) -> tuple[dict[str, Path], list[Problem]]:
    """Return the files LANGUAGE.yml of a folder by language, and a problem for everything else that is not
    one of its ``subfolders``."""
    found, problems = {}, _above(folder / "x", root)
    for path in [] if problems else entries(folder):
        if path.name in subfolders:
            continue
        if re.fullmatch(r"[a-z]{2}\.yml", path.name):
            found[path.stem] = path
        else:
            problems.append(
                Problem(
                    _name(path, root), 0, "", shown(path.name), "only files named by language, such as et.yml"
                )
            )
    return found, problems


def read_text(path: Path, root: Path, largest: int = LARGEST) -> str:
    """Return the text of a source file without a byte order mark and with ``\\n`` at the end of each line.
    `CampaignError` as in `read_as_saved`."""
    return with_plain_ends(read_as_saved(path, root, largest))


def read_at_most(file: BinaryIO, name: str, most: int) -> bytes:
    """Return the bytes of an open file; raise `CampaignError` if there are more than ``most``. Messages call
    the file ``name``."""
    size = os.fstat(file.fileno()).st_size
    data = file.read(most + 1) if size <= most else b""
    if (found := max(size, len(data))) > most:
        raise CampaignError([Problem(name, 0, "", f"{found:,}", f"at most {most:,} bytes")])
    return data


def with_plain_ends(text: str) -> str:
    """Return the text with ``\\n`` at the end of each line, from any system's line ends."""
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")


def read_as_saved(path: Path, root: Path, largest: int = LARGEST) -> str:
    """Return the text of a UTF-8 file of at most ``largest`` bytes below ``root``. Raise `CampaignError` if
    it is not a plain file in plain folders, is too large, or has another encoding."""
    name = _name(path, root)
    problems = _above(path, root)
    if not problems and (kind := _kind(path)) != stat.S_IFREG:
        problems = [_wrong_kind(path, root, kind, "a plain file")]
    if problems:
        raise CampaignError(problems)
    with open(os.open(path, READ_PLAIN), "rb") as file:
        raw = read_at_most(file, name, largest)
    if raw.startswith(_UTF_16) or 4 * raw.count(b"\0") > len(raw):
        expected = "text that is saved as UTF-8"
        raise CampaignError([Problem(name, 0, "", "text in UTF-16 or no text at all", expected)])
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = len(re.findall(rb"\r\n?|\n", raw[: error.start])) + 1
        found = f"the byte 0x{raw[error.start]:02x}"
        raise CampaignError([Problem(name, line, "", found, "UTF-8 text")]) from None


def _above(path: Path, root: Path) -> list[Problem]:
    """Return a problem if a folder between ``root`` and the file exists but is not a plain folder."""
    folder = root
    for part in path.relative_to(root).parts[:-1]:
        folder = folder / part
        kind = _kind(folder) if os.path.lexists(folder) else stat.S_IFDIR
        if kind != stat.S_IFDIR:
            return [_wrong_kind(folder, root, kind, "a plain folder")]
    return []


def _kind(path: Path) -> int:
    return stat.S_IFMT(path.lstat().st_mode)


def _name(path: Path, root: Path) -> str:
    return path.relative_to(root).as_posix()


def _wrong_kind(path: Path, root: Path, kind: int, expected: str) -> Problem:
    return Problem(_name(path, root), 0, "", in_words(kind), expected)


def in_words(kind: int) -> str:
    """Return the name of a kind of file (`stat.S_IFMT` of its mode), such as ``a symbolic link``."""
    return _KINDS.get(kind, "a file" if kind == stat.S_IFREG else "a special file")
