"""The pure heart: a base site and a municipality in, every file that is the copy's own out."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from markupsafe import Markup, escape

from .base import Base, Page
from .card import Cards
from .fields import dial
from .generated import not_found_page, sitemap
from .hosting import host_files
from .model import Audience, Contact
from .page_path import address
from .place import Country, Municipality, in_language
from .roles import Role
from .search import CONTACTS, contacts_script
from .slot import OWN, Slot
from .words import Words

_HEADING_ID = re.compile(rb'<h[1-6] id="([^"]+)"')


class Filler:
    """Fills the copies of one country: what they share (cards, pages without own slots) is made once."""

    def __init__(self, root: Path, base: Base, country: Country, words: Mapping[str, Words]) -> None:
        self.base = base
        self.country = country
        self.words = words
        self._cards = Cards(root, dict(words), country.language)
        self._not_found = not_found_page(root, country, words)
        self._last: dict[str, tuple[tuple[bytes, ...], bytes]] = {}
        self._last_contacts: tuple[tuple[Contact, ...], bytes] | None = None

    def fill(self, place: Municipality) -> dict[str, bytes]:
        """``{path: bytes}`` of one copy. Pages that two copies have in common are the same object."""
        values = {slot: self._value(slot, place) for slot in self.base.slots}
        copy = {page.path: self._page(page, values) for page in self.base.pages}
        copy["404.html"] = self._not_found(place)
        copy |= host_files(place)
        copy[CONTACTS] = self._contacts_index(place)
        if place.site_url:
            copy["sitemap.xml"] = sitemap(place, self._languages)
        return copy

    @cached_property
    def _languages(self) -> dict[str, tuple[str, ...]]:
        """The languages in which each page is really written, by its path in the first language.
        A page that shows another language's text carries no head slot, so it does not count."""
        written = {(slot.argument, slot.language) for slot in self.base.slots if slot.kind == "head"}
        return {
            path: tuple(lang for lang in self.country.languages if (path, lang) in written)
            for path in sorted({path for path, _ in written})
        }

    def _page(self, page: Page, values: Mapping[Slot, bytes]) -> bytes:
        filling = tuple(values[slot] for slot in page.slots)
        last = self._last.get(page.path)
        if last is None or last[0] != filling:
            pieces = [page.text[0]]
            for value, text in zip(filling, page.text[1:], strict=True):
                pieces += (value, text)
            last = self._last[page.path] = (filling, b"".join(pieces))
        return last[1]

    def _value(self, slot: Slot, place: Municipality) -> bytes:
        make: dict[str, Callable[[Slot, Municipality], str]] = {
            "contacts": self._contacts,
            "phone": self._phone,
            "municipality": self._municipality,
            "head": self._head,
            "exit": lambda _, place: escape(place.exit_url),
        }
        return make[slot.kind](slot, place).encode()

    def _contacts(self, slot: Slot, place: Municipality) -> str:
        audience, chosen = _chosen(slot, place)
        notice = ""
        if not chosen:
            notice = f"<p>{escape(self.words[slot.language]['contacts-none-own'])}</p>\n"
            chosen = place.contacts_for(Role.EMERGENCY, audience)
        unique = {contact.id: contact for contact in chosen}
        cards = (
            self._cards.card(contact, slot.language, audience, place.time_zone) for contact in unique.values()
        )
        return f'{notice}<ul class="cards">\n' + "\n".join(cards) + "\n</ul>"

    def _contacts_index(self, place: Municipality) -> bytes:
        """What the search finds of the copy's contacts: each once, on the first page that shows its card. The
        emergency number is left out: it stands on every page."""
        own = place.record.contacts
        if self._last_contacts is None or self._last_contacts[0] != own:
            shown: dict[str, tuple[Mapping[str, str], Role, str]] = {}
            for slot, where in self._contacts_slots:
                for contact in _chosen(slot, place)[1]:
                    if contact.role is not Role.EMERGENCY:
                        shown.setdefault(contact.id, (contact.organization, contact.role, where))
            self._last_contacts = own, contacts_script(shown.values(), self.country.language).encode()
        return self._last_contacts[1]

    @cached_property
    def _contacts_slots(self) -> list[tuple[Slot, str]]:
        """The contacts slots of the pages in the first language, each with its place (``help.html#here``):
        the help page's, the other readers' pages', the rest. Places are the same in every language."""
        found = [
            (slot, page.path, heading)
            for page in self.base.pages
            for slot, heading in _under_headings(page)
            if slot.kind == "contacts" and slot.language == self.country.language
        ]
        found.sort(key=lambda one: (one[1] != "help.html", not Audience.of(one[1]).reads_for_help, one[1]))
        return [(slot, f"{path}#{heading}") for slot, path, heading in found]

    def _phone(self, slot: Slot, place: Municipality) -> str:
        contact, phone, stands_in = place.country.phone(Role(slot.argument))
        number = phone.number.replace(" ", "\N{NO-BREAK SPACE}")
        link = Markup('<a class="tel" href="{}">{}</a>').format(phone.href, number)
        if not stands_in:
            return link
        name, language = in_language(contact.organization, slot.language, self.country.language)
        return link + " (" + _marked(name, language, slot.language) + ")"

    def _municipality(self, slot: Slot, place: Municipality) -> str:
        if slot.argument == "name":
            name, language = place.name(slot.language)
            return _marked(name, language, slot.language)
        words = self.words[slot.language]
        point = place.contact_point
        if point is None:
            return Markup("<p>{}</p>").format(words["contact-point-none"])
        name, language = in_language(point.organization, slot.language, self.country.language)
        lines = [Markup("<strong>{}</strong>").format(_marked(name, language, slot.language))]
        if point.phone:
            lines.append(Markup('<a class="tel" href="{}">{}</a>').format(dial(point.phone), point.phone))
        if point.email:
            lines.append(Markup('<a href="mailto:{}">{}</a>').format(point.email, point.email))
        if point.web:
            lines.append(Markup('<a href="{}" rel="noreferrer nofollow">{}</a>').format(point.web, point.web))
        return Markup("<p>{}</p>\n<p>{}</p>").format(words["contact-point-is"], Markup("<br>").join(lines))

    def _head(self, slot: Slot, place: Municipality) -> str:
        """Canonical and alternate addresses, where the copy has an address at all."""
        if not place.site_url:
            return ""
        languages = self._languages[slot.argument]
        first = self.country.language

        def link(attributes: str, language: str) -> str:
            url = (place.site_url or "") + address(slot.argument, language, first)
            return f'<link {attributes} href="{escape(url)}">'

        alternates = [link(f'rel="alternate" hreflang="{language}"', language) for language in languages]
        default = first if first in languages else languages[0]
        alternates.append(link('rel="alternate" hreflang="x-default"', default))
        return "\n".join([link('rel="canonical"', slot.language), *alternates])


def _chosen(slot: Slot, place: Municipality) -> tuple[Audience, list[Contact]]:
    """Whom a contacts slot shows, and to whom; nobody where the municipality has no contacts of its own."""
    name, _, roles = slot.argument.partition(":")
    audience = Audience(name)
    if roles == OWN:
        return audience, place.own_contacts(audience)
    return audience, [c for role in roles.split(",") for c in place.contacts_for(Role(role), audience)]


def _under_headings(page: Page) -> Iterator[tuple[Slot, str]]:
    """The slots of a page with the id of the heading that stands before each; empty where none does."""
    heading = ""
    for text, slot in zip(page.text, page.slots, strict=False):  # the last text follows the last slot
        if ids := _HEADING_ID.findall(text):
            heading = ids[-1].decode()
        yield slot, heading


def _marked(text: str, language: str, page_language: str) -> Markup:
    """A name, marked with its own language where that is not the page's."""
    if language == page_language:
        return escape(text)
    return Markup('<span lang="{}">{}</span>').format(language, text)
