"""A whole build: read, check, render each country once, and write a copy for every place."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Protocol

from ..checks.check import Checked, check_whole, held_back_by, municipality_of
from ..checks.good_pages_cache import GoodPages
from ..errors import CampaignError, Problem
from ..files.delete_folder import delete_folder
from ..files.digests import digest
from ..files.file_modes import set_mode
from ..files.project_folders import CAMPAIGN_JSON
from ..pages.project import Project
from ..portal.door_pages import Doors
from ..site.base_site import Base, read_base
from ..site.base_site_cache import BaseCache
from ..site.mkdocs_build import render_country
from ..source.select_municipalities import Selection, chosen, in_scope
from .check_output_paths import door_problems, path_problems, stale_doors, target_problems
from .copy_job import Copying, kit_digest, moved_meetings
from .lock import locked
from .private_cache_folder import NAME, close_to_others, private_folder
from .record_of_written_files import FOLDER_MODE, published
from .snapshot import snapshot
from .summary import Summary
from .whole_build_up_to_date import UpToDate
from .workers import run
from .writer import Writer, stale_copies, workshop


class Bar(Protocol):
    """Shows the progress of a build."""

    def update(self, steps: int) -> None: ...


@dataclass(frozen=True)
class Screen:
    """The output of a build: ``say`` prints a line, ``bar`` shows the progress of so many steps."""

    say: Callable[[str], None]
    bar: Callable[[int], AbstractContextManager[Bar]]


@dataclass(frozen=True)
class Done:
    """The result of a build: how many copies were written and removed. ``left`` are problems that did not
    stop other copies; ``held_back`` are the places whose copies were not updated."""

    built: int
    removed: int
    summary: Summary
    left: Sequence[Problem] = ()
    held_back: Collection[str] = ()

    @property
    def unchanged(self) -> int:
        return self.summary.copies - self.built


@dataclass(frozen=True)
class Build:
    """The options of a build. ``names`` are COUNTRY or COUNTRY/SLUG, none for all; ``shard`` is (3, 8) for
    the third of eight parts; ``fresh`` reuses nothing of earlier builds."""

    root: Path
    out: Path
    names: tuple[str, ...] = ()
    shard: tuple[int, int] | None = None
    precompress: bool = False
    fresh: bool = False
    release: bool = False
    all_or_nothing: bool = False  # a release is always so, for the places that it names
    kits: Mapping[str, Path] = field(default_factory=dict)  # finished kits to put beside copies, by place

    def run(self, moment: datetime, screen: Screen) -> Done:
        """Build the places. After a `CampaignError` each copy is still whole, either old or new."""
        memory = private_folder(self.root / NAME)
        close_to_others(self.out)
        records = memory / "copies" / digest([os.fsencode(self.out)])
        kits = [(name, kit_digest(folder)) for name, folder in sorted(self.kits.items())]
        options = (self.names, self.shard, self.precompress, kits)
        with (
            locked(memory, screen.say),
            _scratch(memory) as scratch,
            snapshot(self.root, scratch) as (sources, problems),
        ):
            last = UpToDate(sources, self.out, records, *options)
            if not (self.fresh or self.release or problems) and (summary := last.summary()):
                return Done(0, 0, summary)
            good_pages = None if self.fresh else GoodPages(memory / "good-pages")
            release = self.names if self.release else None
            checked = check_whole(sources, moment, release, problems, good_pages)
            checked = self._with_moved_meetings(checked, records, moment)
            project, left = self._fit_to_build(checked)
            for problem in left:
                screen.say(f"Not built: {problem}" if not problem.contested else str(problem))
            held_back = checked.held_back
            selection = chosen(project.places, self.names, self.shard, held_back)
            last.forget()
            with locked(self.out, screen.say), screen.bar(selection.parts) as bar:
                bases = self._bases(project, selection, memory, scratch, bar.update)
                there = {*project.places.municipalities, *held_back}
                built, removed, doors = self._copies(
                    project, selection, bases, there, records, bar.update, screen.say
                )
            summary = Summary.of(project, selection.copies)
            if not left:
                last.remember(selection, summary, doors)
            return Done(built, removed, summary, left, [name for name in held_back if self._named(name)])

    def _with_moved_meetings(self, checked: Checked, records: Path, moment: datetime) -> Checked:
        """Add the problems of meetings that have moved since the last build of the named places."""
        if checked.general or checked.project is None:
            return checked
        places = checked.project.places
        named = (place for name, place in places.municipalities.items() if self._named(name))
        problems = [*moved_meetings(named, partial(published, self.out, records), moment)]
        held_back = held_back_by(problems)
        project = replace(checked.project, places=places.without(held_back))
        return replace(
            checked,
            problems=[*checked.problems, *problems],
            project=project,
            held_back={**checked.held_back, **held_back},
        )

    def _fit_to_build(self, checked: Checked) -> tuple[Project, list[Problem]]:
        """Return the project without the municipalities whose own files are wrong, and their problems: one
        municipality must not delay the corrections of others."""
        local = [problem for problem in checked.problems if self._is_local(problem)]
        general = checked.general
        if general or checked.project is None or (local and (self.release or self.all_or_nothing)):
            outcome = f"{checked.counts} Nothing was written." if checked.counts else ""
            raise CampaignError([*general, *local], outcome)
        return checked.project, sorted(set(local))

    def _is_local(self, problem: Problem) -> bool:
        """Whether a problem concerns one of the named places, or is contested in the country of one."""
        if place := municipality_of(problem):
            return self._named(place)
        country = problem.file.removeprefix("municipalities/").partition("/")[0]
        return problem.contested and (not self.names or any(n[:2] == country for n in self.names))

    def _named(self, place: str) -> bool:
        return in_scope(place, self.names)

    def _bases(
        self,
        project: Project,
        selection: Selection,
        memory: Path,
        scratch: Path,
        progress: Callable[[int], None],
    ) -> dict[str, Base]:
        """Return the base site of each country, kept from an earlier build or rendered now. Nothing is
        written to the sites before all are ready."""
        cache = BaseCache(memory / "bases", project)
        bases = {} if self.fresh else {code: cache.read(code) for code in selection.countries}
        found = {code: base for code, base in bases.items() if base}
        progress(len(found))
        missing = [code for code in selection.countries if code not in found]
        if not missing:
            return found
        problems: list[Problem] = []
        for code, wrong in run(partial(_render, project, cache, scratch), missing):
            problems += wrong
            progress(1)
            if not wrong:
                found[code] = read_base(scratch / code, code)
        if problems:
            raise CampaignError(problems)
        return found

    def _copies(
        self,
        project: Project,
        selection: Selection,
        bases: Mapping[str, Base],
        there: Collection[str],
        records: Path,
        progress: Callable[[int], None],
        say: Callable[[str], None],
    ) -> tuple[int, int, dict[str, bytes]]:
        """Write the copies that are not up to date, remove those of places that are no longer ``there``, and
        write the doors to all copies. Return both numbers and the doors."""
        problems = [
            *target_problems(self.out, selection.names, records),
            *door_problems(self.out, project, selection.countries),
            *path_problems(project.places, bases),
        ]
        if problems:
            raise CampaignError(problems)
        for code in selection.countries:
            folder = self.out / code
            folder.mkdir(exist_ok=True)
            if folder.stat().st_mode & 0o777 != FOLDER_MODE:
                set_mode(folder, FOLDER_MODE)
        built, in_one_step = 0, True
        with workshop(self.out) as new:
            writer = Writer(self.out, records, new, self.precompress)
            for done in run(Copying(project, bases, writer, self.kits), selection.chunks):
                built += done.written
                in_one_step &= done.in_one_step
                problems += done.problems
                progress(done.copies)
            stale = [name for code in selection.whole for name in stale_copies(self.out, code, there)]
            for name in stale:
                writer.remove(name)
            if not problems:
                doors = self._doors(project, selection, there)
                for path, data in doors.items():
                    writer.write_page(path, data)
                for path in stale_doors(self.out, selection.countries, doors):
                    writer.remove_page(path)
        if not in_one_step:
            say("The file system cannot exchange folders: each copy was away for a moment when it changed.")
        if problems:
            raise CampaignError(problems, "Not every copy was built. Each is whole, old or new.")
        return built, len(stale), doors

    def _doors(self, project: Project, selection: Selection, there: Collection[str]) -> dict[str, bytes]:
        """Return the doors of the countries of this build, and the main doors. A shard's doors lead to all
        places, because the other parts are built elsewhere; other doors lead only to copies that exist."""
        copies = {name for name in there if self.shard or (self.out / name / CAMPAIGN_JSON).is_file()}
        made = Doors(project, copies)
        pages = {path: data for code in selection.countries for path, data in made.country(code).items()}
        return pages | made.main(
            [
                code
                for code in project.places.countries
                if self.shard or code in selection.countries or (self.out / made.files(code)[0]).is_file()
            ]
        )


@contextmanager
def _scratch(memory: Path) -> Iterator[Path]:
    """Provide a folder for this build only. Leftovers of a killed build in it are deleted first."""
    folder = memory / "now"
    delete_folder(folder)
    folder.mkdir(mode=0o700)
    try:
        yield folder
    finally:
        delete_folder(folder)


def _render(project: Project, cache: BaseCache, folder: Path, code: str) -> tuple[str, list[Problem]]:
    """Render a country in ``folder`` and keep its base. Return its code and its problems."""
    try:
        render_country(project, code, folder / code)
        cache.save(read_base(folder / code, code))
    except CampaignError as error:
        return code, error.problems
    return code, []
