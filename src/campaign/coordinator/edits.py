"""Changes to the files of municipalities/: either all of them are written or none."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from ..files.change_yaml_values import updated
from ..files.file_changes import difference, write_all
from ..files.source_file import read_as_saved
from ..files.yaml_document import Value, parse_document
from ..model.confirmations_and_approvals import COORDINATOR_FILE, CoordinatorFile
from ..source.schema import first_line

Item = Mapping[str, str | tuple[str, ...]]  # values by their keys: a text, or a list

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
        self._change(country, section, name, lambda old: value)

    def append(self, country: str, section: str, name: str, item: Item) -> None:
        """Add an item to the end of a list in a section of the country's file; no value before it changes.
        Raise `CampaignError` if the form of the file has no safe place for it."""
        new: Value = {key: one if isinstance(one, str) else [*one] for key, one in item.items()}
        self._change(country, section, name, lambda old: [*(old or ()), new])

    def _change(self, country: str, section: str, name: str, new: Callable[[Value | None], Value]) -> None:
        file = _file(country)
        if file not in self._new:
            path = self._root / file
            self._old[file] = read_as_saved(path, self._root) if os.path.lexists(path) else ""
            self._new[file] = self._old[file] or _NEW
        text = self._new[file]
        value = {} if text is _NEW else parse_document(text, file).value
        inside = value.get(section, {})
        assert isinstance(inside, dict)
        wanted = {**value, section: {**inside, name: new(inside.get(name))}}
        self._new[file] = updated(text, wanted, file)

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
