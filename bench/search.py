"""Searches as people type them: share found in the first three results, and bytes, beside other engines.

All sites are built in one run into a temporary folder and served on loopback. Each language and engine has
its own Chromium. The table says what is counted. Run: ``python -m bench.search``.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any, cast

import yaml
from playwright.sync_api import Page, sync_playwright

from campaign.pages.search_synonyms_and_endings import read_lexicons
from tests.chromium import CHROMIUM

from .project import ROOT, copy_project
from .weight import LANGUAGES, LOOPBACK_ONLY, PLACE, Request, build_stock, mkdocs, served

LISTS = ("tuned", "held-out")
FIRST = "et"  # the language at the root

COUNTED = """\
The searches are in tests/searches/LANG.yml. The list `tuned` was written before our engine, which was then
adjusted to it. The list `held-out` was written after the engine and the lexicon were finished. A search
counts as found if one of its pages is among the first three results.
Our search is in {place} as mkdocs build writes it, and is opened by its link. "Without asked words" means
that i18n/search has no `asked`.
Pagefind {pagefind} has the same pages, with the root selector main. Only its JavaScript interface is used, so
its weight is its script, its WebAssembly, its index and the first three results. "With asked words" means
that each page contains the words of our lexicon with Pagefind's highest weight.
Material {material} has the pages of docs/ in a stock site. Its search plugin has its defaults, and the words
are typed into its box.
The bytes are gzip -9 of each body that our own server on loopback sent. "First" is everything for the first
search on a page that is open already (Material fetches it with the page). "Later" is the mean of
the others."""

# The text of Material's search box, and its text before anything is typed.
SAYS = "document.querySelector('.md-search-result__meta').textContent.trim()"
IDLE = "JSON.parse(document.querySelector('#__config').textContent).translations['search.result.placeholder']"


@dataclass(frozen=True)
class Side:
    """One engine on one site, with the functions that open a page and return the first three paths."""

    name: str
    folder: Path
    open: Callable[[Page], None]
    ask: Callable[[Page, str], list[str]]
    counts: str  # a pattern of the addresses of the search's requests


def searches(language: str) -> dict[str, dict[str, str]]:
    text = (ROOT / "tests" / "searches" / f"{language}.yml").read_text("utf-8")
    return cast("dict[str, dict[str, str]]", yaml.load(text, yaml.BaseLoader))


def without_asked(folder: Path, site: Path) -> None:
    """Build our site with a lexicon of endings only."""
    copy_project(folder)
    for path in (folder / "i18n" / "search").glob("*.yml"):
        path.write_text(path.read_text("utf-8").split("\nasked:")[0] + "\n", "utf-8")
    mkdocs(folder, site)


def pagefind(ours: Path, site: Path, asked: bool) -> None:
    """Make a copy of our site with Pagefind's files."""
    shutil.copytree(ours, site)
    lexicons = read_lexicons(ROOT) if asked else {}
    for language, lexicon in lexicons.items():
        for source, words in lexicon.asked.items():
            path = site / ("" if language == FIRST else language) / source.replace(".md", ".html")
            text = path.read_text("utf-8")
            text = text.replace("</main>", f'<p data-pagefind-weight="10">{words}</p></main>')
            path.write_text(text, "utf-8")
    command = [
        sys.executable,
        "-m",
        "pagefind_bin",
        "--site",
        str(site),
        "--root-selector",
        "main",
        "-k",
        "--quiet",
    ]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def open_ours(page: Page) -> None:
    page.click(".find")
    page.wait_for_selector(".search input:focus")


def ask_ours(page: Page, words: str) -> list[str]:
    script = "words => searchFor(words, 3).map(f => (f.entry.of ? 'contact ' : '') + f.entry.path)"
    return cast("list[str]", page.evaluate(script, words))


def open_pagefind(page: Page) -> None:
    page.evaluate("import('/pagefind/pagefind.js').then(p => p.init().then(() => { window.pagefind = p; }))")


def ask_pagefind(page: Page, words: str) -> list[str]:
    script = """words => pagefind.search(words).then(found => Promise.all(
        found.results.slice(0, 3).map(result => result.data().then(data => data.url))))"""
    return [own_path(page, url) for url in page.evaluate(script, words)]


def open_material(page: Page) -> None:
    """Wait until the box shows its text for no input."""
    page.wait_for_function(f"{SAYS} === {IDLE}")


def ask_material(page: Page, words: str) -> list[str]:
    """Type as a reader does: the box listens to keys. Its text changes when the worker has answered."""
    box = page.locator("[data-md-component=search-query]")
    for typed, answered in (("", "==="), (words, "!==")):
        box.fill(typed)
        box.press("End")
        page.wait_for_function(f"{SAYS} {answered} {IDLE}")
    links = ".md-search-result__item > .md-search-result__link"
    urls = page.eval_on_selector_all(links, "all => all.slice(0, 3).map(a => a.href)")
    return [own_path(page, re.sub("[?#].*", "", url)) for url in urls]


def own_path(page: Page, url: str) -> str:
    """Return the path within the page's language; pages of other languages keep their folder."""
    root = re.sub("[^/]*$", "", page.url)
    absolute = url if "://" in url else re.match("[^/]*//[^/]*", page.url)[0] + url  # type: ignore[index]
    return absolute.removeprefix(root) if absolute.startswith(root) else f"elsewhere {absolute}"


def measure(side: Side, language: str, browser: Any) -> tuple[dict[str, float], int, float]:
    """Return the found shares by list, and the bytes of the first and of a later search."""
    with served(side.folder) as (address, log):
        context = browser.new_context(bypass_csp=True)
        page = context.new_page()
        page.goto(
            address + ("" if language == FIRST else f"{language}/") + "index.html", wait_until="networkidle"
        )
        side.open(page)
        shares, sizes = {}, []
        for name, wanted in searches(language).items():
            found = 0
            for words, pages in wanted.items():
                results = side.ask(page, words)
                found += bool({f"{path}.html" for path in pages.split()} & set(results))
                sizes.append(weight(log, side.counts))
            shares[name] = found / len(wanted)
        context.close()
    return shares, sizes[0], (sizes[-1] - sizes[0]) / (len(sizes) - 1)


def weight(log: list[Request], counts: str) -> int:
    return sum(request.size for request in log if re.search(counts, request.url))


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="search-") as name, sync_playwright() as playwright:
        folder = Path(name)
        ours, plain, stock = folder / "ours", folder / "plain", folder / "stock"
        mkdocs(ROOT, ours)
        without_asked(folder / "source", plain)
        build_stock(folder / "stock-source", stock)
        pagefind(ours, folder / "pagefind", asked=False)
        pagefind(ours, folder / "pagefind-asked", asked=True)
        sides = [
            Side("ours", ours, open_ours, ask_ours, "/search/"),
            Side("without asked words", plain, open_ours, ask_ours, "/search/"),
            Side("Pagefind", folder / "pagefind", open_pagefind, ask_pagefind, "/pagefind/"),
            Side("with asked words", folder / "pagefind-asked", open_pagefind, ask_pagefind, "/pagefind/"),
            Side("Material", stock, open_material, ask_material, r"/search\b|/lunr\b|search_index"),
        ]
        arguments = [*cast("list[str]", CHROMIUM["args"]), *LOOPBACK_ONLY]
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM["executable_path"]), args=arguments)
        print(f"{'found in the first three':30}" + "".join(f"{side.name:>22}" for side in sides))
        bytes_: dict[str, list[str]] = {}
        rows: dict[str, list[str]] = {}
        for language in LANGUAGES:
            for side in sides:
                shares, first, later = measure(side, language, browser)
                for part in LISTS:
                    count = len(searches(language)[part])
                    rows.setdefault(f"{language} {part} ({count})", []).append(f"{shares[part]:22.0%}")
                bytes_.setdefault(language, []).append(f"{first:12,} {later:9,.0f}")
        for row, cells in rows.items():
            print(f"{row:30}" + "".join(cells))
        print(f"\n{'bytes, first and later search':30}")
        for language, cells in bytes_.items():
            print(f"{language:30}" + "".join(cells))
        browser.close()
    print(COUNTED.format(place=PLACE, pagefind=version("pagefind_bin"), material=version("mkdocs-material")))


if __name__ == "__main__":
    main()
