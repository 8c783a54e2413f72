"""How wide a text is, and where its lines break, for what we set ourselves: SVG breaks no line."""

from __future__ import annotations

import re

# Shares of the size of the letters, those of Noto Sans rounded up; most system fonts are narrower.
_SHARES = (
    (0.29, "ijlIīįļії.,:;'’|! \N{NO-BREAK SPACE}"),
    (0.43, "frtJ-()/„“”"),
    (0.54, "ckszvxyčšžķгзкстухэєґEFLSTŠ"),
    (0.8, "wGOQDHNUжфыДИНОПФЦЫÕÖŪÜŅ"),
    (0.96, "mMWмшщюМЖЮШЩ—%@½№"),
)
_SHARE = {letter: share for share, letters in _SHARES for letter in letters}
_BOLD = 1.08


def width(text: str, size: float, bold: bool = False) -> float:
    """The width that ``text`` takes at most in letters of ``size``, in the same unit."""
    return sum(map(_share, text)) * size * (_BOLD if bold else 1)


def _share(letter: str) -> float:
    return _SHARE.get(letter) or (0.7 if letter.isupper() else 0.62)


def wrap(text: str, size: float, room: float, bold: bool = False) -> list[str]:
    """The lines of ``text`` that fit into ``room``. A word that is too long alone breaks after a hyphen or
    slash, or else wherever it must; a no-break space never breaks."""
    lines: list[str] = []
    line = ""
    for part in re.findall(r"[^ ]*?[-/](?=\w)|[^ ]+ ?| ", text):
        while line and width((line + part).rstrip(), size, bold) > room:
            lines.append(line.rstrip())
            line = ""
        while width(part.rstrip(), size, bold) > room:
            cut = next(n for n in range(len(part), 0, -1) if width(part[:n], size, bold) <= room or n == 1)
            lines.append(part[:cut])
            part = part[cut:]
        line += part
    return [*lines, line.rstrip()] if line.strip() else lines
