"""Checks of the server: its connection, types, caches, compression, addresses."""

from __future__ import annotations

import re
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from .fetch import Answer
from .fetch_for_checks import AGAIN, DEEP_MISSING, HOME, IPV6, MISSING, OTHER_LANGUAGE, PLAIN, Visit
from .findings import advice, fault

_CERTIFICATE_DAYS = 14
_CACHE_SECONDS = 86_400
_WEIGHT = 30_000  # bytes on the wire; our budget of a first view is 10,000
_TYPES = {
    "html": ("text/html",),
    "css": ("text/css",),
    "js": ("text/javascript", "application/javascript", "application/x-javascript"),
    "json": ("application/json",),
    "ics": ("text/calendar",),
    "svg": ("image/svg+xml",),
    "png": ("image/png",),
    "webp": ("image/webp",),
    "pdf": ("application/pdf",),
    "xml": ("text/xml", "application/xml"),
}


@fault
def https(visit: Visit) -> Iterator[str]:
    if not visit.secure:
        yield visit.url


@fault
def certificate(visit: Visit) -> Iterator[str]:
    if visit.bad_certificate:
        yield visit.bad_certificate


@fault
def certificate_days(visit: Visit) -> Iterator[str]:
    home = visit.answers.get(HOME)
    ends = home.certificate.get("notAfter") if home and home.certificate else None
    if isinstance(ends, str):
        day = datetime.fromtimestamp(ssl.cert_time_to_seconds(ends), UTC).date()
        if (day - visit.today).days < _CERTIFICATE_DAYS:
            yield day.isoformat()


@fault
def redirect_to_https(visit: Visit) -> Iterator[str]:
    plain = visit.answers.get(PLAIN)
    wanted = f"{visit.url}help.html"
    if plain and plain.status == 200:
        yield f"{plain.url}: 200"
    elif plain and plain.target and plain.target != wanted:
        yield f"{plain.url}: {plain.target}"


@advice
def hsts(visit: Visit) -> Iterator[str]:
    home = visit.answers.get(HOME)
    if visit.secure and home:
        age = re.search(r"max-age=\"?(\d+)", home.get("strict-transport-security"))
        if not age or int(age[1]) < 15_552_000:
            yield home.get("strict-transport-security") or "–"


@fault
def charset(visit: Visit) -> Iterator[str]:
    for path, answer in visit.files():
        declared = re.search(r"charset=[\"']?([\w-]+)", answer.get("content-type"), re.I)
        if declared and declared[1].lower() not in ("utf-8", "utf8"):
            yield f"{path}: {declared[1]}"


@fault
def types(visit: Visit) -> Iterator[str]:
    for path, answer in visit.files():
        wanted = _TYPES.get(path.rpartition(".")[2])
        if wanted and answer.type not in wanted:
            yield f"{path}: {answer.type or '–'}"


@fault
def no_long_cache(visit: Visit) -> Iterator[str]:
    """No cache keeps a page for more than a day: a corrected number would not be seen."""
    for path, answer, _ in visit.html():
        age = _cached_for(answer)
        if age is not None and age > _CACHE_SECONDS:
            yield f"{path}: {answer.get('cache-control') or answer.get('expires')}"


@advice
def asks_for_new_version(visit: Visit) -> Iterator[str]:
    for path, answer, _ in visit.html():
        if _cached_for(answer) is None:
            yield path


def _cached_for(answer: Answer) -> int | None:
    """Return for how many seconds browsers keep an answer; None if no header says it."""
    control = answer.get("cache-control").lower()
    if re.search(r"no-cache|no-store", control):
        return 0
    ages = [int(age) for age in re.findall(r"(?:max-age|s-maxage)=\"?(\d{1,10})", control)]
    if ages:
        return max(ages)
    try:
        until = parsedate_to_datetime(answer.get("expires"))
        sent = parsedate_to_datetime(answer.get("date"))
        return max(0, int((until - sent).total_seconds()))
    except (ValueError, TypeError):
        return 0 if answer.get("expires") in ("0", "-1") else None


@advice
def unchanged_page_is_not_sent_again(visit: Visit) -> Iterator[str]:
    answer = visit.answers.get(AGAIN)
    if answer and answer.status != 304:
        yield f"help.html: {answer.status}"


@fault
def compression(visit: Visit) -> Iterator[str]:
    for path, answer, _ in visit.html():
        if not answer.get("content-encoding") and answer.sent > 2_000:
            yield f"{path}: {answer.sent:,} B"


@fault
def weight(visit: Visit) -> Iterator[str]:
    page = visit.ok("help.html")
    if page and page.get("content-encoding") and page.sent > _WEIGHT:
        yield f"help.html: {page.sent:,} B"


@fault
def not_found_status(visit: Visit) -> Iterator[str]:
    for path in (MISSING, DEEP_MISSING):
        answer = visit.answers.get(path)
        if answer and (answer.status not in (404, 410) or answer.moved):
            yield f"{path}: {', '.join([*answer.moved, str(answer.status)])}"


@fault
def not_found_page(visit: Visit) -> Iterator[str]:
    """A wrong address shows the copy's own page, with the emergency number and the exit."""
    for path in (MISSING, DEEP_MISSING):
        answer = visit.answers.get(path)
        if answer and answer.status in (404, 410) and b"data-exit" not in answer.body:
            yield path


@fault
def folder_slash(visit: Visit) -> Iterator[str]:
    """A folder's address without its slash leads to the one with it, on the same host and as safely."""
    answer = visit.answers.get(visit.folder) if visit.folder else None
    if answer and answer.target != f"{visit.url}{visit.folder}/":
        yield f"{visit.folder}: {answer.target or answer.status}"


@fault
def folder_page(visit: Visit) -> Iterator[str]:
    """A folder's address shows its index page."""
    answer, index = visit.answers.get(f"{visit.folder}/"), visit.ok(f"{visit.folder}/index.html")
    if visit.folder and answer and index and answer.body != index.body:
        yield f"{visit.folder}/: {answer.status}"


@fault
def addresses_kept(visit: Visit) -> Iterator[str]:
    """A page is sent at its own address: a redirect costs a slow phone another second."""
    for path, answer in visit.files():
        if answer.moved and visit.folder != path:
            yield f"{path}: {answer.moved[-1]}"


@fault
def language_kept(visit: Visit) -> Iterator[str]:
    """The server does not choose another page by the language that a browser asks for."""
    home, other = visit.ok(HOME), visit.answers.get(OTHER_LANGUAGE)
    if home and other and (other.body != home.body or other.moved):
        yield f"Accept-Language: zu, th: {other.moved[-1] if other.moved else other.status}"


@fault
def ipv6(visit: Visit) -> Iterator[str]:
    """Where the host has an IPv6 address, the copy opens there, too."""
    home, other = visit.ok(HOME), visit.answers.get(IPV6)
    if IPV6 in visit.unseen and "unreachable" not in visit.unseen[IPV6].detail.lower():
        yield visit.unseen[IPV6].detail
    elif home and other and other.body != home.body:
        yield f"{other.status}"
