"""The same pages, made by Hugo: what a loop of Hugo and Hugo at its best cost beside our own build.

Hugo gets our Markdown with the country's passages chosen, fallback texts where a language lacks one, and
contacts as JSON; the theme is in bench/hugo/. Its document holds what ours holds, but for the head's
addresses, the style inside 404.html and the fingerprint in campaign.json. Run: ``python -m bench.hugo``.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from html import unescape  # Go writes + as &#43;
from importlib.metadata import distribution
from pathlib import Path

from bench.hugo_country import HugoCountry, write_json
from campaign.check import Project, check_project
from campaign.place import Municipality

ROOT = Path(__file__).parent.parent
# The wheel's own command is a Python script that starts this: a tenth of a second that is not Hugo's.
HUGO = Path(str(distribution("hugo").locate_file("hugo/binaries/hugo")))


class Hugo:
    """Two Hugo projects a country, which differ in what a page does with its slots: ``one`` fills them,
    ``all`` leaves them open and publishes the page for every municipality with them replaced."""

    def __init__(self, folder: Path, project: Project) -> None:
        self._folder = folder.absolute()
        self._places = {code: list(project.places.of(code)) for code in project.places.countries}
        self._countries = {c.code: HugoCountry(project, c) for c in project.places.countries.values()}
        for code, country in self._countries.items():
            country.write(self._folder / code / "one", "one", "")
            places = self._places[code]
            country.write(self._folder / code / "all", "all", f"/{places[0].slug}")
            for place in places:
                country.write_static(self._folder / code / "all" / "static" / place.slug)
            country.write_static(self._folder / code / "one" / "static")

    def build_one(self, place: Municipality, out: Path) -> None:
        """One run of Hugo, which writes the copy of one municipality into ``out``/COUNTRY/SLUG."""
        folder = self._folder / place.country.code / "one"
        write_json(folder / "data" / "place.json", self._countries[place.country.code].place(place))
        self._run(folder, out / str(place))

    def build_all(self, out: Path) -> None:
        """One run a country, which writes all of its copies into ``out``/COUNTRY/SLUG."""
        for code in self._countries:
            self.build_country(code, out)

    def build_country(self, code: str, out: Path) -> None:
        """All copies of one country in one run."""
        folder = self._folder / code / "all"
        places = [self._countries[code].place(place) for place in self._places[code]]
        write_json(folder / "data" / "places.json", places)
        self._run(folder, out / code)

    def _run(self, folder: Path, out: Path) -> None:
        command = [HUGO, "--quiet", "--noTimes", "--noChmod", "--noBuildLock"]
        where = ["--source", folder, "--destination", out.absolute(), "--cacheDir", self._folder / "cache"]
        subprocess.run([*command, *where], check=True)


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


def main() -> None:
    print(subprocess.run([HUGO, "version"], check=True, capture_output=True, text=True).stdout.strip())
    print("load", *(f"{load:.1f}" for load in os.getloadavg()))
    project = check_project(ROOT, date.today())
    narva, tartu = (project.places.municipalities[name] for name in ("ee/narva", "ee/tartu"))
    with tempfile.TemporaryDirectory(prefix="hugo-") as name:
        folder = Path(name)
        with told("writing the Hugo projects"):
            hugo = Hugo(folder / "projects", project)
        for place in (narva, narva, tartu):
            with told(f"one run for {place}"):
                hugo.build_one(place, folder / "one")
        with told("one run for all of ee"):
            hugo.build_country("ee", folder / "all")
        campaign = Path(sys.executable).parent / "campaign"
        with told("campaign build ee --fresh"):
            command = [campaign, "build", "ee", "--fresh", "--out", folder / "ours"]
            subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        for side in ("ours", "one", "all"):
            print(f"{side:5} ee/narva {size(folder / side / str(narva))}")
        for side in ("ours", "all"):
            print(f"{side:5} ee       {size(folder / side / 'ee')}")
        numbers = {str(place): place.record.contacts[0].phones[0].href for place in (narva, tartu)}
        for side in ("ours", "one", "all"):
            for place in numbers:
                text = unescape((folder / side / place / "en/help.html").read_text("utf-8"))
                print(f"{side:5} {place}/en/help.html: {[n for n in numbers.values() if n in text]}")


if __name__ == "__main__":
    main()
