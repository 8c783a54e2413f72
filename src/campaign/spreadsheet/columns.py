"""The columns of a sheet, from the record of a contact: a new key of the record becomes a column without
further code.

The name of a column is the path of its value in words: ``phones 1 number`` for ``phones[0].number``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

from ..fields.field_types import Flag, Schedule, SourceDate, Text
from ..files.yaml_document import KeyPath, Value
from ..model.channels import PhoneNumber
from ..model.place_files import CountryContact

ID, PLACE, VERSION = "id", "place", "version"
KEYS = (ID, PLACE, VERSION)  # say which contact a row is; every sheet has them
# For the coordinator alone. They are never taken back.
STATE = ("state", "days", "places")
ASK = "ask"
ANSWERS = ("answer", "answered by", "answered on")
NOT_TAKEN = (*STATE, ASK, *ANSWERS)

_NUMBERED, _LANGUAGE = "1", "xx"  # in a pattern: the number of a phone, the language of a text


class Kind(Enum):
    """What a cell holds, as far as a spreadsheet may have changed it. The values are words for messages."""

    TEXT = "a text"
    CODE = "a value"
    LIST = "a list"
    NUMBER = "a phone number"
    DATE = "a date"
    FLAG = "true or false"
    HOURS = "opening hours"


_KINDS = (
    (PhoneNumber, Kind.NUMBER),
    (SourceDate, Kind.DATE),
    (Flag, Kind.FLAG),
    (Schedule, Kind.HOURS),
    (Text, Kind.TEXT),
)


@dataclass(frozen=True)
class Column:
    """One value of a contact: its path in the file, its name in the sheet and its kind."""

    path: KeyPath
    kind: Kind

    @property
    def name(self) -> str:
        return " ".join(str(part + 1 if isinstance(part, int) else part) for part in self.path)


def column(path: KeyPath) -> Column | None:
    """Return the column of a value, or of the list or record that the value is in; None for none."""
    for end in range(len(path), 0, -1):
        generic = _generic(path[:end])
        if generic in _patterns():
            return Column(path[:end], _patterns()[generic])
    return None


def named(name: str) -> Column | None:
    """Return the column of that name; None if a contact has no such value."""
    parts = name.split(" ")
    for pattern, kind in _patterns().items():
        if len(parts) == len(pattern) and all(map(_fits, parts, pattern)):
            steps = zip(parts, pattern, strict=True)
            return Column(tuple(int(part) - 1 if want == _NUMBERED else part for part, want in steps), kind)
    return None


def in_order(paths: Iterable[KeyPath]) -> list[KeyPath]:
    """Return the paths in the order of the record, those of one phone together."""
    return sorted(paths, key=_rank)


def all_paths(cells: Iterable[Mapping[KeyPath, str]], languages: Iterable[str]) -> list[KeyPath]:
    """Return the paths of every column of a sheet with these contacts: every key, each language, and one more
    phone and chat than the longest list has."""
    used = {path for contact in cells for path in contact}
    codes = {*languages, *(str(path[-1]) for path in used if _generic(path)[-1] == _LANGUAGE)}
    counts: dict[str, int] = {}
    for path in used:
        if len(path) > 1 and isinstance(path[1], int):
            counts[str(path[0])] = max(counts.get(str(path[0]), 0), path[1] + 1)
    found: set[KeyPath] = set()
    for pattern in _patterns():
        if pattern == (ID,):
            continue
        paths: list[KeyPath] = [()]
        for part in pattern:
            steps: Iterable[str | int] = [part]
            if part == _NUMBERED:
                steps = range(counts.get(pattern[0], 0) + 1)
            elif part == _LANGUAGE:
                steps = sorted(codes)
            paths = [(*path, step) for path in paths for step in steps]
        found.update(paths)
    return in_order(found)


def cells_of(contact: Value) -> dict[KeyPath, str]:
    """Return every value of a contact, as its file has it, by its path; a list in one cell."""

    def flat(value: Value, path: KeyPath) -> Iterator[tuple[KeyPath, str]]:
        if isinstance(value, dict):
            for key, inner in value.items():
                yield from flat(inner, (*path, key))
        elif isinstance(value, list) and _generic(path) in _patterns():
            yield path, ", ".join(map(str, value))
        elif isinstance(value, list):
            for index, inner in enumerate(value):
                yield from flat(inner, (*path, index))
        else:
            yield path, str(value)

    return dict(flat(contact, ()))


def contact_of(cells: Mapping[KeyPath, str], old: Value) -> tuple[dict[str, Value], dict[KeyPath, KeyPath]]:
    """Return the contact with these cells; its keys are in the order of ``old``, new ones in that of the
    record. Also return the column's path of each numbered entry: the second phone of the sheet becomes the
    first of the file if the first has no cells any more."""
    whole: dict[str, Value] = {}
    numbers: dict[KeyPath, KeyPath] = {}
    for path in in_order(path for path, text in cells.items() if text):
        text = cells[path]
        value: Value = [*_items(text)] if _patterns()[_generic(path)] is Kind.LIST else text
        _put(whole, path, value, numbers)
    return _as_before(old if isinstance(old, dict) else {}, whole), numbers


def _put(whole: dict[str, Value], path: KeyPath, value: Value, numbers: dict[KeyPath, KeyPath]) -> None:
    if len(path) > 1 and isinstance(path[1], int):  # phones 2 number
        entries = whole.setdefault(str(path[0]), [])
        assert isinstance(entries, list)
        if path[:2] not in numbers.values():
            numbers[path[0], len(entries)] = path[:2]
            entries.append({})
        inside, rest = entries[-1], path[2:]
    else:
        inside, rest = whole, path
    for step in rest[:-1]:
        assert isinstance(inside, dict)
        inside = inside.setdefault(str(step), {})
    assert isinstance(inside, dict)
    inside[str(rest[-1])] = value


def _as_before(old: Mapping[str, Value], new: dict[str, Value]) -> dict[str, Value]:
    """Return ``new`` with its keys in the order of ``old``; a new key comes after the key before it. An empty
    list of the file has no cell and stays."""
    new |= {key: value for key, value in old.items() if key not in new and value in ([], {})}
    order = [key for key in old if key in new]
    before: str | None = None
    for key in new:
        if key not in old:
            order.insert(order.index(before) + 1 if before else 0, key)
        before = key
    return {key: _inside(old.get(key), new[key]) for key in order}


def _inside(old: Value | None, new: Value) -> Value:
    if isinstance(new, dict):
        return _as_before(old if isinstance(old, dict) else {}, new)
    if isinstance(new, list):
        known = old if isinstance(old, list) else []
        return [_inside(known[index] if index < len(known) else None, item) for index, item in enumerate(new)]
    return new


def _items(text: str) -> Iterator[str]:
    """Yield the entries of a list: ``et, ru``, also with semicolons or line ends between them."""
    for item in re.split(r"[,;\n]", text):
        if item.strip():
            yield item.strip()


def as_list(text: str) -> str:
    """Return a list as a sheet writes it: ``et, ru``."""
    return ", ".join(_items(text))


@cache
def _patterns() -> dict[tuple[str, ...], Kind]:
    return dict(_leaves(CountryContact, ()))


def _leaves(record: type[BaseModel], path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Kind]]:
    hints = get_type_hints(record, include_extras=True)
    for name in record.model_fields:
        yield from _leaf(hints[name], (*path, name))


def _leaf(hint: Any, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Kind]]:
    if kind := next((kind for known, kind in _KINDS if hint == known), None):
        yield path, kind
    elif get_origin(hint) is Annotated:
        yield from _leaf(get_args(hint)[0], path)
    elif get_origin(hint) in (Union, UnionType):
        yield from _leaf(next(part for part in get_args(hint) if part is not type(None)), path)
    elif get_origin(hint) is dict:
        yield from _leaf(get_args(hint)[1], (*path, _LANGUAGE))
    elif get_origin(hint) is tuple:
        inner = dict(_leaf(get_args(hint)[0], (*path, _NUMBERED)))
        yield from [(path, Kind.LIST)] if (*path, _NUMBERED) in inner else inner.items()
    elif isinstance(hint, type) and issubclass(hint, BaseModel):
        yield from _leaves(hint, path)
    else:
        yield path, Kind.CODE


def _generic(path: KeyPath) -> tuple[str, ...]:
    """Return the pattern that a path may have: ``("phones", "1", "number")``."""
    steps = tuple(_NUMBERED if isinstance(part, int) else part for part in path)
    texts = (*steps[:-1], _LANGUAGE)
    return texts if steps not in _patterns() and texts in _patterns() else steps


def _fits(part: str, wanted: str) -> bool:
    if wanted == _NUMBERED:
        return re.fullmatch("[1-9][0-9]?", part) is not None
    return re.fullmatch("[a-z]{2}", part) is not None if wanted == _LANGUAGE else part == wanted


def _rank(path: KeyPath) -> tuple[tuple[int, str], ...]:
    """Return the sort key: at each step the place of the key in its record, the number, or the language."""
    patterns, ranks = [*_patterns()], []
    for end, part in enumerate(path, 1):
        if isinstance(part, int):
            ranks.append((part, ""))
        else:
            generic = _generic(path)[:end]
            first = next(index for index, known in enumerate(patterns) if known[:end] == generic)
            ranks.append((first, part))
    return tuple(ranks)
