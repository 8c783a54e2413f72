"""The contacts of a help page as schema.org ContactPoint records: JSON that cannot end its script element."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..model.channels import Chat, Phone
from ..model.contact import Contact
from ..model.places import FIRST, NUMBERS, WRITTEN, Municipality, in_language
from ..pages.slots import CLOSE, OPEN
from ..pages.ui_strings import Words
from ..text.opening_hours import openings

_CONTACTS = re.compile(f"{OPEN}contacts [a-z]{{2}} ([^{CLOSE}]+){CLOSE}")
_ESCAPED = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029"}
_DAYS = dict(
    Mo="Monday", Tu="Tuesday", We="Wednesday", Th="Thursday", Fr="Friday", Sa="Saturday", Su="Sunday"
)


def schema_argument(html: str) -> str:
    """Return the argument of a page's schema slot: the arguments of its contacts slots, joined by ``+``,
    without the short lists, which also name contacts that have no card on the page."""
    short = (FIRST, NUMBERS, WRITTEN)
    return "+".join(found for found in _CONTACTS.findall(html) if found.partition(":")[2] not in short)


class ContactPoints:
    """The ContactPoint records of one country, each written once per contact and language."""

    def __init__(self, words: Mapping[str, Words]) -> None:
        self._words = words
        self._written: dict[tuple[str, ...], str] = {}

    def script(self, contacts: Iterable[Contact], place: Municipality, language: str) -> str:
        """Return the script element with these contacts, for the head of a page in ``language``."""
        written = (self._records(contact, place, language) for contact in contacts)
        records = ",".join(filter(None, written))
        context = '"@context":"https://schema.org"'
        return f'<script type="application/ld+json">{{{context},"@graph":[{records}]}}</script>'

    def _records(self, contact: Contact, place: Municipality, language: str) -> str:
        key = (contact.id, language, place.slug if place.slug in contact.area else "")
        if key not in self._written:
            points = contact_points(contact, place, language, self._words[language])
            self._written[key] = ",".join(map(escaped, points))
        return self._written[key]


def contact_points(
    contact: Contact, place: Municipality, language: str, words: Words
) -> Iterator[dict[str, Any]]:
    """Yield a record for each number and each chat page of the contact, else one for its web page if any."""
    name, _ = in_language(contact.organization, language, place.country.language)
    served: object = place.country.code.upper()
    if contact.id in place.lines:  # the municipality's own
        served = _area(place.name(language)[0])
    elif contact.area:
        served = [_area(name) for name in area_names(contact, place, language)]
    chats = [chat for chat in contact.chats if chat.url]
    lines: list[Phone | Chat | None] = [*contact.phones, *chats]
    if not lines and contact.web:
        lines = [None]
    for line in lines:
        schedule = line.schedule if line else None
        if not isinstance(line, Chat):  # the contact's hours need not be its chat's hours
            schedule = schedule or contact.schedule
        record = {
            "@type": "ContactPoint",
            "contactType": words[f"name-{contact.role}"],
            "name": name,
            "telephone": line.href.removeprefix("tel:") if isinstance(line, Phone) else None,
            "contactOption": "TollFree" if isinstance(line, Phone) and line.free else None,
            "url": line.url if isinstance(line, Chat) else contact.web,
            "availableLanguage": list(line.languages) if line else None,
            "hoursAvailable": _hours(schedule),
            "areaServed": served,
        }
        yield {key: value for key, value in record.items() if value}


def _area(name: str) -> dict[str, str]:
    return {"@type": "AdministrativeArea", "name": name}


def area_names(contact: Contact, place: Municipality, language: str) -> list[str]:
    """Return the counties that a contact serves, and the municipality itself if its service area names it."""
    counties = place.country.record.counties
    return [
        name if name in counties else place.name(language)[0]
        for name in contact.area
        if name in counties or name == place.slug
    ]


def escaped(value: Mapping[str, Any]) -> str:
    """Return JSON for a script element. No string in it can end the element."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPED)


def _hours(notation: str | None) -> list[dict[str, Any]]:
    if notation is None:
        return []
    return [
        {
            "@type": "OpeningHoursSpecification",
            "dayOfWeek": [_DAYS[day] for day in opening.days],
            "opens": opening.opens,
            "closes": opening.closes,
        }
        for opening in openings(notation)
    ]
