"""The rendering step as one worker does it, country after country."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from pathlib import Path

from .base import read_base
from .cache import keep
from .problem import CampaignError, Problem
from .project import Project
from .render import render_country


def render_and_keep(
    project: Project, folder: Path, bases: Iterable[tuple[str, Path]]
) -> Iterator[list[Problem]]:
    """Render countries in ``folder`` and keep the base of each at its path. The problems of each, one list
    after the other."""
    gc.set_threshold(500_000)  # MkDocs makes many circles, and a country or two later this process ends
    for country, path in bases:
        try:
            pages = render_country(project, country, folder / country)
            keep(read_base(folder / country, country, pages), path)
        except CampaignError as error:
            yield error.problems
        else:
            yield []
