"""Changes to the files of municipalities/: either all of them are written or none."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from ..errors import CampaignError, Problem
from ..files.add_to_yaml import Item, with_entry, with_item
from ..files.file_changes import difference, write_all
from ..files.source_file import read_as_saved
from ..files.yaml_document import Value, parse_document
from ..model.coordinator_file import COORDINATOR_FILE, CoordinatorFile
from ..source.schema import first_line

_NEW = first_line(CoordinatorFile) + (
    "# The coordinator's own. campaign confirm, doubt and approve write into it; sites are typed.\n"
)


class Edits:
    """The new contents of files, until `write` writes them."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._old: dict[str, str] = {}
        self._new: dict[str, str] = {}

    @property
    def files(self) -> list[str]:
        return list(self._new)

    def put(self, country: str, section: str, name: str, value: str) -> None:
        """Put a value into a section of the country's file. Raise `CampaignError` if the form of the file has
        no safe place for it."""
        text, wanted = self._text(country)
        _inside(wanted, section)[name] = value
        self._take(country, section, name, wanted, lambda: with_entry(text, section, name, value))

    def append(self, country: str, section: str, name: str, item: Item) -> None:
        """Add an item to the end of a list in a section of the country's file; nothing before it changes.
        Raise `CampaignError` if the form of the file has no safe place for it."""
        text, wanted = self._text(country)
        items = _inside(wanted, section).setdefault(name, [])
        if isinstance(items, list):
            items.append({key: one if isinstance(one, str) else [*one] for key, one in item.items()})
        self._take(country, section, name, wanted, lambda: with_item(text, section, name, item))

    def _text(self, country: str) -> tuple[str, dict[str, Value]]:
        """Return the text of the country's file with the edits so far, and its value."""
        file = _file(country)
        if file not in self._new:
            path = self._root / file
            self._old[file] = read_as_saved(path, self._root) if os.path.lexists(path) else ""
            self._new[file] = self._old[file] or _NEW
        text = self._new[file]
        return text, {} if text is _NEW else parse_document(text, file).value

    def _take(
        self, country: str, section: str, name: str, wanted: dict[str, Value], edit: Callable[[], str]
    ) -> None:
        file = _file(country)
        try:
            edited = edit()
            same = parse_document(edited, file).value == wanted
        except CampaignError:
            same = False
        if not same:
            found = f"another form, into which {name} cannot be written safely"
            expected = "each key on a line of its own, below its section and indented"
            raise CampaignError([Problem(file, 0, section, found, expected)])
        self._new[file] = edited

    def replace(self, file: str, old: str, new: str) -> None:
        """Give a file another text. ``old`` is its text as it was read, with its byte order mark and line
        ends."""
        self._old[file], self._new[file] = old, new

    @property
    def difference(self) -> str:
        """The lines that would change, as ``diff -u`` shows them."""
        return difference(self._old, self._new)

    def write(self) -> None:
        """Write every new file beside the old one, then exchange them: a full disk changes no file."""
        write_all(self._root, self._new)


def _file(country: str) -> str:
    return f"municipalities/{country}/{COORDINATOR_FILE}"


def _inside(value: dict[str, Value], section: str) -> dict[str, Value]:
    inside = value.setdefault(section, {})
    assert isinstance(inside, dict)
    return inside
