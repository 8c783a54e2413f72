"""What the browser tests share: Chromium of the system, whole and without windows, and a copy served on loopback."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# What Chromium leaves out. The list replaces Playwright's own, whose names stand first. The others are the address
# bar's suggestions, which are web pages of their own in every window, also in one that nobody sees and took half of the
# processor time of opening a page, and a new frame for each page of a visit, which took a fifth of the rest.
LEFT_OUT = (
    "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose",
    "HttpsUpgrades",
    "HttpsFirstBalancedModeAutoEnable",
    "LensOverlay",
    "MediaRouter",
    "PaintHolding",
    "ThirdPartyStoragePartitioning",
    "AvoidCorsURLLoaderRestartOnRedirect",
    "OptimizationHints",
    "NetworkTimeServiceQuerying",
    "AimEnabled",
    "PreconnectToSearch",
    "WebUIOmniboxPopup",
    "WebUIOmniboxAimPopup",
    "WebUIOmniboxFullPopup",
    "RenderDocument",
)
CHROMIUM = {
    "executable_path": "/usr/bin/chromium",
    "args": [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        f"--disable-features={','.join(LEFT_OUT)}",
    ],
}
# The same version of the same engine, but without windows, tabs and an address bar: a page cannot tell, and they take as
# long as the page itself.
SHELL = {**CHROMIUM, "executable_path": "/usr/bin/chromium-headless-shell"}


@contextmanager
def chromium() -> Iterator[Browser]:
    """Chromium without windows. While it runs, no other event loop can run in this process."""
    from playwright.sync_api import sync_playwright  # the other tests run without it

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**SHELL)
        yield browser
        browser.close()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def running(handler: Callable[..., http.server.BaseHTTPRequestHandler]) -> Iterator[str]:
    """The address on loopback of a server with this handler, with a slash at its end."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()


@contextmanager
def serve(folder: Path) -> Iterator[str]:
    """The folder at an address on loopback."""
    with running(partial(_Quiet, directory=folder)) as address:
        yield address


@contextmanager
def silent_host() -> Iterator[str]:
    """An address on loopback that takes every request and answers none before the end of the block."""
    end = threading.Event()

    class Silent(_Quiet):
        def do_GET(self) -> None:
            end.wait()
            self.send_error(503)

    with running(Silent) as address:
        try:
            yield address
        finally:
            end.set()


def open_search(page):
    page.click(".find")
    page.wait_for_selector(".search input:focus")


def type_and_wait(page, words: str) -> list[str]:
    """Types into the open search and returns the addresses found once a screen reader has been told."""
    page.keyboard.type(words)
    page.wait_for_selector(".search [role=status]:not(:empty)")
    return page.eval_on_selector_all(".search li a", "links => links.map(a => a.href)")
