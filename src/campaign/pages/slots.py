"""A slot is a place in a page that `fill` replaces. This module reads slots of docs/ and makes the base's.

In Markdown a slot is an HTML comment. In the base site it is text between ``⟦`` and ``⟧``: text passes
Markdown, Jinja and escaping unchanged, and an unfilled slot would be seen at once.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from ..errors import Problem, instead, shown
from ..model.contact import Audience
from ..model.places import LISTS, WRITTEN
from ..model.referral_order import Order
from ..model.roles import Role
from ..text.comments_and_lines import Lines, comment_spans
from ..today import as_iso
from .language_marks import marked

OPEN, CLOSE = "⟦", "⟧"
KINDS = ("contacts", "phone", "municipality", "referral", "until", "place", "head", "exit", "schema")
KIT = "kit"  # in a municipality slot: links to the printed sheets
MUNICIPALITY_BLOCKS = ("contact-point", "working-group", "meetings", KIT)  # blocks with more than a name
MARK = "mark"  # in a municipality slot of the theme: the small drawing, if the place has one
NO_PROMISE = "none"  # in a promise mark: the passage has the word, but promises nothing
MUNICIPALITY_WORDS = ("name", *MUNICIPALITY_BLOCKS)
PICTOGRAM = "pictogram"  # the base site has the drawing itself, so no copy fills this slot
# The drawings of overrides/pictograms/.
PICTOGRAMS = (
    "papers-kept", "unpaid-wages", "locked-door", "phone-taken", "threats", "debt", "long-hours",
    "false-love", "pictures", "travel", "young", "friend", "child", "call", "write", "leave", "help",
    "doctor",
)  # fmt: skip
# Slots that are allowed on one page only: their ids and links are made for that page.
ONLY_ON: dict[tuple[str, ...], str] = {
    ("referral", order): "professionals/referral.md" for order in Order
} | {
    ("municipality", "working-group"): "professionals/working-group.md",
    ("municipality", "meetings"): "professionals/meetings.md",
    ("municipality", KIT): "professionals/materials.md",
}

ALLOWED = (
    "<!-- contacts: ROLE, ROLE -->, <!-- contacts: own -->, <!-- contacts: first -->, "
    "<!-- contacts: numbers -->, <!-- contacts: written -->, <!-- phone: ROLE -->, "
    "<!-- municipality: name -->, <!-- municipality: contact-point -->, "
    "<!-- municipality: working-group -->, <!-- municipality: meetings -->, <!-- municipality: kit -->, "
    "<!-- referral: ORDER -->, <!-- pictogram: NAME -->, <!-- until: YYYY-MM-DD -->, "
    "<!-- promise: ROLE, ROLE -->, <!-- promise: written -->, <!-- promise: none -->, "
    "<!-- only: COUNTRY COUNTRY --> or <!-- end -->"
)
_BY_ITSELF = "a slot or a mark alone on its line, at its start, with empty lines around"

_SLOT = re.compile(
    r" (contacts|phone|municipality|referral|pictogram|until|promise): ([a-z0-9-]+(?:, [a-z0-9-]+)*) "
)
_MARK = re.compile(r" (?:only: ([a-z]{2}(?: [a-z]{2})*)|(end)) ")
_IN_SENTENCES = ("phone", "municipality", "until", "promise", PICTOGRAM)
_HEADING = re.compile(r"[^\S\n]*#")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_ONLY_SPACE = re.compile(r"\s*\Z")
_MARKS = re.compile(f"<!--{_MARK.pattern}-->")


class Slot(NamedTuple):  # a tuple is fast enough for the hundreds of thousands of look-ups of a build
    """``kind`` is one of `KINDS`; ``argument`` depends on the kind and has no spaces."""

    kind: str
    language: str
    argument: str

    def __str__(self) -> str:
        return f"{OPEN}{self.kind} {self.language} {self.argument}{CLOSE}"

    @classmethod
    def parse(cls, text: str) -> Slot:
        """Return the slot with the text between the brackets; raise ValueError if it is not a slot."""
        kind, language, argument = text.split(" ")
        if kind not in KINDS:
            raise ValueError(f"unknown kind of slot {kind}")
        return cls(kind, language, argument)


def contacts_slot(language: str, audience: Audience, roles: Collection[str]) -> Slot:
    return Slot("contacts", language, f"{audience}:{','.join(roles)}")


def listed(argument: str) -> tuple[Audience, list[str]]:
    """Return audience and roles from the argument of a contacts slot."""
    audience, _, roles = argument.partition(":")
    return Audience(audience), roles.split(",")


@dataclass(frozen=True)
class Comment:
    """A comment of a page: a slot, a mark, or (with kind None) neither."""

    start: int
    end: int
    kind: str | None  # contacts, phone, municipality, referral, pictogram, until, promise, only, end
    words: tuple[str, ...] = ()


def comments(markdown: str) -> Iterator[Comment]:
    """Yield every HTML comment of the text, in order."""
    for start, end, closed in comment_spans(markdown):
        inside = markdown[start + 4 : end - 3] if closed else ""
        slot, mark = _SLOT.fullmatch(inside), _MARK.fullmatch(inside)
        if slot:
            yield Comment(start, end, slot[1], tuple(slot[2].split(", ")))
        elif mark:
            kind = "end" if mark[2] else "only"
            yield Comment(start, end, kind, tuple((mark[1] or "").split()))
        else:
            yield Comment(start, end, None)


def check_markdown(markdown: str, file: str, first_line: int, countries: Collection[str]) -> list[Problem]:
    """Return the problems of a page's slots and marks. ``first_line`` is the line where the text begins."""
    problems: list[Problem] = []
    lines = Lines(markdown, first_line)

    def refuse(position: int, found: str, expected: str) -> None:
        problems.append(Problem(file, lines.at(position), "", found, expected))

    open_mark: Comment | None = None
    line_start, seen, text_begins = 0, 0, len(markdown) - len(markdown.lstrip())
    for comment in comments(markdown):
        line_start = markdown.rfind("\n", seen, comment.start) + 1 or line_start
        seen = comment.start
        found = shown(markdown[comment.start : comment.end])
        if expected := _expected_instead(comment, countries):
            refuse(comment.start, found, expected)
        page = ONLY_ON.get((comment.kind or "", *comment.words))
        if page and not file.endswith(f"/{page}"):
            refuse(comment.start, found, f"this slot only on {page}")
        if comment.kind == "only":
            if open_mark:
                refuse(comment.start, found, "<!-- end --> before the next <!-- only: … -->")
            open_mark = comment
        elif comment.kind == "end":
            if not open_mark:
                refuse(comment.start, found, "<!-- end --> only after <!-- only: … -->")
            open_mark = None
        if _is_block(comment) and not _alone(markdown, comment, text_begins):
            refuse(comment.start, found, _BY_ITSELF)
        elif comment.kind in _IN_SENTENCES and _HEADING.match(markdown, line_start):
            refuse(comment.start, found, "this slot in a sentence, not in a heading")
    if open_mark:
        refuse(open_mark.start, "none", "<!-- end --> after <!-- only: … -->")
    for bracket in re.finditer(f"[{OPEN}{CLOSE}]", markdown):
        refuse(bracket.start(), f"the bracket {bracket[0]}", "no brackets ⟦ and ⟧, which a build uses itself")
    return problems


def _expected_instead(comment: Comment, countries: Collection[str]) -> str | None:
    """Return what is expected instead of a comment's words; None if they are good."""
    words, kind = comment.words, comment.kind
    if kind is None:
        return ALLOWED
    roles = ", ".join(Role)
    if kind == "contacts" and words not in [(word,) for word in LISTS] and not set(words) <= set(Role):
        lists = ", ".join(LISTS)
        return f"one or more of the roles {roles}, or only one of {lists}{_near(words, [*Role, *LISTS])}"
    if kind == "phone" and (len(words) != 1 or words[0] not in set(Role)):
        return f"one of the roles {roles}{_near(words, [*Role])}"
    if kind == "municipality" and words not in [(word,) for word in MUNICIPALITY_WORDS]:
        return f"one of {', '.join(MUNICIPALITY_WORDS)}{_near(words, MUNICIPALITY_WORDS)}"
    if kind == "referral" and words not in [(order,) for order in Order]:
        return f"one of {', '.join(Order)}{_near(words, [*Order])}"
    if kind == "until" and (len(words) != 1 or not is_day(words[0])):
        return f"one day, written as YYYY-MM-DD, which the calendar has{as_iso(words[0])}"
    if kind == "promise" and words != (NO_PROMISE,) and not set(words) <= {*Role, WRITTEN}:
        known = [*Role, WRITTEN]
        near = _near(words, [*known, NO_PROMISE])
        return f"one or more of the roles {roles}, or {WRITTEN}, or only {NO_PROMISE}{near}"
    if kind == PICTOGRAM and words not in [(name,) for name in PICTOGRAMS]:
        return f"one of {', '.join(PICTOGRAMS)}{_near(words, PICTOGRAMS)}"
    if kind == "only" and not set(words) <= set(countries):
        return f"one or more of the countries {', '.join(sorted(countries))}"
    return None


def is_day(text: str) -> bool:
    """Whether a text is a day of the calendar in the form ``2027-03-04``."""
    try:
        return bool(_DAY.fullmatch(text) and date.fromisoformat(text))
    except ValueError:
        return False


def _near(words: Iterable[str], known: Collection[str]) -> str:
    """Suggest a name for the first word that is not known."""
    return next((instead(word, known) for word in words if word not in known), "")


def for_country(markdown: str, country: str) -> str:
    """Return the text without passages for other countries and without marks, with the same line numbers.
    Call `check_markdown` first."""
    if "<!-- only:" not in markdown:
        return markdown
    kept: list[str] = []
    position, inside = 0, False
    for mark in _MARKS.finditer(markdown):
        text = markdown[position : mark.start()]
        kept.append("\n" * text.count("\n") if inside else text)
        inside = mark[1] is not None and country not in mark[1].split()
        position = mark.end()
    kept.append(markdown[position:])
    return "".join(kept)


def marks_as_text(markdown: str) -> str:
    """Return the text with its country marks as ``⟦only ee lv⟧`` and ``⟦end⟧``. They pass Markdown unchanged,
    so the HTML shows where each passage begins and ends. Line numbers stay."""
    return _MARKS.sub(lambda mark: f"{OPEN}{mark[0][5:-4]}{CLOSE}".replace(":", ""), markdown)


def with_slots(markdown: str, language: str, audience: Audience, text_language: str | None = None) -> str:
    """Return the text with its comments replaced by slots of the base site. Call `check_markdown` first.
    Cards are always in the reader's ``language``. A number or name inside a sentence is in the language of
    the sentence, ``text_language``, which differs where another language's text stands in."""
    text_language = text_language or language
    lang = marked(language, text_language)
    parts: list[str] = []
    position = 0
    for comment in comments(markdown):
        before = markdown[position : comment.start]
        parts.append(before.removesuffix(" ") if comment.kind == "promise" else before)
        position = comment.end
        if comment.kind == "contacts":
            parts.append(
                f'<div class="contacts"{lang}>{contacts_slot(language, audience, comment.words)}</div>'
            )
        elif comment.kind == "referral":
            (order,) = comment.words
            parts.append(
                f'<section class="sheet" aria-labelledby="order-{order}"{lang}>'
                f"{Slot('place', language, 'heading')}{Slot('referral', language, order)}</section>"
            )
        elif comment.kind == "municipality" and comment.words[0] in MUNICIPALITY_BLOCKS:
            parts.append(f"<div{lang}>{Slot('municipality', language, comment.words[0])}</div>")
        elif comment.kind in ("phone", "municipality", "until", PICTOGRAM):
            parts.append(str(Slot(comment.kind, text_language, comment.words[0])))
    parts.append(markdown[position:])
    return "".join(parts)


def _is_block(comment: Comment) -> bool:
    if comment.kind == "municipality":
        return comment.words[0] in MUNICIPALITY_BLOCKS
    return comment.kind in ("contacts", "referral", "only", "end")


def _alone(markdown: str, comment: Comment, text_begins: int) -> bool:
    begins = markdown.startswith("\n\n", comment.start - 2) if comment.start >= 2 else False
    ends = markdown.startswith("\n\n", comment.end) or _ONLY_SPACE.match(markdown, comment.end)
    return bool((begins or comment.start <= text_begins) and ends)
