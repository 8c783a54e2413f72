"""A pure function: from a base site and a municipality it makes every file of the copy."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from pathlib import Path

from ..contacts.card import card_environment, explained_once
from ..files.project_folders import CAMPAIGN_JSON
from ..model.places import Country, Municipality
from ..pages.slots import KIT, Slot
from ..pages.ui_strings import Words
from ..professionals.working_group_pages import Cooperation
from ..site.base_site import Base, Page
from ..site.list_package_versions import PACKAGE
from .contact_search import CONTACTS, ContactsIndex
from .extra_files import ContactsFile, campaign_file, languages_of, not_found_page, sitemap
from .host_files import host_files
from .inputs_digest import Inputs
from .kit_links import FOLDER, NO_KIT, KitFiles, kit_links
from .manifest import MANIFEST, manifest_file
from .slot_values import Values


class Filler:
    """Fills the copies of one country. Shared parts (cards, pages without own slots) are made once."""

    def __init__(self, root: Path, base: Base, country: Country, words: Mapping[str, Words]) -> None:
        self._base = base
        self._country = country
        self._words = words
        self.inputs = Inputs(root, base, country, words)
        self._cooperation = Cooperation(card_environment(root), words, country.language)
        self._values = Values(root, country, words, self._written, self._cooperation)
        self._not_found = not_found_page(root, country, words)
        self._contacts_index = ContactsIndex(base, country)
        self._contacts_file = ContactsFile(country, words)

    def fill(self, place: Municipality, kit: KitFiles = NO_KIT) -> dict[str, bytes]:
        """Return ``{path: bytes}`` with all files of one copy, and with those of its printed ``kit``."""
        values = {slot: self._value(slot, place, kit) for slot in self._base.slots}
        pages = {page.path: self._page(page, values) for page in self._base.pages}
        kit_files = {f"{FOLDER}/{name}": data for name, data in kit.items()}
        copy = {**self._others_of(place), **kit_files, **pages}
        copy[MANIFEST] = manifest_file(place, self._base.packages[PACKAGE], self.inputs.of(place), copy)
        return copy

    @staticmethod
    def _page(page: Page, values: Mapping[Slot, bytes]) -> bytes:
        filled = page.filled(values)
        return explained_once(filled) if page.slots else filled

    def _value(self, slot: Slot, place: Municipality, kit: KitFiles) -> bytes:
        if (slot.kind, slot.argument) == ("municipality", KIT):
            words = self._words[slot.language]
            return kit_links(kit, slot.language, self._country.language, words).encode()
        return self._values.of(slot, place)

    def _others_of(self, place: Municipality) -> dict[str, bytes]:
        """Return the files that are not pages of the base."""
        copy = dict(self._base.files)
        copy["404.html"] = self._not_found(place)
        copy["contacts.json"] = self._contacts_file(place)
        copy[CAMPAIGN_JSON] = campaign_file(
            place, self._base.packages, self.inputs.of(place), self._languages
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
        """The languages in which each page has a text of its own, by its path in the first language. A page
        that shows another language's text has no head slot and is not counted."""
        written = {(slot.argument, slot.language) for slot in self._base.slots if slot.kind == "head"}
        return {
            path: tuple(lang for lang in self._country.languages if (path, lang) in written)
            for path in sorted({path for path, _ in written})
        }
