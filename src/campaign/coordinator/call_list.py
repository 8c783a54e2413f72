"""The call list: every contact with its state, the most urgent first."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from ..checks.count_places_of_contacts import used_by_readers
from ..model.contact import Contact
from ..model.places import Country, Municipality, Places
from ..model.roles import Role
from ..pages.page import PageSource
from ..source.select_municipalities import check_names
from ..today import day_in

SOON = 30  # a confirmation counts as expiring in its last days


class State(StrEnum):
    """The state of a contact on a day, worst first."""

    DOUBTED = "doubted"
    UNREACHABLE = "unreachable"
    CHANGED = "changed"
    EXPIRED = "expired"
    UNCONFIRMED = "unconfirmed"
    EXPIRING = "expiring"
    FRESH = "fresh"

    @property
    def in_words(self) -> str:
        words = {State.CHANGED: "changed since it was confirmed", State.UNREACHABLE: "cannot be reached"}
        return words.get(self, self.value)


def state_of(contact: Contact, today: date) -> State:
    """Return the state of a contact; an emergency number needs no confirmation and is always fresh."""
    state = contact.state(today)
    if state != "confirmed":
        return State(state)
    until = contact.good_until
    return State.EXPIRING if until and (until - today).days <= SOON else State.FRESH


@dataclass(frozen=True)
class Entry:
    """One contact in the coordinator's list."""

    contact: Contact
    owner: Country | Municipality
    line: int  # in the owner's file
    places: int  # the number of places whose readers' pages show it
    state: State
    days: int | None  # since it expired, or until it expires; None if it never expires

    @property
    def country(self) -> Country:
        return self.owner if isinstance(self.owner, Country) else self.owner.country

    @property
    def municipality(self) -> str:
        """The slug, the slugs and counties of a service area, or ``all`` for the whole country."""
        return ", ".join(self.contact.area) or ("all" if isinstance(self.owner, Country) else self.owner.slug)

    @property
    def organization(self) -> str:
        return self.contact.organization[self.country.language]

    @property
    def hours(self) -> str:
        """All opening hours of its lines, each once."""
        found = (self.contact.schedule, *(line.schedule for line in self.contact.channels))
        return " | ".join(dict.fromkeys(notation for notation in found if notation))

    @property
    def urgency(self) -> tuple[object, ...]:
        """The sort key: doubted; impossible to reach; changed since the confirmation; longest expired;
        unconfirmed, by the number of places that show it, then by role; expiring soonest; unconfirmed and
        shown to no reader; fresh."""
        unseen = self.state is State.UNCONFIRMED and not self.places
        rank = list(State).index(State.EXPIRING if unseen else self.state)
        days = self.days or 0
        role = list(Role).index(self.contact.role)
        where = (self.country.code, self.municipality != "all", self.municipality, self.contact.id)
        return rank, unseen, -days if self.state is State.EXPIRED else days, -self.places, role, *where


def entries(
    places: Places,
    pages: Iterable[PageSource],
    names: Collection[str],
    moment: datetime,
    command: str = "campaign contacts",
) -> list[Entry]:
    """Return the contacts of the countries (``ee``, with municipalities) and municipalities (``ee/tartu``) in
    ``names``, or all if it is empty. Raise `CampaignError` for unknown names."""
    check_names(places, names, command)
    used = used_by_readers(places, pages)
    found = [
        _entry(owner, contact, used[contact.id], day_in(owner.time_zone, moment))
        for owner in places.owners
        if not names or _names_of(owner).intersection(names)
        for contact in owner.record.contacts
    ]
    return sorted(found, key=lambda entry: entry.urgency)


def _names_of(owner: Country | Municipality) -> set[str]:
    """Return the names by which a command selects this owner: ``{"ee"}``, ``{"ee", "ee/tartu"}``."""
    return {owner.code} if isinstance(owner, Country) else {owner.country.code, str(owner)}


def _entry(owner: Country | Municipality, contact: Contact, places: int, today: date) -> Entry:
    until = contact.good_until
    days = abs((until - today).days) if until else None
    return Entry(contact, owner, owner.lines[contact.id], places, state_of(contact, today), days)
