"""Checks of what a host adds for others: cookies, trackers, reports, frames."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from .fetch_for_checks import EXIT, HIDDEN, HOME, HOST_FILE, LISTED, ROBOTS, Visit
from .findings import advice, fault

_REPORTS = ("nel", "report-to", "reporting-endpoints", "content-security-policy-report-only", "expect-ct")
_LISTING = re.compile(rb"<title>Index of|Directory listing|Parent Directory|\[To Parent")
_SAFE_REFERRERS = ("no-referrer",)


def _same_site(visit: Visit, address: str) -> bool:
    there = urlsplit(urljoin(visit.url, address))
    return there.scheme == "data" or there.netloc == urlsplit(visit.url).netloc


@fault
def no_cookie(visit: Visit) -> Iterator[str]:
    for name, answer in visit.answers.items():
        if name != EXIT:
            for cookie in answer.all("set-cookie"):
                yield f"{name}: {cookie.partition('=')[0]}"


@fault
def no_third_party(visit: Visit) -> Iterator[str]:
    """No page fetches anything from elsewhere, and no header makes a browser do so."""
    for path, answer, page in visit.html():
        for address in [*page.fetched, *page.scripts]:
            if not _same_site(visit, address):
                yield f"{path}: {address}"
        for link in re.findall(r"<([^>]*)>", answer.get("link")):
            if not _same_site(visit, link):
                yield f"{path}: Link: {link}"
        if answer.get("refresh"):
            yield f"{path}: Refresh: {answer.get('refresh')}"


@fault
def no_foreign_script(visit: Visit) -> Iterator[str]:
    """Every script is one that the page's own content policy allows, by its hash or as a file of the copy."""
    for path, _, page in visit.html():
        allowed = set(re.findall(r"'(sha256-[^']+)'", page.policy))
        for number, found in enumerate(page.hashes, 1):
            if found not in allowed:
                yield f"{path}: <script> {number}"
        for address in page.scripts:
            here = urljoin(visit.url + path, address)
            inside = here.removeprefix(visit.url).partition("?")[0]
            if visit.manifest and inside not in visit.manifest.files:
                yield f"{path}: {address}"


@fault
def no_reports(visit: Visit) -> Iterator[str]:
    """No header asks browsers to send reports on readers to somebody."""
    home = visit.answers.get(HOME)
    for name in _REPORTS:
        if home and home.get(name):
            yield f"{name}: {home.get(name)}"


@fault
def referrer_policy(visit: Visit) -> Iterator[str]:
    """A header must not weaken what the pages say: files such as the style obey the header alone."""
    for path, answer in visit.files():
        value = answer.get("referrer-policy").split(",")[-1].strip().lower()
        if value and value not in _SAFE_REFERRERS:
            yield f"{path}: {value}"


@fault
def frame_ancestors(visit: Visit) -> Iterator[str]:
    for path, answer, _ in visit.html():
        policy = ";".join(answer.all("content-security-policy"))
        framed = re.search(r"frame-ancestors\s+([^;,]*)", policy)
        sealed = framed and framed[1].strip() in ("'none'", "'self'")
        if not sealed and answer.get("x-frame-options").upper() not in ("DENY", "SAMEORIGIN"):
            yield f"{path}: {framed[1].strip() if framed else '–'}"


@fault
def policy_lets_pages_work(visit: Visit) -> Iterator[str]:
    """A content policy in a header must not forbid our own exit script and style."""
    for path, answer, page in visit.html():
        for policy in answer.get("content-security-policy").split(","):
            rules = {part.split()[0].lower(): part.split()[1:] for part in policy.split(";") if part.split()}
            script = rules.get("script-src", rules.get("default-src"))
            style = rules.get("style-src", rules.get("default-src"))
            inline = script is None or any(found.strip("'") in page.hashes for found in script)
            unsafe = script is not None and "'unsafe-inline'" in script
            if page.hashes and not inline and not unsafe:
                yield f"{path}: script-src {' '.join(script or ())}"
            if style is not None and not {"'self'", "*"}.intersection(style):
                yield f"{path}: style-src {' '.join(style)}"


@advice
def no_sniffing(visit: Visit) -> Iterator[str]:
    home = visit.ok(HOME)
    if home and home.get("x-content-type-options").lower() != "nosniff":
        yield "X-Content-Type-Options"


@fault
def no_listing(visit: Visit) -> Iterator[str]:
    for path in LISTED:
        answer = visit.ok(path)
        if answer and _LISTING.search(answer.body):
            yield path


@fault
def hidden_files(visit: Visit) -> Iterator[str]:
    home = visit.ok(HOME)
    for path in HIDDEN:
        answer = visit.ok(path)
        if answer and home and answer.body != home.body and b"<html" not in answer.body[:500].lower():
            yield path


@advice
def host_folder(visit: Visit) -> Iterator[str]:
    answer = visit.ok(HOST_FILE)
    if answer and answer.body.startswith(b"# nginx"):
        yield HOST_FILE


@advice
def server_version(visit: Visit) -> Iterator[str]:
    home = visit.ok(HOME)
    for name in ("server", "x-powered-by", "x-aspnet-version", "x-generator"):
        if home and re.search(r"\d", home.get(name)):
            yield f"{name}: {home.get(name)}"


@fault
def search_engines(visit: Visit) -> Iterator[str]:
    """Search engines may show the copy: nobody else leads readers to it."""
    home, robots = visit.ok(HOME), visit.ok(ROBOTS)
    if home and re.search(r"\b(?:noindex|none)\b", home.get("x-robots-tag").lower()):
        yield f"X-Robots-Tag: {home.get('x-robots-tag')}"
    if robots and robots.type == "text/plain" and _forbids(robots.body, urlsplit(visit.url).path):
        yield "robots.txt"


def _forbids(robots: bytes, path: str) -> bool:
    """Whether the rules for all robots forbid a path."""
    named, rules = False, [""]
    for line in robots.decode("utf-8", "replace").splitlines():
        key, _, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if key == "user-agent":
            named = value == "*"
        elif key == "disallow" and named and value:
            rules.append(value.rstrip("*$"))
    return any(rule and path.startswith(rule) for rule in rules)
