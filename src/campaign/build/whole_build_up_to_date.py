"""Recognises quickly that nothing has changed since the last build of the same sites."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path

from ..files.digests import digest, project_digest, sha256
from ..source.select_municipalities import Selection
from .record_of_written_files import is_as_written, is_plain_folder, read_record
from .summary import Summary
from .writer import stale_copies


class UpToDate:
    """The last build into the folder ``out`` with the same names and options, from ``records``."""

    def __init__(self, root: Path, out: Path, records: Path, *options: object) -> None:
        self._path = records / "last.json"
        self._out = out
        self._records = records
        self._made_from = digest([project_digest(root).encode(), repr(options).encode()])

    def summary(self) -> Summary | None:
        """Return the last summary if every copy is whole and made from the present sources, else None."""
        try:
            saved = json.loads(self._path.read_bytes())
            if saved["made_from"] != self._made_from or not (
                self._as_it_was(saved["keys"], saved["whole"]) and self._doors_are(saved["doors"])
            ):
                return None
            return Summary(**saved["summary"])
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            return None

    def forget(self) -> None:
        self._path.unlink(missing_ok=True)

    def remember(
        self, selection: Selection, summary: Summary, doors: Mapping[str, bytes] | None = None
    ) -> None:
        """Record a successful build of these copies, and of the doors to them if it wrote any."""
        keys = {name: record.key for name in selection.names if (record := read_record(self._record(name)))}
        whole = sorted(selection.whole)
        saved = {
            "made_from": self._made_from,
            "keys": keys,
            "whole": whole,
            "doors": {path: (sha256(data), len(data)) for path, data in (doors or {}).items()},
            "summary": asdict(summary),
        }
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._path.write_text(json.dumps(saved), "utf-8")

    def _record(self, name: str) -> Path:
        return self._records / f"{name}.json"

    def _as_it_was(self, keys: Mapping[str, str], whole: Iterable[str]) -> bool:
        """Whether the copies are as they were written, and the ``whole`` countries have no other copies."""
        folders = {self._out / name.partition("/")[0] for name in keys}
        if not all(map(is_plain_folder, folders)) or not all(map(self._whole, keys.items())):
            return False
        return not any(stale_copies(self._out, code, keys) for code in whole)

    def _doors_are(self, doors: Mapping[str, tuple[str, int]]) -> bool:
        """Whether each door has the bytes and the mode that were written."""
        return all(is_as_written(self._out / path, *written) for path, written in doors.items())

    def _whole(self, copy: tuple[str, str]) -> bool:
        name, key = copy
        record = read_record(self._record(name))
        if record is None or record.key != key:
            return False
        return record.compare(self._out / name).whole
