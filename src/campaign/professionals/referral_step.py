"""One step of a referral order in the reader's language, and the room that it needs on the sheet."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property

from jinja2 import Template
from markupsafe import Markup, escape

from ..contacts.phone_display import grouped
from ..pages.language_marks import marked
from ..pages.ui_strings import Words
from .referral_contacts import Line

# Font sizes of the printed list in points, largest first; the style sheet has a class for each.
SIZES = (12.0, 11.0, 10.0, 9.3, 8.6, 8.0)
LINE = 500.0  # width of a printed line of a step in points: A4 without margins, numbers and the box
LEADING = 1.3
# Width of a letter as a share of the font size: more than the mean of any of our languages, so that an
# estimate is never too small. The browser breaks the lines; only the size is chosen here.
LETTER = 0.56
_BETWEEN = 20.0  # points of one box that are not text: its edges, and the arrow to the next


def printed_lines(text: str, size: float) -> int:
    """Return how many printed lines a text takes at most, in letters of ``size`` points."""
    return math.ceil(len(text) * LETTER * size / LINE)


@dataclass(frozen=True)
class Text:
    """Words in a ``language``, on a page in ``page_language``. Both are empty for the words of the page."""

    words: str
    language: str = ""
    page_language: str = ""

    @property
    def lang(self) -> Markup:
        """Attributes that mark the language if it is not the page's."""
        return marked(self.language, self.page_language)

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
    mark: str  # of consent: ●, ◐ or ○
    words: Words = field(repr=False)
    partial: Template = field(repr=False)

    @cached_property
    def html(self) -> Markup:
        """The step for the list."""
        return Markup(self.partial.render(item=self, words=self.words))

    @cached_property
    def text(self) -> str:
        """All text below the title."""
        words, people = self.words, "; ".join(map(str, self.who))
        parts = (
            f"{words['order-contact']} {people}" if people else f"{words['order-who']} {self.actor}",
            self.does.words,
            f"{words['order-next']} {self.next.words}",
            f"{words['order-consent']} {self.consent}",
        )
        return " ".join(parts)

    @cached_property
    def heights(self) -> tuple[float, ...]:
        """The most points that the step takes on paper, with text in each of `SIZES`."""
        return tuple(
            printed_lines(self.title, size * 1.2) * size * 1.2 * 1.2
            + printed_lines(self.text, size) * size * LEADING
            + _BETWEEN
            for size in SIZES
        )
