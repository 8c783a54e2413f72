"""Changes single entries of a YAML file that people write, and no other byte.

The file has sections (``confirmations:``) with named entries. The caller must read the result again: where
the file has an unusual form, the edit may come out wrong, and the caller then refuses it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import yaml

Entry = str | Mapping[str, str]  # a value, or values by their keys
_PLAIN = re.compile("[0-9a-z]+(-[0-9a-z]+)*")  # digests, days and slugs need no quotes


def quoted(value: str) -> str:
    """Return any text in YAML's double quotes, on one line: ``"Tartu: duty officer"``."""
    scalar: str = yaml.safe_dump(value, default_style='"', allow_unicode=True, width=10_000)
    return scalar.strip()


def with_entry(text: str, section: str, name: str, entry: Entry) -> str:
    """Return the text with the entry. It replaces an existing entry of that name; otherwise it comes after
    the section's last entry, or in a new section at the end."""
    newline = "\r\n" if "\r\n" in text else "\n"
    _, inside = _find(compose(text), section)
    if inside is None:
        end = "" if not text or text.endswith("\n") else newline
        return text + end + newline.join([f"{section}:", *_lines(name, entry, 2), ""])
    if not inside.value:
        return _first(text, inside, newline.join([*_lines(name, entry, 2), ""]), newline)
    _, old = _find(inside, name)
    if old is None:
        end_ = end_of_node(text, inside)
        lines = newline.join([*_lines(name, entry, inside.value[0][0].start_mark.column), ""])
        return text[:end_] + ("" if text[:end_].endswith("\n") else newline) + lines + text[end_:]
    new = [(old, entry)] if isinstance(entry, str) else [(_find(old, key)[1], entry[key]) for key in entry]
    for node, value in sorted(new, key=lambda pair: _start(pair[0]), reverse=True):
        if node is not None:
            text = text[: _start(node)] + _scalar(value) + text[node.end_mark.index :]
    return text


def without_entry(text: str, section: str, name: str) -> str:
    """Return the text without the lines of the entry. A section without entries stays as ``{}``."""
    key, inside = _find(compose(text), section)
    own, old = _find(inside, name)
    start = text.rfind("\n", 0, own.start_mark.index) + 1
    cut = text[:start] + text[end_of_node(text, old) :]
    if len(inside.value) > 1:
        return cut
    colon = text.index(":", key.end_mark.index) + 1
    return cut[:colon] + " {}" + cut[colon:]


def compose(text: str) -> Any:
    """Compose with the pure Python loader: its marks count the characters of ``text``, including CR."""
    return yaml.compose(text, Loader=yaml.BaseLoader)


def _find(node: Any, name: str) -> tuple[Any, Any]:
    """Return the key and the value of that name in a mapping, or two times None."""
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
    """Put the first entry into a section that is ``{}``, on the lines after it."""
    before = text[: inside.start_mark.index].rstrip(" ")
    rest = text[inside.end_mark.index :]
    same, line_end, after = rest.partition("\n")
    return before + same + (line_end or newline) + lines + after


def end_of_node(text: str, node: Any) -> int:
    """Return the start of the line after the node's last line. The end mark is reliable only for flow and
    scalar nodes: that of a block comes after the comments that follow it."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    end: int = node.end_mark.index
    if text[:end].endswith("\n"):
        return end
    return text.find("\n", end) + 1 or len(text)
