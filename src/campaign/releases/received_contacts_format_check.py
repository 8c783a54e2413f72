"""The shape of the contacts in a release and in an old copy: anybody may have sent such a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

_LONGEST = 400  # characters of an id, a name or a number; a text of a contact has at most 300


def check_contacts(contacts: object) -> None:
    """Raise `ValueError` unless these are contacts by id: ``{"ee-child": {"organization": {"et": "…"},
    "phones": [{"number": "…"}]}}``. Letters, feeds and terminals show the ids, names and numbers, so each of
    them is one line."""
    for contact, facts in _items(contacts):
        check_line(contact)
        if not isinstance(facts, dict):
            raise ValueError("no contact")
        for _, name in _items(facts.get("organization") or {}):
            check_line(name)
        for key in ("phones", "chats"):
            lines = facts.get(key) or []
            if not isinstance(lines, list) or not all(isinstance(line, dict) for line in lines):
                raise ValueError(f"no list of {key}")
            for line in lines:
                check_line(line.get("number") or "")


def check_line(text: object) -> None:
    """Raise `ValueError` unless this is a text on one line, without control codes."""
    plain = text.replace("\N{NO-BREAK SPACE}", " ") if isinstance(text, str) else "\n"
    if not plain.isprintable() or len(plain) > _LONGEST:
        raise ValueError("no text on one line")


def _items(found: object) -> Iterator[tuple[str, Any]]:
    if not isinstance(found, dict):
        raise ValueError("no keys and values")
    yield from found.items()
