"""For each municipality and role: whose contact its readers see, and the state of that contact."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from ..model.contact import Audience
from ..model.places import Country, Municipality, Places
from ..model.roles import Role
from ..today import day_in
from .call_list import State, state_of


class Coverage(StrEnum):
    """The owner of the contact that a place shows for a role."""

    OWN = "own"
    REGIONAL = "regional"
    COUNTRY = "country"
    STAND_IN = "stand-in"
    MISSING = "missing"


@dataclass(frozen=True)
class Cell:
    """One role in one place. ``state`` is the worst state of its contacts; None if the role is missing."""

    coverage: Coverage
    state: State | None


@dataclass(frozen=True)
class Grid:
    """One country: a row of cells for each municipality, in the order of the roles."""

    country: Country
    rows: tuple[tuple[Municipality, tuple[Cell, ...]], ...]

    def totals(self, coverage: Coverage) -> list[int]:
        """Return, for each role, the number of places with this coverage."""
        columns = zip(*(cells for _, cells in self.rows), strict=True)
        return [sum(cell.coverage is coverage for cell in column) for column in columns]

    @property
    def without_own(self) -> list[Municipality]:
        """Return the municipalities without a number of their own that readers see."""
        return [place for place, _ in self.rows if not place.has_number]

    @property
    def with_own(self) -> int:
        """Return the number of municipalities with a number of their own that readers see."""
        return sum(place.has_number for place, _ in self.rows)

    @property
    def with_regional(self) -> int:
        """Return the number of municipalities without a number of their own for which readers see one of the
        county or of several places."""
        return sum(place.has_regional_number for place, _ in self.rows)


def grids(places: Places, moment: datetime) -> list[Grid]:
    """Return the grids of all countries."""
    return [
        Grid(
            country,
            tuple((place, _row(place, day_in(place.time_zone, moment))) for place in places.of(code)),
        )
        for code, country in places.countries.items()
    ]


def _row(place: Municipality, today: date) -> tuple[Cell, ...]:
    return tuple(_cell(place, role, today) for role in Role)


def _cell(place: Municipality, role: Role, today: date) -> Cell:
    found = place.contacts_for(role, Audience.EVERYONE)
    own = [contact for contact in found if contact.id in place.lines]
    regional = [contact for contact in found if contact.area]
    found = own or regional or found
    state = min((state_of(contact, today) for contact in found), key=list(State).index)
    if role not in found[0].roles:
        missing = Role.EMERGENCY in found[0].roles
        return Cell(Coverage.MISSING, None) if missing else Cell(Coverage.STAND_IN, state)
    coverage = Coverage.OWN if own else Coverage.REGIONAL if regional else Coverage.COUNTRY
    return Cell(coverage, state)
