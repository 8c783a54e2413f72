"""Call sheets: the contacts to ring next, the most urgent first, in a terminal and on A4 paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ..contacts.card import card_environment, day_in_words
from ..coordinator.call_list import Entry, State
from ..model.confirmations_and_approvals import NOT_REACHED_TIMES, Checked
from ..model.contact import Contact
from ..model.places import Country, in_language
from ..model.roles import rung_in_danger
from ..pages.language_marks import language_names
from ..pages.ui_strings import Words
from ..text.opening_hours import hours_in_words
from ..today import day_in

MOST_CALLS = 15  # on one sheet: about an hour at the phone


@dataclass(frozen=True)
class Sheet:
    """Up to `MOST_CALLS` calls to lines of one country that speak one language."""

    country: Country
    language: str
    calls: tuple[Entry, ...]


def to_ring(entries: Sequence[Entry]) -> list[Entry]:
    """Return the entries that somebody should ring, in their order: those with a telephone number that are
    not fresh. An emergency number is never among them, because it needs no confirmation."""
    return [entry for entry in entries if entry.state is not State.FRESH and entry.contact.phones]


def sheets(entries: Sequence[Entry], languages: Mapping[str, Words]) -> list[Sheet]:
    """Return the sheets for these entries. The order of the entries stays: the first sheet of each country
    and language has its most urgent calls. ``languages`` are those with interface words."""
    together: dict[tuple[str, str], list[Entry]] = {}
    for entry in to_ring(entries):
        language = spoken_on(entry.contact, entry.country, languages)
        together.setdefault((entry.country.code, language), []).append(entry)
    return [
        Sheet(calls[0].country, language, tuple(calls[start : start + MOST_CALLS]))
        for (_, language), calls in together.items()
        for start in range(0, len(calls), MOST_CALLS)
    ]


def spoken_on(contact: Contact, country: Country, languages: Mapping[str, Words]) -> str:
    """Return the language in which to speak with a contact: its country's first language, unless the contact
    is known to speak only others that have interface words."""
    spoken = [code for code in contact.languages if code in languages]
    return country.language if country.language in spoken or not spoken else spoken[0]


def by_day_only(entry: Entry) -> bool:
    """Whether nobody should ring it at night to check it: somebody in danger may be waiting on the line."""
    return rung_in_danger(entry.contact.roles)


def as_text(entries: Sequence[Entry]) -> str:
    """Return the calls for a terminal: for each the number, the organisation, its state and its source."""
    calls = to_ring(entries)
    lines = []
    for number, entry in enumerate(calls, 1):
        contact = entry.contact
        phones = ", ".join(phone.number for phone in contact.phones)
        by_day = "only by day" if by_day_only(entry) else ""
        facts = (entry.state.in_words, contact.id, entry.hours, " ".join(contact.languages), by_day)
        lines += [
            f"{number}. {phones}  {entry.organization}",
            f"   {', '.join(filter(None, facts))}",
            f"   {contact.source.url}",
        ]
    emergency = dict.fromkeys(number for one in calls for number in one.country.record.numbers.emergency)
    never = f" Never ring {', '.join(emergency)} to check it." if emergency else ""
    others = [e for e in entries if e.state is not State.FRESH and not e.contact.phones]
    rest = f" {len(others)} more have no telephone number: campaign ask writes to them." if others else ""
    return "\n".join([*lines, f"{len(calls)} to ring.{never}{rest}"])


def as_html(root: Path, words: Mapping[str, Words], entries: Sequence[Entry], moment: datetime) -> str:
    """Return all sheets as one HTML page that prints on A4, each sheet on its own paper."""
    made = sheets(entries, words)
    return (
        card_environment(root)
        .get_template("call-sheets.html")
        .render(
            sheets=made,
            words=words,
            checked=list(Checked),
            tries=range(NOT_REACHED_TIMES),
            by_day_only=by_day_only,
            day=lambda sheet: day_in_words(
                day_in(sheet.country.time_zone, moment).isoformat(), sheet.language, words[sheet.language]
            ),
            dated=lambda date, language: day_in_words(date, language, words[language]),
            text=lambda texts, sheet: in_language(texts, sheet.language, sheet.country.language)[0],
            hours=lambda notation, language: hours_in_words(notation, language, words[language]),
            spoken=language_names,
        )
    )
