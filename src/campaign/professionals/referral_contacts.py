"""The contacts and numbers for each step of a referral order in one place."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ..model.channels import Phone
from ..model.contact import Audience, Contact, Eligibility
from ..model.places import Municipality
from ..model.referral_order import MOST_WHO, Order, Step, StepKind
from ..model.roles import LOCAL, Role
from ..text.opening_hours import ALWAYS

_CHILDREN = frozenset({Eligibility.CHILDREN, Eligibility.CHILDREN_7_17})
_ADULTS = frozenset({Eligibility.WOMEN, Eligibility.MEN, Eligibility.ADULTS, Eligibility.WOMEN_WITH_CHILDREN})


@dataclass(frozen=True)
class Line:
    """A contact in a step: the number to call (None if it has none) and its hours."""

    contact: Contact
    phone: Phone | None

    @property
    def schedule(self) -> str | None:
        return (self.phone.schedule if self.phone else None) or self.contact.schedule


@dataclass(frozen=True)
class StepContacts:
    """The contacts of one order's steps. ``national`` has their ids if the order and all contacts are the
    country's, as in most places; else it is None. ``beside`` are contacts of the country's order that are not
    among them: a municipality's own contacts or orders must not remove a national line from the sheet."""

    lines: list[list[Line]]
    national: tuple[str, ...] | None
    beside: list[Line]


def step_contacts(place: Municipality) -> dict[Order, StepContacts]:
    """Return the contacts of each order that is used in ``place``."""
    nothing = place.record.model_copy(update={"contacts": (), "county": None})
    bare = replace(place, slug="", record=nothing, lines={})  # with the country's contacts alone
    return {order: _step_contacts(place, bare, order) for order in Order}


def _step_contacts(place: Municipality, bare: Municipality, order: Order) -> StepContacts:
    steps, own = order_of(place, order)
    lines = [lines_of(place, order, step) for step in steps]
    ids = tuple(line.contact.id for named in lines for line in named)
    if not own and not place.local.intersection(ids):
        return StepContacts(lines, ids, [])
    countrys = place.country.record.referral.steps(order) or ()
    found = {line.contact.id: line for step in countrys for line in lines_of(bare, order, step)}
    return StepContacts(lines, None, [line for name, line in found.items() if name not in ids])


def order_of(place: Municipality, order: Order) -> tuple[tuple[Step, ...], bool]:
    """Return the steps of the order, and whether they are the municipality's own. If it has not written this
    order, they are the country's, or empty if the country has none either."""
    own = place.record.referral.steps(order)
    return (own, True) if own else (place.country.record.referral.steps(order) or (), False)


def lines_of(place: Municipality, order: Order, step: Step) -> list[Line]:
    """Return the contacts of a step: a role gives the place's fitting contacts, an id gives its contact.
    Contacts for adults only do not fit a child, and those for children only do not fit an adult. Out of
    hours, until the next working day, only lines fit whose source says that they are open day and night."""
    at_night = order is Order.OUT_OF_HOURS and step.step is not StepKind.NEXT_DAY
    by_id = {contact.id: contact for contact in place.contacts}

    def accepts(contact: Contact) -> bool:
        if Role.EMERGENCY in contact.roles:
            return bool(contact.phones)
        if contact.phones and _phone(contact, at_night) is None:  # a number for calls from abroad
            return False
        if at_night and not _always_open(contact):
            return False
        others = {Order.ADULT: _CHILDREN, Order.CHILD: _ADULTS}.get(order, frozenset())
        return not contact.eligibility or not others.issuperset(contact.eligibility)

    ranks: dict[str, int] = {}  # the first contact of every name, then the second ones
    for name in step.who:
        if name in set(Role):
            chosen = place.contacts_for(Role(name), Audience.PROFESSIONALS, accepts)
            if any(_answers(contact, place, name) for contact in chosen):  # no other stand-in is needed
                chosen = [c for c in chosen if c.id in place.lines or name in c.roles]
            # A region's helpline, such as a hospital's, comes after the country's line for everyone.
            chosen.sort(key=lambda contact: bool(contact.area) and contact.role not in LOCAL)
        else:
            chosen = [by_id[name]]
        for rank, contact in enumerate(chosen):
            ranks.setdefault(contact.id, rank)
    found = [by_id[name] for name in sorted(ranks, key=lambda name: ranks[name])]
    return [Line(contact, _phone(contact, at_night)) for contact in found[:MOST_WHO]]


def _answers(contact: Contact, place: Municipality, role: str) -> bool:
    """Whether a contact of the place or of its region can be reached for the role, by more than a mailbox. A
    region's contact that only stands in for the role does not count."""
    local = contact.id in place.lines or (contact.id in place.local and role in contact.roles)
    return local and bool(contact.phones or contact.chats or contact.web)


def _always_open(contact: Contact) -> bool:
    return ALWAYS in (contact.schedule, *(phone.schedule for phone in contact.phones))


def _phone(contact: Contact, at_night: bool) -> Phone | None:
    phones = [phone for phone in contact.phones if phone.reach != "abroad"]
    if at_night:
        phones.sort(key=lambda phone: (phone.schedule or contact.schedule) != ALWAYS)
    return phones[0] if phones else None
