"""A reader in Debian's WebKitGTK, the closest to Safari on a Linux machine: the exit, the search, another
language, printing, and no stored data. The driver uses WebDriver (https://www.w3.org/TR/webdriver2/)."""

from __future__ import annotations

import http.server
import json
import os
import socket
import subprocess
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from unittest.mock import patch

from campaign.pages.ui_strings import read_words
from tests.chromium import running, serve

ROOT = Path(__file__).parent.parent
SHIFT, RIGHT_SHIFT, TAB, ENTER = "\ue008", "\ue050", "\ue004", "\ue007"  # WebDriver's names of keys
PATIENCE = 30  # seconds until a check fails
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"  # the standard's key for a reference to an element
LANGUAGE = {"LANG": "en_US.UTF-8"}  # WebKit takes the reader's language from the machine: English
KEPT = """[document.cookie.length, localStorage.length, sessionStorage.length,
  navigator.serviceWorker ? (await navigator.serviceWorker.getRegistrations()).length : 0,
  window.indexedDB ? (await indexedDB.databases()).length : 0,
  window.caches ? (await caches.keys()).length : 0]"""


class WebKit:
    """One window. The exit leads to ``target`` instead of to a site on the web."""

    def __init__(self, driver: str, target: str) -> None:
        self._driver = driver
        self._session = ""
        self.target = target
        capabilities = {"alwaysMatch": {"browserName": "MiniBrowser"}}
        self._session = self.command("POST", "/session", capabilities=capabilities)["sessionId"]

    def command(self, method: str, path: str, **parameters: Any) -> Any:
        """Send a command of the standard and return its value."""
        path = path if path == "/session" else f"/session/{self._session}{path}"
        data = json.dumps(parameters).encode() if method == "POST" else None
        request = urllib.request.Request(self._driver + path, data, method=method)
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with direct.open(request, timeout=PATIENCE * 2) as answer:
                return json.load(answer)["value"]
        except urllib.error.HTTPError as error:
            raise AssertionError(f"{path}: {json.load(error)['value']['message']}") from None

    def open(self, address: str) -> None:
        self.command("POST", "/url", url=address)
        self.evaluate(
            f"document.querySelectorAll('[data-exit]').forEach(a => {{ a.href = {json.dumps(self.target)} }})"
        )

    @property
    def address(self) -> str:
        return str(self.command("GET", "/url"))

    def evaluate(self, expression: str) -> Any:
        """Return the value of an expression, which may use await."""
        script = (
            f"const done = arguments[0]; (async () => {expression})().then(done, error => done('' + error))"
        )
        return self.command("POST", "/execute/async", script=script, args=[])

    def until(self, holds: Callable[[], object], what: str) -> None:
        given_up = time.monotonic() + PATIENCE
        while not holds():
            assert time.monotonic() < given_up, what

    def arrives(self, address: str) -> None:
        self.until(lambda: self.address == address, f"{address} did not open")

    def waits_for(self, expression: str) -> None:
        self.until(lambda: self.evaluate(expression) is True, f"{expression} did not come true")

    def click(self, selector: str) -> None:
        found = self.command("POST", "/element", using="css selector", value=selector)
        self.command("POST", f"/element/{found[ELEMENT]}/click")

    def press(self, *keys: str) -> None:
        actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        self.command("POST", "/actions", actions=[{"type": "key", "id": "keys", "actions": actions}])


WAYS_OUT: dict[str, Callable[[WebKit], None]] = {
    "a click": lambda webkit: webkit.click(".exit"),
    "the link among the skip links": lambda webkit: webkit.press(TAB, TAB, ENTER),
    "Shift": lambda webkit: webkit.press(SHIFT, RIGHT_SHIFT, SHIFT),
}


def leaving(webkit: WebKit, site: str, referrers: list[str | None]) -> None:
    for way, leave in WAYS_OUT.items():
        referrers.clear()
        webkit.open(site + "youth/index.html")
        webkit.open(site + "help.html")
        leave(webkit)
        webkit.arrives(webkit.target)
        assert referrers == [None], f"{way}: the requests to the target said that they came from {referrers}"
        webkit.command("POST", "/back")
        webkit.arrives(site + "youth/index.html")


def language(webkit: WebKit, site: str, _: list[str | None]) -> None:
    webkit.open(site + "help.html")
    offered = webkit.evaluate("[...document.querySelectorAll('.offer')].map(p => p.lang)")
    assert offered == ["en"], f"offered are {offered}"
    webkit.click(".offer a")
    webkit.arrives(site + "en/help.html")
    offered = webkit.evaluate("[...document.querySelectorAll('.offer')].map(p => p.lang)")
    assert offered == [], f"offered on the English page are {offered}"
    webkit.click(".languages [lang=ru]")
    webkit.arrives(site + "ru/help.html")


def search(webkit: WebKit, site: str, _: list[str | None]) -> None:
    webkit.open(site + "help.html")
    webkit.click(".find")
    webkit.waits_for("!!document.activeElement && document.activeElement.matches('.search input')")
    webkit.press(*"passi")
    webkit.waits_for(
        "!!document.querySelector('.search li a')"
        " && !!document.querySelector('.search [role=status]').textContent"
    )
    found = webkit.evaluate("document.querySelector('.search li a').href")
    assert found.startswith(site), f"the search leads to {found}"
    webkit.click(".search li a")
    webkit.arrives(found)


def paper(_: WebKit, site: str, __: list[str | None]) -> None:
    words = read_words(ROOT)["ru"]
    with tempfile.TemporaryDirectory() as folder:
        run = partial(subprocess.run, cwd=folder, capture_output=True, check=True, timeout=PATIENCE)
        printing = str(ROOT / "audit/webkit_paper.py")
        run(["/usr/bin/python3", printing, site + "ru/help.html", "page.pdf"])
        text = " ".join(run(["pdftotext", "page.pdf", "-"]).stdout.decode().split())
        run(["pdftoppm", "-r", "20", "-gray", "-f", "1", "-l", "1", "-singlefile", "page.pdf", "page"])
        pixels = (Path(folder) / "page.pgm").read_bytes().split(b"\n", 3)[3]
    printed = [words[key] for key in ("exit", "search", "menu", "safety-link") if words[key] in text]
    printed += [name for name in (read_words(ROOT)["lv"]["language-name"],) if name in text]
    assert not printed, f"the paper says {', '.join(printed)}"
    assert "116 006" in text, "the paper has no 116 006"
    assert sum(pixels) / len(pixels) > 215, "the paper is not light"
    assert min(pixels) < 130, "the ink is not dark"


def storage(webkit: WebKit, site: str, _: list[str | None]) -> None:
    for path in ("index.html", "ru/easy.html", "professionals/referral.html", "404.html"):
        webkit.open(site + path)
        kept = webkit.evaluate(KEPT)
        assert kept == [0] * 6, f"{path} keeps {kept}"
        cookies = webkit.command("GET", "/cookie")
        assert cookies == [], f"{path} keeps {cookies}"


CHECKS = (leaving, language, search, paper, storage)


def check_in_webkit(copy: Path) -> Iterator[tuple[str, str, str]]:
    """Yield each failed check of an Estonian copy: its name, the copy, and the reason."""
    referrers: list[str | None] = []
    with ExitStack() as stack:
        display = stack.enter_context(_display())
        stack.enter_context(patch.dict(os.environ, LANGUAGE, DISPLAY=display, NO_AT_BRIDGE="1"))
        site = stack.enter_context(serve(copy))
        webkit = stack.enter_context(_browser(stack.enter_context(_target(referrers))))
        for check in CHECKS:
            try:
                check(webkit, site, referrers)
            except (AssertionError, subprocess.CalledProcessError) as error:
                yield check.__name__, f"{copy.parent.name}/{copy.name}", str(error)


@contextmanager
def _display() -> Iterator[str]:
    """Provide the name of an invisible screen."""
    command = ["Xvfb", "-displayfd", "1", "-screen", "0", "1000x800x24", "-nolisten", "tcp"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as screen:
        assert screen.stdout
        number = screen.stdout.readline().strip()
        try:
            yield f":{number}"
        finally:
            screen.terminate()


@contextmanager
def _browser(target: str) -> Iterator[WebKit]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = ["WebKitWebDriver", "--host=127.0.0.1", f"--port={port}"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as driver:
        try:
            given_up = time.monotonic() + PATIENCE
            while driver.poll() is None:
                with socket.socket() as answers:
                    if not answers.connect_ex(("127.0.0.1", port)):
                        break
                assert time.monotonic() < given_up, "WebKitWebDriver does not answer"
            webkit = WebKit(f"http://127.0.0.1:{port}", target)
            yield webkit
            webkit.command("DELETE", "")
        finally:
            driver.terminate()


@contextmanager
def _target(referrers: list[str | None]) -> Iterator[str]:
    """Serve another site on loopback; collect in ``referrers`` the referrer of each request to it."""

    class Weather(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if self.path == "/weather":
                referrers.append(self.headers["Referer"])
            body = b"<!doctype html><title>Weather</title>Rain"
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with running(Weather) as address:
        yield f"{address}weather"
