"""What must be rung or approved before a place's sheets may be printed without the draft's mark."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from ..checks.release import unready
from ..errors import Problem
from ..model.contact import Contact
from ..model.places import Country, Municipality
from ..today import day_in
from .items import Item
from .numbers import numbers_of

_Owned = tuple[Country | Municipality, Contact]


def gate_problems(
    items: Iterable[Item], places: Iterable[Municipality], moment: datetime
) -> Iterator[Problem]:
    """Yield a problem for each contact on these items that nobody has confirmed as it is now, once for all
    places, and for each place whose own words are on them and that nobody has approved."""
    shown: dict[str, _Owned] = {}
    for place in places:
        printed = list(_printed(items, place))
        shown |= {contact.id: (owner, contact) for owner, contact in printed}
        if any(owner is place for owner, _ in printed) and not place.approved:
            expected = f"texts that campaign approve {place} has approved"
            yield Problem(place.file, 0, "", "texts that nobody has approved as they are", expected)
    for owner, contact in shown.values():
        if wrong := unready(contact, day_in(owner.time_zone, moment)):
            yield Problem(owner.file, owner.lines[contact.id], contact.id, *wrong)


def _printed(items: Iterable[Item], place: Municipality) -> Iterator[_Owned]:
    """Yield each contact that the items show, with the place whose file has it."""
    for number in numbers_of(place):
        yield number.owner, number.contact
