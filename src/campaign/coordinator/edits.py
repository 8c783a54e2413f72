"""Changes to the coordinators' files: either all of them are written or none."""

from __future__ import annotations

import difflib
import os
import shutil
from collections.abc import Mapping
from pathlib import Path

from ..errors import CampaignError, Problem
from ..files.source_file import read_as_saved
from ..files.yaml_document import Value, parse_document
from ..files.yaml_edit import Entry, with_entry, without_entry
from ..model.coordinator_file import COORDINATOR_FILE, CoordinatorFile
from ..source.schema import first_line

_NEW = first_line(CoordinatorFile) + (
    "# The coordinator's own. campaign confirm, unconfirm and approve write into it; sites are typed.\n"
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

    def put(self, country: str, section: str, name: str, entry: Entry | None) -> None:
        """Put an entry into a section of the country's file, or remove it if ``entry`` is None. Raise
        `CampaignError` if the form of the file has no safe place for it."""
        file = f"municipalities/{country}/{COORDINATOR_FILE}"
        if file not in self._new:
            path = self._root / file
            self._old[file] = read_as_saved(path, self._root) if os.path.lexists(path) else ""
            self._new[file] = self._old[file] or _NEW
        text = self._new[file]
        wanted = {} if text is _NEW else parse_document(text, file).value
        _change(wanted, section, name, entry)
        try:
            edited = (
                without_entry(text, section, name)
                if entry is None
                else with_entry(text, section, name, entry)
            )
            same = parse_document(edited, file).value == wanted
        except CampaignError:
            same = False
        if not same:
            found = f"another form, into which {name} cannot be written safely"
            expected = "each key on a line of its own, below its section and indented"
            raise CampaignError([Problem(file, 0, section, found, expected)])
        self._new[file] = edited

    @property
    def difference(self) -> str:
        """The lines that would change, as ``diff -u`` shows them."""
        return "".join(
            line if line.endswith("\n") else f"{line}\n"
            for file, text in self._new.items()
            for line in difflib.unified_diff(
                self._old[file].splitlines(keepends=True), text.splitlines(keepends=True), file, file
            )
        )

    def write(self) -> None:
        """Write every new file beside the old one, then exchange them: a full disk changes no file."""
        _write_all({self._root / file: text for file, text in self._new.items()})


def _change(value: dict[str, Value], section: str, name: str, entry: Entry | None) -> None:
    inside = value.setdefault(section, {})
    assert isinstance(inside, dict)
    if entry is None:
        del inside[name]
    else:
        inside[name] = entry if isinstance(entry, str) else dict(entry)


def _write_all(texts: Mapping[Path, str]) -> None:
    new_files = {path: path.with_name(f".{path.name}.new") for path in texts}
    try:
        for path, new in new_files.items():
            with open(new, "wb") as file:
                file.write(texts[path].encode())
                file.flush()
                os.fsync(file.fileno())
            if path.exists():
                shutil.copymode(path, new)
        for path, new in new_files.items():
            os.replace(new, path)
    finally:
        for new in new_files.values():
            new.unlink(missing_ok=True)
