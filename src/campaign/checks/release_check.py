"""What prevents a release: contacts that nobody has confirmed, unapproved texts and missing pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, datetime

from ..claims.until_days import days_past
from ..errors import Group, Problem, counted
from ..model.contact import Contact
from ..model.places import Municipality, Places
from ..model.roles import rung_in_danger
from ..pages.languages_of_each_country import REQUIRED, missing_pages
from ..pages.page import PageSource
from ..today import day_in
from .count_places_of_contacts import used_by_readers

_DOUBTED = Group(0, "In doubt, or not reached by three calls")
_DANGER = Group(1, "Lines that people ring in danger")
_OFFICES = Group(2, "Offices")
_DAYS = Group(3, "Sentences that no longer hold")
_TEXTS = Group(4, "Texts that nobody has approved")
_PAGES = Group(5, "Missing pages")


def release_problems(places: Places, pages: Iterable[PageSource], moment: datetime) -> Iterator[Problem]:
    """Yield a problem for each contact on readers' pages that is not confirmed as it is now, for each
    municipality whose texts nobody has approved, each sentence whose day is past, and each missing page. They
    are in groups by urgency."""
    pages = list(pages)
    used = used_by_readers(places, pages)
    for owner in places.owners:
        today = day_in(owner.time_zone, moment)
        for contact in owner.record.contacts:
            if contact.id in used and (wrong := unready(contact, today)):
                group = _group(contact, today)
                yield Problem(owner.file, owner.lines[contact.id], contact.id, *wrong, group=group)
        if isinstance(owner, Municipality) and not owner.approved:
            known = owner.slug in owner.country.coordinator.texts
            found = f"texts that {'changed since they were' if known else 'nobody has'} approved"
            expected = f"texts that campaign approve {owner} has approved"
            yield Problem(owner.file, 0, "", found, expected, group=_TEXTS)
    yield from days_past(pages, [*places.countries.values()], moment, _DAYS)
    for page in missing_pages(pages, places):
        if page.partition("/")[2] not in REQUIRED:  # the check itself already refuses these
            yield Problem(
                f"docs/{page}", 0, "", "none", "a page in every language that offers it", group=_PAGES
            )


def contacts_counted(places: Places, pages: Iterable[PageSource], moment: datetime) -> str:
    """Return a sentence that says where each contact of these places is counted: among the problems, as
    confirmed, as a number that needs no confirmation, or as shown to no reader."""
    used = used_by_readers(places, pages)
    found: Counter[str] = Counter()
    for owner in places.owners:
        today = day_in(owner.time_zone, moment)
        for contact in owner.record.contacts:
            if not contact.needs_confirmation:
                found["need no confirmation"] += 1
            elif contact.id not in used:
                found["are on no page for readers"] += 1
            elif unready(contact, today):
                found["are in this list"] += 1
            else:
                found["are confirmed"] += 1
    kinds = ("are in this list", "are confirmed", "need no confirmation", "are on no page for readers")
    parts = ", ".join(f"{found[kind]} {kind}" for kind in kinds)
    return f"Of {counted(found.total(), 'contact')}, {parts}."


def _group(contact: Contact, today: date) -> Group:
    if contact.state(today) in ("doubted", "unreachable"):
        return _DOUBTED
    return _DANGER if rung_in_danger(contact.roles) else _OFFICES


def unready(contact: Contact, today: date) -> tuple[str, str] | None:
    """Return what is found and expected if a contact is not confirmed as it is now, else None."""
    said = contact.verification
    match contact.state(today):
        case "doubted":
            assert said.doubted
            found = f"a doubt of {said.doubted.date}: {said.doubted.why}"
            return found, "a contact that somebody rang after the doubt"
        case "unreachable":
            calls = counted(len(said.not_reached), "call")
            found = f"{calls} that nobody answered, the last on {said.not_reached[-1]}"
            return found, "a contact that can be reached"
        case "unconfirmed":
            return "no confirmation", "a contact that somebody has confirmed"
        case "changed":
            found = f"a change after the confirmation of {contact.changed_since}"
            return found, "a confirmation of the contact as it is now"
        case "expired":
            found = f"a confirmation that was good until {contact.good_until}"
            return found, "a confirmation that is good today"
    return None
