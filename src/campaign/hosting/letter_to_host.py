"""What the doctor found, in words: for the terminal, and as a letter to a host in its language."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from ..model.places import Places
from ..pages.ui_strings import Words, read_words
from ..pages.words_for_hosts import filled, read_host_words
from .doctor import Health, Report
from .findings import Finding, Level
from .remedies import REMEDIES, SERVERS

_HEALTH = {Health.GOOD: "health-good", Health.FAULTS: "health-faults", Health.UNSEEN: "health-unseen"}


def in_words(report: Report, words: Words, remedies: bool = True) -> str:
    """Return the report for a terminal: one line for the copy, and some for each finding."""
    place = f" ({report.municipality})" if report.municipality else ""
    lines = [f"{report.url}{place}: {words[_HEALTH[report.health]]}{_reason(report, words)}"]
    for finding in report.findings:
        lines.append(
            f"  {words[f'level-{finding.level}']}: {finding.check}: {words[f'check-{finding.check}']}"
        )
        lines.append(f"    {'; '.join(finding.details)}")
        if remedies:
            lines += [f"    {line}" for line in _remedy(finding, words)]
    return "\n".join(lines)


def _reason(report: Report, words: Words) -> str:
    if report.why is None:
        return ""
    return f": {words[f'why-{report.why.why}']} ({report.why.detail})"


def letter(report: Report, site: str, words: Words) -> str:
    """Return a letter to the host of a copy with faults. ``site`` is the name of the site in the language of
    the words."""
    values = {"site": site, "url": report.url}
    lines = [
        filled(words["letter-subject"], **values),
        "",
        words["letter-greeting"],
        "",
        filled(words["letter-intro"], **values),
        "",
        *_listed(report, Level.FAULT, words),
        words["letter-reason"],
        "",
    ]
    if advices := list(_listed(report, Level.ADVICE, words)):
        lines += [words["letter-advice"], "", *advices]
    lines += [filled(words["letter-check"], **values), "", words["letter-thanks"], ""]
    return "\n".join(lines)


def write_letters(
    root: Path, folder: Path, reports: Iterable[Report], places: Places, known: Mapping[str, str]
) -> Iterator[Path]:
    """Write ``ee-narva.txt`` for each copy with faults, in the first language of its country, and yield the
    path. ``known`` has the municipality of each address; the copy's own word counts only where it has none.
    A copy of an unknown place gets a letter in English."""
    host_words, site_words = read_host_words(root), read_words(root)
    folder.mkdir(parents=True, exist_ok=True)
    for number, report in enumerate(reports, 1):
        if report.health is Health.FAULTS:
            name = known.get(report.url) or report.municipality
            country = places.countries.get(name.partition("/")[0])
            language = country.language if country and country.language in host_words else "en"
            text = letter(report, site_words[language]["site-name"], host_words[language])
            place = name.replace("/", "-") or "copy"
            path = folder / (f"{place}.txt" if report.url in known else f"{place}-{number}.txt")
            path.write_text(text, "utf-8")
            yield path


def _listed(report: Report, level: Level, words: Words) -> Iterator[str]:
    found = [finding for finding in report.findings if finding.level is level]
    for number, finding in enumerate(found, 1):
        yield f"{number}. {words[f'check-{finding.check}']}"
        yield from (f"   {detail}" for detail in finding.details)
        if remedy := list(_remedy(finding, words)):
            yield f"   {words['letter-remedy']}"
            yield from (f"   {line}" for line in remedy)
        yield ""


def _remedy(finding: Finding, words: Words) -> Iterator[str]:
    remedy = REMEDIES[finding.check]
    if remedy.sentence:
        yield words[remedy.sentence]
    for server in SERVERS:
        if server in remedy.lines:
            name = words["pack-static"] if server == "static" else server
            yield f"{name}: {remedy.lines[server]}"


def as_json(reports: Iterable[Report], words: Words) -> str:
    """Return all reports as a JSON array, for other programs."""
    return json.dumps(
        [
            {
                "url": report.url,
                "outcome": report.health,
                "municipality": report.municipality or None,
                "release": report.release or None,
                "days_behind": report.behind,
                "requests": report.requests,
                "reason": {"why": report.why.why, "detail": report.why.detail} if report.why else None,
                "findings": [
                    {
                        "check": finding.check,
                        "level": finding.level,
                        "sentence": words[f"check-{finding.check}"],
                        "details": finding.details,
                        "remedy": REMEDIES[finding.check].lines,
                    }
                    for finding in report.findings
                ],
            }
            for report in reports
        ],
        ensure_ascii=False,
        indent=1,
    )
