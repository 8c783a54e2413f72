"""Inserts values into the words of the interface."""

from __future__ import annotations

import re

PLACEHOLDER = re.compile(r"\{([a-z]+)\}")


def filled(text: str, **values: str) -> str:
    """``filled("Confirmed on {date}.", date="1 May")`` is "Confirmed on 1 May.". Unlike `str.format` it
    accepts only plain names, so a text cannot read a value's attributes. An unknown name stays as it is."""
    return PLACEHOLDER.sub(lambda match: values.get(match[1], match[0]), text)
