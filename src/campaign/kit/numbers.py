"""The numbers that a place's sheets show: at most three."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..model.channels import Phone
from ..model.contact import Audience, Contact
from ..model.places import Country, Municipality
from ..model.roles import Role
from ..pages.language_marks import direction

MOST = 3  # more than a reader can choose from at a glance
# The country's lines and the place's own services for grown-up readers, the most fitting first.
_COUNTRYS = (Role.TRAFFICKING_HELPLINE, Role.VICTIM_SUPPORT, Role.WOMEN_HELPLINE)
_OWN = (Role.REFERRAL_COORDINATOR, Role.SOCIAL_SERVICES, Role.MIGRANT_ADVICE, Role.LEGAL_AID, Role.SHELTER)


@dataclass(frozen=True)
class Number:
    """A number of a sheet. ``role`` is why it is there; ``owner`` is the place whose file has the contact."""

    role: Role
    contact: Contact
    phone: Phone
    owner: Country | Municipality

    @property
    def kind(self) -> str:
        """``emergency``, ``country`` or ``own``."""
        if self.role is Role.EMERGENCY:
            return "emergency"
        return "own" if isinstance(self.owner, Municipality) else "country"

    def field(self, name: str) -> str:
        """Return the origin of a text of the contact: ``municipalities/ee/narva.yml|ee-narva.address``."""
        return f"{self.owner.file}|{self.contact.id}.{name}"


def printed_number(number: str, language: str) -> str:
    """Return a number in groups as it is printed: in one line, and in a text from right to left with an
    invisible mark (U+200E) that keeps its + on the left."""
    mark = "\N{LEFT-TO-RIGHT MARK}" if direction(language) == "rtl" else ""
    return mark + number.replace(" ", "\N{NO-BREAK SPACE}")


def numbers_of(place: Municipality) -> list[Number]:
    """Return the emergency number, the country's line and the place's own number. A second line of the
    country fills the place of an own number that is missing. Each has another number."""
    country = place.country
    contact, phone, _ = country.phone(Role.EMERGENCY)
    found = [Number(Role.EMERGENCY, contact, phone, country)]
    own = next(_numbers(place, _OWN, place.record.contacts), None)
    lines = [
        number
        for number in _numbers(country, _COUNTRYS, country.record.contacts)
        if number.phone.number != phone.number
    ]
    kept = MOST - 1 - bool(own)
    found += _different(lines)[:kept]
    return [*found, own] if own else found


def _numbers(
    owner: Country | Municipality, roles: Iterable[Role], contacts: Iterable[Contact]
) -> Iterator[Number]:
    """Yield the first number of each contact with these roles that can be dialled inside the country."""
    contacts = [contact for contact in contacts if _is_for_everyone(contact)]
    for role in roles:
        for contact in contacts:
            if role in contact.roles:
                for phone in contact.phones:
                    if phone.reach != "abroad":
                        yield Number(role, contact, phone, owner)
                        break


def _is_for_everyone(contact: Contact) -> bool:
    return not contact.audiences or Audience.MIGRANTS in contact.audiences


def _different(numbers: Iterable[Number]) -> list[Number]:
    return list({number.phone.number: number for number in reversed([*numbers])}.values())[::-1]
