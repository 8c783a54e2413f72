"""Changes of several files of the project: shows them as ``diff -u`` does, and writes all of them or none."""

from __future__ import annotations

import difflib
import os
import shutil
from collections.abc import Mapping
from pathlib import Path


def difference(old: Mapping[str, str], new: Mapping[str, str]) -> str:
    """Return the lines that would change, as ``diff -u`` shows them. ``old`` and ``new`` are texts by the
    path of their file; a file that ``old`` lacks is new."""
    return "".join(
        line if line.endswith("\n") else f"{line}\n"
        for file, text in new.items()
        for line in difflib.unified_diff(
            old.get(file, "").splitlines(keepends=True), text.splitlines(keepends=True), file, file
        )
    )


def write_all(root: Path, texts: Mapping[str, str]) -> None:
    """Write each text (by its path below ``root``) beside its file, then exchange them: a full disk changes
    no file."""
    beside = {root / file: (root / file).with_name(f".{Path(file).name}.new") for file in texts}
    try:
        for (path, new), text in zip(beside.items(), texts.values(), strict=True):
            path.parent.mkdir(parents=True, exist_ok=True)
            with open(new, "wb") as file:
                file.write(text.encode())
                file.flush()
                os.fsync(file.fileno())
            if path.exists():
                shutil.copymode(path, new)
        for path, new in beside.items():
            os.replace(new, path)
    finally:
        for new in beside.values():
            new.unlink(missing_ok=True)
