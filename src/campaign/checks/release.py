"""What prevents a release: unconfirmed contacts, unapproved texts and missing pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime

from ..errors import Problem
from ..model.contact import Contact
from ..model.places import Municipality, Places
from ..pages.offered_languages import REQUIRED, missing_pages
from ..pages.page import PageSource
from ..today import day_in
from .contacts_shown import used_by_readers


def release_problems(places: Places, pages: Iterable[PageSource], moment: datetime) -> Iterator[Problem]:
    """Yield a problem for each contact on readers' pages that is not confirmed as it is now, for each
    municipality whose texts nobody has approved, and for each missing page."""
    pages = list(pages)
    used = used_by_readers(places, pages)
    for owner in places.owners:
        today = day_in(owner.time_zone, moment)
        for contact in owner.record.contacts:
            if contact.id in used and (wrong := _unready(contact, today)):
                yield Problem(owner.file, owner.lines[contact.id], contact.id, *wrong)
        if isinstance(owner, Municipality) and not owner.approved:
            known = owner.slug in owner.country.coordinator.texts
            found = f"texts that {'changed since they were' if known else 'nobody has'} approved"
            yield Problem(owner.file, 0, "", found, f"texts that campaign approve {owner} has approved")
    for page in missing_pages(pages, places):
        if page.partition("/")[2] not in REQUIRED:  # the check itself already refuses these
            yield Problem(f"docs/{page}", 0, "", "none", "a page in every language that offers it")


def _unready(contact: Contact, today: date) -> tuple[str, str] | None:
    """Return what is found and expected if a contact is not confirmed as it is now, else None."""
    match contact.state(today):
        case "unconfirmed":
            return "no confirmation", "a contact that somebody has confirmed"
        case "changed":
            found = f"a change after the confirmation of {contact.changed_since}"
            return found, "a confirmation of the contact as it is now"
        case "expired":
            found = f"a confirmation that was good until {contact.good_until}"
            return found, "a confirmation that is good today"
    return None
