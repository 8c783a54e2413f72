"""The pure heart: a base site and a municipality in, every file that is the copy's own out."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from ..contacts.card import card_environment
from ..files.fingerprint import LAST
from ..model.places import Country, Municipality
from ..pages.ui_strings import Words
from ..professionals.working_group_pages import Cooperation
from ..site.base import Base
from ..site.package_versions import PACKAGE
from .contact_search import CONTACTS, ContactsIndex
from .copy_digest import Inputs
from .extra_files import ContactsFile, campaign_file, languages_of, not_found_page, sitemap
from .host_files import host_files
from .slot_values import Values


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

    def fill(self, place: Municipality) -> dict[str, bytes]:
        """``{path: bytes}`` of one copy, whole."""
        values = {slot: self._values.of(slot, place) for slot in self._base.slots}
        pages = {page.path: page.filled(values) for page in self._base.pages}
        return {**self._others_of(place), **pages}

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
