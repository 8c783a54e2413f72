"""A copy's contacts for the search: each once, with the first place that shows its card."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from ..contacts.phone_display import grouped
from ..model.channels import Phone
from ..model.contact import Audience
from ..model.places import FIRST, NUMBERS, Country, Municipality
from ..model.roles import Role
from ..pages.slots import Slot, listed
from ..site.base_site import Base, Page
from ..text.utf8_mark_for_browsers import marked

FOLDER = "assets/search"  # all files that the search loads are here
CONTACTS = f"{FOLDER}/contacts.js"  # the copy's own; all other files there are its country's

_HEADING_ID = re.compile(rb'<h[1-6] id="([^"]+)"')


class ContactsIndex:
    """The indexes of one country's copies. Copies without local contacts share one object."""

    def __init__(self, base: Base, country: Country) -> None:
        self._base = base
        self._country = country
        self._language = country.language
        self._shared: bytes | None = None

    def of(self, place: Municipality) -> bytes:
        """Return the script that the search loads, without the emergency number, which is on every page."""
        if place.local:
            return self._script(place)
        if self._shared is None:
            self._shared = self._script(place)
        return self._shared

    def _script(self, place: Municipality) -> bytes:
        found: dict[str, tuple[Mapping[str, str], Role, str]] = {}
        for slot, where in self._slots:
            for contact in place.shown(*listed(slot.argument)):
                if contact.role is not Role.EMERGENCY:
                    found.setdefault(contact.id, (contact.organization, contact.role, where))
        return marked(CONTACTS, contacts_script(found.values(), self._language, self._crisis_line).encode())

    @cached_property
    def _crisis_line(self) -> tuple[Mapping[str, str], Phone] | None:
        """The names and the number of the country's line for people in a crisis, or of its stand-in; None if
        only the emergency number is left, which is on every page."""
        contact, phone, _ = self._country.phone(Role.CRISIS_LINE)
        return None if Role.EMERGENCY in contact.roles else (contact.organization, phone)

    @cached_property
    def _slots(self) -> list[tuple[Slot, str]]:
        """The contacts slots of the pages in the first language, each with its place (``help.html#here``):
        the help page's first, then other readers' pages, then the rest. All languages have the same places.
        The numbers to call first come last, because they are not cards, and are under the title, whose id
        differs between languages."""
        found = [
            (slot, page.path, heading)
            for page in self._base.pages
            for slot, heading in _under_headings(page)
            if slot.kind == "contacts" and slot.language == self._language
        ]
        found.sort(
            key=lambda one: (
                listed(one[0].argument)[1] in ([FIRST], [NUMBERS]),
                one[1] != "help.html",
                not Audience.of(one[1]).reads_for_help,
                one[1],
            )
        )
        return [(slot, f"{path}#{heading}") for slot, path, heading in found]


def _under_headings(page: Page) -> Iterator[tuple[Slot, str]]:
    """Yield each slot of a page with the id of the heading before it, or an empty string."""
    heading = ""
    for text, slot in zip(page.text, page.slots, strict=False):  # the last text follows the last slot
        if ids := _HEADING_ID.findall(text):
            heading = ids[-1].decode()
        yield slot, heading


def contacts_script(
    shown: Iterable[tuple[Mapping[str, str], Role, str]],
    first: str,
    crisis_line: tuple[Mapping[str, str], Phone] | None = None,
) -> str:
    """Return ``assets/search/contacts.js``: each contact's names by language, its role, and the page that
    shows it (``help.html#for-everyone``). Numbers, addresses and e-mail are on the card only, except the
    number of the line that the search shows above all results for words of death and self-harm."""
    contacts = [[dict(names), role.value, where] for names, role, where in shown]
    found: dict[str, object] = {"first": first, "contacts": contacts}
    if crisis_line:
        names, phone = crisis_line
        found["crisis"] = [dict(names), grouped(phone.number), phone.href]
    return f"window.searchContacts = {_script(found)};\n"


def _script(value: object) -> str:
    """Return JSON that is also a script: old browsers end a line at U+2028 inside a string."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
