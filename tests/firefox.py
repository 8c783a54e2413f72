"""Debian's Firefox, spoken to in WebDriver BiDi (https://www.w3.org/TR/webdriver-bidi/), which it has built in."""

from __future__ import annotations

import base64
import json
import re
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

ALT, SHIFT, RIGHT_SHIFT, TAB, ENTER = (
    "\ue00a",
    "\ue008",
    "\ue050",
    "\ue004",
    "\ue007",
)  # WebDriver's names of keys
PATIENCE = 30  # seconds after which a test gives up
QUIET = {  # what Firefox would fetch on its own account
    "app.normandy.enabled": False,
    "app.update.disabledForTesting": True,
    "browser.safebrowsing.malware.enabled": False,
    "browser.safebrowsing.phishing.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "extensions.update.enabled": False,
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "services.settings.server": "data:,",
}


class Firefox:
    """One window. A request to ``target`` never leaves: it is kept in ``asked``, and answered with the next of
    ``answers`` (a status; the last one again and again), or not at all while there is none."""

    def __init__(self, connection: ClientConnection, target: str) -> None:
        self._connection = connection
        self._number = 0
        self.asked: list[dict[str, str]] = []  # the headers of each request to the target
        self.answers: list[int] = [200]
        self.errors: list[str] = []
        self.command("session.new", capabilities={})
        self.command("session.subscribe", events=["network.beforeRequestSent", "log.entryAdded"])
        pattern = {"type": "string", "pattern": target}
        self.command("network.addIntercept", phases=["beforeRequestSent"], urlPatterns=[pattern])
        self.context = self.command("browsingContext.getTree")["contexts"][0]["context"]

    def command(self, method: str, **parameters: Any) -> Any:
        """The result of a command of the standard."""
        number = self._send(method, parameters)
        while (message := self._next()).get("id") != number:
            pass
        assert message["type"] == "success", message
        return message["result"]

    def _send(self, method: str, parameters: dict[str, Any]) -> int:
        self._number += 1
        self._connection.send(json.dumps({"id": self._number, "method": method, "params": parameters}))
        return self._number

    def _next(self) -> dict[str, Any]:
        message: dict[str, Any] = json.loads(self._connection.recv(timeout=PATIENCE))
        told = message.get("params", {})
        if message.get("method") == "log.entryAdded" and told["level"] == "error":
            if "/favicon.ico" not in told["text"]:  # which Firefox looks for, and the page's policy stops
                self.errors.append(told["text"])
        elif message.get("method") == "network.beforeRequestSent" and told["isBlocked"]:
            request = told["request"]
            self.asked.append(
                {header["name"].lower(): header["value"]["value"] for header in request["headers"]}
            )
            if self.answers:
                status = self.answers[0] if len(self.answers) == 1 else self.answers.pop(0)
                body = {"type": "string", "value": "<title>Weather</title>Rain"}
                headers = [{"name": "Content-Type", "value": {"type": "string", "value": "text/html"}}]
                self._send(
                    "network.provideResponse",
                    {"request": request["request"], "statusCode": status, "headers": headers, "body": body},
                )
        return message

    def until(self, holds: Callable[[], bool]) -> None:
        """Hear the browser until something holds, which only what it says can change."""
        while not holds():
            self._next()

    def open(self, address: str) -> None:
        self.command("browsingContext.navigate", context=self.context, url=address, wait="complete")

    @property
    def address(self) -> str:
        address = self.command("browsingContext.getTree", root=self.context)["contexts"][0]["url"]
        assert isinstance(address, str)
        return address

    def arrives(self, address: str) -> None:
        given_up = time.monotonic() + PATIENCE
        while (here := self.address) != address:
            assert time.monotonic() < given_up, f"{here} and not {address}"

    def back(self) -> None:
        self.command("browsingContext.traverseHistory", context=self.context, delta=-1)

    def evaluate(self, expression: str) -> Any:
        """The value of an expression, or of what it promises, as JSON has it."""
        done = self.command(
            "script.evaluate",
            expression=f"Promise.resolve({expression}).then(value => JSON.stringify(value))",
            target={"context": self.context},
            awaitPromise=True,
        )
        assert done["type"] == "success", done
        return json.loads(done["result"].get("value", "null"))

    def waits_for(self, expression: str) -> None:
        """Until it holds in the page, looked at after each change of the page."""
        self.evaluate(
            f"new Promise(done => {{ const look = () => ({expression}) && done(true); look() || "
            "new MutationObserver(look).observe(document, {childList: true, subtree: true, attributes: true}); "
            "addEventListener('focus', look, true) })"
        )

    def press(self, *keys: str, held: str = "") -> None:
        """Press keys one after the other while another is held."""
        actions = [{"type": kind, "value": key} for key in keys for kind in ("keyDown", "keyUp")]
        if held:
            actions = [{"type": "keyDown", "value": held}, *actions, {"type": "keyUp", "value": held}]
        self._act({"type": "key", "id": "keyboard", "actions": actions})

    def click(self, selector: str) -> None:
        box = self.evaluate(
            f"document.querySelector({json.dumps(selector)}).getBoundingClientRect().toJSON()"
        )
        x, y = int(box["x"] + box["width"] / 2), int(box["y"] + box["height"] / 2)
        down_and_up = [{"type": "pointerDown", "button": 0}, {"type": "pointerUp", "button": 0}]
        self._act(
            {
                "type": "pointer",
                "id": "mouse",
                "actions": [{"type": "pointerMove", "x": x, "y": y}, *down_and_up],
            }
        )

    def _act(self, source: dict[str, Any]) -> None:
        self.command("input.performActions", context=self.context, actions=[source])

    def paper(self) -> bytes:
        """The page as PDF."""
        return base64.b64decode(
            self.command("browsingContext.print", context=self.context, background=True)["data"]
        )


@contextmanager
def firefox(profile: Path, target: str, settings: dict[str, Any]) -> Iterator[Firefox]:
    """Firefox with a new profile in an empty folder and these settings of about:config."""
    chosen = {**QUIET, **settings}
    lines = [f"user_pref({json.dumps(name)}, {json.dumps(value)});" for name, value in chosen.items()]
    (profile / "user.js").write_text("\n".join(lines), "utf-8")
    command = ["/usr/bin/firefox-esr", "--headless", "--no-remote", "--remote-debugging-port", "0"]
    with subprocess.Popen(
        [*command, "--profile", str(profile)],
        env={"PATH": "/usr/bin:/bin", "HOME": str(profile), "LANG": "C.UTF-8"},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stderr
        said = ""
        while not (found := re.search(r"WebDriver BiDi listening on (ws://\S+)", said)):
            line = process.stderr.readline()
            assert line, said
            said += line
        rest = threading.Thread(target=process.stderr.read)  # a full pipe would stop it
        rest.start()
        try:
            with connect(found[1] + "/session", max_size=None) as connection:
                yield Firefox(connection, target)
        finally:
            process.terminate()
            rest.join()
