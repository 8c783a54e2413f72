"""Handouts of a training: passages of the professionals' pages as blocks of text, for the template."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ..contacts.card import day_in_words
from ..contacts.phone_display import grouped
from ..model.contact import Contact
from ..model.places import Municipality
from ..model.roles import Role
from ..pages.page import PageSource
from ..pages.slots import for_country
from ..pages.ui_strings import Words
from ..text.interpolation import filled
from .printed_numbers import printed_number

FOLDER = "professionals"
# The pages of the handouts by the item's variant. Of the cases only situation and questions are handed out:
# the person who leads the training reads the turn aloud.
PAGES: Mapping[str, str] = {
    "signs": "signs.md",
    "conversation": "first-conversation.md",
    "cases": "training.md",
}
_CASES = "cases"
_CASE_PARAGRAPHS = 2

_HEADING = re.compile(r"(#{1,4}) (.*?)(?: \{#([a-z0-9-]+)\})?")
_ITEM = re.compile(r"(?:- (☐ )?|(\d+)\. )(.*)")
_INLINE = re.compile(r"\*\*(.+?)\*\*|\[([^\]]+)\]\([^)]*\)|<!-- (phone|municipality): ([a-z-]+) -->")
_UNTIL = re.compile(r"<!-- until: ([0-9-]+) -->")
_LEFT_OUT = re.compile(r" ?<!-- promise: [a-z0-9, -]+ -->|<!-- pictogram: [a-z-]+ --> ")
_PHONE = re.compile(r"<!-- phone: ([a-z-]+) -->")

Block = dict[str, Any]


def handout_pages(pages: Iterable[PageSource], variant: str, place: Municipality) -> dict[str, PageSource]:
    """Return the page of a handout by its language, in the languages in which it is written."""
    path = f"{FOLDER}/{PAGES[variant]}"
    found = {
        page.language: page for page in pages if page.path == path and page.stands_in(place.country.code)
    }
    return {language: found[language] for language in place.country.languages if language in found}


def contacts_in_handout(page: PageSource, place: Municipality) -> Iterator[Contact]:
    """Yield each contact whose number is in the text of the page."""
    for role in _PHONE.findall(for_country(page.text, place.country.code)):
        yield place.country.phone(Role(role))[0]


def blocks(page: PageSource, place: Municipality, variant: str, words: Words) -> list[Block]:
    """Return the text as blocks: ``kind`` is h1 to h4, p, item, box (to tick) or a number; ``runs`` are
    pieces of text with ``bold``. Slots with cards are left out, because a handout has no room for them. A
    sentence that holds until a day says so in ``words`` of the page's language."""
    text = _LEFT_OUT.sub("", for_country(page.text, place.country.code))
    text = _UNTIL.sub(
        lambda day: filled(words["holds-until"], date=day_in_words(day[1], page.language, words)), text
    )
    found = list(_blocks(text, place, page.language))
    return _cases(found) if variant == _CASES else found


def _blocks(text: str, place: Municipality, language: str) -> Iterator[Block]:
    for part in re.split(r"\n\s*\n", text.strip()):
        lines = [line.strip() for line in part.strip().splitlines()]
        if not lines or lines[0].startswith(("|", "<!-- contacts", "<!-- referral")) or _names_place(lines):
            continue
        if match := _HEADING.fullmatch(lines[0]):
            yield {
                "kind": f"h{len(match[1])}",
                "id": match[3] or "",
                "runs": _runs(match[2], place, language),
            }
            continue
        if not _ITEM.fullmatch(lines[0]):
            yield {"kind": "p", "runs": _runs(" ".join(lines), place, language)}
            continue
        for line in lines:
            if match := _ITEM.fullmatch(line):
                kind = match[2] or ("box" if match[1] else "item")
                yield {"kind": kind, "runs": _runs(match[3], place, language)}


def _names_place(lines: Sequence[str]) -> bool:
    """Whether the paragraph is only the name of the place; the handout is the same in all places."""
    return len(lines) == 1 and lines[0].endswith("<!-- municipality: name -->")


def _runs(text: str, place: Municipality, language: str) -> list[Block]:
    runs: list[Block] = []
    position = 0

    def add(piece: str, bold: bool) -> None:
        if piece:
            runs.append({"text": piece, "bold": bold})

    for match in _INLINE.finditer(text):
        add(text[position : match.start()], False)
        position = match.end()
        if match[1]:
            add(_INLINE.sub(lambda link: link[2] or link[0], match[1]), True)
        elif match[2]:
            add(match[2], False)
        elif match[3] == "phone":
            number = grouped(place.country.phone(Role(match[4]))[1].number)
            add(printed_number(number, language), True)
    add(text[position:], False)
    return runs


def _cases(found: Sequence[Block]) -> list[Block]:
    """Return the heading of the cases, and each case with its situation and questions."""
    kept: list[Block] = []
    inside, paragraphs = False, 0
    for block in found:
        kind = block["kind"]
        if kind == "h2":
            inside = block["id"] == _CASES
            if inside:
                kept.append({**block, "kind": "h1"})
            paragraphs = _CASE_PARAGRAPHS  # the words before the first case are for the leader
        elif inside and kind == "h3":
            kept.append({**block, "kind": "h2"})
            paragraphs = 0
        elif inside and kind == "p" and paragraphs < _CASE_PARAGRAPHS:
            kept.append(block)
            paragraphs += 1
    return kept
