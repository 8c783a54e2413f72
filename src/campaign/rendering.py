"""The rendering step as one worker does it, country after country."""

from __future__ import annotations

import gc
from pathlib import Path

from .base import read_base
from .cache import keep
from .project import Project
from .render import render_country

_project: Project


def begin(project: Project) -> None:
    """What a worker does first."""
    global _project
    _project = project
    gc.set_threshold(500_000)  # MkDocs makes many circles, and a country or two later this process ends


def render_and_keep(country: str, folder: Path, path: Path) -> None:
    """Render the base of a country in ``folder`` and keep it at ``path``. Raises `CampaignError`."""
    pages = render_country(_project, country, folder)
    keep(read_base(folder, country, pages), path)
