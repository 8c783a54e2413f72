"""Makes the kits of places: checks, sets the sheets, and exchanges each kit for the old one in one step."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from ..build.check_output_paths import target_problems
from ..build.lock import locked
from ..build.private_cache_folder import NAME, private_folder
from ..build.record_of_written_files import FOLDER_MODE
from ..build.snapshot import snapshot
from ..build.summary import Summary
from ..build.whole_build_up_to_date import UpToDate
from ..build.workers import run
from ..build.writer import Writer, workshop
from ..checks.check import check_whole, municipality_of
from ..checks.good_pages_cache import GoodPages
from ..copies.kit_links import LIST
from ..errors import CampaignError, Problem, instead, shown
from ..files.digests import code, digest, files
from ..files.file_modes import set_mode
from ..model.places import Municipality
from ..pages.project import Project
from ..pages.ui_strings import in_order
from ..source.select_municipalities import check_names, chosen, in_scope
from ..today import day_in
from .files_of_one_kit import Contents
from .kit_items import chosen_items, printed_languages
from .ready_to_print import gate_problems
from .training_handouts import FOLDER, PAGES
from .typesetter import PICTOGRAMS, font_problems, fonts_digest

_PAGES = frozenset(f"{FOLDER}/{name}" for name in PAGES.values())


@dataclass(frozen=True)
class Done:
    """The result: how many kits there are, and how many of them were written."""

    kits: int
    written: int


@dataclass(frozen=True)
class Kits:
    """What to make. ``names`` are COUNTRY or COUNTRY/SLUG. None means all, also of ``items`` and
    ``languages``."""

    root: Path
    out: Path
    names: tuple[str, ...] = ()
    items: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    draft: bool = False

    def run(self, moment: datetime, say: Callable[[str], None]) -> Done:
        """Make the kits. After a `CampaignError` each kit is still whole, either old or new."""
        items = chosen_items(self.items)
        memory = private_folder(self.root / NAME)
        records = memory / "kits" / digest([os.fsencode(self.out)])
        day = None if self.draft else day_in("UTC", moment)  # a confirmation can end from one day to the next
        options = (self.names, self.items, self.languages, self.draft, day, fonts_digest())
        with (
            locked(memory, say),
            TemporaryDirectory() as scratch,
            snapshot(self.root, Path(scratch)) as (sources, problems),
        ):
            last = UpToDate(sources, self.out, records, *options)
            if not problems and (summary := last.summary()):
                return Done(summary.copies, 0)
            project = self._project(sources, moment, problems, GoodPages(memory / "good-pages"))
            selection = replace(chosen(project.places, self.names), whole=frozenset())
            one = selection.copies == 1
            contents = Contents(project, items, self.languages, self.draft, in_parallel=one)
            places = [project.places.municipalities[name] for name in selection.names]
            _raise(self._problems(contents, places, moment, records))
            last.forget()
            with locked(self.out, say), workshop(self.out) as new:
                for code in selection.countries:
                    (self.out / code).mkdir(exist_ok=True)
                    set_mode(self.out / code, FOLDER_MODE)
                making = Making(contents, Writer(self.out, records, new, precompress=False))
                written, problems = 0, []
                for made, wrong in (map if one else run)(making, selection.chunks):
                    written += made
                    problems += wrong
            if problems:
                rest = "The kits of these places are as they were." if written else "Nothing was written."
                raise CampaignError(problems, rest)
            last.remember(selection, Summary.of(project, selection.copies))
            return Done(selection.copies, written)

    def _project(self, sources: Path, moment: datetime, problems: list[Problem], good: GoodPages) -> Project:
        """Return the project without the places whose own files are wrong, unless this kit is theirs."""
        checked = check_whole(sources, moment, None, problems, good)
        local = [
            problem
            for problem in checked.problems
            if (place := municipality_of(problem)) and in_scope(place, self.names)
        ]
        if checked.general or local or checked.project is None:
            raise CampaignError([*checked.general, *local])
        check_names(checked.project.places, self.names, "campaign kit")
        return checked.project

    def _problems(
        self, contents: Contents, places: Sequence[Municipality], moment: datetime, records: Path
    ) -> Iterator[Problem]:
        """Yield everything that prevents these kits and can be known before a sheet is set."""
        offered = {language for place in places for language in place.country.languages}
        for language in self.languages:
            if language not in offered:
                known = sorted(offered)
                expected = f"a language of these places: {', '.join(known)}{instead(language, known)}"
                yield Problem("campaign kit", 0, "--languages", shown(language), expected)
        yield from font_problems(
            {code for place in places for code in printed_languages(place, self.languages)}
        )
        yield from target_problems(self.out, [str(place) for place in places], records)
        if not self.draft:
            yield from gate_problems(contents.items, contents.project.pages, places, moment)


def made_kits(
    root: Path, names: Sequence[str], moment: datetime, say: Callable[[str], None], draft: bool = False
) -> dict[str, Path]:
    """Make the whole kits of these places in the project's private folder, for its copies and packs. Return
    the folder of each kit by its place. Finished kits and drafts are in different folders."""
    out = private_folder(root / NAME) / ("draft-kits" if draft else "kits-of-copies")
    Kits(root, out, tuple(names), draft=draft).run(moment, say)
    kits = {path.parent.relative_to(out).as_posix(): path.parent for path in out.glob(f"*/*/{LIST}")}
    return {name: kit for name, kit in sorted(kits.items()) if in_scope(name, names)}


class Making:
    """The work of one process: it makes and writes the kits of a group of places."""

    def __init__(self, contents: Contents, writer: Writer) -> None:
        self._contents = contents
        self._writer = writer

    def __call__(self, names: Sequence[str]) -> tuple[int, list[Problem]]:
        written, problems = 0, list[Problem]()
        for name in names:
            place = self._contents.project.places.municipalities[name]
            try:
                written += self._writer.write(name, self._inputs(place), partial(self._contents.of, place))
            except CampaignError as error:
                problems += error.problems
            except OSError as error:  # in this kit's folder, or because the disk is full
                problems.append(Problem(name, 0, "", f"could not be written: {error.strerror}", ""))
        return written, problems

    def _inputs(self, place: Municipality) -> str:
        """Return a digest of everything that goes into the kit of ``place``."""
        contents = self._contents
        root, country = contents.project.root, place.country
        options = (str(place), place.site_url, contents.draft, contents.wanted(place))
        return digest(
            [
                *code(),
                fonts_digest().encode(),
                repr(options).encode(),
                *files(root, PICTOGRAMS),
                country.record.model_dump_json().encode(),
                place.record.model_dump_json().encode(),
                *in_order(contents.project.words, country.languages),
                *(page.source.encode() for page in contents.project.pages if page.path in _PAGES),
            ]
        )


def _raise(problems: Iterator[Problem]) -> None:
    if found := [*problems]:
        raise CampaignError(found)
