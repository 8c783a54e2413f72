"""The slots that our own code fills for Hugo: referral sheets, working groups, meetings, schema.org.

They come to Hugo as ready strings and were made before the clock runs, which favours Hugo; it still puts
each page together. Equal strings are there once, so that Hugo has little to read.
"""

from __future__ import annotations

from collections.abc import Iterable

from campaign.contacts.card import card_environment
from campaign.copies.slot_values import Values
from campaign.model.places import Country, Municipality
from campaign.pages.project import Project
from campaign.pages.slots import Slot
from campaign.professionals.working_group_pages import Cooperation

THEMES = ("contacts", "phone", "place", "exit", "head")  # of the kinds of slots, with the names of places


class ReadyValues:
    """The strings of one country. ``strings`` has each by its number."""

    def __init__(self, project: Project, country: Country) -> None:
        words, root = project.words, project.root
        cooperation = Cooperation(card_environment(root), words, country.language)
        self._values = Values(root, country, words, {}, cooperation)
        self._numbers: dict[str, str] = {}  # Hugo's maps have texts for keys

    @property
    def strings(self) -> dict[str, str]:
        return {number: string for string, number in self._numbers.items()}

    def of(self, slots: Iterable[Slot], place: Municipality) -> dict[str, str]:
        """The number of the string of each slot that is ready."""
        return {str(slot): self._number(slot, place) for slot in slots if is_ready(slot)}

    def _number(self, slot: Slot, place: Municipality) -> str:
        value = self._values.of(slot, place).decode()
        return self._numbers.setdefault(value, str(len(self._numbers)))


def is_ready(slot: Slot) -> bool:
    """Whether the theme does not make the slot itself."""
    return slot.kind not in THEMES and slot.argument != "name"
