"""Reports numbers, addresses and links in texts, with the slot to use instead."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice
from pathlib import Path

from ..errors import Problem, shown
from ..files.yaml_document import Document, read_document
from ..model.contact import Contact
from ..model.places import Country, Municipality, Places
from ..pages.page import PageSource
from ..text.find_phone_numbers import digits_of, forms
from ..text.web_and_email_addresses import host
from .stray_contacts_in_yaml import text_problems
from .stray_finder import Finder, Stray, unique

Owner = Country | Municipality
MOST_STRAY = 100  # of this kind, reported for one page
_MOST = 3  # contacts in one message


class StrayContacts:
    """The contacts of all places, by the forms in which a text may contain them. ``parts`` are places whose
    files have wrong values: their numbers are found, too."""

    def __init__(self, places: Places, parts: Iterable[Owner] = ()) -> None:
        self._places = places
        self.numbers = unique(number for owner in (*places.owners, *parts) for number in _numbers(owner))
        self._finder = Finder(self.numbers)

    @property
    def key(self) -> str:
        """A text that is equal for equal contacts with equal slots."""
        return repr((self.numbers, self._slots))

    @cached_property
    def _slots(self) -> dict[str, dict[str, str]]:
        """``{digits, address or host: {contact or place: its slot}}``; made at the first finding."""
        slots: dict[str, dict[str, str]] = {}

        def add(key: str, name: str, slot: str) -> None:
            slots.setdefault(key, {})[name] = slot

        for owner in self._places.owners:
            for contact in owner.record.contacts:
                for number in _numbers_of(contact):
                    for form in forms(number):
                        add(form, contact.id, _slot(owner, contact, number))
                for address in (contact.email, contact.web, *(chat.url for chat in contact.chats)):
                    if address:
                        cards = f"<!-- contacts: {contact.role} -->"
                        add(address if address == contact.email else host(address), contact.id, cards)
            if isinstance(owner, Municipality) and (point := owner.contact_point):
                keys = (*forms(point.phone or ""), point.email, point.web and host(point.web))
                for key in filter(None, keys):
                    add(key, str(owner), "<!-- municipality: contact-point -->")
        return slots

    def page_problems(self, page: PageSource) -> Iterator[Problem]:
        """Yield the stray numbers, addresses and links of a page, except its sources and its ``allowed``."""
        sources = [source.url for source in page.meta.sources]
        for stray in islice(self._finder.find(page.text, (*sources, *page.meta.allowed)), MOST_STRAY):
            expected = self._expected(stray)
            yield Problem(page.file, page.first_line + stray.line, "", shown(stray.text), expected)

    def place_problems(self, root: Path, parts: Iterable[tuple[Owner, Document]] = ()) -> Iterator[Problem]:
        """Yield the problems of all texts in countries' and municipalities' files, in every language.
        ``parts`` are the good parts of files that have wrong values, with what is left of each document."""
        for owner in self._places.owners:
            found = list(text_problems(owner, self._finder))
            if found:
                document = read_document(root / owner.file, root)
                yield from (document.problem(*wrong) for wrong in found)
        for owner, part in parts:
            yield from (part.problem(*wrong) for wrong in text_problems(owner, self._finder))

    def _expected(self, stray: Stray) -> str:
        fitting = next((self._slots[key] for key in _keys(stray) if key in self._slots), None)
        if fitting:
            names = [*fitting][:_MOST] + ["others"] * (len(fitting) > _MOST)
            return f"{next(iter(fitting.values()))}, which is {' or '.join(names)}"
        if stray.kind == "link":
            return "a slot such as <!-- contacts: ROLE -->, or an address under sources in the front matter"
        return "a slot such as <!-- phone: ROLE -->, or a text under allowed in the front matter"


def _numbers(owner: Owner) -> Iterator[str]:
    for contact in owner.record.contacts:
        yield from _numbers_of(contact)
    if isinstance(owner, Municipality) and owner.contact_point and owner.contact_point.phone:
        yield owner.contact_point.phone


def _numbers_of(contact: Contact) -> Iterator[str]:
    return (line.number for line in contact.channels if line.number)


def _slot(owner: Owner, contact: Contact, number: str) -> str:
    """Return the slot for the number: in a sentence, if it is the first of its role in the country."""
    if isinstance(owner, Country):
        for role in contact.roles:
            first, phone, _ = owner.phone(role)
            if first is contact and phone.number == number:
                return f"<!-- phone: {role} -->"
    return f"<!-- contacts: {contact.role} -->"


def _keys(stray: Stray) -> list[str]:
    """Return the keys under which `_slots` may have a finding: ``8 800 …`` is also ``+7 800 …``, and
    ``mailto:``, ``tel:`` and ``wa.me/`` contain an address or a number."""
    if stray.kind == "link":
        address = stray.text if "//" in stray.text else f"https://{stray.text}"
        return [host(address), stray.text.partition(":")[2], digits_of(stray.text)]
    if stray.kind == "number":
        digits = digits_of(stray.text)
        return [digits, digits.removeprefix("00"), digits[1:]]
    return [stray.text]
