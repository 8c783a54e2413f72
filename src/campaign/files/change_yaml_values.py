"""Changes values of a YAML file, and leaves every other line, comment and quote as it is.

`updated` compares the values of the file with the wanted ones and edits only the lines that differ. It reads
its own result again, so a file of an unusual form is refused and never written wrongly.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any

import yaml

from ..errors import CampaignError, Problem
from .yaml_document import Value, field_name, parse_document

# A text that needs no quotes outside brackets: it begins with a letter, and no comment or key is in it.
_PLAIN = re.compile(r"[^\W\d_](?:[^\s:]|:(?=\S)| (?=[^\s#]))*")
_FLOW_PLAIN = re.compile(r"[^\W\d_][\w.+@/-]*|[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DAY = re.compile(r"(?:19|20)[0-9]{2}(?:-[0-9]{2}){0,2}")
_DIGEST = re.compile("[0-9a-f]{64}")
_STEP = 2  # spaces of indentation


class _NoSafePlaceError(Exception):
    """The form of the file has no place for a change. The argument is the path of the value."""


_Edit = tuple[int, int, str]  # start and end in the text, and what replaces it
_Path = tuple[str | int, ...]


def updated(text: str, wanted: dict[str, Value], file: str) -> str:
    """Return the text of ``file`` with the values ``wanted``. New keys come after the key that is before them
    in ``wanted``. Raise `CampaignError` if the form of the file has no safe place for a change."""
    node = _compose(text)
    if node is not None and parse_document(text, file).value == wanted:
        return text
    newline = "\r\n" if "\r\n" in text else "\n"
    try:
        edits = sorted(_changes(text, node, wanted, ()), key=lambda edit: edit[:2])
        result, position = "", 0
        for start, end, new in edits:
            if start < position:
                raise _NoSafePlaceError(())
            result += text[position:start]
            if new.endswith("\n") and result and not result.endswith("\n"):  # the last line had no end
                result += newline
            result += new.replace("\n", newline)
            position = end
        result += text[position:]
        same = _value(_compose(result)) == wanted
        place: _Path = ()
    except _NoSafePlaceError as error:
        same, place = False, error.args[0]
    except yaml.YAMLError:
        same, place = False, ()
    if not same:
        expected = "each key on a line of its own, indented, where a value changes"
        raise CampaignError(
            [Problem(file, 0, field_name(place), "a form that has no safe place for the change", expected)]
        )
    return result


def _changes(text: str, node: Any, wanted: Value, path: _Path, flow: bool = False) -> Iterator[_Edit]:
    """Yield the edits that turn the value of ``node`` into ``wanted``. ``flow`` is true inside brackets. The
    node is None if the file has comments alone."""
    if node is None:
        yield len(text), len(text), _inner(wanted, 0)
        return
    if _value(node) == wanted:
        return
    if isinstance(node, yaml.ScalarNode) and isinstance(wanted, str):
        yield _other_scalar(text, node, wanted, flow)
    elif isinstance(node, yaml.MappingNode) and isinstance(wanted, dict):
        names = [key.value for key, _ in node.value]
        if node.flow_style and names != [*wanted]:
            yield _other_flow(text, node, wanted, path)
        else:
            yield from _other_keys(text, node, wanted, path)
    elif isinstance(node, yaml.SequenceNode) and isinstance(wanted, list):
        if node.flow_style and len(node.value) != len(wanted):
            yield _other_flow(text, node, wanted, path)
        else:
            yield from _other_items(text, node, wanted, path)
    else:
        raise _NoSafePlaceError(path)


def _other_keys(text: str, node: Any, wanted: dict[str, Value], path: _Path) -> Iterator[_Edit]:
    column = node.value[0][0].start_mark.column
    kept = [(key, value) for key, value in node.value if key.value in wanted]
    if not kept:
        raise _NoSafePlaceError(path)
    known = {key.value: (key, value) for key, value in kept}
    after = _end_of_node(text, kept[0][1]) if next(iter(wanted)) not in known else 0
    for name, value in wanted.items():
        if name in known:
            own = known[name][1]
            if isinstance(own, yaml.CollectionNode) and not own.value and value and not node.flow_style:
                yield from _filled(text, own, value, column)
            else:
                yield from _changes(text, own, value, (*path, name), node.flow_style)
            after = _end_of_node(text, own)
        else:
            yield after, after, _block_lines(name, value, column)
    for index, (key, value) in enumerate(node.value):
        if key.value not in wanted:
            yield _without_key(text, node, index, key, value)


def _without_key(text: str, node: Any, index: int, key: Any, value: Any) -> _Edit:
    """Return the edit that removes a key. If it is behind the dash of a list, the next key moves there."""
    start = text.rfind("\n", 0, key.start_mark.index) + 1
    end = _end_of_node(text, value)
    if text[start : key.start_mark.index].strip(" \ufeff"):
        start = key.start_mark.index
        following = node.value[index + 1][0].start_mark.index if index + 1 < len(node.value) else end
        if text[end:following].strip(" "):  # a comment is between the two
            raise _NoSafePlaceError((key.value,))
        end = following
    return start, end, ""


def _other_items(text: str, node: Any, wanted: Sequence[Value], path: _Path) -> Iterator[_Edit]:
    if not wanted:
        raise _NoSafePlaceError(path)
    column = node.start_mark.column
    old = [json.dumps(_value(item)) for item in node.value]
    new = [json.dumps(item) for item in wanted]
    for _, from_, to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        both = min(to - from_, new_to - new_from)
        for offset in range(both):
            index = from_ + offset
            item = wanted[new_from + offset]
            yield from _changes(text, node.value[index], item, (*path, index), node.flow_style)
        for item in node.value[from_ + both : to]:
            yield _dash(text, item), _end_of_node(text, item), ""
        if added := wanted[new_from + both : new_to]:
            before = to if to == from_ + both else from_ + both
            at = _end_of_node(text, node.value[before - 1]) if before else _dash(text, node.value[0])
            yield at, at, "".join(_item_lines(item, column) for item in added)


def _dash(text: str, item: Any) -> int:
    """Return the start of the line with the dash of an item of a list."""
    dash = text.rfind("-", 0, item.start_mark.index)
    start = text.rfind("\n", 0, dash) + 1
    if text[start:dash].strip(" "):
        raise _NoSafePlaceError(())
    return start


def _filled(text: str, node: Any, value: Value, column: int) -> Iterator[_Edit]:
    """Yield the edits that put entries into ``[]`` or ``{}``, on the lines below it."""
    start = len(text[: node.start_mark.index].rstrip(" "))
    yield start, node.end_mark.index, ""
    at = _end_of_node(text, node)
    yield at, at, _inner(value, column + _STEP)


def _other_scalar(text: str, node: Any, wanted: str, flow: bool) -> _Edit:
    start, end = node.start_mark.index, node.end_mark.index
    if node.style in ("|", ">"):
        ends = text[start:end]
        return start, end, quoted(wanted) + ("\n" if ends.endswith("\n") else "")
    if node.style == "'" and "\n" not in wanted and wanted.isprintable():
        return start, end, "'" + wanted.replace("'", "''") + "'"
    if node.style:
        return start, end, quoted(wanted)
    return start, end, _flow(wanted) if flow else _scalar(wanted)


def _other_flow(text: str, node: Any, wanted: Value, path: _Path) -> _Edit:
    """Return the edit that writes ``[et, ru]`` or ``{number: …}`` anew; refuse one with a comment inside."""
    start, end = node.start_mark.index, node.end_mark.index
    if "#" in text[start:end] and "\n" in text[start:end]:
        raise _NoSafePlaceError(path)
    return start, end, _flow(wanted)


def _flow(value: Value) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_flow, value)) + "]"
    return value if _FLOW_PLAIN.fullmatch(value) else quoted(value)


def _scalar(value: str) -> str:
    plain = any(form.fullmatch(value) for form in (_PLAIN, _DAY, _DIGEST))
    return value if plain and value.isprintable() else quoted(value)


def _block_lines(name: str, value: Value, column: int) -> str:
    start = " " * column + f"{name}:"
    return (
        f"{start} {_scalar(value)}\n"
        if isinstance(value, str)
        else f"{start}\n" + _inner(value, column + _STEP)
    )


def _inner(value: Value, column: int) -> str:
    if isinstance(value, dict):
        return "".join(_block_lines(name, inner, column) for name, inner in value.items())
    return "".join(_item_lines(item, column) for item in value)


def _item_lines(item: Value, column: int) -> str:
    if isinstance(item, str):
        return " " * column + f"- {_scalar(item)}\n"
    lines = _inner(item, column + _STEP)
    return " " * column + "- " + lines[column + _STEP :]


def _value(node: Any) -> Value:
    if isinstance(node, yaml.MappingNode):
        if any(not isinstance(key, yaml.ScalarNode) for key, _ in node.value):
            raise _NoSafePlaceError(())
        return {key.value: _value(value) for key, value in node.value}
    if isinstance(node, yaml.SequenceNode):
        return [_value(item) for item in node.value]
    text: str = node.value
    return text


def _end_of_node(text: str, node: Any) -> int:
    """Return the start of the line after the node's last line. The end mark is reliable only for flow and
    scalar nodes: that of a block comes after the comments that follow it."""
    while isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        node = last[1] if isinstance(last, tuple) else last
    end: int = node.end_mark.index
    if text[:end].endswith("\n"):
        return end
    return text.find("\n", end) + 1 or len(text)


def _compose(text: str) -> Any:
    """Compose with the pure Python loader: its marks count the characters of ``text``, including CR."""
    return yaml.compose(text, Loader=yaml.BaseLoader)


def quoted(value: str) -> str:
    """Return any text in YAML's double quotes, on one line: ``"Tartu: duty officer"``."""
    scalar: str = yaml.safe_dump(value, default_style='"', allow_unicode=True, width=10_000)
    return scalar.strip()
