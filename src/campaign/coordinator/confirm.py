"""Records in the history of contacts what somebody found out about them: right, not reached, doubted."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from ..errors import CampaignError, Problem, instead, shown
from ..fields.field_types import Day
from ..model.confirmations_and_approvals import (
    NOT_REACHED_TIMES,
    Checked,
    How,
    Reason,
    Result,
    still_counting,
)
from ..model.contact import Contact
from ..model.places import Country, Municipality, Places
from ..model.roles import good_for_days, rung_in_danger
from ..model.working_group import Office
from ..source.document_to_record import option_problems
from ..today import day_in
from .edits import Edits, Item

_Owned = tuple[Country | Municipality, Contact]
HISTORY = "history"  # the section of the coordinator's file


@dataclass(frozen=True)
class Found:
    """Somebody of the office ``by`` has called, read or opened contacts on the day ``on`` (YYYY-MM-DD). None
    means today in the place of each contact. ``checked`` is a list with commas, such as "hours,cost"."""

    by: str
    how: str = How.RUNG
    on: str | None = None
    checked: str = ""


def confirm(
    root: Path, places: Places, ids: Sequence[str], found: Found, moment: datetime
) -> tuple[Edits, list[str]]:
    """Return the edits that confirm all contacts ``ids`` as they are now, and a line for each that says what
    was confirmed, for comparison with what was called. Raise `CampaignError` for unknown ids, a person
    instead of an office, a contact that cannot be confirmed in this way, and a day that is invalid, in the
    future of the contact's place, before its last entry, or so long ago that its confirmation has run out."""
    command = "campaign confirm"
    owned, problems = _owned(command, places, ids)
    problems += [*_office_and_day(found.by, found.on), *_words_problems("--how", [found.how], [*How])]
    checked = tuple(word.strip() for word in found.checked.split(",")) if found.checked else ()
    problems += _words_problems("--checked", checked, [*Checked])
    if problems:
        raise CampaignError(problems)
    edits, lines = Edits(root), []
    for owner, contact in owned:
        day = _day(owner, found.on, moment)
        problems += _way_problems(contact, How(found.how), checked)
        problems += _day_problems(owner, contact, day, moment)
        holds = good_for_days(contact.roles)
        if holds is not None and day + timedelta(holds) < _day(owner, None, moment):
            expected = (
                f"one of the last {holds} days, because a confirmation of {contact.id} is good for no longer"
            )
            problems.append(Problem(command, 0, "--on", shown(day.isoformat()), expected))
        if not problems:
            until = f"until {day + timedelta(holds)}" if holds is not None else "for ever"
            way = ", ".join((found.how, *checked))
            lines.append(
                f"{contact.id}: confirmed on {day} by {found.by} ({way}), good {until}: {_summary(contact)}."
            )
            item: dict[str, str | tuple[str, ...]] = {
                "office": found.by, "digest": contact.digest, "how": found.how
            }  # fmt: skip
            if checked:
                item["checked"] = checked
            _append(edits, owner, contact.id, Result.CONFIRMED, day, item)
    if problems:
        raise CampaignError(problems)
    return edits, lines


def not_reached(
    root: Path, places: Places, ids: Sequence[str], by: str, on: str | None, moment: datetime
) -> tuple[Edits, list[str]]:
    """Return the edits that record a failed call to all contacts ``ids``, and a line for each. Raise
    `CampaignError` as `confirm` does, and for an emergency number, which nobody rings to check it."""
    owned, problems = _owned("campaign confirm", places, ids)
    problems += _office_and_day(by, on)
    if problems:
        raise CampaignError(problems)
    edits, lines = Edits(root), []
    for owner, contact in owned:
        day = _day(owner, on, moment)
        problems += [*_emergency("campaign confirm", contact), *_day_problems(owner, contact, day, moment)]
        if not problems:
            times = len(contact.verification.not_reached) + 1
            gone = ": its card now says that it cannot be reached" if times >= NOT_REACHED_TIMES else ""
            lines.append(f"{contact.id}: not reached on {day}, {times} of {NOT_REACHED_TIMES} times{gone}.")
            item = {"office": by, "digest": contact.digest}
            _append(edits, owner, contact.id, Result.NOT_REACHED, day, item)
    if problems:
        raise CampaignError(problems)
    return edits, lines


def doubt(
    root: Path, places: Places, ids: Sequence[str], why: str, moment: datetime
) -> tuple[Edits, list[str]]:
    """Return the edits that end the confirmations of all contacts ``ids`` at once, because of ``why``, and a
    line for each. Raise `CampaignError` for unknown ids, an emergency number, and a reason that is not plain
    text or names a person."""
    owned, problems = _owned("campaign doubt", places, ids)
    problems += option_problems("campaign doubt", "--why", why, Reason)
    problems += (problem for _, contact in owned for problem in _emergency("campaign doubt", contact))
    if problems:
        raise CampaignError(problems)
    edits, lines = Edits(root), []
    for owner, contact in owned:
        _append(edits, owner, contact.id, Result.DOUBTED, _day(owner, None, moment), {"why": why})
        lines.append(f"{contact.id}: doubted. From the next build on its card says that it is not confirmed.")
    return edits, lines


def undo(root: Path, places: Places, ids: Sequence[str], moment: datetime) -> tuple[Edits, list[str]]:
    """Return the edits that take back the last entry of each contact's history, and a line for each. The
    entry itself stays in the file. If no file has the contact any more, all of its entries are taken back.
    Raise `CampaignError` for ids without an entry that counts."""
    contacts = {contact.id: contact for _, _, contact in places.contacts()}
    edits, lines, problems = Edits(root), [], []
    for name in dict.fromkeys(ids):
        found = [country for country in places.countries.values() if name in country.coordinator.history]
        counting = still_counting(found[0].coordinator.history[name]) if found else []
        if not counting:
            expected = "the id of a contact with an entry in its history that can be taken back"
            problems.append(Problem("campaign confirm", 0, "--undo", shown(name), expected))
            continue
        contact, last = contacts.get(name), counting[-1]
        for _ in counting[-1:] if contact else counting:
            _append(edits, found[0], name, Result.UNDONE, _day(found[0], None, moment), {})
        if contact:
            rest = contact.with_history(counting[:-1])
            now = rest.state(_day(found[0], None, moment))
            lines.append(f"{name}: {last.result} on {last.date} is taken back. Now it is {now}.")
        else:
            lines.append(f"{name}: everything is taken back, as no file has this contact any more.")
    if problems:
        raise CampaignError(problems)
    return edits, lines


def _append(
    edits: Edits, owner: Country | Municipality, name: str, result: Result, day: date, item: Item
) -> None:
    code = owner.code if isinstance(owner, Country) else owner.country.code
    edits.append(code, HISTORY, name, {"result": result, "date": day.isoformat(), **item})


def _owned(command: str, places: Places, ids: Sequence[str]) -> tuple[list[_Owned], list[Problem]]:
    """Return the contacts ``ids``, each once, with their owners; and a problem for each unknown id."""
    known = {contact.id: (owner, contact) for owner in places.owners for contact in owner.record.contacts}
    names = dict.fromkeys(ids)
    wrong = [Problem(command, 0, "", shown(name), _like(name, known)) for name in names if name not in known]
    return [known[name] for name in names if name in known], wrong


def _office_and_day(by: str, on: str | None) -> Iterator[Problem]:
    yield from option_problems("campaign confirm", "--by", by, Office)
    yield from option_problems("campaign confirm", "--on", on, Day) if on else ()


def _words_problems(option: str, words: Sequence[str], known: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for each word that is not of a closed list, or that is there twice."""
    for index, word in enumerate(words):
        if word not in known:
            expected = f"one of {', '.join(known)}{instead(word, known)}"
            yield Problem("campaign confirm", 0, option, shown(word), expected)
        elif word in words[:index]:
            yield Problem("campaign confirm", 0, option, shown(word) + " twice", "each word once")


def _day(owner: Country | Municipality, on: str | None, moment: datetime) -> date:
    return date.fromisoformat(on) if on else day_in(owner.time_zone, moment)


def _summary(contact: Contact) -> str:
    lines = (line.number or line.href for line in contact.channels)
    facts = [*lines, contact.web, contact.email, contact.address, contact.schedule]
    return ", ".join(filter(None, dict.fromkeys(facts)))  # a chat may be on the contact's own page


def _way_problems(contact: Contact, how: How, checked: Collection[str]) -> Iterator[Problem]:
    """Yield a problem if the contact has no number to ring, if a page was opened instead of ringing a line
    that people ring in danger, or if a page cannot have shown what was checked."""
    name = contact.id
    if how is How.RUNG and not contact.phones:
        expected = f"one of wrote-back, page-opened, as {name} has no telephone number"
        yield Problem("campaign confirm", 0, "--how", shown(how.value), expected)
    if how is How.PAGE_OPENED and contact.phones and rung_in_danger(contact.roles):
        expected = f"one of rung, wrote-back, as people in danger ring {name}"
        yield Problem("campaign confirm", 0, "--how", shown(how.value), expected)
    if how is How.PAGE_OPENED and (only_rung := {Checked.ANSWERS, Checked.NAME}.intersection(checked)):
        found = shown(", ".join(sorted(only_rung)))
        yield Problem("campaign confirm", 0, "--checked", found, "only what an opened page can show")


def _day_problems(
    owner: Country | Municipality, contact: Contact, day: date, moment: datetime
) -> Iterator[Problem]:
    before, today = contact.verification.last_day, _day(owner, None, moment)
    if day > today:
        yield Problem("campaign confirm", 0, "--on", shown(day.isoformat()), f"a date up to today, {today}")
    elif before and day < before:
        expected = (
            f"{before} or later, as {contact.id} has an entry of that day (confirm --undo takes it back)"
        )
        yield Problem("campaign confirm", 0, "--on", shown(day.isoformat()), expected)


def _emergency(command: str, contact: Contact) -> Iterator[Problem]:
    if not contact.needs_confirmation:
        expected = "a contact that needs a confirmation, which an emergency number does not"
        yield Problem(command, 0, "", shown(contact.id), expected)


def _like(name: str, ids: Collection[str]) -> str:
    near = difflib.get_close_matches(name, ids, n=3)
    return f"an id such as {', '.join(near)}" if near else "an id that campaign contacts lists"
