"""The diagram of a referral order: an SVG with one box a step, the same steps as in the list beside it.

Units are 0.22 mm on paper. All colours come from the style sheet, so that it follows light, dark and print.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from .lettering import width, wrap

WIDE = 300
PAGE = 1060  # the height that nine boxes share on A4
TALLEST = 170
GAP = 16  # between two boxes, for the arrow
EDGE = 12  # inside a box
TITLE, NUMBER, NAME = 21.0, 19.0, 13.5
_LEFT = 54  # where the text of a box begins, after the step's number
NAME_ROOM = WIDE - _LEFT - EDGE


@dataclass(frozen=True)
class Box:
    """A step as its box shows it. ``people`` are pairs of a name and a number ("" where there is none);
    ``consent`` is how much of the mark is filled: 0 not needed, 1 for a name only, 2 needed."""

    title: str
    people: tuple[tuple[str, str], ...]
    consent: int


def pitch(steps: int) -> float:
    """The height of one box and its arrow."""
    return min(TALLEST, PAGE / steps)


def diagram(boxes: Sequence[Box]) -> Markup:
    """The boxes, one under the other, joined by arrows. Hidden from screen readers: the list says it all."""
    step = pitch(len(boxes))
    drawn = Markup("\n").join(
        _box(box, number, step * (number - 1), step - GAP, number < len(boxes))
        for number, box in enumerate(boxes, 1)
    )
    return Markup(
        '<svg class="flow" viewBox="0 0 {} {}" aria-hidden="true" focusable="false">\n{}\n</svg>'
    ).format(WIDE, round(step * len(boxes)), drawn)


def _box(box: Box, number: int, top: float, height: float, arrow: bool) -> Markup:
    lines = _lines(box, height - 2 * EDGE)
    text = sum(size * 1.22 for _, size, _ in lines)
    y = (height - text) / 2
    parts = [Markup('<rect x="1" y="1" width="{}" height="{:.0f}" rx="9"/>').format(WIDE - 2, height - 2)]
    parts.append(
        Markup('<text class="n" x="27" y="{:.0f}" text-anchor="middle">{}</text>').format(
            height / 2 + 5, number
        )
    )
    parts.append(consent_mark(box.consent, 27, height / 2 + 25))
    for line, size, bold in lines:
        y += size * 1.22
        kind = "b" if bold else "s"
        parts.append(
            Markup('<text class="{}" x="{}" y="{:.0f}" font-size="{:g}">{}</text>').format(
                kind, _LEFT, y - size * 0.3, size, line
            )
        )
    if arrow:
        parts.append(Markup('<path d="M{} {:.0f}v9m-6-5 6 6 6-6"/>').format(WIDE // 2, height + 1))
    return Markup('<g transform="translate(0 {:.0f})">{}</g>').format(top, Markup("").join(parts))


def consent_mark(consent: int, x: float, y: float) -> Markup:
    """A circle, empty, half or full."""
    ring = Markup('<circle cx="{:g}" cy="{:.0f}" r="7"/>').format(x, y)
    fill = ("", "M{:g} {:.0f}v14a7 7 0 0 0 0-14", "M{:g} {:.0f}a7 7 0 0 0 0 14a7 7 0 0 0 0-14")[consent]
    return ring + (Markup('<path class="f" d="{}"/>').format(fill.format(x, y - 7)) if fill else "")


def _lines(box: Box, room: float) -> list[tuple[str, float, bool]]:
    """The lines of a box with size and weight: as large as the height allows, and where even the smallest
    is too much, people leave from the end; the list has them."""
    people = list(box.people)
    while True:
        for scale in (1.15, 1, 0.9, 0.82):
            lines = [(line, TITLE * scale, True) for line in wrap(box.title, TITLE * scale, NAME_ROOM, True)]
            for name, phone in people:
                size = NAME * scale
                if phone and width(phone, NUMBER * scale, True) <= NAME_ROOM:
                    lines.append((phone, NUMBER * scale, True))
                lines += [(line, size, False) for line in wrap(name, size, NAME_ROOM)]
            if sum(size * 1.22 for _, size, _ in lines) <= room:
                return lines
        if not people:
            return lines
        people.pop()
