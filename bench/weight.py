"""The first view of each type of page, compared with stock Material: bytes and requests.

Both sites are built in one run into a temporary folder and served on loopback. Every view has its own
Chromium. The table says what is counted. Run: ``python -m bench.weight``.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from importlib.metadata import version
from itertools import chain
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

import yaml
from mkdocs.utils.yaml import yaml_load
from playwright.sync_api import BrowserType, sync_playwright

from campaign.pages.slots import for_country
from tests.chromium import CHROMIUM

from .serving import Request, served

ROOT = Path(__file__).parent.parent
PLACE = "ee/narva"
PAGES = ("index", "help", "easy", "youth/online", "migrants/at-work", "professionals/referral", "about/site")
LANGUAGES = {"et": "eesti", "ru": "русский", "en": "English", "lv": "latviešu", "lt": "lietuvių"}
MEASURED = ("et", "ru")
LOOPBACK_ONLY = ["--no-proxy-server", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]
QUIET = 1500  # milliseconds without a request, after the browser's own network idle

COUNTED = """\
Our site is {place} as mkdocs build writes it. Its contacts are filled in, so it has more text than the stock
site, where slots stay comments.
The stock site has mkdocs-material {material}. The plugins search and i18n and the fonts (Google's) have their
defaults. It has no overrides and no hooks. It has docs/ in {languages} with the passages for {country},
our nav, our Markdown extensions and use_directory_urls: false.
The bytes are gzip -9 of each body that our own server on loopback sent, without headers. The requests are all
that this server answered, and those to other origins, which were blocked. A 404 and a blocked request count
as requests of 0 bytes, so Google's fonts weigh nothing here, and the files of their style sheet do not
count.
"Without its search" leaves out the stock site's search index, worker and language files, in both columns.
Each view has a new Chromium with an empty profile. It ends after network idle and {quiet} s without
a request."""


@dataclass(frozen=True)
class Weight:
    size: int
    count: int

    @classmethod
    def of(cls, requests: list[Request]) -> Weight:
        return cls(sum(request.size for request in requests), len(requests))


def build_stock(folder: Path, site: Path) -> None:
    """Build the same pages with unchanged Material. Only the selection of a country's passages is ours."""
    for language in LANGUAGES:
        for source in (ROOT / "docs" / language).rglob("*.md"):
            to = folder / "docs" / source.relative_to(ROOT / "docs")
            to.parent.mkdir(parents=True, exist_ok=True)
            to.write_text(for_country(source.read_text("utf-8"), PLACE[:2]), "utf-8")
    own = yaml_load((ROOT / "mkdocs.yml").read_text("utf-8"))
    languages = [{"locale": code, "name": name} for code, name in LANGUAGES.items()]
    i18n = {"docs_structure": "folder", "languages": [{**languages[0], "default": True}, *languages[1:]]}
    config = {
        "site_name": own["site_name"],
        "use_directory_urls": False,
        "theme": {"name": "material"},
        "plugins": ["search", {"i18n": i18n}],
        "markdown_extensions": own["markdown_extensions"],
        "nav": own["nav"],
    }
    (folder / "mkdocs.yml").write_text(yaml.safe_dump(config, allow_unicode=True), "utf-8")
    mkdocs(folder, site)


def mkdocs(project: Path, site: Path) -> None:
    command = [str(Path(sys.executable).parent / "mkdocs"), "build", "--quiet", "--site-dir", str(site)]
    environment = {**os.environ, "MUNICIPALITY": PLACE, "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run(command, cwd=project, env=environment, check=True)


def view(chromium: BrowserType, address: str, path: str, log: list[Request]) -> list[Request]:
    """Return all requests of the first view of a page, in a new browser."""
    log.clear()
    arguments = [*cast("list[str]", CHROMIUM["args"]), *LOOPBACK_ONLY]
    browser = chromium.launch(executable_path=str(CHROMIUM["executable_path"]), args=arguments)
    context = browser.new_context()
    requested: list[str] = []
    context.on("request", lambda request: requested.append(request.url))
    page = context.new_page()
    page.goto(address + path, wait_until="networkidle")
    seen = -1
    while seen != len(log) + len(requested):  # the browser's network idle ignores a worker's requests
        seen = len(log) + len(requested)
        page.wait_for_timeout(QUIET)
    browser.close()
    assert (log[0].url, log[0].status) == (f"/{path}", 200)
    web = [url for url in requested if url.startswith("http") and not url.startswith(address)]
    own = {urlsplit(url).path for url in requested if url.startswith(address)}
    assert own <= {urlsplit(request.url).path for request in log}, path  # the server has seen all requests
    return log + [Request(url, 0, 0) for url in web]


def measure(folders: dict[str, Path]) -> dict[str, dict[str, list[Request]]]:
    views: dict[str, dict[str, list[Request]]] = {}
    paths = [f"{page}.html" if code == "et" else f"{code}/{page}.html" for code in MEASURED for page in PAGES]
    with sync_playwright() as playwright:
        for side, folder in folders.items():
            print(f"{len(paths)} views of {side}", file=sys.stderr)
            with served(folder) as (address, log):
                views[side] = {path: view(playwright.chromium, address, path, log) for path in paths}
    return views


def row(name: str, ours: Weight, stock: Weight) -> str:
    ratios = f"{stock.size / ours.size:11.1f} {stock.count / ours.count:9.1f}"
    return f"{name:34}{ours.size:9,} {ours.count:9} {stock.size:10,} {stock.count:9} {ratios}"


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="weight-") as name:
        folders = {side: Path(name) / side for side in ("ours", "stock")}
        mkdocs(ROOT, folders["ours"])
        build_stock(Path(name) / "source", folders["stock"])
        ours, stock = measure(folders).values()
    print(f"{'':34}{'ours':>9} {'':9} {'stock':>10} {'':9} {'stock / ours':>11}")
    print(f"{'first view of':34}{'bytes':>9} {'requests':>9}" + f" {'bytes':>10} {'requests':>9}" * 2)
    for path in ours:
        print(row(path, Weight.of(ours[path]), Weight.of(stock[path])))
    whole = Weight.of(list(chain(*ours.values())))
    beside = list(chain(*stock.values()))
    unsearched = [one for one in beside if not re.search(r"/(search|lunr)\b", one.url)]
    print(row(f"total of {len(ours)} views", whole, Weight.of(beside)))
    print(row("the same, stock without its search", whole, Weight.of(unsearched)))
    facts = {"place": PLACE, "country": PLACE[:2], "languages": ", ".join(LANGUAGES), "quiet": QUIET / 1000}
    print(COUNTED.format(**facts, material=version("mkdocs-material")))


if __name__ == "__main__":
    main()
