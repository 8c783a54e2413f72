"""What to ring next: every contact with its state, the most pressing first."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from ..checks.contacts_shown import used_by_readers
from ..model.contact import Contact
from ..model.places import Country, Municipality, Places
from ..model.roles import Role
from ..pages.page import PageSource
from ..source.selection import check_names
from ..today import day_in

SOON = 30  # days before its end in which a confirmation counts as expiring


class State(StrEnum):
    """How a contact stands on a day, worst first."""

    CHANGED = "changed"
    EXPIRED = "expired"
    UNCONFIRMED = "unconfirmed"
    EXPIRING = "expiring"
    FRESH = "fresh"

    @property
    def in_words(self) -> str:
        return "changed since it was confirmed" if self is State.CHANGED else self.value


def state_of(contact: Contact, today: date) -> State:
    """Its state; an emergency number, which needs no confirmation, is always fresh."""
    state = contact.state(today)
    if state != "confirmed":
        return State(state)
    until = contact.good_until
    return State.EXPIRING if until and (until - today).days <= SOON else State.FRESH


@dataclass(frozen=True)
class Entry:
    """One contact as the coordinator's list shows it."""

    contact: Contact
    owner: Country | Municipality
    line: int  # in the owner's file
    places: int  # whose readers' pages show it
    state: State
    days: int | None  # since it expired, or until it does; None where nothing runs out

    @property
    def country(self) -> Country:
        return self.owner if isinstance(self.owner, Country) else self.owner.country

    @property
    def municipality(self) -> str:
        """The slug, or ``all`` where the contact is the whole country's."""
        return "all" if isinstance(self.owner, Country) else self.owner.slug

    @property
    def organization(self) -> str:
        return self.contact.organization[self.country.language]

    @property
    def hours(self) -> str:
        """Every notation that its lines bear, each once."""
        found = (self.contact.schedule, *(line.schedule for line in self.contact.channels))
        return " | ".join(dict.fromkeys(notation for notation in found if notation))

    @property
    def urgency(self) -> tuple[object, ...]:
        """Sorts: changed since it was confirmed; expired for longest; unconfirmed that the most places show,
        then the most urgent role; expiring soonest; unconfirmed that no reader sees; fresh."""
        unseen = self.state is State.UNCONFIRMED and not self.places
        rank = list(State).index(State.EXPIRING if unseen else self.state)
        days = self.days or 0
        role = list(Role).index(self.contact.role)
        where = (self.country.code, self.municipality != "all", self.municipality, self.contact.id)
        return rank, unseen, -days if self.state is State.EXPIRED else days, -self.places, role, *where


def entries(
    places: Places, pages: Iterable[PageSource], names: Collection[str], moment: datetime
) -> list[Entry]:
    """The contacts of the countries (``ee``, with its municipalities) and municipalities (``ee/tartu``,
    its own) that ``names`` names, all where it is empty; `CampaignError` for names of no place."""
    check_names(places, names, "campaign contacts")
    used = used_by_readers(places, pages)
    found = [
        _entry(owner, contact, used[contact.id], day_in(owner.time_zone, moment))
        for owner in places.owners
        if not names or _names_of(owner).intersection(names)
        for contact in owner.record.contacts
    ]
    return sorted(found, key=lambda entry: entry.urgency)


def _names_of(owner: Country | Municipality) -> set[str]:
    """The names under which it can be asked for: ``{"ee"}``, ``{"ee", "ee/tartu"}``."""
    return {owner.code} if isinstance(owner, Country) else {owner.country.code, str(owner)}


def _entry(owner: Country | Municipality, contact: Contact, places: int, today: date) -> Entry:
    until = contact.good_until
    days = abs((until - today).days) if until else None
    return Entry(contact, owner, owner.lines[contact.id], places, state_of(contact, today), days)
