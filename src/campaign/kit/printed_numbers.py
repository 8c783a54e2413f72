"""The numbers that a place's sheets show: at most three."""

from __future__ import annotations

from dataclasses import dataclass

from ..model.channels import Phone
from ..model.contact import Audience, Contact
from ..model.places import FIRST, Municipality
from ..model.roles import Role
from ..pages.language_marks import direction

MOST = 3  # more than a reader can choose from at a glance
# The country's lines for grown-up readers, the most fitting first. The help page has the same lines.
_COUNTRYS = (Role.TRAFFICKING_HELPLINE, Role.VICTIM_SUPPORT, Role.WOMEN_HELPLINE)


@dataclass(frozen=True)
class Number:
    """A number of a sheet. ``role`` is why it is there, and ``file`` has the contact. ``kind`` is
    ``emergency``, ``country`` or ``own``; own is also a number that serves the place and others."""

    role: Role
    kind: str
    contact: Contact
    phone: Phone
    file: str

    def field(self, name: str) -> str:
        """Return the origin of a text of the contact: ``municipalities/ee/narva.yml|ee-narva.address``."""
        return f"{self.file}|{self.contact.id}.{name}"


def printed_number(number: str, language: str) -> str:
    """Return a number in groups as it is printed: in one line, and in a text from right to left with an
    invisible mark (U+200E) that keeps its + on the left."""
    mark = "\N{LEFT-TO-RIGHT MARK}" if direction(language) == "rtl" else ""
    return mark + number.replace(" ", "\N{NO-BREAK SPACE}")


def numbers_of(place: Municipality) -> list[Number]:
    """Return the emergency number, the country's line and the place's first local number, as on its help
    page: its own, or one that serves it and other places. A second line of the country fills the place of a
    local number that is missing. Each has another number."""
    country = place.country
    contact, phone, _ = country.phone(Role.EMERGENCY)
    found = {phone.number: Number(Role.EMERGENCY, "emergency", contact, phone, country.file)}
    local = place.local_with_number(Audience.EVERYONE)[:1]
    first = (c for c in place.shown(Audience.EVERYONE, [FIRST]) if c.id not in place.local)
    lines = [contact for contact in first if not set(_COUNTRYS).isdisjoint(contact.roles)]
    for contact in [*sorted(lines, key=_rank)[: MOST - 1 - len(local)], *local]:
        if (number := contact.number_at_home) is None:
            continue
        kind = "own" if contact.id in place.local else "country"
        role = contact.role if kind == "own" else _COUNTRYS[_rank(contact)]
        file = place.file if contact.id in place.lines else country.file
        found.setdefault(number.number, Number(role, kind, contact, number, file))
    return [*found.values()]


def _rank(contact: Contact) -> int:
    """The sort key of a line of the country: the place of its first fitting role."""
    return min(_COUNTRYS.index(role) for role in contact.roles if role in _COUNTRYS)
