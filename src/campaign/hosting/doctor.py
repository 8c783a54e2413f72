"""Looks at hosted copies and reports on each: good, faults, or could not look."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from urllib.parse import urlsplit

from ..releases.verify import Reference
from . import content_checks, privacy_checks, server_checks
from .content_checks import state
from .fetch import BadCertificate, CouldNotLook, Fetcher, Private, Resolve, resolve
from .fetch_for_checks import Visit, visit_in_time
from .findings import Finding, Level, Named

SECONDS = 10.0  # for one copy
_HOSTS_AT_A_TIME = 8
CHECKS = {
    check.name: check
    for module in (content_checks, privacy_checks, server_checks)
    for check in vars(module).values()
    if isinstance(check, Named)
}


class Health(StrEnum):
    """The outcome of a look at a copy."""

    GOOD = "good"
    FAULTS = "faults"
    UNSEEN = "could not look"


@dataclass(frozen=True)
class Report:
    """What the doctor found at one address. ``why`` is set only if it could not look."""

    url: str
    health: Health
    findings: tuple[Finding, ...] = ()
    why: CouldNotLook | None = None
    municipality: str = ""
    release: str = ""
    behind: int | None = None
    requests: int = 0

    @property
    def faults(self) -> tuple[Finding, ...]:
        return tuple(finding for finding in self.findings if finding.level is Level.FAULT)


@dataclass(frozen=True)
class Doctor:
    """The settings of a look: what the copies are compared with, the day, and the limits."""

    reference: Reference
    today: date
    allow_private: Private = False
    seconds: float = SECONDS
    resolver: Resolve = resolve
    tls: ssl.SSLContext | None = None

    async def look(self, url: str) -> Report:
        """Look at one copy."""
        async with Fetcher(self.allow_private, self.resolver, self.tls) as fetcher:
            try:
                seen = await visit_in_time(url, fetcher, self.reference, self.today, self.seconds)
            except (CouldNotLook, BadCertificate) as error:
                why = error if isinstance(error, CouldNotLook) else CouldNotLook("no-connection", str(error))
                return Report(url, Health.UNSEEN, why=why, requests=fetcher.requests)
            found = tuple(findings_of(seen))
            known = state(seen)
            return Report(
                url,
                Health.FAULTS if any(finding.level is Level.FAULT for finding in found) else Health.GOOD,
                found,
                municipality=known.municipality if known else "",
                release=known.release if known else "",
                behind=known.behind if known else None,
                requests=fetcher.requests,
            )

    async def look_at_all(self, urls: Iterable[str]) -> list[Report]:
        """Look at many copies: one after the other at each host, several hosts at a time. The reports are in
        the order of the addresses."""
        wanted = list(dict.fromkeys(urls))
        hosts: dict[str, list[str]] = {}
        for url in wanted:
            hosts.setdefault(_host(url), []).append(url)
        turns = asyncio.Semaphore(_HOSTS_AT_A_TIME)

        async def at_host(there: Sequence[str]) -> list[Report]:
            async with turns:
                return [await self.look(url) for url in there]

        found = await asyncio.gather(*(at_host(there) for there in hosts.values()))
        by_url = {report.url: report for reports in found for report in reports}
        return [by_url[url] for url in wanted]


def _host(url: str) -> str:
    try:
        return urlsplit(url).netloc
    except ValueError:
        return ""


def findings_of(visit: Visit) -> list[Finding]:
    """Run all checks over one visit; faults come first."""
    found = [finding for check in CHECKS.values() if (finding := check.finding(visit))]
    return sorted(found, key=lambda finding: finding.level is Level.ADVICE)


def exit_status(reports: Iterable[Report]) -> int:
    """Return 1 if a copy has a fault; else 2 if one could not be seen; else 0."""
    found = {report.health for report in reports}
    return 1 if Health.FAULTS in found else 2 if Health.UNSEEN in found else 0
