"""Digests (SHA-256) of files, of the whole project and of our code: equal ones mean that nothing changed."""

from __future__ import annotations

import hashlib
import os
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path

from .project_folders import SOURCES
from .source_file import is_litter

_LARGEST = 5_000_000  # bytes; a hundred times the largest source of any kind


def sha256(data: bytes) -> str:
    """Return the SHA-256 (hexadecimal) of the bytes."""
    return hashlib.sha256(data).hexdigest()


@lru_cache(1000)  # a country's copies share fewer files than this
def shared_sha256(data: bytes) -> str:
    """Return the SHA-256 of a file of a copy. Many copies have the same file, and both the manifest and the
    build need its digest, so results are kept."""
    return sha256(data)


def digest(parts: Iterable[bytes]) -> str:
    """Return the SHA-256 (hexadecimal) of the parts. It also depends on where each part ends."""
    whole = hashlib.sha256()
    for part in parts:
        whole.update(len(part).to_bytes(8, "big"))
        whole.update(part)
    return whole.hexdigest()


def files(root: Path, *names: str, but: str = ".pyc") -> Iterator[bytes]:
    """Yield path and bytes of every file in these folders (or of these files), except files that end in
    ``but`` and other programs' litter. The order is the same on every machine. A file above `_LARGEST` counts
    by its size and modification time, because a check will refuse it."""
    above = os.path.join(root, "")
    for name in names:
        if (root / name).is_file():
            yield name.encode()
            yield _content(os.path.join(root, name))
        for folder, folders, here in os.walk(root / name):
            folders[:] = sorted(inside for inside in folders if not is_litter(inside))
            for file in sorted(here):
                path = os.path.join(folder, file)
                if not file.endswith(but) and not is_litter(file) and os.path.isfile(path):
                    yield os.fsencode(path[len(above) :])
                    yield _content(path)


def _content(path: str) -> bytes:
    found = os.stat(path)
    if found.st_size > _LARGEST:
        return f"{found.st_size} bytes of {found.st_mtime_ns}".encode()
    return read_file(path)


def read_file(path: str) -> bytes:
    """Read a file. This is faster than `Path.read_bytes`, which keeps the parts of every path in memory."""
    with open(path, "rb", buffering=0) as file:
        return file.read()


@cache
def modules_digest() -> bytes:
    """Return the digest of our own code; it is read once per process."""
    return digest(files(Path(__file__).parent.parent, ".")).encode()


@cache
def code() -> tuple[bytes, ...]:
    """Return the digests of our own code, the interpreter, and the version of every installed package."""
    installed = Path(sysconfig.get_path("purelib")).glob("*.dist-info")
    versions = "\n".join([sys.version, *sorted(path.name for path in installed)])
    return (versions.encode(), modules_digest())


def project_digest(root: Path) -> str:
    """Return the digest of every file that a copy can depend on."""
    return digest(chain(code(), files(root, "mkdocs.yml", *SOURCES)))
