"""Puts the pictograms of overrides/pictograms/ into pages, as drawings inside the page, without a request."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

from ..files.source_file import read_text
from ..pages.slots import CLOSE, OPEN, PICTOGRAM

_SLOT = rf"{OPEN}{PICTOGRAM} .. ([a-z-]+){CLOSE}"
_MARK = re.compile(_SLOT + r"\s*")
_ITEM = re.compile(rf"<li>(?=(?:\n<p>)?{_SLOT})")
_LIST = re.compile(r"<ul>(?=(?:(?!</?[uo]l>).)*<li class=\"pictured\">)", re.S)
# A heading, a text that begins with a pictogram, and a link alone in its paragraph.
_DOOR = re.compile(rf"<h3[^<>]*>[^\n]*</h3>\n<p>{_SLOT}[^\n]*</p>\n<p><a [^<>]*>[^<>]*</a></p>")
_OUTER = re.compile(r"<svg[^<>]*>(.*)</svg>\s*", re.S)


def with_pictograms(html: str, root: Path) -> str:
    """Return the HTML of a page's text with the drawings in place of their slots. List items that begin with
    a pictogram have the class ``pictured``. Their list has ``role="list"``, because Safari does not treat a
    list without bullets as a list. A part of a page with a pictogram and a link at its end becomes a
    ``door``: all of it can be tapped."""
    if f"{OPEN}{PICTOGRAM} " not in html:
        return html
    html = _DOOR.sub(lambda door: f'<div class="door">{door[0]}</div>', html)
    html = _LIST.sub('<ul class="pictograms" role="list">', _ITEM.sub('<li class="pictured">', html))
    return _MARK.sub(lambda mark: drawing(root, mark[1]) + " ", html)


@cache
def drawing(root: Path, name: str) -> str:
    """Return the pictogram as an element of the page. It is a decoration beside words that say the same."""
    shapes = _OUTER.sub(r"\1", read_text(root / "overrides" / "pictograms" / f"{name}.svg", root))
    return (
        f'<svg class="pictogram" viewBox="0 0 48 48" width="32" height="32" aria-hidden="true">{shapes}</svg>'
    )
