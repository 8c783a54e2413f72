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
            if contact.id in used and (message := _message(contact, today)):
                yield Problem(owner.file, owner.lines[contact.id], contact.id, message)
        if isinstance(owner, Municipality) and not owner.approved:
            yield Problem(owner.file, 0, "", _text_message(owner))
    for page in missing_pages(pages, places):
        if page.partition("/")[2] not in REQUIRED:  # the check itself already refuses these
            yield Problem(
                f"docs/{page}", 0, "", "found no page, allowed one in every language that offers it"
            )


def _message(contact: Contact, today: date) -> str | None:
    match contact.state(today):
        case "unconfirmed":
            return "found no confirmation, allowed a contact that somebody rang"
        case "changed":
            found = f"found a contact that changed since it was confirmed on {contact.changed_since}"
            return f"{found}, allowed one that somebody rang as it is now"
        case "expired":
            found = f"found a confirmation that held until {contact.good_until}"
            return f"{found}, allowed one that holds today"
    return None


def _text_message(place: Municipality) -> str:
    known = place.slug in place.country.coordinator.texts
    found = "texts that changed since they were approved" if known else "texts that nobody has approved"
    return f"found {found}, allowed texts that campaign approve {place} has approved"
