"""What goes into a build, as short texts: the same text means that nothing of it has changed."""

from __future__ import annotations

import hashlib
import os
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import chain
from pathlib import Path

from .source_file import is_litter

LAST = "campaign.json"  # it names what its copy was made from, and is written last
_LARGEST = 5_000_000  # bytes; a hundred times the largest source of any kind
SOURCES = ("docs", "hooks", "i18n", "municipalities", "overrides")  # beside mkdocs.yml


def digest(parts: Iterable[bytes]) -> str:
    """SHA-256 of parts that cannot run into each other, in hexadecimal."""
    whole = hashlib.sha256()
    for part in parts:
        whole.update(len(part).to_bytes(8, "big"))
        whole.update(part)
    return whole.hexdigest()


def files(root: Path, *names: str, but: str = ".pyc") -> Iterator[bytes]:
    """Path and bytes of every file below these folders (or of these files) ``but`` those with that
    ending and other programs' litter, in an order that is the same everywhere. Of a file that is too large
    for any that we read, its size and the time of its last change: a check will refuse it."""
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
    """Faster than a `Path`, which also remembers the parts of every path that there was."""
    with open(path, "rb", buffering=0) as file:
        return file.read()


@cache
def modules_digest() -> bytes:
    """Of our own code, read once a process."""
    return digest(files(Path(__file__).parent.parent, ".")).encode()


@cache
def code() -> tuple[bytes, ...]:
    """Our own code, the interpreter, and the version of every installed package."""
    installed = Path(sysconfig.get_path("purelib")).glob("*.dist-info")
    versions = "\n".join([sys.version, *sorted(path.name for path in installed)])
    return (versions.encode(), modules_digest())


def project_digest(root: Path) -> str:
    """Of everything that any copy could be made of."""
    return digest(chain(code(), files(root, "mkdocs.yml", *SOURCES)))
