"""Reads one YAML file that nobody vouches for: scalars as typed, every value with its line."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import yaml
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from .problem import CampaignError, Problem, shown

LARGEST = 200_000  # bytes; the largest real file, a country's, has about 12,000
DEEPEST = 8  # levels; a real file has five

Value = str | list["Value"] | dict[str, "Value"]
Path_ = tuple[str | int, ...]


@dataclass(frozen=True)
class Document:
    """A parsed file: nested dicts and lists of strings, and the line of each of its values."""

    file: str
    value: dict[str, Value]
    lines: dict[Path_, int] = field(repr=False)

    def line(self, path: Path_) -> int:
        """The line of a value, or of the nearest thing around it that is there."""
        while path not in self.lines:
            path = path[:-1]
        return self.lines[path]

    def problem(self, path: Path_, message: str) -> Problem:
        """What is wrong with a value, at its line and under its name."""
        return Problem(self.file, self.line(path), field_name(path), message)


def read_document(path: Path, root: Path) -> Document:
    """Parse the file ``path``; raise `CampaignError` with every problem that parsing alone can see."""
    name = path.relative_to(root).as_posix()
    return parse_document(read_text(path, root), name)


def read_text(path: Path, root: Path) -> str:
    """The text of a small UTF-8 file, refused where it is a link, too large or not UTF-8."""
    name = path.relative_to(root).as_posix()
    if path.is_symlink():
        raise _refusal(name, 0, "found a symbolic link, allowed a plain file")
    size = path.stat().st_size
    if size > LARGEST:
        raise _refusal(name, 0, f"found {size:,} bytes, allowed at most {LARGEST:,}")
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise _refusal(name, line, f"found the byte 0x{raw[error.start]:02x}, allowed UTF-8 text") from None


def parse_document(text: str, name: str, first_line: int = 1) -> Document:
    """Parse YAML that begins on ``first_line`` of the file ``name``."""
    reader = _Reader(name, first_line)
    try:
        for event in yaml.parse(text, Loader=yaml.CBaseLoader):
            reader.take(event)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + first_line if error.problem_mark else 0
        raise _refusal(name, line, f"found text that is not YAML ({error.problem}), allowed YAML") from None
    except yaml.YAMLError as error:
        reason = str(error).splitlines()[0]
        raise _refusal(name, 0, f"found text that is not YAML ({reason}), allowed YAML") from None
    if reader.problems:
        raise CampaignError(reader.problems)
    if reader.root is None or reader.root == "":
        raise _refusal(name, 0, "found an empty file, allowed keys with values")
    if not isinstance(reader.root, dict):
        found = "a list" if isinstance(reader.root, list) else shown(reader.root)
        raise _refusal(name, first_line, f"found {found}, allowed keys with values")
    return Document(name, reader.root, reader.lines)


def _refusal(name: str, line: int, message: str) -> CampaignError:
    return CampaignError([Problem(name, line, "", message)])


class _Reader:
    """Builds values from YAML's events. Events, not nodes: no recursion, no tag is ever resolved."""

    def __init__(self, file: str, first_line: int) -> None:
        self.file = file
        self.first_line = first_line
        self.root: Value | None = None
        self.lines: dict[Path_, int] = {(): first_line}
        self.problems: list[Problem] = []
        self._open: list[list[Value] | dict[str, Value]] = []
        self._path: list[str | int] = []
        self._key: str | None = None
        self._key_line = 0

    def take(self, event: yaml.Event) -> None:
        line = event.start_mark.line + self.first_line if event.start_mark else 0
        if isinstance(event, AliasEvent):
            raise self._refuse(line, f"found the alias *{event.anchor}, allowed no aliases")
        if isinstance(event, (ScalarEvent, MappingStartEvent, SequenceStartEvent)):
            if event.anchor:
                raise self._refuse(line, f"found the anchor &{event.anchor}, allowed no anchors")
            if event.tag:
                raise self._refuse(line, f"found the tag {shown(event.tag)}, allowed no tags")
        if isinstance(event, ScalarEvent):
            self._scalar(event.value, line)
        elif isinstance(event, (MappingStartEvent, SequenceStartEvent)):
            if len(self._open) == DEEPEST:
                raise self._refuse(line, f"found more than {DEEPEST} levels, allowed {DEEPEST}")
            if self._wants_key():
                raise self._refuse(line, "found a list or keys as a key, allowed a word")
            new: list[Value] | dict[str, Value] = {} if isinstance(event, MappingStartEvent) else []
            self._put(new, line)
            self._open.append(new)
        elif isinstance(event, (MappingEndEvent, SequenceEndEvent)):
            self._open.pop()
            if self._path:
                self._path.pop()

    def _wants_key(self) -> bool:
        return bool(self._open) and isinstance(self._open[-1], dict) and self._key is None

    def _scalar(self, value: str, line: int) -> None:
        if self._wants_key():
            self._key, self._key_line = value, line
            if value in self._open[-1]:
                self.problems.append(
                    self._problem(line, "found the key a second time, allowed once", (*self._path, value))
                )
            return
        self._put(value, line)
        if self._path:
            self._path.pop()

    def _put(self, value: Value, line: int) -> None:
        """Store a value in what is open; its path stays on top of the stack until it ends."""
        if not self._open:
            if self.root is not None:
                raise self._refuse(line, "found a second document, allowed one")
            self.root = value
            return
        parent = self._open[-1]
        if isinstance(parent, dict):
            assert self._key is not None
            self._path.append(self._key)
            parent[self._key] = value
            self._key, line = None, self._key_line
        else:
            self._path.append(len(parent))
            parent.append(value)
        self.lines[tuple(self._path)] = line

    def _refuse(self, line: int, message: str) -> CampaignError:
        return CampaignError([self._problem(line, message)])

    def _problem(self, line: int, message: str, path: Path_ = ()) -> Problem:
        return Problem(self.file, line, field_name(path), message)


def field_name(path: Path_) -> str:
    """``("phones", 0, "number")`` as an editor reads it: ``phones[0].number``."""
    name = ""
    for part in path:
        name += f"[{part}]" if isinstance(part, int) else f".{part}" if name else part
    return name
