"""The good part of a file that has wrong values. The check compares it with the other files, so an editor
learns of all mistakes in one run."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from ..errors import CampaignError, Problem
from ..files.yaml_document import DEEPEST, Document, KeyPath, Value, field_name
from .document_to_record import validate

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
        """Whether a problem would also be one if nothing were left out: not a problem of a value that was
        left out, of something inside it, or of something around it, in which it only seems to be missing."""
        out = map(field_name, self.left_out)
        return problem.file != self.file or not any(
            _within(problem.field, name) or _within(name, problem.field) for name in out
        )

    def without(self, path: KeyPath) -> bool:
        """Whether the value at a path of the whole, or something around it, is left out."""
        return any(path[: length + 1] in self.left_out for length in range(len(path)))

    def lacks(self, *keys: str) -> bool:
        """Whether anything of the values of these keys of the file is left out."""
        return any(path[0] in keys for path in self.left_out)

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
    nothing is. ``stand_ins`` are values for keys that a record must have, if it has no good ones."""
    part = _without(document, frozenset(), stand_ins)
    for _ in range(2 * DEEPEST):  # without a value that it needs, what is around it is wrong too
        try:
            return kind.model_validate(part.value, context=dict(context)), part
        except ValidationError as error:
            details = error.errors()
        wrong = {_to_leave_out(part, detail, stand_ins) for detail in details}
        if any(detail["type"] == "extra_forbidden" and len(detail["loc"]) == 1 for detail in details):
            # The unknown key may be any of those that seem to be missing.
            wrong |= {(name,) for name in kind.model_fields if name not in document.value}
        if () in wrong:
            break
        part = _without(document, part.left_out | wrong, stand_ins)
    return None


def validate_part(
    kind: type[Record], document: Document
) -> tuple[tuple[Record, Document] | None, list[Problem]]:
    """Return the record of a document and the document, both without wrong values; None if nothing is good.
    Also return its problems."""
    try:
        return (validate(kind, document, {}), document), []
    except CampaignError as error:
        return good_part(kind, document, {}, {}), error.problems


def _within(inner: str, outer: str) -> bool:
    """Whether the name of a value is ``outer``, or that of a value inside ``outer``."""
    return inner == outer or inner.startswith((f"{outer}.", f"{outer}["))


def _to_leave_out(part: PartDocument, detail: Any, stand_ins: Collection[str]) -> KeyPath:
    """Return the path in the whole document of what is wrong, or of what lacks a value."""
    path: KeyPath = tuple(detail["loc"])
    if detail["type"] == "missing" and path[-1] not in stand_ins:
        path = path[:-1] or path
    elif path[-1:] == ("[key]",) and not _exists(part.value, path):  # pydantic's mark
        path = path[:-1]
    whole = part.in_whole(path)
    return whole[:-1] if whole in part.left_out else whole  # the stand-in is wrong there, too


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
        } | {key: stand_in for key, stand_in in stand_ins.items() if (*whole, key) in left_out}

    def copied(value: Value, whole: KeyPath, path: KeyPath) -> Value:
        if isinstance(value, dict):
            return of_keys(value, whole, path)
        if isinstance(value, list):
            kept[path] = [index for index in range(len(value)) if (*whole, index) not in left_out]
            return [copied(value[index], (*whole, index), (*path, at)) for at, index in enumerate(kept[path])]
        return value

    rest = of_keys(document.value, (), ())
    return PartDocument(document.file, rest, document.lines, whole=document, left_out=left_out, kept=kept)
