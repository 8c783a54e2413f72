"""What must be rung or approved before a place's sheets may be printed without the draft's mark."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from ..checks.release_check import unready
from ..errors import Problem
from ..model.contact import Contact
from ..model.places import Country, Municipality
from ..pages.page import PageSource
from ..today import day_in
from .kit_items import Item
from .printed_numbers import numbers_of
from .referral_wall_sheets import contacts_in_orders
from .training_handouts import contacts_in_handout, handout_pages

_Owned = tuple[Country | Municipality, Contact]


def gate_problems(
    items: Iterable[Item], pages: Sequence[PageSource], places: Iterable[Municipality], moment: datetime
) -> Iterator[Problem]:
    """Yield a problem for each contact on these items that nobody has confirmed as it is now, once for all
    places, and for each place whose own words are on them and that nobody has approved."""
    shown: dict[str, _Owned] = {}
    for place in places:
        printed = list(_printed(items, pages, place))
        shown |= {contact.id: (owner, contact) for owner, contact in printed}
        if any(owner is place for owner, _ in printed) and not place.approved:
            expected = f"texts that campaign approve {place} has approved"
            yield Problem(place.file, 0, "", "texts that nobody has approved as they are", expected)
    for owner, contact in shown.values():
        if wrong := unready(contact, day_in(owner.time_zone, moment)):
            yield Problem(owner.file, owner.lines[contact.id], contact.id, *wrong)


def _printed(items: Iterable[Item], pages: Sequence[PageSource], place: Municipality) -> Iterator[_Owned]:
    """Yield each contact that the items show, with the place whose file has it."""
    items = [*items]
    found = [number.contact for number in numbers_of(place)]
    if any(item.template == "order" for item in items):
        found += contacts_in_orders(place)
    for item in items:
        if item.template == "handout":
            for page in handout_pages(pages, item.variant, place).values():
                found += contacts_in_handout(page, place)
    for contact in found:
        yield place if contact.id in place.lines else place.country, contact
