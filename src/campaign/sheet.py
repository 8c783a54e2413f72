"""The sheet of a referral order in one place and language: the steps as a list, and the diagram beside it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jinja2 import Environment
from markupsafe import Markup

from .acting import Line, lines_of, order_of
from .card import host
from .diagram import LEAST, MOST, NAME, NAME_ROOM, PAGE, Box, diagram
from .hours import hours_in_words
from .lettering import wrap
from .place import Municipality, in_language
from .referral import Consent, Order, Step
from .roles import Role
from .words import Words

# How much of a box's mark is filled: nothing, half (for a name only), all.
MARKS = {Consent.NOT_NEEDED: 0, Consent.DO_NOT_WAIT: 0, Consent.FOR_NAMES: 1}

# Sizes of the list's letters on paper in points, largest first; the style sheet has a class for each.
SIZES = (12.0, 11.0, 10.0, 9.3, 8.6, 8.0)
_LIST = 318.0  # width of the list on A4 in points
_UNIT = 0.22 * 72 / 25.4  # points of one unit of the diagram
_LEADING = 1.3
_SPACE = 7.0  # points between two steps


@dataclass(frozen=True)
class Text:
    """Words and the language that they are in, None where it is the page's."""

    words: str
    language: str | None = None


@dataclass(frozen=True)
class Who:
    """One contact of a step: its name, number and what the number needs to be known."""

    name: Text
    short: str  # for the diagram: the name where two lines hold it, else what the contact is for
    line: Line
    notes: str

    def __str__(self) -> str:
        number = self.line.phone.number if self.line.phone else ""
        return " ".join(part for part in (self.name.words, number, self.notes) if part)


@dataclass(frozen=True)
class Item:
    """One step in the reader's language. ``actor`` is who acts where no contact is named."""

    title: str
    who: tuple[Who, ...]
    actor: str
    does: Text
    next: Text
    consent: str


class Sheets:
    """The sheets of one country's places."""

    def __init__(self, environment: Environment, words: Mapping[str, Words], default_language: str) -> None:
        self._partial = environment.get_template("sheet.html")
        self._words = words
        self._default = default_language

    def sheet(self, place: Municipality, order: Order, language: str) -> Markup:
        """The HTML of the order that stands in ``place``: its own, or its country's, which it says."""
        words = self._words[language]
        steps, own = order_of(place, order)
        seen: set[str] = set()
        items = [self._item(place, order, step, language, seen) for step in steps]
        size, heights = laid_out(items, words)
        boxes = [self._box(step, item) for step, item in zip(steps, items, strict=True)]
        lines = [who.line for item in items for who in item.who]
        return Markup(
            self._partial.render(
                order=order,
                place=self._text(place.record.name, language),
                notice=None if own else self._notice(place, language),
                items=items,
                size=size,
                flow=diagram(boxes, heights),
                sources=", ".join(dict.fromkeys(host(line.contact.source.url) for line in lines)),
                unconfirmed=any(
                    line.contact.assured_date is None and Role.EMERGENCY not in line.contact.roles
                    for line in lines
                ),
                nowrap=lambda number: number.replace(" ", "\N{NO-BREAK SPACE}"),
                words=words,
            ).strip()
        )

    def _text(self, texts: Mapping[str, str], language: str) -> Text:
        words, own_language = in_language(texts, language, self._default)
        return Text(words, own_language if own_language != language else None)

    def _notice(self, place: Municipality, language: str) -> Text:
        texts = place.country.record.referral.notice
        return self._text(texts, language) if texts else Text(self._words[language]["order-country"])

    def _item(self, place: Municipality, order: Order, step: Step, language: str, seen: set[str]) -> Item:
        """The step in words; ``seen`` are the ids of the contacts that were named in full before."""
        words = self._words[language]

        def said(texts: Mapping[str, str], key: str) -> Text:
            return self._text(texts, language) if texts else Text(words[f"step-{step.step}-{key}"])

        return Item(
            title=words[f"step-{step.step}-title"],
            who=tuple(self._who(line, language, seen) for line in lines_of(place, order, step)),
            actor=words[f"step-{step.step}-who"],
            does=said(step.does, "does"),
            next=said(step.next, "next"),
            consent=words[f"consent-{step.consent}"],
        )

    def _who(self, line: Line, language: str, seen: set[str]) -> Who:
        words = self._words[language]
        name = self._text(line.contact.organization, language)
        fits = len(wrap(name.words, NAME, NAME_ROOM)) <= 2
        short = name.words if fits else words[f"name-{line.contact.role}"]
        if line.contact.id in seen:
            return Who(name if fits else Text(short), short, line, "")
        seen.add(line.contact.id)
        notes = [words[f"for-{kind}"] for kind in line.contact.eligibility]
        if line.schedule:
            notes.append(hours_in_words(line.schedule, language, words))
        elif Role.EMERGENCY not in line.contact.roles:
            notes.append(words["order-hours-unknown"])
        return Who(name, short, line, ", ".join(notes))

    def _box(self, step: Step, item: Item) -> Box:
        people = tuple((who.short, who.line.phone.number if who.line.phone else "") for who in item.who)
        return Box(item.title, people or ((item.actor, ""),), MARKS.get(step.consent, 2))


def laid_out(items: Sequence[Item], words: Words) -> tuple[int, list[float]]:
    """Which of `SIZES` lets the whole list stand on the sheet, and the height of each step in units of the
    diagram, so that box and text stand side by side. The number of sizes where not even the smallest fits."""
    chosen, heights = len(SIZES), [float(LEAST)] * len(items)
    for index, size in enumerate(SIZES):
        heights = [max(LEAST, _height(item, size, words) / _UNIT) for item in items]
        if sum(heights) <= PAGE:
            chosen = index
            break
    # The style sheet stretches the list to the diagram's height by the same amount a step.
    spare = max(0, min(PAGE, MOST * len(items)) - sum(heights))
    return chosen, [height + spare / len(items) for height in heights]


def _height(item: Item, size: float, words: Words) -> float:
    """The height of a step in the list on paper, in points."""
    people = "; ".join(map(str, item.who))
    parts = (
        f"{words['order-contact']} {people}" if people else f"{words['order-who']} {item.actor}",
        item.does.words,
        f"{words['order-next']} {item.next.words}",
        f"{words['order-consent']} {item.consent}",
    )
    title = len(wrap(item.title, size * 1.2, _LIST, bold=True)) * size * 1.2 * 1.2
    return title + len(wrap(" ".join(parts), size, _LIST)) * size * _LEADING + _SPACE
