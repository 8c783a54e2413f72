"""Builds values from YAML's events. Events, not nodes: no recursion, no tag is ever resolved."""

from __future__ import annotations

from collections.abc import Collection

import yaml
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from .document import Path_, Value, field_name, refusal
from .problem import CampaignError, Problem, shown

DEEPEST = 8  # levels; a real file has five


class Reader:
    """The values of one text, the line of each, and what is wrong with them."""

    def __init__(self, file: str, first_line: int, tags: Collection[str] = ()) -> None:
        self.file = file
        self.tags = tags
        self.first_line = first_line
        self.root: Value | None = None
        self.lines: dict[Path_, int] = {(): first_line}
        self.problems: list[Problem] = []
        self._open: list[list[Value] | dict[str, Value]] = []
        self._path: list[str | int] = []
        self._key: str | None = None
        self._key_line = 0

    def read(self, text: str) -> None:
        """Raises `CampaignError` where the text cannot be read to its end."""
        try:
            for event in yaml.parse(text, Loader=yaml.CBaseLoader):
                self._take(event)
        except yaml.MarkedYAMLError as error:
            line = error.problem_mark.line + self.first_line if error.problem_mark else 0
            raise refusal(
                self.file, line, f"found text that is not YAML ({error.problem}), allowed YAML"
            ) from None
        except yaml.YAMLError as error:
            reason = str(error).splitlines()[0]
            raise refusal(self.file, 0, f"found text that is not YAML ({reason}), allowed YAML") from None

    def _take(self, event: yaml.Event) -> None:
        line = event.start_mark.line + self.first_line if event.start_mark else 0
        if isinstance(event, AliasEvent):
            raise self._refuse(line, f"found the alias *{event.anchor}, allowed no aliases")
        if isinstance(event, (ScalarEvent, MappingStartEvent, SequenceStartEvent)):
            if event.anchor:
                raise self._refuse(line, f"found the anchor &{event.anchor}, allowed no anchors")
            if event.tag and event.tag not in self.tags:
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
