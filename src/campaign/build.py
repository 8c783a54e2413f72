"""Builds the sites: renders each country once, then fills and writes a copy for every municipality."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Sequence
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
Progress = Callable[[str], None]  # told the name of each finished country ("ee") and copy ("ee/tartu")


@dataclass(frozen=True)
class Work:
    """What a build makes, by country; the progress has as many steps as there are parts."""

    countries: dict[str, list[Municipality]]

    @property
    def parts(self) -> int:
        return len(self.countries) + self.copies

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
    with tempfile.TemporaryDirectory(prefix=".work-", dir=out) as name:
        folder = Path(name)
        problems: list[Problem] = []
        # Processes of their own: MkDocs keeps hooks and log handlers for as long as a process lives.
        with ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn")) as pool:
            jobs = {pool.submit(render_country, root, code, folder / code): code for code in work.countries}
            for job in as_completed(jobs):
                try:
                    job.result()
                except CampaignError as error:
                    problems += error.problems
                progress(jobs[job])
        if problems:
            raise CampaignError(problems)
        for code, places in work.countries.items():
            write_copies(root, words, places, folder / code, out, progress, precompress)


def write_copies(
    root: Path,
    words: dict[str, Words],
    places: list[Municipality],
    base: Path,
    out: Path,
    progress: Progress,
    precompress: bool = False,
) -> None:
    """The copying step of one country: ``base`` is its rendered base site."""
    country = places[0].country
    filler = Filler(root, read_base(base, country.code), country, words)
    writer = Writer(filler.base.files, precompress)
    (out / country.code).mkdir(parents=True, exist_ok=True)
    for place in places:
        writer.write(filler.fill(place), out / str(place))
        progress(str(place))


def remove_leftovers(out: Path) -> None:
    """Clear what a killed build left beside the copies."""
    for path in (*out.glob(".work-*"), *out.glob("*/.*.new")):
        shutil.rmtree(path, ignore_errors=True)
