"""The contacts that readers' pages show, and the number of places that show each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ..model.contact import Audience
from ..model.places import LISTS, Country, Places
from ..model.roles import Role
from ..pages.page import PageSource
from ..pages.slots import comments, for_country

_KNOWN = frozenset({*LISTS, *Role})
_Slots = frozenset[tuple[Audience, str]]


def used_by_readers(places: Places, pages: Iterable[PageSource]) -> Counter[str]:
    """Return ``{"ee-116006": 79, …}``: for the id of each contact, the number of places whose readers' pages
    show it. A contact that is missing here is shown to professionals only, or to nobody."""
    pages = [page for page in pages if page.audience.reads_for_help]
    used: Counter[str] = Counter()
    for country in places.countries.values():
        cards, phones = _slots(pages, country)
        spoken = {country.phone(role)[0].id for role in phones}
        for place in places.of(country.code):
            shown = {contact.id for audience, role in cards for contact in place.shown(audience, [role])}
            used.update(shown | spoken)
    return used


def _slots(pages: Iterable[PageSource], country: Country) -> tuple[_Slots, frozenset[Role]]:
    """Return the distinct contacts and phone slots of the country's readers' pages. 112 is on every page."""
    cards: set[tuple[Audience, str]] = set()
    phones = {Role.EMERGENCY}
    for page in pages:
        if page.language not in country.languages or not page.stands_in(country.code):
            continue
        for comment in comments(for_country(page.text, country.code)):
            known = _KNOWN.intersection(comment.words)  # another check reports wrong words
            if comment.kind == "contacts":
                cards |= {(page.audience, word) for word in known}
            elif comment.kind == "phone":
                phones |= {Role(word) for word in known.difference(LISTS)}
    return frozenset(cards), frozenset(phones)
