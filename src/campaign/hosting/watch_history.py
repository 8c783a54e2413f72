"""Keeps one row for each copy over time in a CSV file, and writes a static page for the coordinator beside
it."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields, replace
from datetime import date
from io import StringIO
from pathlib import Path

from ..contacts.card import card_environment, day_in_words
from ..errors import CampaignError, Problem, shown
from ..files.csv_guard import guarded, unguarded
from ..files.received import read_received
from ..pages.ui_strings import Words
from .doctor import Health, Report

_SIGNS = {Health.GOOD: "+", Health.FAULTS: "x", Health.UNSEEN: "?"}
_LOOKS = 14  # the last ones, as mirmon shows the last days of a mirror
_LARGEST = 5_000_000  # bytes


@dataclass(frozen=True)
class Row:
    """One copy over time. ``looks`` has a sign for each of the last looks, the newest last: + good, x faults,
    ? could not look. ``since`` is the day since which the copy is not good; a day on which the doctor could
    not look begins no such time and ends none."""

    url: str
    municipality: str = ""
    state: str = ""
    looked: str = ""
    last_good: str = ""
    since: str = ""
    behind: str = ""
    looks: str = ""
    faults: str = ""


def updated(rows: Iterable[Row], reports: Iterable[Report], today: date) -> list[Row]:
    """Add a look to the rows. Copies that were not looked at keep their row."""
    by_url = {row.url: row for row in rows}
    day = today.isoformat()
    for report in reports:
        row = by_url.get(report.url, Row(report.url))
        good, faults = report.health is Health.GOOD, report.health is Health.FAULTS
        by_url[report.url] = replace(
            row,
            municipality=report.municipality or row.municipality,
            state=report.health,
            looked=day,
            last_good=day if good else row.last_good,
            since="" if good else row.since or (day if faults else ""),
            behind=row.behind if report.behind is None else str(report.behind),
            looks=(row.looks + _SIGNS[report.health])[-_LOOKS:],
            faults=" ".join(finding.check for finding in report.faults),
        )
    return sorted(by_url.values(), key=lambda row: (row.since == "", row.since, row.url))


def read_rows(file: Path) -> list[Row]:
    """Return the rows of an earlier look; raise `CampaignError` if the file is something else."""
    if not file.exists():
        return []
    names = [field.name for field in fields(Row)]
    text = read_received(file, file.name, _LARGEST).decode("utf-8-sig", "replace")
    reader = csv.DictReader(StringIO(text), delimiter=";", strict=True)
    expected = f"a file of campaign doctor, with the columns {', '.join(names)}"
    try:
        if list(reader.fieldnames or ()) != names:
            raise CampaignError([Problem(file.name, 1, "", shown(text.partition("\n")[0]), expected)])
        return [Row(**{name: unguarded(line[name] or "") for name in names}) for line in reader]
    except csv.Error as error:
        found = f"a row that is not CSV ({error})"
        raise CampaignError([Problem(file.name, reader.reader.line_num, "", found, expected)]) from None


def as_csv(rows: Iterable[Row]) -> str:
    """Return the rows with semicolons, as spreadsheets in the Baltic countries open them. A cell that they
    would compute or change begins with an apostrophe."""
    out = StringIO()
    writer = csv.DictWriter(out, [field.name for field in fields(Row)], delimiter=";", lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        writer.writerow({name: guarded(value) for name, value in asdict(row).items()})
    return out.getvalue()


def as_page(root: Path, rows: Iterable[Row], language: str, words: Words, site: Words, today: date) -> str:
    """Return the page for the coordinator in ``language``. It loads nothing from the network."""
    health = {Health.GOOD: "health-good", Health.FAULTS: "health-faults", Health.UNSEEN: "health-unseen"}
    page = card_environment(root).get_template("hosting-watch.html")
    return page.render(
        language=language,
        words=words,
        day=words["watch-day"].replace("{date}", day_in_words(today.isoformat(), language, site)),
        rows=list(rows),
        states={str(state): words[key] for state, key in health.items()},
    )


def write_watch(
    root: Path, file: Path, reports: Iterable[Report], language: str, words: Words, site: Words, today: date
) -> Path:
    """Write the CSV file with the new look, and the page beside it. Return the path of the page."""
    rows = updated(read_rows(file), reports, today)
    page = file.with_suffix(".html")
    page.write_text(as_page(root, rows, language, words, site, today), "utf-8")
    file.write_text("\ufeff" + as_csv(rows), "utf-8", newline="")
    return page
