"""Reads one untrusted YAML file. Scalars stay as typed, and every value knows its line."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, islice
from pathlib import Path
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from ..errors import CampaignError, Problem, shown
from ..text.characters import OddCharacter, named, odd, odd_signs
from ..text.comments_and_lines import Lines
from .source_file import read_text, with_plain_ends

Value = str | list["Value"] | dict[str, "Value"]
KeyPath = tuple[str | int, ...]


class CutText(str):
    """A value without quotes that a comment has cut off: ``Raekoja plats 3 #12``."""

    comment: str

    def __new__(cls, value: str, comment: str) -> CutText:
        cut = super().__new__(cls, value)
        cut.comment = comment
        return cut

    @property
    def found(self) -> str:
        return f"{shown(str(self))}, cut off by the comment {shown(self.comment)}"

    @property
    def expected(self) -> str:
        return f'the whole text in quotes, "{self} {self.comment}", or the comment on a line of its own'


def cut_problems(document: Document) -> Iterator[Problem]:
    """Yield a problem for each value of the document that a comment has cut off."""

    def look(value: Value, path: KeyPath) -> Iterator[Problem]:
        if isinstance(value, CutText):
            yield document.problem(path, value.found, value.expected)
        lists = enumerate(value) if isinstance(value, list) else ()
        for key, inner in value.items() if isinstance(value, dict) else lists:
            if type(inner) is not str:  # as almost all are, and these are whole
                yield from look(inner, (*path, key))

    yield from look(document.value, ())


@dataclass(frozen=True)
class Document:
    """A parsed file: nested dicts and lists of strings, and the line of each of its values."""

    file: str
    value: dict[str, Value]
    lines: dict[KeyPath, int] = field(repr=False)

    def line(self, path: KeyPath) -> int:
        """Return the line of a value, or of the nearest existing value around it."""
        while path not in self.lines:
            path = path[:-1]
        return self.lines[path]

    def problem(self, path: KeyPath, found: str, expected: str) -> Problem:
        """Return a problem of a value, with its line and its name."""
        return Problem(self.file, self.line(path), self.name(path), found, expected)

    def name(self, path: KeyPath) -> str:
        """Return the name of a value, as an editor reads it."""
        return field_name(path)


def read_document(path: Path, root: Path, tags: Collection[str] = ()) -> Document:
    """Parse the file ``path``; raise `CampaignError` with every problem that parsing alone can find. ``tags``
    are YAML tags (``!ENV``) that the file may use; they are ignored."""
    return _same_document(read_text(path, root), path.relative_to(root).as_posix(), tuple(tags))


@lru_cache(512)  # a preview parses only changed files again; nobody changes a document that was read
def _same_document(text: str, name: str, tags: tuple[str, ...]) -> Document:
    return parse_document(text, name, tags=tags)


def parse_document(text: str, name: str, first_line: int = 1, tags: Collection[str] = ()) -> Document:
    """Parse YAML that begins on ``first_line`` of the file ``name``."""
    reader = Reader(name, first_line, tags)
    reader.read(with_plain_ends(text))
    if reader.problems:
        raise CampaignError(reader.problems)
    if reader.root is None or reader.root == "":
        raise CampaignError([Problem(name, 0, "", "an empty file", "keys with values")])
    if not isinstance(reader.root, dict):
        found = "a list" if isinstance(reader.root, list) else shown(reader.root)
        raise CampaignError([Problem(name, first_line, "", found, "keys with values")])
    return Document(name, reader.root, reader.lines)


def field_name(path: KeyPath) -> str:
    """Return a key path as an editor reads it: ``phones[0].number`` for ``("phones", 0, "number")``."""
    name = ""
    for part in path:
        name += f"[{part}]" if isinstance(part, int) else f".{part}" if name else part
    return name


DEEPEST = 8  # levels; a real file has five
MOST_PROBLEMS = 100  # of one kind, in one report of a file
# PyYAML notices a missing end of these far below the line on which they begin.
_FLOW = "while parsing a flow"
_BEGUN = ("while scanning a quoted scalar", "while scanning a simple key", _FLOW)


# YAML recognises a dash, question mark or colon only before an ordinary space.
_NO_BLANK = re.compile("(?m)(?:^ *[-?]|:)(\N{NO-BREAK SPACE})")


def _no_blanks(text: str) -> Iterator[OddCharacter]:
    """Yield no-break spaces after a mark of YAML: they look right, but make the mark part of the word."""
    for match in _NO_BLANK.finditer(text):
        yield OddCharacter.of(text, match.start(1), named(match[1]), "an ordinary space")


class Reader:
    """Reads one text: its values, the line of each, and its problems."""

    def __init__(self, file: str, first_line: int, tags: Collection[str] = ()) -> None:
        self.file = file
        self.tags = tags
        self.first_line = first_line
        self.root: Value | None = None
        self.lines: dict[KeyPath, int] = {(): first_line}
        self.problems: list[Problem] = []
        self._text: list[str] = []
        self._odd: set[Problem] = set()
        self._odd_lines: set[int] = set()
        self._open: list[list[Value] | dict[str, Value]] = []
        self._flow: list[int] = []  # the first line of each open [ ] or { }; 0 for a block
        self._path: list[str | int] = []
        self._key: str | None = None
        self._key_line = 0

    def read(self, text: str) -> None:
        """Raise `CampaignError` if the text cannot be read to its end."""
        self._text = text.split("\n")
        lines = Lines(text, self.first_line)
        signs = [
            Problem(self.file, lines.at(sign.start), "", sign.found, sign.expected)
            for sign in islice(chain(odd_signs(text), _no_blanks(text)), MOST_PROBLEMS)
        ]
        try:
            for event in yaml.parse(text, Loader=yaml.CBaseLoader):
                self._take(event)
        except yaml.YAMLError as error:
            raise CampaignError(signs or [self._not_yaml(error)]) from None
        # An odd character in a value is reported with its field; any other (in a comment) with its line.
        self.problems += [*self._odd, *(sign for sign in signs if sign.line not in self._odd_lines)]

    def _not_yaml(self, error: yaml.YAMLError) -> Problem:
        line, reason = 0, str(error).splitlines()[0]
        if isinstance(error, yaml.MarkedYAMLError):
            context, reason = str(error.context), str(error.problem)
            mark = error.context_mark if context.startswith(_BEGUN) else error.problem_mark
            line = mark.line + self.first_line if mark else 0
            if context.startswith(_FLOW) and self._flow and self._flow[-1]:
                line = self._flow[-1]
        return Problem(self.file, line, "", f"text that is not YAML ({reason})", "YAML")

    def _take(self, event: yaml.Event) -> None:
        line = event.start_mark.line + self.first_line if event.start_mark else 0
        if isinstance(event, AliasEvent):
            raise self._refuse(line, f"the alias *{event.anchor}", "no aliases")
        if isinstance(event, (ScalarEvent, MappingStartEvent, SequenceStartEvent)):
            if event.anchor:
                raise self._refuse(line, f"the anchor &{event.anchor}", "no anchors")
            if event.tag and event.tag not in self.tags:
                raise self._refuse(line, f"the tag {shown(event.tag)}", "no tags")
        if isinstance(event, ScalarEvent):
            end = event.end_mark
            assert end
            self._scalar(self._whole(event, end), line, end.line + self.first_line)
        elif isinstance(event, (MappingStartEvent, SequenceStartEvent)):
            if len(self._open) == DEEPEST:
                raise self._refuse(line, "more levels", f"at most {DEEPEST} levels of keys and lists")
            if self._wants_key():
                raise self._refuse(line, "a list or keys as a key", "a word as a key")
            new: list[Value] | dict[str, Value] = {} if isinstance(event, MappingStartEvent) else []
            self._put(new, line)
            self._open.append(new)
            self._flow.append(line if event.flow_style else 0)
        elif isinstance(event, (MappingEndEvent, SequenceEndEvent)):
            self._open.pop()
            self._flow.pop()
            if self._path:
                self._path.pop()

    def _whole(self, event: ScalarEvent, end: Any) -> str:
        """Return the value; as a `CutText` if it has no quotes and a comment follows it on its line."""
        value: str = event.value
        if event.style or self._wants_key():
            return value
        rest = self._text[end.line][end.column :].lstrip()
        return CutText(value, rest) if rest.startswith("#") else value

    def _look_at(self, value: str, line: int, last: int, path: KeyPath) -> None:
        """Record the first odd character of a key or a value that ends on the line ``last``."""
        for sign in islice(odd(value), len(self._odd) < MOST_PROBLEMS):
            self._odd.add(Problem(self.file, line, field_name(path), sign.found, sign.expected))
            self._odd_lines |= {line, last}.union(range(line, last) if last not in self._odd_lines else ())

    def _wants_key(self) -> bool:
        return bool(self._open) and isinstance(self._open[-1], dict) and self._key is None

    def _scalar(self, value: str, line: int, last: int) -> None:
        if self._wants_key():
            self._key, self._key_line = value, line
            self._look_at(value, line, last, (*self._path, value))
            if value in self._open[-1]:
                name = field_name((*self._path, value))
                self.problems.append(Problem(self.file, line, name, "a repeated key", "each key once"))
                if len(self.problems) == MOST_PROBLEMS:
                    raise CampaignError(self.problems)
            return
        self._put(value, line)
        path = tuple(self._path)
        self._look_at(value, self.lines.get(path, line), last, path)
        if self._path:
            self._path.pop()

    def _put(self, value: Value, line: int) -> None:
        """Store a value in the open list or mapping. Its path stays on top of the stack until it ends."""
        if not self._open:
            if self.root is not None:
                raise self._refuse(line, "a second document", "one document in a file")
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

    def _refuse(self, line: int, found: str, expected: str) -> CampaignError:
        return CampaignError([Problem(self.file, line, "", found, expected)])
