"""Builds the sites: renders each country once, then fills and writes a copy for every municipality."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

from .base import read_base
from .copy import Writer
from .fill import Filler
from .place import Municipality, Places
from .problem import CampaignError, Problem, shown
from .render import render_country
from .words import Words

WORKERS = 2
CHUNK = 24  # copies that one worker writes in a row, sharing files between them
Progress = Callable[[int], None]  # told how many parts were done since the last time


@dataclass(frozen=True)
class Work:
    """What a build makes, by country; the progress has as many steps as there are parts."""

    countries: dict[str, list[Municipality]]

    @property
    def parts(self) -> int:
        return len(self.countries) + self.copies

    def chunks(self) -> Iterator[list[Municipality]]:
        """The places that one worker writes in a row, each list of one country."""
        for places in self.countries.values():
            for start in range(0, len(places), CHUNK):
                yield places[start : start + CHUNK]

    @property
    def copies(self) -> int:
        return sum(len(places) for places in self.countries.values())


def chosen(places: Places, names: Sequence[str]) -> Work:
    """The municipalities that ``names`` (``ee`` or ``ee/tartu``; none means all) stand for."""
    problems = []
    countries: dict[str, dict[str, Municipality]] = {}
    for name in names or places.countries:
        if name in places.countries:
            found = places.of(name)
        elif name in places.municipalities:
            found = [places.municipalities[name]]
        else:
            allowed = "COUNTRY or COUNTRY/SLUG of municipalities/"
            problems.append(Problem("campaign build", 0, "", f"found {shown(name)}, allowed {allowed}"))
            continue
        for place in found:
            countries.setdefault(place.country.code, {})[place.slug] = place
    if problems:
        raise CampaignError(problems)
    return Work({code: list(chosen.values()) for code, chosen in countries.items()})


def build_sites(
    root: Path, words: dict[str, Words], work: Work, out: Path, progress: Progress, precompress: bool = False
) -> None:
    """Render and write all of ``work`` below ``out``. Nothing is written there before every country has
    been rendered without a problem; raises `CampaignError` with the problems of all countries."""
    out.mkdir(parents=True, exist_ok=True)
    # Processes of their own: MkDocs keeps hooks and log handlers for as long as a process lives.
    with (
        tempfile.TemporaryDirectory(prefix=".work-", dir=out) as name,
        ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn")) as pool,
    ):
        base = Path(name)
        problems: list[Problem] = []
        renders = {pool.submit(render_country, root, code, base / code): code for code in work.countries}
        for render in as_completed(renders):
            try:
                render.result()
            except CampaignError as error:
                problems += error.problems
            progress(1)
        if problems:
            raise CampaignError(problems)
        copies = [
            pool.submit(write_copies, root, words, places, base / places[0].country.code, out, precompress)
            for places in work.chunks()
        ]
        for copy in as_completed(copies):
            progress(copy.result())


def write_copies(
    root: Path,
    words: dict[str, Words],
    places: list[Municipality],
    base: Path,
    out: Path,
    precompress: bool = False,
) -> int:
    """The copying step of some places of one country, whose base site lies at ``base``; how many."""
    country = places[0].country
    filler = Filler(root, read_base(base, country.code), country, words)
    writer = Writer(filler.base.files, precompress)
    (out / country.code).mkdir(parents=True, exist_ok=True)
    for place in places:
        writer.write(filler.fill(place), out / str(place))
    return len(places)


def remove_leftovers(out: Path) -> None:
    """Clear what a killed build left beside the copies."""
    for path in (*out.glob(".work-*"), *out.glob("*/.*.new")):
        shutil.rmtree(path, ignore_errors=True)
