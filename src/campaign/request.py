"""A build as it is asked for: it waits for its turn, and is over at once where nothing has changed.

This module imports little, like the stamp that it asks: what builds comes when there is something to do.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from .lock import locked
from .stamp import Stamp, Standing

if TYPE_CHECKING:
    from .project import Project


class Bar(Protocol):
    """What shows the progress of a build."""

    def update(self, steps: int) -> None: ...


@dataclass(frozen=True)
class Done:
    """What a build did: copies written and taken away. All others were left alone."""

    built: int
    removed: int
    standing: Standing

    @property
    def unchanged(self) -> int:
        return self.standing.copies - self.built


@dataclass(frozen=True)
class Request:
    """Everything that a build can be told. ``names`` are COUNTRY or COUNTRY/SLUG, none for all;
    ``shard`` is (3, 8) for the third of eight parts."""

    root: Path
    out: Path
    names: tuple[str, ...] = ()
    shard: tuple[int, int] | None = None
    precompress: bool = False
    independent: bool = False
    fresh: bool = False
    release: bool = False

    def fulfil(
        self,
        moment: datetime,
        waiting: Callable[[], None],
        bar: Callable[[int], AbstractContextManager[Bar]],
    ) -> Done:
        """Build what is asked for. ``waiting`` is called once while another build holds the project or
        the folder; ``bar`` is told how many parts there are. Raises `CampaignError`."""
        with locked(self.root / ".cache", waiting):
            stamp = Stamp(self.root, self.out, self.names, self.shard, self.precompress, self.independent)
            standing = None if self.fresh or self.release else stamp.standing()
            if standing:
                return Done(0, 0, standing)
            return self._build(stamp, moment, waiting, bar)

    def _build(
        self,
        stamp: Stamp,
        moment: datetime,
        waiting: Callable[[], None],
        bar: Callable[[int], AbstractContextManager[Bar]],
    ) -> Done:
        gc.set_threshold(50_000)  # importing, reading and filling make many objects, few of them in circles
        from .workers import Worker

        # All problems of all files at once, before MkDocs sees the first. The other core need not wait.
        release = self.names if self.release else None
        with Worker(partial(_checked, self.root, moment, release)) as checking:
            from .build import build_sites
            from .copy import Form
            from .copying import prepare
            from .work import chosen

            prepare(self.root)
            (project,) = checking
        work = chosen(project.places, self.names, self.shard)
        stamp.remove()
        with locked(self.out, waiting), bar(work.parts) as steps:
            built, removed = build_sites(
                project, work, self.out, Form(self.precompress, self.independent), self.fresh, steps.update
            )
        standing = project.standing(work.copies)
        stamp.put((name for names in work.countries.values() for name in names), standing)
        return Done(built, removed, standing)


def _checked(root: Path, moment: datetime, release: tuple[str, ...] | None) -> Iterator[Project]:
    from .check import check_project

    yield check_project(root, moment, release)
