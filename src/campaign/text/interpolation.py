"""Puts values into the words of the interface."""

from __future__ import annotations

import re

PLACEHOLDER = re.compile(r"\{([a-z]+)\}")


def filled(text: str, **values: str) -> str:
    """``filled("Confirmed on {date}.", date="1 May")``. Unlike `str.format` it knows plain names alone, so
    that a word can never ask for what is inside a value. A name that is not among the values stays."""
    return PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), text)
