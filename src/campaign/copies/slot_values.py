"""The values of the slots of one copy: cards, numbers, names, addresses."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from pathlib import Path

from markupsafe import Markup, escape

from ..contacts.card import Cards, card_environment, until_note
from ..contacts.first_contacts import FirstContacts
from ..contacts.phone_display import grouped
from ..contacts.schema_org import ContactPoints
from ..model.channels import dial
from ..model.places import FIRST, NUMBERS, OWN, WRITTEN, Country, Municipality, in_language
from ..model.referral_order import Order
from ..model.roles import Role
from ..pages.language_marks import marked
from ..pages.page import address
from ..pages.slots import MARK, MUNICIPALITY_BLOCKS, Slot, listed
from ..pages.ui_strings import Words
from ..professionals.referral_sheet import Sheets
from ..professionals.working_group_pages import Cooperation


class Values:
    """The values of one country's slots. A value that several copies share is made once. ``written`` gives
    the languages in which each page has a text of its own, by its path."""

    def __init__(
        self,
        root: Path,
        country: Country,
        words: Mapping[str, Words],
        written: Mapping[str, tuple[str, ...]],
        cooperation: Cooperation,
    ) -> None:
        self._country = country
        self._words = words
        self._written = written
        environment = card_environment(root)
        self._cards = Cards(root, dict(words), country.language)
        self._first = FirstContacts(environment, self._cards, words, country.language)
        self._sheets = Sheets(environment, words, country.language)
        self._cooperation = cooperation
        self._contact_points = ContactPoints(words)
        self._shared: dict[tuple[Slot, Hashable], bytes] = {}
        self._make: Mapping[str, Callable[[Slot, Municipality], str]] = {
            "contacts": self._contacts,
            "schema": self._schema,
            "phone": self._phone,
            "municipality": self._municipality,
            "until": lambda slot, _: until_note(slot.argument, slot.language, words[slot.language]),
            "referral": lambda slot, place: self._sheets.sheet(place, Order(slot.argument), slot.language),
            "place": lambda slot, place: self._sheets.heading(place, slot.language),
            "head": self._head,
            "exit": lambda _, place: escape(place.exit_url),
        }

    def of(self, slot: Slot, place: Municipality) -> bytes:
        """Return the value of ``slot`` on the pages of ``place``, as HTML in UTF-8."""
        key = self._cache_key(slot, place)
        if key is None:
            return self._make[slot.kind](slot, place).encode()
        if (slot, key) not in self._shared:
            self._shared[slot, key] = self._make[slot.kind](slot, place).encode()
        return self._shared[slot, key]

    def _cache_key(self, slot: Slot, place: Municipality) -> Hashable:
        """Return everything of the place that determines the value; None if that is too much to share."""
        match slot.kind:
            case "phone" | "until":
                return ""  # the value is the country's
            case "exit":
                return place.exit_url
            case "head":
                return None if place.site_url else ""
            case "contacts" | "schema":
                return self._cards_key(slot, place)
            case "referral":
                return self._sheets.cache_key(place, Order(slot.argument))
        if slot.argument not in (MARK, *MUNICIPALITY_BLOCKS):
            return None
        return None if getattr(place.record, slot.argument.replace("-", "_")) else "nothing"

    def _cards_key(self, slot: Slot, place: Municipality) -> Hashable:
        """Return what determines the cards: the time zone, and the contacts if one is regional. None if one
        is the municipality's own or names the municipality."""
        if not place.local:
            return place.time_zone
        shown = [
            contact
            for argument in slot.argument.split("+")
            for contact in place.shown(*listed(argument))
            if contact.id in place.local
        ]
        if any(not contact.area or place.slug in contact.area for contact in shown):
            return None
        return (place.time_zone, *(contact.id for contact in shown))

    def _contacts(self, slot: Slot, place: Municipality) -> str:
        audience, roles = listed(slot.argument)
        if roles in ([FIRST], [NUMBERS]):
            return self._first.calls(place, slot.language, audience, roles[0])
        if roles == [WRITTEN]:
            return self._first.written(place, slot.language, audience)
        notice = ""
        shown = place.shown(audience, roles)
        if roles == [OWN] and not any(contact.id in place.local for contact in shown):
            notice = f"<p>{escape(self._words[slot.language]['contacts-none-own'])}</p>\n"
        return notice + self._cards.list(shown, place, slot.language, audience)

    def _schema(self, slot: Slot, place: Municipality) -> str:
        """Return the contacts of all contacts slots of the page, each once."""
        lists = (place.shown(*listed(argument)) for argument in slot.argument.split("+"))
        unique = {contact.id: contact for contacts in lists for contact in contacts}
        return self._contact_points.script(unique.values(), place, slot.language)

    def _phone(self, slot: Slot, place: Municipality) -> str:
        contact, phone, stands_in = place.country.phone(Role(slot.argument))
        link = Markup('<a class="tel" href="{}">{}</a>').format(phone.href, grouped(phone.number))
        if not stands_in:
            return link
        name, language = in_language(contact.organization, slot.language, self._country.language)
        return link + " (" + _marked(name, language, slot.language) + ")"

    def _municipality(self, slot: Slot, place: Municipality) -> str:
        if slot.argument == "name":
            name, language = place.name(slot.language)
            return _marked(name, language, slot.language)
        if slot.argument == MARK:
            return Markup(place.record.mark or "")
        if slot.argument == "working-group":
            return self._cooperation.group(place, slot.language)
        if slot.argument == "meetings":
            return self._cooperation.meetings(place, slot.language)
        words = self._words[slot.language]
        point = place.contact_point
        if point is None:
            return Markup("<p>{}</p>").format(words["contact-point-none"])
        name, language = in_language(point.organization, slot.language, self._country.language)
        lines = [Markup("<strong>{}</strong>").format(_marked(name, language, slot.language))]
        if point.phone:
            lines.append(
                Markup('<a class="tel" href="{}">{}</a>').format(dial(point.phone), grouped(point.phone))
            )
        if point.email:
            lines.append(Markup('<a href="mailto:{}">{}</a>').format(point.email, point.email))
        if point.web:
            lines.append(Markup('<a href="{}" rel="noreferrer nofollow">{}</a>').format(point.web, point.web))
        return Markup("<p>{}</p>\n<p>{}</p>").format(words["contact-point-is"], Markup("<br>").join(lines))

    def _head(self, slot: Slot, place: Municipality) -> str:
        """Return the canonical and alternate addresses if the copy has an address, else nothing."""
        if not place.site_url:
            return ""
        languages = self._written[slot.argument]
        first = self._country.language

        def link(attributes: str, language: str) -> str:
            url = (place.site_url or "") + address(slot.argument, language, first)
            return f'<link {attributes} href="{escape(url)}">'

        alternates = [link(f'rel="alternate" hreflang="{language}"', language) for language in languages]
        default = first if first in languages else languages[0]
        alternates.append(link('rel="alternate" hreflang="x-default"', default))
        return "\n".join([link('rel="canonical"', slot.language), *alternates])


def _marked(text: str, language: str, page_language: str) -> Markup:
    """Return a name, marked with its language if that is not the page's."""
    if language == page_language:
        return escape(text)
    return Markup("<span{}>{}</span>").format(marked(language, page_language), text)
