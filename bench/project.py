"""A copy of the project in its own folder, for benchmarks that change or build it."""

from __future__ import annotations

import shutil
from pathlib import Path

from campaign.files.project_folders import SOURCES

ROOT = Path(__file__).parent.parent


def copy_project(folder: Path) -> None:
    """Copy all inputs of a build into ``folder``, which is made if missing."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copy(ROOT / "mkdocs.yml", folder)
    for name in SOURCES:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
