"""How wide a text is, and where its lines break, for what we set ourselves: SVG breaks no line."""

from __future__ import annotations

import re
from functools import lru_cache

# Shares of the size of the letters, those of Noto Sans rounded up; most system fonts are narrower.
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
    """The width that ``text`` takes at most in letters of ``size``, in the same unit."""
    return _unit(text) * size * (_BOLD if bold else 1)


@lru_cache(16384)  # most words come again
def _unit(text: str) -> float:
    return sum(map(_SHARE.__getitem__, text))


@lru_cache(4096)  # the same words are tried in several sizes
def _parts(text: str) -> tuple[tuple[str, float, float], ...]:
    """The pieces between which a line may break, with their widths in letters of 1, the second without
    the space at the end."""
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


@lru_cache(16384)  # and the same steps stand in many places' sheets
def wrap(text: str, size: float, room: float, bold: bool = False) -> tuple[str, ...]:
    """The lines of ``text`` that fit into ``room``. A word that is too long alone breaks after a hyphen or
    slash, or else wherever it must; a no-break space never breaks."""
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
