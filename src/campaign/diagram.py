"""The diagram of a referral order: an SVG with one box a step, the same steps as in the list beside it.

Units are 0.22 mm on paper. All colours come from the style sheet, so that it follows light, dark and print.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from markupsafe import Markup

from .lettering import width, wrap

WIDE = 300
PAGE = 1070  # the height that all boxes of an A4 sheet share
LEAST, MOST = 92, 200  # what one box and its arrow may take of it
GAP = 16  # between two boxes, for the arrow
EDGE = 12  # inside a box
TITLE, NUMBER, NAME = 19.0, 22.0, 13.0  # sizes of letters
SCALES = (1.15, 1.07, 1.0, 0.93, 0.86)  # of those sizes, the same in all boxes
LEADING = 1.22
_LEFT = 54  # where the text of a box begins, after the step's number
NAME_ROOM = WIDE - _LEFT - EDGE


_Line = tuple[str, float, bool]  # words, size, whether bold


@dataclass(frozen=True)
class Box:
    """A step as its box shows it. ``people`` are pairs of a name and a number ("" where there is none);
    ``consent`` is how much of the mark is filled: 0 not needed, 1 for a name only, 2 needed."""

    title: str
    people: tuple[tuple[str, str], ...]
    consent: int


def diagram(boxes: Sequence[Box], heights: Sequence[float]) -> Markup:
    """The boxes, one under the other, joined by arrows; a height each, arrow included. Hidden from screen
    readers: the list says it all."""
    rooms = [height - GAP - EDGE for height in heights]
    scale = _scale(boxes, rooms)
    tops = [0.0, *accumulate(heights)]
    drawn = Markup("\n").join(
        Markup('<g transform="translate(0 {:.0f})">{}</g>').format(
            tops[index], _box(box, index + 1, heights[index] - GAP, _lines(box, rooms[index], scale))
        )
        for index, box in enumerate(boxes)
    )
    arrows = "".join(f"M{WIDE // 2} {top - GAP + 1:.0f}v9m-6-5 6 6 6-6" for top in tops[1:-1])
    return Markup(
        '<svg class="flow" viewBox="0 0 {} {:.0f}" aria-hidden="true" focusable="false">\n'
        '{}\n<path d="{}"/></svg>'
    ).format(WIDE, tops[-1], drawn, arrows)


def _scale(boxes: Sequence[Box], rooms: Sequence[float]) -> float:
    """The largest scale at which every box shows its first two people, or else its first."""
    for people in (2, 1):
        for scale in SCALES:
            if all(
                _high(_all_lines(box, people, scale)) <= room for box, room in zip(boxes, rooms, strict=True)
            ):
                return scale
    return SCALES[-1]


def _box(box: Box, number: int, height: float, lines: Sequence[_Line]) -> Markup:
    y = (height - _high(lines)) / 2
    parts = [
        Markup('<rect x="1" y="1" width="{}" height="{:.0f}" rx="9"/>').format(WIDE - 2, height - 2),
        Markup('<text class="n" x="27" y="{:.0f}" text-anchor="middle">{}</text>').format(height / 2, number),
        consent_mark(box.consent, 27, height / 2 + 18),
    ]
    for line, size, bold in lines:
        y += size * LEADING
        parts.append(
            Markup('<text{} x="{}" y="{:.0f}" font-size="{:.4g}">{}</text>').format(
                Markup(' class="b"') if bold else "", _LEFT, y - size * 0.3, size, line
            )
        )
    return Markup("").join(parts)


def consent_mark(consent: int, x: float, y: float) -> Markup:
    """A circle, empty, half or full."""
    ring = Markup('<circle cx="{:g}" cy="{:.0f}" r="7"/>').format(x, y)
    fill = ("", "M{:g} {:.0f}v14a7 7 0 0 0 0-14", "M{:g} {:.0f}a7 7 0 0 0 0 14a7 7 0 0 0 0-14")[consent]
    return ring + (Markup('<path class="f" d="{}"/>').format(fill.format(x, y - 7)) if fill else "")


def _all_lines(box: Box, people: int, scale: float) -> list[_Line]:
    """The lines of a box that shows its first ``people``."""
    lines = [(line, TITLE * scale, True) for line in wrap(box.title, TITLE * scale, NAME_ROOM, True)]
    for name, phone in box.people[:people]:
        if phone and width(phone, NUMBER * scale, True) <= NAME_ROOM:
            lines.append((phone, NUMBER * scale, True))
        lines += [(line, NAME * scale, False) for line in wrap(name, NAME * scale, NAME_ROOM)]
    return lines


def _lines(box: Box, room: float, scale: float) -> list[_Line]:
    """As many people as there is room for; the list names them all."""
    for people in range(len(box.people), 0, -1):
        lines = _all_lines(box, people, scale)
        if _high(lines) <= room:
            return lines
    return _all_lines(box, 0, scale)


def _high(lines: Sequence[_Line]) -> float:
    return sum(size * LEADING for _, size, _ in lines)
