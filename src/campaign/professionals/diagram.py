"""The diagram of a referral order: an SVG with one box per step, for the same steps as the list beside it.

Units are 0.22 mm on paper. All colours come from the style sheet, so light, dark and print styles apply.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from markupsafe import Markup, escape

from ..text.text_width import width, wrap

WIDE = 300
PAGE = 1080  # the height of all boxes together on an A4 sheet
LEAST, MOST = 92, 240  # the range of heights of one box with its arrow
GAP = 16  # between two boxes, for the arrow
EDGE = 12  # inside a box
TITLE, NUMBER, NAME = 19.0, 22.0, 13.0  # font sizes
SCALES = (1.3, 1.15, 1.07, 1.0, 0.93, 0.86)  # of those font sizes, the same in all boxes
LEADING = 1.22
_LEFT = 54  # the left edge of a box's text, after the step's number
NAME_ROOM = WIDE - _LEFT - EDGE
NAME_LINES = 3


_Line = tuple[str, float, bool]  # words, size, whether bold


@dataclass(frozen=True)
class Box:
    """A step as a box. ``people`` are pairs of a name and a number ("" if there is none). ``consent`` is the
    filled part of the mark: 0 if not needed, 1 for a name only, 2 if needed."""

    title: str
    people: tuple[tuple[str, str], ...]
    consent: int


def diagram(boxes: Sequence[Box], heights: Sequence[float]) -> Markup:
    """Draw the boxes below each other, joined by arrows. ``heights`` include the arrows. Screen readers skip
    the diagram, because the list has the same contents."""
    rooms = [height - GAP - EDGE for height in heights]
    scale = _scale(boxes, rooms)
    tops = [0.0, *accumulate(heights)]
    drawn = "\n".join(
        f'<g transform="translate(0 {tops[index]:.0f})">'
        + _box(box, index + 1, heights[index] - GAP, NAME * scale, *_lines(box, rooms[index], scale))
        + "</g>"
        for index, box in enumerate(boxes)
    )
    arrows = "".join(f"M{WIDE // 2} {top - GAP + 1:.0f}v9m-6-5 6 6 6-6" for top in tops[1:-1])
    # It contains only numbers and escaped texts; formatting through Markup would take five times as long.
    return Markup(
        f'<svg class="flow" viewBox="0 0 {WIDE} {tops[-1]:.0f}" font-size="{NAME * scale:.4g}" '
        'aria-hidden="true" focusable="false">\n'
        f'{drawn}\n<path d="{arrows}"/></svg>'
    )


def least_height(box: Box) -> float:
    """Return the height of a box with its arrow that shows its title and the first of its people."""
    return max(LEAST, _all_lines(box, 1, SCALES[-1])[1] + EDGE + GAP)


def _scale(boxes: Sequence[Box], rooms: Sequence[float]) -> float:
    """Return the largest scale at which every box shows its first two people, or else the first."""
    for people in (2, 1):
        for scale in SCALES:
            if all(_all_lines(box, people, scale)[1] <= room for box, room in zip(boxes, rooms, strict=True)):
                return scale
    return SCALES[-1]


def _box(
    box: Box, number: int, height: float, usual: float, lines: Sequence[_Line], high: float
) -> str:  # text of the font size `usual` needs no size of its own
    y = (height - high) / 2
    parts = [
        f'<rect x="1" y="1" width="{WIDE - 2}" height="{height - 2:.0f}" rx="9"/>'
        f'<g transform="translate(27 {height / 2:.0f})"><text class="n" text-anchor="middle">{number}</text>'
        f"{_consent_mark(box.consent)}</g>",
    ]
    for line, size, bold in lines:
        y += size * LEADING
        weight = ' class="b"' if bold else ""
        named = "" if size == usual else f' font-size="{size:.4g}"'
        parts.append(f'<text{weight} x="{_LEFT}" y="{y - size * 0.3:.0f}"{named}>{escape(line)}</text>')
    return "\n".join(parts)  # line breaks keep words apart in text browsers


def _consent_mark(consent: int) -> str:
    """Return an empty, half or full circle below the number."""
    halves = ("", "v14a7 7 0 0 0 0-14", "a7 7 0 0 0 0 14a7 7 0 0 0 0-14")[consent]
    return '<circle cy="18" r="7"/>' + (f'<path class="f" d="M0 11{halves}"/>' if halves else "")


@lru_cache(8192)  # many places' diagrams have the same boxes
def _all_lines(box: Box, people: int, scale: float) -> tuple[Sequence[_Line], float]:
    """Return the lines of a box with its first ``people``, and their height together."""
    lines = [(line, TITLE * scale, True) for line in wrap(box.title, TITLE * scale, NAME_ROOM, True)]
    for name, phone in box.people[:people]:
        if phone:  # a number is always shown unbroken, a long one in smaller letters
            size = min(NUMBER * scale, NAME_ROOM / width(phone, 1, True))
            lines.append((phone, size, True))
        lines += [(line, NAME * scale, False) for line in _name_lines(name, NAME * scale)]
    return lines, sum(size * LEADING for _, size, _ in lines)


def _name_lines(name: str, size: float) -> tuple[str, ...]:
    """Return a name as in the list; a very long one loses its end, which the list shows."""
    lines = wrap(name, size, NAME_ROOM)
    if len(lines) <= NAME_LINES:
        return lines
    last = " ".join(lines[NAME_LINES - 1 :])
    return (*lines[: NAME_LINES - 1], wrap(last, size, NAME_ROOM - width("…", size))[0] + "…")


def _lines(box: Box, room: float, scale: float) -> tuple[Sequence[_Line], float]:
    """Return as many people as fit; the list names them all."""
    for people in range(len(box.people), 0, -1):
        lines, high = _all_lines(box, people, scale)
        if high <= room:
            return lines, high
    return _all_lines(box, 0, scale)
