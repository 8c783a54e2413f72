"""Comments, character references and line numbers of a page's text, in time linear to its length."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator

# The leading zeros are a group of their own: HTML allows any number of them.
_REFERENCE = re.compile(
    r"&(?:#0*+(?P<decimal>[0-9]++)|#[xX]0*+(?P<hex>[0-9a-fA-F]++)|[A-Za-z][A-Za-z0-9]{1,31}+);?"
)
_LONGEST = 7  # digits of the highest code point, 1114111
_UNKNOWN = "\N{REPLACEMENT CHARACTER}"  # browsers show it for a code point that does not exist


def comment_spans(text: str) -> Iterator[tuple[int, int, bool]]:
    """Yield start, end, and whether it is closed, for each HTML comment. An open one extends to the end."""
    start = text.find("<!--")
    while start >= 0:
        end = text.find("-->", start + 4)
        if end < 0:
            yield start, len(text), False
            return
        yield start, end + 3, True
        start = text.find("<!--", end + 3)


def without_comments(text: str, instead: Callable[[str], str]) -> str:
    """Return the text with each closed comment replaced by ``instead(comment)``."""
    parts, position = [], 0
    for start, end, closed in comment_spans(text):
        if closed:
            parts += [text[position:start], instead(text[start:end])]
            position = end
    return "".join([*parts, text[position:]])


def only_line_ends(text: str) -> str:
    """Return only the line ends of a text: used as a replacement, they keep the lines below in place."""
    return "\n" * text.count("\n")


def unescaped(text: str) -> str:
    """Return the text as a reader sees it: ``&nbsp;`` and ``&#49;`` become characters, line ends stay."""
    return _REFERENCE.sub(_character, text) if "&" in text else text


def _character(reference: re.Match[str]) -> str:
    digits = reference["decimal"] or reference["hex"]
    if digits is None:
        sign = html.unescape(reference[0])
    elif len(digits) > _LONGEST:
        sign = _UNKNOWN
    else:
        sign = html.unescape(f"&#{'x' * bool(reference['hex'])}{digits};")
    return sign.replace("\n", " ").replace("\r", " ")


class Lines:
    """The line number of a position in a text. If positions only grow, each line end is counted once."""

    def __init__(self, text: str, first: int = 1) -> None:
        self._text = text
        self._line = self._first = first
        self._counted = 0

    def at(self, position: int) -> int:
        """Return the line of ``position``, counted from ``first``."""
        if position < self._counted:
            self._line, self._counted = self._first, 0
        self._line += self._text.count("\n", self._counted, position)
        self._counted = position
        return self._line
