"""Checks of what a copy says: the files as they were published, the numbers, the exit, the languages."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from babel.core import UnknownLocaleError

from ..copies.manifest import MANIFEST
from ..model.roles import Role, good_for_days
from ..pages.language_marks import direction
from ..releases.compare_with_manifest import (
    Change,
    contact_numbers,
    linked_numbers,
)
from ..releases.manifest_reading import Manifest
from ..releases.verify import CopyState, Looked, Outcome, state_of
from .fetch_for_checks import EXIT, HOME, Visit
from .fetch_whole_copy import changes_in_answers
from .findings import advice, fault
from .page_reading import read_page


@fault
def home_opens(visit: Visit) -> Iterator[str]:
    home = visit.answers.get(HOME)
    if home and home.status != 200:
        yield f"{home.url}: {home.status}"


@fault
def home_is_ours(visit: Visit) -> Iterator[str]:
    home = visit.ok(HOME)
    if home and visit.manifest is None and not read_page(home.body).exits:
        yield home.url


@fault
def manifest(visit: Visit) -> Iterator[str]:
    home = visit.ok(HOME)
    if home and visit.manifest is None and read_page(home.body).exits:
        answer = visit.answers.get(MANIFEST)
        yield f"{MANIFEST}: {visit.unseen.get(MANIFEST) or (answer and answer.status)}"


def state(visit: Visit) -> CopyState | None:
    """Return the state of the copy as far as its files were fetched."""
    if visit.manifest is None:
        return None
    answers = {path: answer.body for path, answer in visit.files()}
    answers[MANIFEST] = visit.answers[MANIFEST].body

    def compare(manifest: Manifest) -> list[Change]:
        return changes_in_answers(answers, manifest)

    return state_of(Looked(compare, answers.get), visit.reference)


@fault
def files_unchanged(visit: Visit) -> Iterator[str]:
    found = state(visit)
    if found and found.outcome is Outcome.CHANGED:
        yield from map(str, found.changes)


@fault
def files_there(visit: Visit) -> Iterator[str]:
    for path in visit.manifest.files if visit.manifest else ():
        answer = visit.answers.get(path)
        if answer and answer.status != 200:
            yield f"{path}: {answer.status}"


@fault
def up_to_date(visit: Visit) -> Iterator[str]:
    found = state(visit)
    if found and found.outcome is Outcome.OLDER:
        yield f"{found.release}: {found.behind} d"


@advice
def published_version(visit: Visit) -> Iterator[str]:
    found = state(visit)
    if found and found.outcome is Outcome.UNKNOWN:
        yield MANIFEST


@fault
def help_numbers(visit: Visit) -> Iterator[str]:
    """Every number that a help page dials is in contacts.json."""
    answer = visit.ok("contacts.json")
    known = contact_numbers(answer.body) if answer else frozenset()
    if known:
        for path, page, _ in visit.html():
            for number in sorted(linked_numbers(page.body) - known):
                yield f"{path}: {number}"


@fault
def contacts(visit: Visit) -> Iterator[str]:
    """contacts.json is there and has numbers."""
    answer = visit.answers.get("contacts.json")
    if answer and not (answer.status == 200 and contact_numbers(answer.body)):
        yield f"contacts.json: {answer.status}"


@advice
def contacts_in_date(visit: Visit) -> Iterator[str]:
    answer = visit.ok("contacts.json")
    try:
        services = json.loads(answer.body) if answer else []
        for service in services:
            day = service.get("assured_date")
            if day and date.fromisoformat(day) + timedelta(_days(service)) < visit.today:
                yield f"{service.get('name')}: {day}"
    except (ValueError, TypeError, AttributeError, RecursionError):
        return  # the check contacts says so


def _days(service: Mapping[str, Any]) -> int:
    """Return for how many days a confirmation of the service holds, from the roles among its attributes."""
    terms = [attribute.get("taxonomy_term", {}) for attribute in service.get("attributes", ())]
    roles = [Role(term["code"]) for term in terms if term.get("code") in set(Role)]
    return good_for_days(roles or [Role.PUBLIC_INFORMATION]) or 36_500  # an emergency number's never ends


@fault
def language(visit: Visit) -> Iterator[str]:
    """Each page has the language of its folder, and the direction of that language."""
    for path, _, page in visit.html():
        wanted = visit.pages[path]
        if page.language != wanted or (page.direction or "ltr") != _direction(wanted):
            yield f"{path}: lang={page.language} dir={page.direction}".removesuffix(" dir=")


def _direction(language: str) -> str:
    """Return the direction of a language; ``ltr`` if a host made the name up."""
    try:
        return direction(language)
    except (UnknownLocaleError, ValueError):
        return "ltr"


@fault
def emergency_number(visit: Visit) -> Iterator[str]:
    for path, _, page in visit.html():
        if not any(re.fullmatch(r"1\d\d", number) for number in page.dials):
            yield path


@fault
def exit_link(visit: Visit) -> Iterator[str]:
    """Every page has the exit, and all lead to one place, elsewhere."""
    targets: set[str] = set()
    for path, _, page in visit.html():
        if not page.exits or not all(target.startswith("https://") for target in page.exits):
            yield path
        targets.update(page.exits)
    if len(targets) > 1:
        yield ", ".join(sorted(targets))


@fault
def exit_answers(visit: Visit) -> Iterator[str]:
    answer = visit.answers.get(EXIT)
    if answer and answer.status >= 400:
        yield f"{answer.url}: {answer.status}"
    elif EXIT in visit.unseen:
        yield f"{visit.unseen[EXIT].why}: {visit.unseen[EXIT].detail}"
