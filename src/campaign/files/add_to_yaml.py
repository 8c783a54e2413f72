"""Adds single entries to a YAML file that people write, or replaces them, and changes no other byte.

The file has sections (``texts:``) with named entries; an entry may be a list that only grows. The caller must
read the result again: where the file has an unusual form, the edit may come out wrong, and the caller then
refuses it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import yaml

Item = Mapping[str, str | tuple[str, ...]]  # values by their keys: a text, or a list on one line
_PLAIN = re.compile("[0-9a-z]+(-[0-9a-z]+)*")  # digests, days and slugs need no quotes


def quoted(value: str) -> str:
    """Return any text in YAML's double quotes, on one line: ``"Tartu: duty officer"``."""
    scalar: str = yaml.safe_dump(value, default_style='"', allow_unicode=True, width=10_000)
    return scalar.strip()


def with_entry(text: str, section: str, name: str, value: str) -> str:
    """Return the text with the value under that name. It replaces an existing value; otherwise it comes after
    the section's last entry, or in a new section at the end."""
    _, inside = _find(compose(text), section)
    _, old = _find(inside, name)
    if old is None:
        return _with_new(text, section, lambda indent: [f"{indent}{name}: {_scalar(value)}"])
    return text[: old.start_mark.index] + _scalar(value) + text[old.end_mark.index :]


def with_item(text: str, section: str, name: str, item: Item) -> str:
    """Return the text with one more item at the end of the list under that name, or in a new list."""
    _, inside = _find(compose(text), section)
    _, old = _find(inside, name)
    if old is None:
        return _with_new(text, section, lambda indent: [f"{indent}{name}:", *_item(item, f"{indent}  ")])
    end = end_of_node(text, old)
    lines = _newline(text).join([*_item(item, " " * old.start_mark.column), ""])
    return text[:end] + ("" if text[:end].endswith("\n") else _newline(text)) + lines + text[end:]


def _with_new(text: str, section: str, lines: Callable[[str], list[str]]) -> str:
    """Return the text with a new entry in the section; ``lines`` makes its lines from their indentation."""
    newline = _newline(text)
    _, inside = _find(compose(text), section)
    if inside is None:
        end = "" if not text or text.endswith("\n") else newline
        return text + end + newline.join([f"{section}:", *lines("  "), ""])
    if not inside.value:
        return _first(text, inside, newline.join([*lines("  "), ""]), newline)
    at = end_of_node(text, inside)
    new = newline.join([*lines(" " * inside.value[0][0].start_mark.column), ""])
    return text[:at] + ("" if text[:at].endswith("\n") else newline) + new + text[at:]


def _newline(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def compose(text: str) -> Any:
    """Compose with the pure Python loader: its marks count the characters of ``text``, including CR."""
    return yaml.compose(text, Loader=yaml.BaseLoader)


def _find(node: Any, name: str) -> tuple[Any, Any]:
    """Return the key and the value of that name in a mapping, or two times None."""
    pairs = node.value if isinstance(node, yaml.MappingNode) else ()
    return next(((key, value) for key, value in pairs if key.value == name), (None, None))


def _item(item: Item, indent: str) -> list[str]:
    values = {
        key: _scalar(value) if isinstance(value, str) else f"[{', '.join(map(_scalar, value))}]"
        for key, value in item.items()
    }
    starts = (f"{indent}{'  ' if index else '- '}" for index in range(len(values)))
    return [f"{start}{key}: {value}" for start, (key, value) in zip(starts, values.items(), strict=True)]


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
