"""The width and the line breaks of a text, for our SVG files: SVG does not break lines."""

from __future__ import annotations

import re
from functools import lru_cache

# Widths as shares of the font size, from Noto Sans rounded up; most system fonts are narrower.
_SHARES = (
    (0.29, "ijlIīįļії.,:;'’|! \N{NO-BREAK SPACE}"),
    (0.43, "frtJ-()/„“”"),
    (0.54, "ckszvxyčšžķгзкстухэєґEFLSTŠ"),
    (0.8, "wGOQDHNUжфыДИНОПФЦЫÕÖŪÜŅ"),
    (0.96, "mMWмшщюМЖЮШЩ—%@½№"),
)


class _Share(dict[str, float]):
    def __missing__(self, letter: str) -> float:
        return self.setdefault(letter, 0.7 if letter.isupper() else 0.62)


_SHARE = _Share({letter: share for share, letters in _SHARES for letter in letters})
_BOLD = 1.08
_HYPHENED = re.compile(r"[^ ]*?[-/](?=\w)|[^ ]+ ?")


def width(text: str, size: float, bold: bool = False) -> float:
    """Return the greatest width of ``text`` in letters of ``size``, in the same unit as ``size``."""
    return _unit(text) * size * (_BOLD if bold else 1)


@lru_cache(16384)  # most words are repeated
def _unit(text: str) -> float:
    return sum(map(_SHARE.__getitem__, text))


@lru_cache(4096)  # the same words are tried in several sizes
def _parts(text: str) -> tuple[tuple[str, float, float], ...]:
    """Split a text where a line may break: pieces with their widths at size 1, with and without end space."""
    words = re.findall(r"[^ ]+ ?| ", text)
    pieces = [
        piece
        for word in words
        for piece in (_HYPHENED.findall(word) if "-" in word or "/" in word else [word])
    ]
    bare = [piece.rstrip(" ") for piece in pieces]
    widths = map(_unit, bare)
    return tuple(
        (piece, width + _SHARE[" "] * (len(piece) - len(word)), width)
        for piece, word, width in zip(pieces, bare, widths, strict=True)
    )


@lru_cache(16384)  # many places' sheets have the same steps
def wrap(text: str, size: float, room: float, bold: bool = False) -> tuple[str, ...]:
    """Split ``text`` into lines that fit into ``room``. A single word that is too long breaks after a hyphen
    or slash, or else at any letter; a no-break space never breaks."""
    room /= size * (_BOLD if bold else 1)
    lines: list[str] = []
    line, taken = "", 0.0
    for piece, whole, bare in _parts(text):
        if line and taken + bare > room:
            lines.append(line.rstrip(" "))
            line, taken = "", 0.0
        while bare > room and len(piece) > 1:
            cut = next((n for n in range(len(piece) - 1, 1, -1) if width(piece[:n], 1) <= room), 1)
            lines.append(piece[:cut])
            piece = piece[cut:]
            whole = bare = width(piece, 1)
        line, taken = line + piece, taken + whole
    return (*lines, line.rstrip(" ")) if line.strip(" ") else tuple(lines)
