"""Writes into a contact's file that somebody has rung it, and changes nothing else there."""

from __future__ import annotations

import difflib
import os
import shutil
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from .document import parse_document
from .fields import Text
from .place import Country, Municipality, Places
from .problem import CampaignError, Problem, shown
from .source_file import read_as_saved
from .validation import allowed_instead, validate


def confirm(root: Path, places: Places, ids: Sequence[str], by: str, on: date, today: date) -> list[str]:
    """Write ``on`` and ``by`` as assured_date and assurer of the contacts ``ids``; the files that changed.
    All or none: `CampaignError` for an unknown id, a day after ``today``, a ``by`` that is no plain text,
    and a file whose form leaves no safe place for the two lines."""
    owners = {contact.id: owner for owner in places.owners for contact in owner.record.contacts}
    problems = [_refusal("", name, _like(name, owners)) for name in ids if name not in owners]
    if on > today:
        problems.append(_refusal("--on", on.isoformat(), f"a date up to today, {today.isoformat()}"))
    try:
        by.encode()
        allowed = allowed_instead(Text, by)
    except UnicodeEncodeError:
        allowed = "UTF-8 text"
    if allowed:
        problems.append(_refusal("--by", by, allowed))
    if problems:
        raise CampaignError(problems)
    texts: dict[str, str] = {}
    values = {"assured_date": on.isoformat(), "assurer": by}
    for name in dict.fromkeys(ids):
        owner = owners[name]
        text = texts.get(owner.file) or read_as_saved(root / owner.file, root)
        texts[owner.file] = confirmed_text(text, owner, name, values, today)
    _write_all({root / file: text for file, text in texts.items()})
    return list(texts)


def confirmed_text(
    text: str, owner: Country | Municipality, name: str, values: Mapping[str, str], today: date
) -> str:
    """The owner's file with the two values in the contact ``name``. What was edited is read again, and
    must be valid and say the same as before but for them; else `CampaignError`."""
    document = parse_document(text, owner.file)
    contacts: Any = document.value["contacts"]
    index = next(index for index, contact in enumerate(contacts) if contact["id"] == name)
    contacts[index] |= values
    country = owner.code if isinstance(owner, Country) else owner.country.code
    try:
        edited = _edited(text, index, values)
        again = parse_document(edited, owner.file)
        validate(type(owner.record), again, {"country": country, "today": today})
        same = again.value == document.value
    except CampaignError:
        same = False
    if not same:
        message = "found a form that no line can be added to safely, allowed one key a line, indented"
        raise CampaignError([Problem(owner.file, document.line(("contacts", index)), name, message)])
    return edited


def _edited(text: str, index: int, values: Mapping[str, str]) -> str:
    """The values in place of the contact's old ones, or in lines of their own after its last one.
    Marks of the pure loader: they count the characters of ``text`` itself, whatever ends its lines."""
    document = yaml.compose(text, Loader=yaml.BaseLoader)
    contact = _child(document, "contacts").value[index]
    newline = "\r\n" if "\r\n" in text else "\n"
    end = _end(text, contact)
    lines = "" if text[:end].endswith("\n") else newline
    changes: list[tuple[int, int, str]] = []
    for key, value in values.items():
        scalar = quoted(value) if key == "assurer" else value
        old = _child(contact, key)
        if old is None:
            lines += " " * contact.value[0][0].start_mark.column + f"{key}: {scalar}{newline}"
        else:
            start, stop = old.start_mark.index, old.end_mark.index
            changes.append((start, stop, scalar + (newline if text[:stop].endswith("\n") else "")))
    if _child(contact, "assurer") is None:
        changes.append((end, end, lines))
    for start, stop, new in sorted(changes, reverse=True):
        text = text[:start] + new + text[stop:]
    return text


def quoted(value: str) -> str:
    """``"Tartu: duty officer"`` in YAML's double quotes, whatever stands in it, on one line."""
    scalar: str = yaml.safe_dump(value, default_style='"', allow_unicode=True, width=10_000)
    return scalar.strip()


def _child(node: Any, key: str) -> Any:
    return next((value for name, value in node.value if name.value == key), None)


def _end(text: str, node: Any) -> int:
    """Where the line after the node's last one begins. Only of flow and scalar nodes is the end mark true:
    a block's lies behind the comments that follow it."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    end: int = node.end_mark.index
    if text[:end].endswith("\n"):
        return end
    return text.find("\n", end) + 1 or len(text)


def _like(name: str, ids: Collection[str]) -> str:
    near = difflib.get_close_matches(name, ids, n=3)
    return f"an id such as {', '.join(near)}" if near else "an id that campaign contacts lists"


def _refusal(option: str, found: str, allowed: str) -> Problem:
    return Problem("campaign confirm", 0, option, f"found {shown(found)}, allowed {allowed}")


def _write_all(texts: Mapping[Path, str]) -> None:
    """Write every file beside its place first, then exchange them: a disk that is full changes none."""
    beside = {path: path.with_name(f".{path.name}.new") for path in texts}
    try:
        for path, new in beside.items():
            with open(new, "wb") as file:
                file.write(texts[path].encode())
                file.flush()
                os.fsync(file.fileno())
            shutil.copymode(path, new)
        for path, new in beside.items():
            os.replace(new, path)
    finally:
        for new in beside.values():
            new.unlink(missing_ok=True)
