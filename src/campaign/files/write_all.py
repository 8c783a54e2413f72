"""Writes several files of the project: all of them, or none."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from pathlib import Path


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
