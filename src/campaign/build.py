"""Builds the sites: renders each country once, then fills and writes a copy for every municipality."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from .cache import Cache
from .copy import SPARE, Form, Writer
from .copying import Copying
from .fingerprint import LAST
from .place import Places
from .problem import CampaignError, Problem, unusable
from .project import Project
from .turns import Turns
from .work import Work
from .workers import WORKERS, results

_RENDERING = ".render-"
Progress = Callable[[int], None]  # told how many parts were done since the last time


def build_sites(
    project: Project, work: Work, out: Path, form: Form, fresh: bool, progress: Progress
) -> tuple[int, int]:
    """Render and write all of ``work`` below ``out``, a folder that is there; ``fresh`` reuses nothing. How
    many copies were written because something of theirs had changed, and how many were taken away. Nothing
    is written there before every country has been rendered without a problem. Raises `CampaignError` with
    the problems of all countries, or with what could not be read or written: every copy is whole then."""
    cache = Cache(project)
    bases = {code: cache.path(code) for code in work.countries}
    missing = {code: path for code, path in bases.items() if fresh or not path.exists()}
    progress(len(bases) - len(missing))
    _render(project, missing, progress)
    if fresh:
        shutil.rmtree(out / SPARE, ignore_errors=True)
    built = 0
    shares = work.shares(WORKERS)
    copying = Copying(project, bases, out, form)
    with Turns(shares) as turns:
        try:
            for copies, written in results(partial(copying.write, turns.of(n)) for n in range(WORKERS)):
                built += written
                progress(copies)
        except OSError as error:
            outcome = "Not every copy was built. Each is whole, old or new."
            raise CampaignError([unusable(error)], outcome) from None
    superfluous = list(_superfluous(out, work, project.places))
    writer = Writer(out, form)
    for name in superfluous:
        writer.remove(name)
    return built, len(superfluous)


def _render(project: Project, missing: dict[str, Path], progress: Progress) -> None:
    cache = project.root / ".cache"
    for left_by_a_killed_build in cache.glob(f"{_RENDERING}*"):
        shutil.rmtree(left_by_a_killed_build)
    if not missing:
        return
    from .rendering import render_and_keep  # most builds render nothing

    problems: list[Problem] = []
    bases = [*missing.items()]
    with (
        tempfile.TemporaryDirectory(prefix=_RENDERING, dir=cache) as folder,
        Turns([bases[n::WORKERS] for n in range(WORKERS)]) as turns,
    ):
        render = partial(render_and_keep, project, Path(folder))
        for found in results(partial(render, turns.of(n)) for n in range(WORKERS)):
            problems += found
            progress(1)
    if problems:
        raise CampaignError(problems)


def _superfluous(out: Path, work: Work, places: Places) -> Iterator[str]:
    """The copies of places that are no more, in the countries of which this build makes every copy."""
    for code in sorted(work.whole):
        for folder in os.scandir(out / code) if (out / code).is_dir() else ():
            name = f"{code}/{folder.name}"
            if name not in places.municipalities and os.path.exists(os.path.join(folder.path, LAST)):
                yield name
