"""Sentences that hold until a day, which an until slot names: ``<!-- until: 2027-03-04 -->``.

The page says until when the sentence holds, and after that day that it held until then. The check warns from
`WARNED` days before, and a release is refused after the day.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from ..errors import Group, Problem, counted
from ..model.places import Country
from ..pages.page import PageSource
from ..pages.slots import is_day
from ..today import day_in
from .split_passages_with_marks import passages

WARNED = 60  # days


@dataclass(frozen=True)
class HeldUntil:
    """A sentence of a page, in the countries whose copies show it, and its last day."""

    file: str
    line: int
    day: date
    countries: tuple[str, ...]


def held_until(pages: Iterable[PageSource], countries: Collection[Country]) -> Iterator[HeldUntil]:
    """Yield each until slot that one of these countries shows. The front matter must be right."""
    for page in pages:
        if "<!-- until:" not in page.text:
            continue
        showing = [c.code for c in countries if page.language in c.languages and page.stands_in(c.code)]
        for passage in passages(page):
            here = tuple(code for code in showing if passage.stands_in(code))
            for line, day in passage.until if here else ():
                if is_day(day):  # another check refuses any other
                    yield HeldUntil(page.file, line, date.fromisoformat(day), here)


def warnings(
    pages: Iterable[PageSource], countries: Collection[Country], moment: datetime
) -> Iterator[tuple[date, str]]:
    """Yield the day and a line for each sentence whose day is near or past, in any country that shows it."""
    today = _todays(countries, moment)
    for held in held_until(pages, countries):
        left = min((held.day - today[code]).days for code in held.countries)
        if left <= WARNED:
            when = f"past for {counted(-left, 'day')}" if left < 0 else f"in {counted(left, 'day')}"
            yield held.day, f"warning: {held.file}:{held.line}: holds until {held.day}, {when}"


def days_past(
    pages: Iterable[PageSource], countries: Collection[Country], moment: datetime, group: Group
) -> Iterator[Problem]:
    """Yield a problem for each sentence whose day is past in a country that shows it."""
    today = _todays(countries, moment)
    for held in held_until(pages, countries):
        if past := [code for code in held.countries if held.day < today[code]]:
            found = f"a sentence that held until {held.day}, in the copies of {', '.join(sorted(past))}"
            expected = "what holds now, with its own day, or no such sentence"
            yield Problem(held.file, held.line, "", found, expected, group=group)


def _todays(countries: Iterable[Country], moment: datetime) -> dict[str, date]:
    return {country.code: day_in(country.time_zone, moment) for country in countries}
