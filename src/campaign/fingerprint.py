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

LAST = "campaign.json"  # it names what its copy was made from, and is written last
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
    ending, in an order that is the same everywhere."""
    above = os.path.join(root, "")
    for name in names:
        if (root / name).is_file():
            yield name.encode()
            yield (root / name).read_bytes()
        for folder, folders, here in os.walk(root / name):
            folders.sort()
            for file in sorted(here):
                path = os.path.join(folder, file)
                if not file.endswith(but) and os.path.isfile(path):
                    yield path[len(above) :].encode()
                    yield read_file(path)


def read_file(path: str) -> bytes:
    """Faster than a `Path`, which also remembers the parts of every path that there was."""
    with open(path, "rb", buffering=0) as file:
        return file.read()


@cache
def modules_digest() -> bytes:
    """Of our own code, read once a process."""
    return digest(files(Path(__file__).parent, ".")).encode()


@cache
def code() -> tuple[bytes, ...]:
    """Our own code, the interpreter, and the version of every installed package."""
    installed = Path(sysconfig.get_path("purelib")).glob("*.dist-info")
    versions = "\n".join([sys.version, *sorted(path.name for path in installed)])
    return (versions.encode(), modules_digest())


def project_digest(root: Path) -> str:
    """Of everything that any copy could be made of."""
    return digest(chain(code(), files(root, "mkdocs.yml", *SOURCES)))
