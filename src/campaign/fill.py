"""The pure heart: a base site and a municipality in, every file that is the copy's own out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path

from markupsafe import Markup, escape

from .base import Base, Page
from .card import Cards
from .fields import dial
from .generated import ContactsFile, campaign_file, not_found_page, sitemap
from .hosting import host_files
from .inputs import Inputs
from .json_ld import ContactPoints
from .model import Audience, Contact
from .page_path import address
from .place import Country, Municipality, in_language
from .roles import Role
from .slot import OWN, Slot
from .words import Words


class Filler:
    """Fills the copies of one country: what they share (cards, pages without own slots) is made once."""

    def __init__(self, root: Path, base: Base, country: Country, words: Mapping[str, Words]) -> None:
        self.base = base
        self.country = country
        self.words = words
        self._cards = Cards(root, dict(words), country.language)
        self._contact_points = ContactPoints(words)
        self._not_found = not_found_page(root, country, words)
        self._contacts_file = ContactsFile(country, words)
        self._inputs = Inputs(root, base, country, words)
        self._last: dict[str, tuple[tuple[bytes, ...], bytes]] = {}

    def fill(self, place: Municipality) -> dict[str, bytes]:
        """``{path: bytes}`` of one copy. Pages that two copies have in common are the same object."""
        values = {slot: self._value(slot, place) for slot in self.base.slots}
        copy = {page.path: self._page(page, values) for page in self.base.pages}
        copy["404.html"] = self._not_found(place)
        copy["contacts.json"] = self._contacts_file(place)
        copy["campaign.json"] = campaign_file(place, self._inputs.of(place), self._languages)
        copy |= host_files(place)
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
            "schema": self._schema,
        }
        return make[slot.kind](slot, place).encode()

    def _contacts(self, slot: Slot, place: Municipality) -> str:
        audience = Audience(slot.argument.partition(":")[0])
        notice = ""
        if slot.argument.endswith(f":{OWN}") and not place.own_contacts(audience):
            notice = f"<p>{escape(self.words[slot.language]['contacts-none-own'])}</p>\n"
        cards = (
            self._cards.card(contact, slot.language, audience, place.time_zone)
            for contact in _chosen(slot.argument, place)
        )
        return f'{notice}<ul class="cards">\n' + "\n".join(cards) + "\n</ul>"

    def _schema(self, slot: Slot, place: Municipality) -> str:
        """The contacts of all contacts slots of the page, each once."""
        shown = {c.id: c for argument in slot.argument.split("+") for c in _chosen(argument, place)}
        return self._contact_points.script(shown.values(), place, slot.language)

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


def _marked(text: str, language: str, page_language: str) -> Markup:
    """A name, marked with its own language where that is not the page's."""
    if language == page_language:
        return escape(text)
    return Markup('<span lang="{}">{}</span>').format(language, text)


def _chosen(argument: str, place: Municipality) -> list[Contact]:
    """The contacts of a contacts slot, each once. Never none: a place without its own gets 112."""
    audience_name, _, roles = argument.partition(":")
    audience = Audience(audience_name)
    if roles == OWN:
        chosen = place.own_contacts(audience) or place.contacts_for(Role.EMERGENCY, audience)
    else:
        chosen = [c for role in roles.split(",") for c in place.contacts_for(Role(role), audience)]
    return list({contact.id: contact for contact in chosen}.values())
