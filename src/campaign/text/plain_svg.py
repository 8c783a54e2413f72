"""A small drawing as SVG from a file that nobody trusts: only shapes, numbers and colours get through."""

from __future__ import annotations

import re
from typing import NoReturn
from xml.parsers import expat

from .web_and_email_addresses import Refused

LONGEST = 1500  # characters
_SVG = "http://www.w3.org/2000/svg"
_NUMBER = re.compile(r"-?(?:[0-9]{1,5}(?:\.[0-9]{1,3})?|\.[0-9]{1,3})")
_COLOUR = re.compile(r"#[0-9a-fA-F]{3}(?:[0-9a-fA-F]{3})?|none|currentColor")
_NUMBERS = dict.fromkeys(
    ("cx", "cy", "r", "rx", "ry", "x", "y", "x1", "x2", "y1", "y2", "width", "height", "stroke-width"),
    _NUMBER,
)
_WORD = re.compile(r"round|evenodd|nonzero|butt|square|miter|bevel")
_ATTRIBUTES = _NUMBERS | {
    "d": re.compile(r"[MmLlHhVvCcSsQqTtAaZz0-9., -]+"),
    "points": re.compile(r"[0-9., -]+"),
    "fill": _COLOUR,
    "stroke": _COLOUR,
    **dict.fromkeys(("fill-rule", "stroke-linecap", "stroke-linejoin"), _WORD),
}
_ELEMENTS = ("g", "path", "rect", "circle", "ellipse", "line", "polyline", "polygon")
_BOX = re.compile("0 0 [1-9][0-9]{0,3} [1-9][0-9]{0,3}")
_EXPECTED = f'<svg xmlns="{_SVG}" viewBox="0 0 WIDTH HEIGHT"> with shapes of numbers and colours (#0b5d5a)'


def plain_svg(text: str) -> str:
    """Return the drawing, written anew from what was understood: the box, then the shapes. Raise `Refused`
    for everything else, such as words, styles, links, ids, scripts and entities."""
    if len(text) > LONGEST:
        raise Refused(f"at most {LONGEST:,} characters", f"{len(text):,} characters")
    reader = _Reader()
    try:
        reader.parser.Parse(text, True)
    except expat.ExpatError as error:
        raise Refused(_EXPECTED, f"text that is not XML ({expat.ErrorString(error.code)})") from None
    except UnicodeEncodeError:
        raise Refused(_EXPECTED, "half a character") from None
    return "".join(reader.written)


class _Reader:
    def __init__(self) -> None:
        self.written: list[str] = []
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = lambda name: self.written.append(f"</{name.rpartition(' ')[2]}>")
        self.parser.CharacterDataHandler = lambda text: self._refuse("words") if text.strip() else None
        self.parser.StartDoctypeDeclHandler = lambda *_: self._refuse("a DOCTYPE")
        self.parser.ProcessingInstructionHandler = lambda name, _: self._refuse(f"<?{name}")

    def _refuse(self, found: str) -> NoReturn:
        raise Refused(_EXPECTED, found)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        space, _, element = name.rpartition(" ")
        if not self.written:
            self._outermost(space, element, attributes)
            return
        if space != _SVG or element not in _ELEMENTS:
            self._refuse(f"<{element}>")
        self._write(element, attributes)

    def _outermost(self, space: str, element: str, attributes: dict[str, str]) -> None:
        box = attributes.pop("viewBox", "")
        if (space, element) != (_SVG, "svg"):
            self._refuse(f"<{element}> outermost")
        if not _BOX.fullmatch(box):
            self._refuse(f"viewBox {box}" if box else "no viewBox")
        drawn = {key: value for key, value in attributes.items() if key not in ("width", "height")}
        width, height = map(int, box.split()[2:])
        size = {"height": "40", "width": str(min(120, round(40 * width / height) or 1))}
        self._write("svg", {**drawn, **size}, f' viewBox="{box}" aria-hidden="true"')

    def _write(self, element: str, attributes: dict[str, str], more: str = "") -> None:
        for key, value in attributes.items():
            if key not in _ATTRIBUTES or not _ATTRIBUTES[key].fullmatch(value):
                self._refuse(f"{key} on <{element}>")
        written = "".join(f' {key}="{value}"' for key, value in sorted(attributes.items()))
        self.written.append(f"<{element}{more}{written}>")
