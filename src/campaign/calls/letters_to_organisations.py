"""Letters that ask each organisation whether its record is right, in plain text for e-mail or paper."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from ..contacts.card import Cards
from ..coordinator.call_list import Entry, State
from ..errors import CampaignError, Problem, shown, unusable
from ..model.contact import Audience
from ..model.places import Country, Municipality, Places
from ..pages.ui_strings import Words
from ..text.interpolation import filled


def letters(root: Path, words: dict[str, Words], places: Places, entries: Sequence[Entry]) -> dict[str, str]:
    """Return ``{"ee-tartu.txt": text, …}``: one letter for each organisation of a country or municipality
    that has a contact that is not fresh. The letter is in the country's first language and has all of these
    contacts, as readers see them. The name of the file is the id of its most urgent contact. Two owners never
    share a letter: its address is that of one contact, and its answer confirms all contacts of the letter."""
    together: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        if entry.state is not State.FRESH:
            together.setdefault((entry.owner.file, entry.organization), []).append(entry)
    cards = {code: Cards(root, words, country.language) for code, country in places.countries.items()}
    return {
        f"{own[0].contact.id}.txt": _letter(own, cards[own[0].country.code], places, words)
        for own in together.values()
    }


def write_letters(folder: Path, made: Mapping[str, str]) -> None:
    """Write the letters into a new or empty folder; raise `CampaignError` if the folder has any file, because
    an older letter in it may ask about a number that somebody has corrected since."""
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            found = shown(folder.as_posix())
            raise CampaignError([Problem("campaign ask", 0, "--out", found, "a new or an empty folder")])
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in made.items():
            (folder / name).write_text(text, "utf-8")
    except OSError as error:
        raise CampaignError([unusable(error)]) from None


def _letter(entries: Sequence[Entry], cards: Cards, places: Places, words: Mapping[str, Words]) -> str:
    country = entries[0].country
    own = words[country.language]
    ids = ", ".join(entry.contact.id for entry in entries)
    records = [_record(entry, cards, places) for entry in entries]
    if len(records) > 1:
        numbers = (filled(own["letter-number"], number=str(number)) for number in range(1, len(records) + 1))
        records = [f"{number}\n{record}" for number, record in zip(numbers, records, strict=True)]
    parts = [
        f"{_address(entries)}\n{own['letter-subject']} [{ids}]",
        own["letter-hello"],
        own["letter-record"],
        *records,
        filled(own["letter-answer"], yes=own["letter-yes"]),
        own["letter-thanks"],
    ]
    return "\n\n".join(parts) + "\n"


def _address(entries: Sequence[Entry]) -> str:
    """Return where to send the letter: the first e-mail address, else page, address or number of a
    contact."""
    contacts = [entry.contact for entry in entries]
    ways = [
        *(contact.email for contact in contacts),
        *(contact.web for contact in contacts),
        *(contact.address for contact in contacts),
        *(line.number or line.href for contact in contacts for line in contact.channels),
    ]
    return next(filter(None, ways))


def _record(entry: Entry, cards: Cards, places: Places) -> str:
    """Return the text of the contact's card, on the page of a place that shows it."""
    owner = entry.owner
    place = owner if isinstance(owner, Municipality) else _served(entry, owner, places)
    readers = entry.contact.on_pages_of(Audience.EVERYONE)
    audience = Audience.EVERYONE if readers else Audience.PROFESSIONALS
    card = cards.card(entry.contact, place, entry.country.language, audience)
    text = re.sub(r"</(?:p|h3)>", "\n", re.sub(r"\s+", " ", card))
    lines = (html.unescape(re.sub("<[^>]+>", "", line)).strip() for line in text.split("\n"))
    return "\n".join(f"    {line}" for line in lines if line)


def _served(entry: Entry, country: Country, places: Places) -> Municipality:
    """Return the first municipality that the contact serves."""
    everywhere = not entry.contact.area
    return next(place for place in places.of(country.code) if everywhere or entry.contact.id in place.local)
