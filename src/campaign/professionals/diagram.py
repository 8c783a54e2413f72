"""The diagram of a referral order: an SVG with one box a step, the same steps as in the list beside it.

Units are 0.22 mm on paper. All colours come from the style sheet, so that it follows light, dark and print.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from markupsafe import Markup, escape

from ..text.text_width import width, wrap

WIDE = 300
PAGE = 1080  # the height that all boxes of an A4 sheet share
LEAST, MOST = 92, 240  # what one box and its arrow may take of it
GAP = 16  # between two boxes, for the arrow
EDGE = 12  # inside a box
TITLE, NUMBER, NAME = 19.0, 22.0, 13.0  # sizes of letters
SCALES = (1.3, 1.15, 1.07, 1.0, 0.93, 0.86)  # of those sizes, the same in all boxes
LEADING = 1.22
_LEFT = 54  # where the text of a box begins, after the step's number
NAME_ROOM = WIDE - _LEFT - EDGE
NAME_LINES = 3


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
    drawn = "\n".join(
        f'<g transform="translate(0 {tops[index]:.0f})">'
        + _box(box, index + 1, heights[index] - GAP, NAME * scale, *_lines(box, rooms[index], scale))
        + "</g>"
        for index, box in enumerate(boxes)
    )
    arrows = "".join(f"M{WIDE // 2} {top - GAP + 1:.0f}v9m-6-5 6 6 6-6" for top in tops[1:-1])
    # Only numbers and escaped texts stand in it: formatting through Markup would take five times as long.
    return Markup(
        f'<svg class="flow" viewBox="0 0 {WIDE} {tops[-1]:.0f}" font-size="{NAME * scale:.4g}" '
        'aria-hidden="true" focusable="false">\n'
        f'{drawn}\n<path d="{arrows}"/></svg>'
    )


def least_height(box: Box) -> float:
    """What a box needs, arrow included, to show its title and the first who acts."""
    return max(LEAST, _all_lines(box, 1, SCALES[-1])[1] + EDGE + GAP)


def _scale(boxes: Sequence[Box], rooms: Sequence[float]) -> float:
    """The largest scale at which every box shows its first two people, or else its first."""
    for people in (2, 1):
        for scale in SCALES:
            if all(_all_lines(box, people, scale)[1] <= room for box, room in zip(boxes, rooms, strict=True)):
                return scale
    return SCALES[-1]


def _box(
    box: Box, number: int, height: float, usual: float, lines: Sequence[_Line], high: float
) -> str:  # `usual` is the size of letters that need not be named
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
    return "\n".join(parts)  # text browsers run words together that nothing parts


def _consent_mark(consent: int) -> str:
    """A circle, empty, half or full, below the number."""
    halves = ("", "v14a7 7 0 0 0 0-14", "a7 7 0 0 0 0 14a7 7 0 0 0 0-14")[consent]
    return '<circle cy="18" r="7"/>' + (f'<path class="f" d="M0 11{halves}"/>' if halves else "")


@lru_cache(8192)  # most boxes stand in many places' diagrams
def _all_lines(box: Box, people: int, scale: float) -> tuple[Sequence[_Line], float]:
    """The lines of a box that shows its first ``people``, and the height of them all."""
    lines = [(line, TITLE * scale, True) for line in wrap(box.title, TITLE * scale, NAME_ROOM, True)]
    for name, phone in box.people[:people]:
        if phone:  # never left out, never broken: a long one in smaller letters
            size = min(NUMBER * scale, NAME_ROOM / width(phone, 1, True))
            lines.append((phone, size, True))
        lines += [(line, NAME * scale, False) for line in _name_lines(name, NAME * scale)]
    return lines, sum(size * LEADING for _, size, _ in lines)


def _name_lines(name: str, size: float) -> tuple[str, ...]:
    """A name as in the list; the end of a very long one is left out, which the list has."""
    lines = wrap(name, size, NAME_ROOM)
    if len(lines) <= NAME_LINES:
        return lines
    last = " ".join(lines[NAME_LINES - 1 :])
    return (*lines[: NAME_LINES - 1], wrap(last, size, NAME_ROOM - width("…", size))[0] + "…")


def _lines(box: Box, room: float, scale: float) -> tuple[Sequence[_Line], float]:
    """As many people as there is room for; the list names them all."""
    for people in range(len(box.people), 0, -1):
        lines, high = _all_lines(box, people, scale)
        if high <= room:
            return lines, high
    return _all_lines(box, 0, scale)
