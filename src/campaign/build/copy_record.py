"""What a build wrote into a copy's folder, so that the next one sees what was changed there since.

A record holds, for each file, a digest of its bytes and what the system says of the file. Where the system
still says the same, the bytes are the same: nobody can set a file's change time (ctime) back. Where it says
something else, the bytes are read.
"""

from __future__ import annotations

import hashlib
import json
import os
import stat
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from ..files.source_file import READ_PLAIN

FILE_MODE, FOLDER_MODE = 0o644, 0o755  # whatever the umask: a web server is another user
Facts = tuple[int, ...]  # of one file: mode, size, modification and change time in nanoseconds, inode


@dataclass(frozen=True)
class CopyRecord:
    """``key`` names all that the copy was made of; ``files`` has digest and facts of each file."""

    key: str
    files: Mapping[str, tuple[str, Facts]]

    def compare(self, folder: Path) -> Comparison:
        """What stands in ``folder`` today, beside what was written there."""
        untouched: dict[str, tuple[str, Facts]] = {}
        strange = False
        for path, found in walk(folder):
            digest, facts = self.files.get(path, ("", ()))
            if digest and (facts == found or _same_bytes(folder / path, digest, found)):
                untouched[path] = (digest, found)
            else:
                strange = True
        return Comparison(untouched, not strange and len(untouched) == len(self.files))

    def save(self, path: Path) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.write_text(json.dumps({"key": self.key, "files": self.files}), "utf-8")


@dataclass(frozen=True)
class Comparison:
    """``untouched`` has the files that still hold what was written, with what the system says of them today;
    ``whole`` says that there is nothing else: no file is missing, changed or added, no folder has another
    mode."""

    untouched: Mapping[str, tuple[str, Facts]]
    whole: bool


def read_record(path: Path) -> CopyRecord | None:
    """The record that was saved there; None where there is none, or where a killed build left half of it."""
    try:
        saved = json.loads(path.read_bytes())
        files = {name: (digest, tuple(facts)) for name, (digest, facts) in saved["files"].items()}
        return CopyRecord(saved["key"], files)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def walk(folder: Path) -> Iterator[tuple[str, Facts]]:
    """Path below ``folder`` and facts of everything that is no plain folder, links not followed. A folder
    of another mode than `FOLDER_MODE` comes, too: it is nothing that a build leaves. The path of ``folder``
    itself is empty."""
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
    """Whether a folder is there that is no link and has `FOLDER_MODE`."""
    return os.path.lexists(path) and os.lstat(path).st_mode == stat.S_IFDIR | FOLDER_MODE


def facts_of(found: os.stat_result) -> Facts:
    return (found.st_mode, found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino)


def digest_of(data: bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def read_with_facts(path: str | Path, size: int) -> tuple[Facts, bytes]:
    """What the system says of a plain file, and then its bytes, one more than ``size`` at most."""
    handle = os.open(path, READ_PLAIN)
    with os.fdopen(handle, "rb", buffering=0) as file:
        return facts_of(os.fstat(handle)), file.read(size + 1)


def _same_bytes(path: Path, digest: str, found: Facts) -> bool:
    if found[0] != stat.S_IFREG | FILE_MODE:
        return False
    try:
        _, data = read_with_facts(path, found[1])
    except OSError:
        return False
    return digest_of(data) == digest
