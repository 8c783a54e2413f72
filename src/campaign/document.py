"""Reads one YAML file that nobody vouches for: scalars as typed, every value with its line."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field
from pathlib import Path

from .problem import CampaignError, Problem, shown

LARGEST = 200_000  # bytes; the largest real file, a country's, has about 12,000

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


def read_document(path: Path, root: Path, tags: Collection[str] = ()) -> Document:
    """Parse the file ``path``; raise `CampaignError` with every problem that parsing alone can see. ``tags``
    are YAML tags (``!ENV``) that may stand there; nothing is made of them."""
    name = path.relative_to(root).as_posix()
    return parse_document(read_text(path, root), name, tags=tags)


def read_text(path: Path, root: Path) -> str:
    """The text of a small UTF-8 file, refused where it is a link, too large or not UTF-8."""
    name = path.relative_to(root).as_posix()
    if path.is_symlink():
        raise refusal(name, 0, "found a symbolic link, allowed a plain file")
    size = path.stat().st_size
    if size > LARGEST:
        raise refusal(name, 0, f"found {size:,} bytes, allowed at most {LARGEST:,}")
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise refusal(name, line, f"found the byte 0x{raw[error.start]:02x}, allowed UTF-8 text") from None


def parse_document(text: str, name: str, first_line: int = 1, tags: Collection[str] = ()) -> Document:
    """Parse YAML that begins on ``first_line`` of the file ``name``."""
    from .yaml_reader import Reader  # whoever parses nothing need not wait for it

    reader = Reader(name, first_line, tags)
    reader.read(text)
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
