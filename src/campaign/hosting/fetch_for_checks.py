"""One visit to a hosted copy: everything that the checks need, fetched with at most 60 requests."""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from urllib.parse import quote, urlsplit

from ..copies.manifest import MANIFEST
from ..releases.manifest_reading import Manifest, read_manifest
from ..releases.verify import Reference
from .fetch import Answer, BadCertificate, CouldNotLook, Fetcher
from .page_reading import ReadPage, read_page

_SAMPLE = 8  # further files of each visit; they rotate with the day
MISSING, DEEP_MISSING = "no-such-page-5f1c.html", "no/such-folder-5f1c/page.html"
LISTED = ("assets/", "host/")
HIDDEN = (".git/HEAD", ".env", ".htaccess")
HOST_FILE = "host/nginx.conf"
# Answers that no file of the copy has.
HOME, PLAIN, ROBOTS, OTHER_LANGUAGE, AGAIN, EXIT, IPV6 = (
    "(home)", "(http)", "(robots)", "(language)", "(again)", "(exit)", "(ipv6)",
)  # fmt: skip
_CHALLENGE = re.compile(
    rb"challenge-platform|cf[-_]chl|captcha|ddos-guard|_Incapsula_|Just a moment|verify you are human"
    rb"|checking your browser",
    re.I,
)
_OURS = b"data-exit"
_BESIDES = (MISSING, DEEP_MISSING, *LISTED, *HIDDEN, HOST_FILE)
_AGAIN = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
_NEVER_IN_ADDRESS = re.compile(r"""[\s<>"'`{}|\\^]""")
_FATAL = ("too-large", "too-many-requests", "too-slow")


@dataclass(frozen=True)
class Visit:
    """What was fetched. ``answers`` has each answer by the path in the copy, or by one of the names in
    brackets; ``pages`` are the paths of the home and help pages by language; ``unseen`` says why an answer
    is missing."""

    url: str
    today: date
    reference: Reference
    answers: Mapping[str, Answer] = field(default_factory=dict)
    manifest: Manifest | None = None
    pages: Mapping[str, str] = field(default_factory=dict)  # path -> language
    folder: str = ""  # a folder of the copy with an index page, without slash
    unseen: Mapping[str, CouldNotLook] = field(default_factory=dict)
    bad_certificate: str = ""

    @property
    def secure(self) -> bool:
        return self.url.startswith("https:")

    def ok(self, name: str) -> Answer | None:
        """Return an answer with status 200, else None."""
        answer = self.answers.get(name)
        return answer if answer and answer.status == 200 else None

    def html(self) -> Iterable[tuple[str, Answer, ReadPage]]:
        """Yield path, answer and contents of each home and help page that was sent."""
        for path in self.pages:
            if answer := self.ok(path):
                yield path, answer, read_page(answer.body)

    def files(self) -> Iterable[tuple[str, Answer]]:
        """Yield path and answer of each file of the copy that was sent."""
        for path in self.manifest.files if self.manifest else ():
            if answer := self.ok(path):
                yield path, answer


def checked_url(url: str) -> str:
    """Return the address of a copy with its last slash; raise `CouldNotLook` if it cannot be one."""
    try:
        parts = urlsplit(url)
    except ValueError:
        raise CouldNotLook("odd-address", url) from None
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.query or parts.fragment:
        raise CouldNotLook("odd-address", url)
    if not url.isprintable() or _NEVER_IN_ADDRESS.search(url) or parts.username is not None:
        raise CouldNotLook("odd-address", url)
    return url if url.endswith("/") else f"{url}/"


async def visit(url: str, fetcher: Fetcher, reference: Reference, today: date) -> Visit:
    """Look at the copy at an address. Raise `CouldNotLook` if the copy itself cannot be seen."""
    url = checked_url(url)
    try:
        home = await fetcher.get(url)
    except BadCertificate as error:
        return Visit(url, today, reference, bad_certificate=str(error))
    _refuse_what_is_no_answer(url, home)
    answers = {HOME: home}
    unseen: dict[str, CouldNotLook] = {}
    if home.status != 200:
        return Visit(url, today, reference, answers)

    async def get(name: str, address: str, options: Mapping[str, Any] | None = None) -> None:
        try:
            answers[name] = await fetcher.get(address, **(options or {}))
        except CouldNotLook as error:
            unseen[name] = error
        except BadCertificate as error:
            unseen[name] = CouldNotLook("no-connection", str(error))

    await get(MANIFEST, url + MANIFEST)
    manifest = None
    if (answer := answers.get(MANIFEST)) and answer.status == 200:
        try:
            manifest = read_manifest(answer.body)
        except ValueError as error:
            unseen[MANIFEST] = CouldNotLook("broken-answer", str(error))
    if manifest is None and _OURS not in home.body:
        return Visit(url, today, reference, answers, unseen=unseen)
    pages = _pages(manifest, home)
    folder = next((path.partition("/")[0] for path in pages if "/" in path), "")
    paths = [*pages, "contacts.json", "campaign.json", *_sample(manifest, pages, today)]
    jobs = [get(path, url + quote(path)) for path in dict.fromkeys([*paths, *_BESIDES])]
    parts = urlsplit(url)
    jobs.append(get(ROBOTS, f"{parts.scheme}://{parts.netloc}/robots.txt", {"most": 50_000}))
    jobs.append(get(OTHER_LANGUAGE, url, {"headers": {"Accept-Language": "zu, th"}}))
    if folder:
        jobs.append(get(folder, url + folder, {"follow": False}))
        jobs.append(get(f"{folder}/", f"{url}{folder}/"))
    if parts.scheme == "https" and parts.port is None:
        jobs.append(get(PLAIN, f"http://{parts.netloc}{parts.path}help.html", {"follow": False}))
    if target := next(iter(read_page(home.body).exits), ""):
        jobs.append(get(EXIT, target, {"follow": False, "most": 20_000}))  # an address that the host chose
    places = await fetcher.places(
        parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    )
    if any(":" in address for address, _ in places):
        jobs.append(get(IPV6, url, {"version": 6}))
    await asyncio.gather(*jobs)
    if help_page := answers.get("help.html"):
        given = {_AGAIN[name]: help_page.get(name) for name in _AGAIN if help_page.get(name)}
        await get(AGAIN, f"{url}help.html", {"headers": given})
    for name, reason in unseen.items():
        if reason.why in _FATAL and name not in (EXIT, IPV6, PLAIN):
            raise reason
    return Visit(url, today, reference, answers, manifest, pages, folder, unseen)


def _refuse_what_is_no_answer(url: str, home: Answer) -> None:
    """Raise `CouldNotLook` if the server gives the doctor another answer than it would give a reader."""
    if home.target:
        raise CouldNotLook("redirected", home.target)
    if urlsplit(home.url).path.rstrip("/") != urlsplit(url).path.rstrip("/") and _OURS not in home.body:
        raise CouldNotLook("redirected", home.url)
    challenged = home.get("cf-mitigated") or (_OURS not in home.body and _CHALLENGE.search(home.body))
    if challenged:
        raise CouldNotLook("challenge", str(home.status))
    if home.status in (401, 403, 407, 429, 503):
        raise CouldNotLook("refused", str(home.status))


def _pages(manifest: Manifest | None, home: Answer) -> dict[str, str]:
    """Return the home and help pages of every language, ``{path: language}``."""
    first = read_page(home.body).language
    paths = manifest.files if manifest else ("index.html", "help.html")
    found = {}
    for path in sorted(paths, key=lambda path: (path.count("/"), path)):
        match = re.fullmatch(r"(?:([a-z]{2})/)?(?:index|help)\.html", path)
        if match:
            found[path] = match[1] or first
    return dict(list(found.items())[:16])


def _sample(manifest: Manifest | None, pages: Mapping[str, str], today: date) -> list[str]:
    """Return further files: one of each kind, then some that rotate with the day."""
    if manifest is None:
        return []
    others = [path for path in manifest.files if path not in pages and not path.startswith(("host/", "_"))]
    others.sort(key=lambda path: hashlib.sha256(f"{today}{path}".encode()).digest())
    kinds = {path.rpartition(".")[2]: path for path in reversed(others)}
    return list(dict.fromkeys([*kinds.values(), *others]))[:_SAMPLE]


async def visit_in_time(
    url: str, fetcher: Fetcher, reference: Reference, today: date, seconds: float
) -> Visit:
    """The same within a time limit, after which the copy could not be seen."""
    try:
        async with asyncio.timeout(seconds):
            return await visit(url, fetcher, reference, today)
    except TimeoutError:
        raise CouldNotLook("too-slow", f"{seconds:g} s") from None
