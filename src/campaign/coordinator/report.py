"""The coordinator's page: contacts by place and role, their states, and the call list. It is in no copy."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from ..contacts.card import card_environment, day_in_words
from ..errors import CampaignError, Problem, shown
from ..model.contact import Contact
from ..model.places import Country, Places, in_language
from ..model.roles import Role
from ..pages.ui_strings import Words
from ..text.opening_hours import hours_in_words, locale_of
from ..text.web_and_email_addresses import host
from ..today import day_in
from .call_list import Entry, State
from .contact_coverage_grid import Coverage, grids

# Shapes and signs besides the colours, for colour-blind readers and for black and white prints.
_SHAPES = {
    Coverage.OWN: "●",
    Coverage.REGIONAL: "◐",
    Coverage.COUNTRY: "○",
    Coverage.STAND_IN: "↪",
    Coverage.MISSING: "–",
}
_SIGNS = {
    State.DOUBTED: "‽",
    State.UNREACHABLE: "∅",
    State.CHANGED: "±",
    State.EXPIRED: "✗",
    State.UNCONFIRMED: "?",
    State.EXPIRING: "!",
    State.FRESH: "✓",
}


def report(
    root: Path,
    words: Mapping[str, Words],
    places: Places,
    entries: Sequence[Entry],
    language: str,
    moment: datetime,
) -> str:
    """Return the page as HTML in ``language``. ``entries`` are all contacts, the most urgent first. Raise
    `CampaignError` for a language without interface words."""
    if language not in words:
        expected = f"one of the languages {', '.join(words)}"
        raise CampaignError([Problem("campaign report", 0, "--language", shown(language), expected)])
    own_words = words[language]
    return (
        card_environment(root)
        .get_template("coordinator-report.html")
        .render(
            language=language,
            words=own_words,
            day=day_in_words(_day(places, moment), language, own_words),
            roles=list(Role),
            coverages=list(Coverage),
            states=list(State),
            shapes=_SHAPES,
            signs=_SIGNS,
            grids=grids(places, moment),
            counted=_counted(entries),
            entries=[entry for entry in entries if entry.state is not State.FRESH],
            host=host,
            dated=lambda date: day_in_words(date, language, own_words),
            area=lambda contact, country: _area(contact, country, places, language),
            text=lambda texts, country: in_language(texts, language, country.language),
            hours=lambda notation: hours_in_words(notation, language, own_words),
            spoken=lambda codes: ", ".join(locale_of(language).languages[code] for code in codes),
        )
    )


def _area(contact: Contact, country: Country, places: Places, language: str) -> list[str]:
    """Return the names of the counties and municipalities that a contact serves."""
    found = {slug: places.municipalities.get(f"{country.code}/{slug}") for slug in contact.area}
    return [place.name(language)[0] if place else slug for slug, place in found.items()]


def _day(places: Places, moment: datetime) -> str:
    """Return the date under the title: the latest of all countries' dates."""
    return max(day_in(country.time_zone, moment) for country in places.countries.values()).isoformat()


def _counted(entries: Sequence[Entry]) -> dict[str, Counter[State]]:
    """Return the number of contacts by state, for each country's code and for ``all``."""
    counted: dict[str, Counter[State]] = {"all": Counter()}
    for entry in entries:
        for name in (entry.country.code, "all"):
            counted.setdefault(name, Counter())[entry.state] += 1
    return counted
