"""Changes single entries of a YAML file that people write, and not one byte beside them.

The file has sections (``confirmations:``), and sections have entries with a name each. What is edited is
read again by the caller: a form for which there is no safe place comes out wrong, and is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml

Entry = str | Mapping[str, str]  # a value, or values by their keys
_PLAIN = re.compile("[0-9a-z]+(-[0-9a-z]+)*")  # digests, days and slugs need no quotes


def quoted(value: str) -> str:
    """``"Tartu: duty officer"`` in YAML's double quotes, with any text in it, on one line."""
    scalar: str = yaml.safe_dump(value, default_style='"', allow_unicode=True, width=10_000)
    return scalar.strip()


def with_entry(text: str, section: str, name: str, entry: Entry) -> str:
    """The text with the entry: in place of the old scalars where it is there already, else after the
    section's last one, else in a new section at the end."""
    newline = "\r\n" if "\r\n" in text else "\n"
    _, inside = _find(_root(text), section)
    if inside is None:
        end = "" if not text or text.endswith("\n") else newline
        return text + end + newline.join([f"{section}:", *_lines(name, entry, 2), ""])
    if not inside.value:
        return _first(text, inside, newline.join([*_lines(name, entry, 2), ""]), newline)
    _, old = _find(inside, name)
    if old is None:
        end_ = _end(text, inside)
        lines = newline.join([*_lines(name, entry, inside.value[0][0].start_mark.column), ""])
        return text[:end_] + ("" if text[:end_].endswith("\n") else newline) + lines + text[end_:]
    new = [(old, entry)] if isinstance(entry, str) else [(_find(old, key)[1], entry[key]) for key in entry]
    for node, value in sorted(new, key=lambda pair: _start(pair[0]), reverse=True):
        if node is not None:
            text = text[: _start(node)] + _scalar(value) + text[node.end_mark.index :]
    return text


def without_entry(text: str, section: str, name: str) -> str:
    """The text without the lines of the entry. The section stays: ``{}`` is in it after its last one."""
    key, inside = _find(_root(text), section)
    own, old = _find(inside, name)
    start = text.rfind("\n", 0, own.start_mark.index) + 1
    cut = text[:start] + text[_end(text, old) :]
    if len(inside.value) > 1:
        return cut
    colon = text.index(":", key.end_mark.index) + 1
    return cut[:colon] + " {}" + cut[colon:]


def _root(text: str) -> Any:
    """Marks of the pure loader: they count the characters of ``text`` itself, its CR included."""
    return yaml.compose(text, Loader=yaml.BaseLoader)


def _find(node: Any, name: str) -> tuple[Any, Any]:
    """The key and the value of that name in a mapping; None and None where it has none."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return next(((key, value) for key, value in pairs if key.value == name), (None, None))


def _start(node: Any) -> int:
    return node.start_mark.index if node is not None else -1


def _lines(name: str, entry: Entry, indent: int) -> list[str]:
    start = " " * indent + f"{name}:"
    if isinstance(entry, str):
        return [f"{start} {_scalar(entry)}"]
    return [start, *(" " * (2 * indent) + f"{key}: {_scalar(value)}" for key, value in entry.items())]


def _scalar(value: str) -> str:
    return value if _PLAIN.fullmatch(value) else quoted(value)


def _first(text: str, inside: Any, lines: str, newline: str) -> str:
    """The first entry of a section that is ``{}``, on the lines after it."""
    before = text[: inside.start_mark.index].rstrip(" ")
    rest = text[inside.end_mark.index :]
    same, line_end, after = rest.partition("\n")
    return before + same + (line_end or newline) + lines + after


def _end(text: str, node: Any) -> int:
    """Where the line after the node's last one begins. Only of flow and scalar nodes is the end mark true:
    a block's comes after the comments that follow it."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    end: int = node.end_mark.index
    if text[:end].endswith("\n"):
        return end
    return text.find("\n", end) + 1 or len(text)
