"""The first screen of each type of readers' page on a slow line: bytes, requests, first paint, numbers.

A copy is built into a temporary folder and served on loopback, compressed. Chromium's own emulation makes the
line slow. Every view has a new context with an empty cache. Run: ``python -m bench.first_screen``.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from campaign.pages.page import address
from tests.chromium import CHROMIUM

from .serving import Request, served

ROOT = Path(__file__).parent.parent
PLACE, FIRST_LANGUAGE = "lt/neringa", "lt"  # the place whose Help is the heaviest
PAGES = (
    "index", "help", "pictures", "easy", "for-me", "what-it-is", "safety", "questions", "find",
    "youth/online", "migrants/at-work", "migrants/signs",
)  # fmt: skip
LANGUAGES = ("lt", "ru", "en", "uk")
ROUND_TRIP = 800  # ms
BYTES_A_SECOND = 256_000 // 8
VIEWS = 3  # the best one counts: a busy machine makes a view slower, and none faster
MOST = 1.35  # round trips to first paint
PHONE = {"width": 360, "height": 740}

# Bottoms, in CSS pixels, of the header and of the first links to numbers below it.
PLACES = """() => ({
  header: document.querySelector('header').getBoundingClientRect().bottom,
  numbers: [...document.querySelectorAll('main a[href^="tel:"]')].slice(0, 3).map(
    number => Math.round(number.getBoundingClientRect().bottom)),
})"""
PAINTED = "() => performance.getEntriesByName('first-paint').map(entry => entry.startTime)"


@dataclass(frozen=True)
class View:
    path: str
    size: int  # bytes, compressed
    requests: int
    paint: float  # round trips
    header: int  # px
    numbers: Sequence[int]  # px

    def __str__(self) -> str:
        over = " over the bar" if self.paint > MOST else ""
        numbers = ", ".join(map(str, self.numbers))
        counted = f"{self.size:8,}{self.requests:10}{self.paint:13.2f}{self.header:8}"
        return f"{self.path:26}{counted}  {numbers}{over}"


def view(browser: Browser, site: str, path: str, log: list[Request]) -> View:
    """Look at one page as a new reader on a slow line."""
    log.clear()
    context = browser.new_context(viewport=PHONE)
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send(
        "Network.emulateNetworkConditions",
        {
            "offline": False,
            "latency": ROUND_TRIP,
            "downloadThroughput": BYTES_A_SECOND,
            "uploadThroughput": BYTES_A_SECOND,
        },
    )
    page.goto(site + path, wait_until="networkidle")
    page.wait_for_function(f"({PAINTED})().length")
    (painted,) = page.evaluate(PAINTED)
    places = page.evaluate(PLACES)
    context.close()
    return View(
        path,
        sum(request.size for request in log),
        len(log),
        painted / ROUND_TRIP,
        round(places["header"]),
        places["numbers"],
    )


def main() -> int:
    paths = [address(f"{page}.html", code, FIRST_LANGUAGE) for code in LANGUAGES for page in PAGES]
    with tempfile.TemporaryDirectory(prefix="first-screen-") as name, sync_playwright() as playwright:
        campaign = Path(sys.executable).parent / "campaign"
        subprocess.run([campaign, "build", PLACE, "--out", name], cwd=ROOT, check=True, capture_output=True)
        browser = playwright.chromium.launch(**CHROMIUM)  # type: ignore[arg-type]
        with served(Path(name) / PLACE) as (site, log):
            view(browser, site, paths[0], log)  # the browser's own start
            views = [
                min((view(browser, site, path, log) for _ in range(VIEWS)), key=lambda seen: seen.paint)
                for path in paths
            ]
        browser.close()
    print(f"{PLACE}, {ROUND_TRIP} ms round trip, {BYTES_A_SECOND * 8 // 1000} kbit/s, best of {VIEWS} views,")
    print(f"{PHONE['width']} x {PHONE['height']} px. The bar for first paint is {MOST} round trips a page.")
    print(f"{'page':26}{'bytes':>8}{'requests':>10}{'first paint':>13}{'header':>8}  first numbers end at")
    print(*views, sep="\n")
    return int(any(one.paint > MOST for one in views))


if __name__ == "__main__":
    sys.exit(main())
