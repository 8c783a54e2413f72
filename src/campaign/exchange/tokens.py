"""What a translator must not change inside a text (slots, addresses of links, ids, tags) becomes a token:
``Call {1} now``. A token may move inside its text, but it must come back, once."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..errors import shown

_TOKEN = re.compile(
    r"<!--.*?-->"  # a slot or a mark
    r"|(?<=\])\([^()\s]*\)"  # the address of a link or picture
    r"|\{[^{}]*\}"  # an id, attributes, or a value of a word of the interface
    r"|</?[A-Za-z][^<>]*>|&(?:[A-Za-z]+|#\d+);"
    r"|`[^`\n]+`|(?: {2,}|\\)\n",  # code, and a line that ends on purpose
    re.S,
)
_WRITTEN = re.compile(r"\{([^{}]*)\}")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True)
class Protected:
    """A text with tokens: ``{1}`` stands for ``tokens[0]``."""

    text: str
    tokens: tuple[str, ...]


def has_words(text: str) -> bool:
    """Whether a text has anything to translate besides tokens."""
    return bool(_LETTER.search(_TOKEN.sub("", text)))


def protected(text: str, known: Sequence[str] = ()) -> Protected:
    """Return the text with tokens. ``known`` are those of the source: equal ones get the same numbers, and
    others get numbers after them."""
    free = list(enumerate(known, 1))
    tokens = list(known)

    def numbered(match: re.Match[str]) -> str:
        for entry in free:
            if entry[1] == match[0]:
                free.remove(entry)
                return f"{{{entry[0]}}}"
        tokens.append(match[0])
        return f"{{{len(tokens)}}}"

    return Protected(_TOKEN.sub(numbered, text), tuple(tokens))


def used(text: str) -> Counter[str]:
    """Return how often each token is in a protected text: ``{"1": 1, "2": 1}``."""
    return Counter(_WRITTEN.findall(text))


def restored(text: str, tokens: Sequence[str]) -> str:
    """Return the text with what its tokens stand for. Call `token_faults` first."""
    return _WRITTEN.sub(lambda match: tokens[int(match[1]) - 1], text)


def token_faults(text: str, allowed: Iterable[Counter[str]], tokens: Sequence[str]) -> list[tuple[str, str]]:
    """Return what is wrong with the tokens of a translated text, as found and expected. ``allowed`` are the
    tokens of the source, and those of the last translation: a text must have exactly the ones or exactly the
    others."""
    here = used(text)
    choices = list(allowed)
    rest = _WRITTEN.sub("", text)
    if "{" in rest or "}" in rest:
        return [("a brace that belongs to no token", "tokens such as {1}, as in the source")]
    if here in choices:
        return []
    wanted = choices[0]
    faults = []
    for name in [*wanted, *(here.keys() - wanted.keys())]:
        if here[name] == wanted[name]:
            continue
        what = next((f" ({token})" for number, token in enumerate(tokens, 1) if str(number) == name), "")
        found = f"{{{shown(name)[1:-1]}}}{what} {_times(here[name])}"
        faults.append((found, f"it {_times(wanted[name])}, as in the source"))
    return faults


def _times(count: int) -> str:
    return {0: "nowhere", 1: "once", 2: "twice"}.get(count, f"{count} times")
