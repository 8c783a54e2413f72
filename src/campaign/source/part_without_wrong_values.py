"""The good part of a file that has wrong values. The check compares it with the other files, so an editor
learns of all mistakes in one run."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from ..errors import Problem
from ..files.yaml_document import DEEPEST, Document, KeyPath, Value, field_name

Record = TypeVar("Record", bound=BaseModel)


@dataclass(frozen=True)
class PartDocument(Document):
    """A document without its wrong values. Paths are those in what is left of it, so an entry of a list may
    have another index; lines and names are those of the file."""

    whole: Document = field(kw_only=True)
    left_out: frozenset[KeyPath] = field(kw_only=True)  # paths in the whole
    kept: Mapping[KeyPath, list[int]] = field(kw_only=True)  # which entries of each list are left

    def line(self, path: KeyPath) -> int:
        return self.whole.line(self.in_whole(path))

    def name(self, path: KeyPath) -> str:
        return self.whole.name(self.in_whole(path))

    @property
    def ids(self) -> Iterator[str]:
        """Yield the id of each contact of the whole file, also of those that are left out."""
        contacts = self.whole.value.get("contacts")
        for contact in contacts if isinstance(contacts, list) else ():
            if isinstance(contact, dict) and isinstance(name := contact.get("id"), str):
                yield name

    def certain(self, problem: Problem) -> bool:
        """Whether a problem would also be one if nothing were left out: not what seems to be missing from a
        value, or from its texts by language, because it was left out."""
        if problem.file != self.file:
            return True
        texts = (path[:-1] for path in self.left_out if not any(isinstance(key, int) for key in path[-2:]))
        out = {field_name(path) for path in self.left_out}
        inside = tuple(f"{name}{sign}" for name in out for sign in ".[")
        return problem.field not in {*out, *map(field_name, texts)} and not problem.field.startswith(inside)

    def in_whole(self, path: KeyPath) -> KeyPath:
        """Return a path of the part as it is in the whole document."""
        whole: list[str | int] = []
        for at, key in enumerate(path):
            entries = self.kept.get(path[:at])
            whole.append(entries[key] if entries and isinstance(key, int) else key)
        return tuple(whole)


def good_part(
    kind: type[Record], document: Document, context: Mapping[str, Any], stand_ins: Mapping[str, Value]
) -> tuple[Record, PartDocument] | None:
    """Return the record of a document without its wrong values, and what is left of the document. None if
    nothing is. ``stand_ins`` are values for keys that every file must have, if it has no good ones."""
    part = _without(document, frozenset(), stand_ins)
    for _ in range(2 * DEEPEST):  # without a value that it needs, what is around it is wrong too
        try:
            return kind.model_validate(part.value, context=dict(context)), part
        except ValidationError as error:
            wrong = {_to_leave_out(part, detail) for detail in error.errors()}
        if () in wrong:
            break
        part = _without(document, part.left_out | wrong, stand_ins)
    return None


def _to_leave_out(part: PartDocument, detail: Any) -> KeyPath:
    """Return the path in the whole document of what is wrong, or of what lacks a value."""
    path: KeyPath = tuple(detail["loc"])
    if detail["type"] == "missing":
        path = path[:-1] or path
    elif path[-1:] == ("[key]",) and not _exists(part.value, path):  # pydantic's mark
        path = path[:-1]
    return part.in_whole(path)


def _exists(value: Value, path: KeyPath) -> bool:
    for key in path:
        if isinstance(key, int) and isinstance(value, list):
            value = value[key]
        elif key in value and isinstance(value, dict):
            value = value[str(key)]
        else:
            return False
    return True


def _without(
    document: Document, left_out: frozenset[KeyPath], stand_ins: Mapping[str, Value]
) -> PartDocument:
    kept: dict[KeyPath, list[int]] = {}

    def of_keys(value: dict[str, Value], whole: KeyPath, path: KeyPath) -> dict[str, Value]:
        return {
            key: copied(inner, (*whole, key), (*path, key))
            for key, inner in value.items()
            if (*whole, key) not in left_out
        }

    def copied(value: Value, whole: KeyPath, path: KeyPath) -> Value:
        if isinstance(value, dict):
            return of_keys(value, whole, path)
        if isinstance(value, list):
            kept[path] = [index for index in range(len(value)) if (*whole, index) not in left_out]
            return [copied(value[index], (*whole, index), (*path, at)) for at, index in enumerate(kept[path])]
        return value

    rest = of_keys(document.value, (), ())
    rest |= {key: value for key, value in stand_ins.items() if (key,) in left_out}
    return PartDocument(document.file, rest, document.lines, whole=document, left_out=left_out, kept=kept)
