"""Reads one YAML file that nobody vouches for: scalars as typed, every value with its line."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from .problem import CampaignError, Problem, shown
from .source_file import read_text, with_plain_ends

Value = str | list["Value"] | dict[str, "Value"]
Path_ = tuple[str | int, ...]


class Cut(str):
    """A value without quotes that ended where a comment began: ``Raekoja plats 3 #12``."""

    comment: str

    def __new__(cls, value: str, comment: str) -> Cut:
        cut = super().__new__(cls, value)
        cut.comment = comment
        return cut

    @property
    def found(self) -> str:
        return f"{shown(str(self))}, cut off by the comment {shown(self.comment)}"

    @property
    def allowed(self) -> str:
        return f'the whole in quotes, "{self} {self.comment}", or the comment on a line of its own'


def cut_problems(document: Document) -> Iterator[Problem]:
    """A problem for each value of the document that a comment has cut."""

    def look(value: Value, path: Path_) -> Iterator[Problem]:
        if isinstance(value, Cut):
            yield document.problem(path, f"found {value.found}, allowed {value.allowed}")
        elif isinstance(value, dict):
            for key, inner in value.items():
                yield from look(inner, (*path, key))
        elif isinstance(value, list):
            for index, inner in enumerate(value):
                yield from look(inner, (*path, index))

    yield from look(document.value, ())


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


def read_document(path: Path, root: Path, tags: Collection[str] = ()) -> Document:
    """Parse the file ``path``; raise `CampaignError` with every problem that parsing alone can see. ``tags``
    are YAML tags (``!ENV``) that may stand there; nothing is made of them."""
    name = path.relative_to(root).as_posix()
    return parse_document(read_text(path, root), name, tags=tags)


def parse_document(text: str, name: str, first_line: int = 1, tags: Collection[str] = ()) -> Document:
    """Parse YAML that begins on ``first_line`` of the file ``name``."""
    from .yaml_reader import Reader  # whoever parses nothing need not wait for it

    reader = Reader(name, first_line, tags)
    reader.read(with_plain_ends(text))
    if reader.problems:
        raise CampaignError(reader.problems)
    if reader.root is None or reader.root == "":
        raise refusal(name, 0, "found an empty file, allowed keys with values")
    if not isinstance(reader.root, dict):
        found = "a list" if isinstance(reader.root, list) else shown(reader.root)
        raise refusal(name, first_line, f"found {found}, allowed keys with values")
    return Document(name, reader.root, reader.lines)


def refusal(name: str, line: int, message: str) -> CampaignError:
    return CampaignError([Problem(name, line, "", message)])


def field_name(path: Path_) -> str:
    """``("phones", 0, "number")`` as an editor reads it: ``phones[0].number``."""
    name = ""
    for part in path:
        name += f"[{part}]" if isinstance(part, int) else f".{part}" if name else part
    return name
