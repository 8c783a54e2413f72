"""Records that somebody has found contacts right, or takes that back."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from ..errors import CampaignError, Problem, shown
from ..files.yaml_document import read_document
from ..model.contact import Contact
from ..model.coordinator_file import COORDINATOR_FILE, How
from ..model.places import Country, Municipality, Places
from ..model.roles import GOOD_FOR_DAYS
from ..model.types import Day
from ..model.working_group import Office
from ..source.validation import option_problems
from ..today import day_in
from .edits import Edits


@dataclass(frozen=True)
class Found:
    """Somebody of the office ``by`` has found contacts right on the day ``on`` (YYYY-MM-DD). None means today
    in the place of each contact."""

    by: str
    how: str = How.CALL
    on: str | None = None


def confirm(
    root: Path, places: Places, ids: Sequence[str], found: Found, moment: datetime
) -> tuple[Edits, list[str]]:
    """Return the edits that confirm all contacts ``ids`` as they are now, and a line for each that says what
    was confirmed, for comparison with what was called. Raise `CampaignError` for unknown ids, a person
    instead of an office, a contact that cannot be confirmed in this way, and a day that is invalid, in the
    future of the contact's place, too long ago, or before its last confirmation."""
    owners = {contact.id: (owner, contact) for owner in places.owners for contact in owner.record.contacts}
    problems = [
        Problem("campaign confirm", 0, "", shown(name), _like(name, owners))
        for name in ids
        if name not in owners
    ]
    problems += option_problems("campaign confirm", "--by", found.by, Office)
    problems += option_problems("campaign confirm", "--on", found.on, Day) if found.on else ()
    if problems:
        raise CampaignError(problems)
    edits, lines = Edits(root), []
    for name in dict.fromkeys(ids):
        owner, contact = owners[name]
        today = day_in(owner.time_zone, moment)
        day = date.fromisoformat(found.on) if found.on else today
        problems += [*_way_problems(contact, found.how), *_day_problems(contact, day, today)]
        if not problems:
            entry = {"digest": contact.digest, "date": day.isoformat(), "office": found.by, "how": found.how}
            edits.put(_code(owner), "confirmations", name, entry)
            lines.append(f"{name}: confirmed on {day} by {found.by} ({found.how}): {_summary(contact)}.")
    if problems:
        raise CampaignError(problems)
    return edits, lines


def _summary(contact: Contact) -> str:
    lines = (line.number or line.href for line in contact.channels)
    return ", ".join(filter(None, [*lines, contact.web, contact.email, contact.address, contact.schedule]))


def unconfirm(root: Path, ids: Sequence[str]) -> Edits:
    """Return the edits that take back all confirmations of ``ids``, even if no file has these contacts any
    more. Raise `CampaignError` for ids without a confirmation."""
    said = {
        name: path.parent.name
        for path in sorted((root / "municipalities").glob(f"*/{COORDINATOR_FILE}"))
        for name in _confirmations(read_document(path, root).value)
    }
    if unknown := [name for name in ids if name not in said]:
        expected = "the id of a confirmed contact"
        raise CampaignError(Problem("campaign unconfirm", 0, "", shown(name), expected) for name in unknown)
    edits = Edits(root)
    for name in dict.fromkeys(ids):
        edits.put(said[name], "confirmations", name, None)
    return edits


def _confirmations(value: dict[str, Any]) -> Collection[str]:
    inside = value.get("confirmations")
    return inside if isinstance(inside, dict) else ()


def _way_problems(contact: Contact, how: str) -> Iterator[Problem]:
    """Yield a problem if the contact has no number for a call, or no page to open."""
    ways = {
        How.CALL: contact.phones,
        How.CHAT: contact.chats or contact.email,
        How.WEB: contact.web or contact.email,
        How.VISIT: True,
    }
    if not ways[How(how)]:
        expected = f"one of the ways to reach {contact.id}: {', '.join(way for way in How if ways[way])}"
        yield Problem("campaign confirm", 0, "--how", shown(how), expected)


def _day_problems(contact: Contact, day: date, today: date) -> Iterator[Problem]:
    before = contact.assured_date or contact.changed_since
    days = GOOD_FOR_DAYS if contact.needs_confirmation else None
    if day > today:
        yield Problem("campaign confirm", 0, "--on", shown(day.isoformat()), f"a date up to today, {today}")
    elif days and day + timedelta(days) < today:
        expected = f"one of the last {days} days, because a confirmation is good for no longer"
        yield Problem("campaign confirm", 0, "--on", shown(day.isoformat()), expected)
    elif before and day < before:
        expected = (
            f"{before} or later: {contact.id} was confirmed on that day (campaign unconfirm removes that)"
        )
        yield Problem("campaign confirm", 0, "--on", shown(day.isoformat()), expected)


def _code(owner: Country | Municipality) -> str:
    return owner.code if isinstance(owner, Country) else owner.country.code


def _like(name: str, ids: Collection[str]) -> str:
    near = difflib.get_close_matches(name, ids, n=3)
    return f"an id such as {', '.join(near)}" if near else "an id that campaign contacts lists"
