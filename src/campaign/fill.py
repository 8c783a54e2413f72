"""The pure heart: a base site and a municipality in, every file that is the copy's own out."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from functools import cached_property
from pathlib import Path

from .base import Base, Page
from .card import card_environment
from .contacts_index import CONTACTS, ContactsIndex
from .content import Content
from .cooperation import Cooperation
from .fingerprint import LAST
from .generated import ContactsFile, campaign_file, languages_of, not_found_page, sitemap
from .hosting import host_files
from .inputs import Inputs
from .packages import PACKAGE
from .place import Country, Municipality
from .slot import Slot
from .value import OWN_KINDS, Values
from .words import Words


class Filler:
    """Fills the copies of one country: what they share (cards, pages without own slots) is made once."""

    def __init__(self, root: Path, base: Base, country: Country, words: Mapping[str, Words]) -> None:
        self._base = base
        self._country = country
        self.inputs = Inputs(root, base, country, words)
        self._cooperation = Cooperation(card_environment(root), words, country.language)
        self._values = Values(root, country, words, self._written, self._cooperation)
        self._not_found = not_found_page(root, country, words)
        self._contacts_index = ContactsIndex(base, country)
        self._contacts_file = ContactsFile(country, words)
        self._likeness: Hashable = None  # of the copy before
        self._before: dict[Slot, bytes] = {}  # its values
        self._pages: dict[str, Content] = {}  # and its pages
        self._others: dict[str, Content] = {}  # and its other files

    def likeness(self, place: Municipality) -> str:
        """In the order of this copies are filled fastest: each has much in common with the one before."""
        return repr(self._values.likeness(place))

    def fill(self, place: Municipality) -> dict[str, bytes]:
        """``{path: bytes}`` of one copy, whole."""
        return {path: content.data for path, content in self.contents(place).items()}

    def contents(self, place: Municipality) -> Mapping[str, Content]:
        """The same, not put together yet. What is as in the copy before is the same object."""
        before = self._others
        self._others = {
            path: before[path] if path in before and before[path].data is data else Content(data)
            for path, data in self._others_of(place).items()
        }
        return {**self._others, **self._filled(place)}

    def _others_of(self, place: Municipality) -> dict[str, bytes]:
        """The files that are no pages of the base."""
        copy = dict(self._base.files)
        copy["404.html"] = self._not_found(place)
        copy["contacts.json"] = self._contacts_file(place)
        copy[LAST] = campaign_file(
            place, self._base.packages[PACKAGE], self.inputs.of(place), self._languages
        )
        copy[CONTACTS] = self._contacts_index.of(place)
        copy |= host_files(place)
        copy |= dict(self._cooperation.calendar_files(place, self._country.languages))
        if place.site_url:
            copy["sitemap.xml"] = sitemap(place, self._written)
        return copy

    def _filled(self, place: Municipality) -> dict[str, Content]:
        """All pages, of which only those are put together that hold a value other than in the copy before."""
        likeness = self._values.likeness(place)
        alike = likeness is not None and likeness == self._likeness
        values = {slot: self._values.of(slot, place) for slot in (self._own if alike else self._pages_with)}
        other = [slot for slot, value in values.items() if self._before.get(slot) != value]
        changed = [page for slot in other for page in self._pages_with[slot]]
        self._before |= values
        self._likeness = likeness
        for page in dict.fromkeys(changed if self._pages else self._base.pages):
            self._pages[page.path] = page.filled(self._before)
        return self._pages

    @cached_property
    def _pages_with(self) -> dict[Slot, list[Page]]:
        """Every slot with the pages that hold it."""
        pages: dict[Slot, list[Page]] = {}
        for page in self._base.pages:
            for slot in dict.fromkeys(page.slots):
                pages.setdefault(slot, []).append(page)
        return pages

    @cached_property
    def _own(self) -> list[Slot]:
        """The slots whose values no two copies need have in common."""
        return [slot for slot in self._pages_with if slot.kind in OWN_KINDS]

    @cached_property
    def _languages(self) -> dict[str, dict[str, int]]:
        return languages_of(self._country, self._written)

    @cached_property
    def _written(self) -> dict[str, tuple[str, ...]]:
        """The languages in which each page is really written, by its path in the first language.
        A page that shows another language's text carries no head slot, so it does not count."""
        written = {(slot.argument, slot.language) for slot in self._base.slots if slot.kind == "head"}
        return {
            path: tuple(lang for lang in self._country.languages if (path, lang) in written)
            for path in sorted({path for path, _ in written})
        }
