"""What the checks need to know of an HTML page that a host sent."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass, field
from functools import lru_cache
from html.parser import HTMLParser

# Elements and attributes that make a browser fetch something, or send something away.
_FETCHES = {
    "audio": ("src",), "embed": ("src",), "form": ("action",), "iframe": ("src", "srcdoc"),
    "img": ("src", "srcset"), "input": ("src",), "link": ("href",), "object": ("data",),
    "source": ("src", "srcset"), "track": ("src",), "video": ("src", "poster"), "base": ("href",),
}  # fmt: skip
_HARMLESS_LINKS = {"alternate", "canonical", "icon"}  # canonical and alternate fetch nothing


@dataclass
class ReadPage:
    """``fetched`` are addresses of resources; ``hashes`` the CSP hashes of inline scripts; ``policy`` the
    content policy in a meta element; ``exits`` the targets of the exit; ``dials`` the linked numbers."""

    language: str = ""
    direction: str = ""
    fetched: list[str] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)
    hashes: list[str] = field(default_factory=list)
    policy: str = ""
    exits: list[str] = field(default_factory=list)
    dials: list[str] = field(default_factory=list)


@lru_cache(200)
def read_page(body: bytes) -> ReadPage:
    """Read a page; broken HTML gives what could be read. The reading ends at a tag or comment without an end,
    which a browser does not show either: HTMLParser would go on and look for the end again and again."""
    reader = _Reader()
    reader.feed(body.decode("utf-8-sig", "replace"))
    return reader.page


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.page = ReadPage()
        self._script: list[str] | None = None

    def parse_marked_section(self, i: int, report: int = 1) -> int:
        """Read ``<![…>`` as browsers do, as a comment; the standard library raises an `AssertionError`."""
        return self.parse_bogus_comment(i, bool(report))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        page = self.page
        if tag == "html":
            page.language, page.direction = given.get("lang", ""), given.get("dir", "")
        elif tag == "meta" and given.get("http-equiv", "").lower() == "content-security-policy":
            page.policy = given.get("content", "")
        elif tag == "script":
            if "src" in given:
                page.scripts.append(given["src"])
            elif given.get("type", "text/javascript") in ("", "module", "text/javascript"):
                self._script = []
        elif tag == "a":
            href = given.get("href", "")
            if "data-exit" in given:
                page.exits.append(href)
            if href.startswith(("tel:", "sms:")):
                page.dials.append(href[4:])
        if tag == "link" and _HARMLESS_LINKS.intersection(given.get("rel", "").lower().split()):
            return
        for name in _FETCHES.get(tag, ()):
            if given.get(name):
                page.fetched.append(given[name])

    def handle_data(self, data: str) -> None:
        if self._script is not None:
            self._script.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._script is not None:
            text = "".join(self._script).encode()
            self.page.hashes.append(f"sha256-{base64.b64encode(hashlib.sha256(text).digest()).decode()}")
            self._script = None
