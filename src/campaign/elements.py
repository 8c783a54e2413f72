"""The HTML that a page may hold: what Markdown makes, and a few elements that editors may write themselves.

What is not listed here is refused. The list has nothing that runs, loads, frames, asks or hides.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

# Elements that editors may write as HTML, because Markdown has no sign for them.
WRITTEN = ("abbr", "bdi", "br", "dd", "details", "div", "dl", "dt", "img", "span", "sub", "summary", "sup")

# Attributes that every element may have, and those of single elements.
EVERYWHERE = frozenset({"id", "class", "lang", "dir", "title"})
ELEMENTS: Mapping[str, Collection[str]] = {
    **dict.fromkeys(WRITTEN, ()),
    **dict.fromkeys(("blockquote", "code", "em", "hr", "li", "p", "pre", "strong", "ul"), ()),
    **dict.fromkeys(("h1", "h2", "h3", "h4", "h5", "h6"), ()),
    **dict.fromkeys(("table", "thead", "tbody", "tr"), ()),
    **dict.fromkeys(("td", "th"), ("style",)),  # Markdown aligns columns so; the content policy undoes it
    "a": ("href", "hreflang"),
    "img": ("src", "alt", "width", "height", "role"),
    "ol": ("start",),
    "section": ("aria-labelledby",),  # around a referral order (`slot.with_slots`)
}
EMPTY = frozenset({"br", "hr", "img"})  # elements without an end

# The theme's own (overrides/main.html, box.js, sheet.html): a second one would break its links.
RESERVED_IDS = re.compile(r"text|search|search-words|search-stays|order-.+")
# Those of its classes that hide, cover or stay, or that make something look like the exit or a contact.
RESERVED_CLASSES = {
    "call", "card", "cards", "cover", "danger", "exit", "expired", "find", "help", "hidden", "home",
    "languages", "leave", "menu", "offer", "open", "search", "shut", "skip", "source", "tel", "told",
}  # fmt: skip
_ALIGNED = re.compile(r"text-align: (left|right|center);")


def allowed_attribute(element: str, name: str, value: str) -> bool:
    if name == "style":
        return element in ("td", "th") and _ALIGNED.fullmatch(value) is not None
    if name == "role":
        return element == "img" and value == "presentation"
    return name in EVERYWHERE or name in ELEMENTS[element]
