"""One step of a referral order in the reader's language, and the room that it needs on the sheet."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from jinja2 import Template
from markupsafe import Markup, escape

from ..contacts.phone_display import grouped
from ..pages.ui_strings import Words
from ..text.text_width import wrap
from .diagram import Box, least_height
from .referral_contacts import Line

# Font sizes of the printed list in points, largest first; the style sheet has a class for each.
SIZES = (12.0, 11.0, 10.0, 9.3, 8.6, 8.0)
LIST = 318.0  # width of the list on A4 in points
UNIT = 0.22 * 72 / 25.4  # points in one unit of the diagram
LEADING = 1.3
_SPACE = 6.0  # points between two steps


_PLAIN = Markup()


@dataclass(frozen=True)
class Text:
    """Words, and attributes that mark their language if it is not the page's."""

    words: str
    lang: Markup = _PLAIN

    def __html__(self) -> str:
        """Return the text with its language marked, for templates that escape."""
        words = escape(self.words)
        return f"<span{self.lang}>{words}</span>" if self.lang else words


@dataclass(frozen=True)
class Who:
    """One contact of a step: its name, its number, and notes on the number."""

    name: Text
    line: Line
    notes: str

    @property
    def number(self) -> str:
        return grouped(self.line.phone.number) if self.line.phone else ""

    def __str__(self) -> str:
        return " ".join(part for part in (self.name.words, self.number, self.notes) if part)


@dataclass(frozen=True, eq=False)
class Item:
    """``actor`` says who acts if no contact is named."""

    title: str
    who: tuple[Who, ...]
    actor: str
    does: Text
    next: Text
    consent: str
    mark: int  # consent, as in the diagram
    words: Words = field(repr=False)
    partial: Template = field(repr=False)
    _heights: dict[float, float] = field(default_factory=dict, repr=False)

    @cached_property
    def html(self) -> Markup:
        """The step for the list."""
        return Markup(self.partial.render(item=self, words=self.words))

    @cached_property
    def box(self) -> Box:
        """The step for the diagram."""
        people = tuple((who.name.words, who.number) for who in self.who)
        return Box(self.title, people or ((self.actor, ""),), self.mark)

    @cached_property
    def text(self) -> str:
        """All text below the title in the list."""
        words, people = self.words, "; ".join(map(str, self.who))
        parts = (
            f"{words['order-contact']} {people}" if people else f"{words['order-who']} {self.actor}",
            self.does.words,
            f"{words['order-next']} {self.next.words}",
            f"{words['order-consent']} {self.consent}",
        )
        return " ".join(parts)

    def height(self, size: float) -> float:
        """Return the height of the step in units of the diagram, as list text in ``size`` and as a box."""
        if size not in self._heights:
            title = len(wrap(self.title, size * 1.2, LIST, bold=True)) * size * 1.2 * 1.2
            below = len(wrap(self.text, size, LIST)) * size * LEADING
            self._heights[size] = max(least_height(self.box), (title + below + _SPACE) / UNIT)
        return self._heights[size]
