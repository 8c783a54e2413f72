"""A record of the files that a build wrote into a copy's folder. The next build finds later changes by it.

For each file the record holds a digest of its bytes and its facts from the file system. Unchanged facts mean
unchanged bytes, as nobody can set a change time (ctime) back. If the facts differ, the bytes are read.
"""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..files.digests import sha256
from ..files.project_folders import CAMPAIGN_JSON
from ..files.source_file import READ_PLAIN
from ..site.list_package_versions import PACKAGE

FILE_MODE, FOLDER_MODE = 0o644, 0o755  # independent of the umask: a web server is another user
_LARGEST_CAMPAIGN_JSON = 100_000  # bytes; the file has about 2,000
Facts = tuple[int, ...]  # of one file: mode, size, modification and change time in nanoseconds, inode


@dataclass(frozen=True)
class CopyRecord:
    """``key`` names all inputs of the copy; ``files`` has the digest and facts of each file."""

    key: str
    files: Mapping[str, tuple[str, Facts]]

    def compare(self, folder: Path) -> Comparison:
        """Compare the present contents of ``folder`` with the record."""
        untouched: dict[str, tuple[str, Facts]] = {}
        strange = False
        for path, found in walk(folder):
            digest, facts = self.files.get(path, ("", ()))
            if digest and (facts == found or _same(f"{folder}/{path}", digest, found)):
                untouched[path] = (digest, found)
            else:
                strange = True
        return Comparison(untouched, not strange and len(untouched) == len(self.files))

    def save(self, path: Path) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.write_text(json.dumps({"key": self.key, "files": self.files}), "utf-8")


@dataclass(frozen=True)
class Comparison:
    """``untouched`` has the files with unchanged bytes, with their present facts. ``whole`` is true if
    nothing else differs: no file is missing, changed or added, and every folder has its mode."""

    untouched: Mapping[str, tuple[str, Facts]]
    whole: bool


def read_record(path: Path) -> CopyRecord | None:
    """Return the saved record; None if there is none or a killed build left half of it."""
    try:
        saved = json.loads(path.read_bytes())
        files = {name: (digest, tuple(facts)) for name, (digest, facts) in saved["files"].items()}
        return CopyRecord(saved["key"], files)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def walk(folder: Path) -> Iterator[tuple[str, Facts]]:
    """Yield the path below ``folder`` and the facts of everything that is not a plain folder, without
    following links. Folders with another mode than `FOLDER_MODE` are included, because no build leaves them
    so. The path of ``folder`` itself is empty."""
    root = os.fspath(folder)
    if os.path.lexists(root) and not is_plain_folder(root):
        yield "", facts_of(os.lstat(root))
    waiting = [""]
    while waiting:
        above = waiting.pop()
        try:
            with os.scandir(f"{root}/{above}") as entries:
                for entry in entries:
                    found = entry.stat(follow_symlinks=False)
                    path = above + entry.name
                    if stat.S_ISDIR(found.st_mode):
                        waiting.append(f"{path}/")
                        if stat.S_IMODE(found.st_mode) == FOLDER_MODE:
                            continue
                    yield path, facts_of(found)
        except (FileNotFoundError, NotADirectoryError):
            continue


def is_plain_folder(path: str | Path) -> bool:
    """Whether the path is a folder with `FOLDER_MODE`, and not a link."""
    return os.path.lexists(path) and os.lstat(path).st_mode == stat.S_IFDIR | FOLDER_MODE


def is_copy(folder: Path) -> bool:
    """Whether a folder is a copy of a municipality's site: its `CAMPAIGN_JSON` is a plain file with what a
    build writes there. Another program may have a file of that name, and nothing of it may be replaced."""
    _, data = _read(folder / CAMPAIGN_JSON, _LARGEST_CAMPAIGN_JSON)
    try:
        said = json.loads(data)
        return "inputs" in said and PACKAGE in said["packages"] and "code" in said["municipality"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return False


def facts_of(found: os.stat_result) -> Facts:
    return (found.st_mode, found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


def facts_if_same(path: str | Path, digest: str, size: int) -> Facts:
    """Return the facts of a plain file if its bytes have this digest, else nothing. The facts are read before
    the bytes, so a later change to the file changes them. At most one byte more than ``size`` is read."""
    facts, data = _read(path, size)
    return facts if sha256(data) == digest else ()


def is_as_written(path: str | Path, digest: str, size: int) -> bool:
    """Whether a plain file has these bytes and `FILE_MODE`."""
    facts = facts_if_same(path, digest, size)
    return bool(facts) and facts[0] == stat.S_IFREG | FILE_MODE


def published(out: Path, records: Path, name: str, path: str) -> bytes | None:
    """Return the file ``path`` of the copy ``name`` below ``out`` as the last build wrote it; None if there
    was none, or if somebody has changed it."""
    record = read_record(records / f"{name}.json")
    digest, written = record.files.get(path, ("", ())) if record else ("", ())
    if not written:
        return None
    facts, data = _read(out / name / path, written[1])
    return data if facts and sha256(data) == digest else None


def _read(path: str | Path, size: int) -> tuple[Facts, bytes]:
    try:
        with os.fdopen(os.open(path, READ_PLAIN), "rb", buffering=0) as file:
            facts = facts_of(os.fstat(file.fileno()))
            return facts, file.read(size + 1)
    except OSError:  # it is a link, a folder, or nothing
        return (), b""


def _same(path: str, digest: str, found: Facts) -> bool:
    return found[0] == stat.S_IFREG | FILE_MODE and bool(facts_if_same(path, digest, found[1]))
