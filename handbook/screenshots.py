"""Makes the handbook's pictures from a real build: ``python -m handbook.screenshots FOLDER``.

A copy, a kit, the report and call sheets are built into a temporary folder and photographed in Chromium.
The pictures are WebP files of at most 60 KB. Every build of the handbook makes them; they are not in git."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import chdir, redirect_stdout
from pathlib import Path
from tempfile import TemporaryDirectory

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from campaign.cli.main import main as campaign

ROOT = Path(__file__).parent.parent
PLACE = "ee/narva"
PHONE = {"width": 360, "height": 640}
DESK = {"width": 1000, "height": 640}
HEAVIEST = 60_000  # bytes of a picture
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip

Shot = Callable[[Page], bytes]


def screen(page: Page) -> bytes:
    """Return the first screen of the page as PNG."""
    return page.screenshot()


def part(selector: str) -> Shot:
    """Return a shot of the first element that ``selector`` finds."""
    return lambda page: page.locator(selector).first.screenshot()


def from_id(name: str) -> Shot:
    """Return a shot of the screen that begins with the element of this id."""

    def shot(page: Page) -> bytes:
        page.goto(f"{page.url}#{name}")
        return page.screenshot()

    return shot


# Name of the picture, address of the page in the build, size of the window, and what is photographed.
SHOTS: tuple[tuple[str, str, dict[str, int], Shot], ...] = (
    ("help-phone", "copy/en/help.html", PHONE, screen),
    ("start-phone", "copy/en/index.html", PHONE, screen),
    ("card", "copy/en/help.html", PHONE, part(".card:has(a[href^='tel:'])")),
    ("referral", "copy/en/professionals/referral.html", DESK, from_id("order-adult")),
    ("report", "report.html", DESK, screen),
    ("call-sheet", "calls.html", DESK, screen),
    ("translations", "translations.html", DESK, screen),
)
# Sheets of the draft kit: name of the picture, and the file.
SHEETS = (("kit-poster", "poster-a4-en.pdf"), ("kit-cards", "cards-quiet-en.pdf"))
NAMES = (*(name for name, *_ in SHOTS), *(name for name, _ in SHEETS))


def main(folder: Path) -> None:
    """Write one WebP for each of `NAMES` into ``folder``, which is made anew."""
    with TemporaryDirectory() as sites, sync_playwright() as playwright:
        _campaign("build", PLACE, "--out", sites)
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("CHROMIUM", "/usr/bin/chromium"), args=FLAGS
        )
        take(folder, Path(sites), browser)
        browser.close()


def take(folder: Path, sites: Path, browser: Browser) -> None:
    """Take the pictures of the copy in ``sites``, and of all else that is made here."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with TemporaryDirectory() as temporary:
        built = Path(temporary)
        _campaign("report", "--out", built / "report.html")
        _campaign("translations", "--out", built / "translations.html")
        _campaign("ring", "ee", "--sheet", built / "calls.html")
        items = ",".join(file.removesuffix("-en.pdf") for _, file in SHEETS)
        _campaign("kit", PLACE, "--draft", "--languages", "en", "--items", items, "--out", built / "kits")
        for name, file in SHEETS:
            pdf = built / "kits" / PLACE / file
            (folder / f"{name}.webp").write_bytes(_small(_paper(pdf)))
        (built / "copy").symlink_to(sites / PLACE)
        for name, path, size, shot in SHOTS:
            sharp = 2 if size is PHONE else 1
            page = browser.new_page(viewport=size, device_scale_factor=sharp, color_scheme="light")
            page.goto((built / path).as_uri())
            (folder / f"{name}.webp").write_bytes(_small(shot(page)))
            page.close()


def _campaign(*arguments: str | Path) -> None:
    """Run the command in this process: the first check of all pages takes long, each later one is quick."""
    with chdir(ROOT), redirect_stdout(io.StringIO()):
        campaign([str(argument) for argument in arguments], standalone_mode=False)


def _paper(pdf: Path) -> bytes:
    """Return the first page of a sheet as PNG, at 80 dots an inch."""
    command = ["pdftoppm", "-png", "-r", "80", "-f", "1", "-singlefile", pdf]
    return subprocess.run(command, check=True, capture_output=True).stdout


def _small(png: bytes) -> bytes:
    """Return the picture as WebP, without loss if that is below `HEAVIEST`, or else as good as it may be."""
    picture = Image.open(io.BytesIO(png)).convert("RGB")
    for quality in (100, 85, 70, 55, 40):
        made = io.BytesIO()
        picture.save(made, "WEBP", quality=quality, lossless=quality == 100, method=4)
        if made.tell() <= HEAVIEST:
            return made.getvalue()
    raise SystemExit(f"a picture of {picture.width} x {picture.height} is heavier than {HEAVIEST} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
