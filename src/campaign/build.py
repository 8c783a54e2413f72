"""Builds the sites: renders each country once, then fills and writes a copy for every municipality."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import as_completed
from pathlib import Path

from . import copying, rendering
from .cache import Cache
from .copy import SPARE, Form, Writer
from .place import Places
from .problem import CampaignError, Problem, unusable
from .project import Project
from .tree import LAST
from .turns import Turns
from .work import Work
from .workers import WORKERS, forked_workers

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
    step = copying.Copying(project, bases, out, form)
    with Turns(shares) as turns, forked_workers(copying.begin, step, turns) as workers:
        chunks = [workers.submit(copying.write_copies) for share in shares for _ in share]
        try:
            for chunk in as_completed(chunks):
                copies, written = chunk.result()
                built += written
                progress(copies)
        except OSError as error:
            outcome = "Not every copy was built. Each is whole, old or new."
            raise CampaignError([unusable(error)], outcome) from None
        finally:
            workers.shutdown(cancel_futures=True)
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
    problems: list[Problem] = []
    with (
        tempfile.TemporaryDirectory(prefix=_RENDERING, dir=cache) as folder,
        forked_workers(rendering.begin, project) as workers,
    ):
        renders = [
            workers.submit(rendering.render_and_keep, code, Path(folder, code), path)
            for code, path in missing.items()
        ]
        for render in as_completed(renders):
            try:
                render.result()
            except CampaignError as error:
                problems += error.problems
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
