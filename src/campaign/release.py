"""What a release must not go out with: contacts that nobody stands for, and languages with gaps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from .offer import REQUIRED
from .page import PageSource
from .parity import missing_pages
from .place import Places
from .problem import Problem
from .use import used_by_readers


def release_problems(places: Places, pages: Iterable[PageSource], today: date) -> Iterator[Problem]:
    """Every contact that readers' pages show and that is unconfirmed or expired on ``today``, and every
    missing page."""
    pages = list(pages)
    used = used_by_readers(places, pages)
    for file, line, contact in places.contacts():
        if contact.id not in used:
            continue
        match contact.state(today):
            case "unconfirmed":
                yield Problem(
                    file, line, contact.id, "found no assured_date, allowed a contact that somebody rang"
                )
            case "expired":
                message = (
                    f"found a confirmation that held until {contact.good_until}, allowed one that holds today"
                )
                yield Problem(file, line, contact.id, message)
    for page in missing_pages(pages, places):
        if page.partition("/")[2] not in REQUIRED:  # which the check itself refuses
            yield Problem(
                f"docs/{page}", 0, "", "found no page, allowed one in every language that offers it"
            )
