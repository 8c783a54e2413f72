"""The files of i18n/translated/: from which source text each translation was made.

``et.csv`` has one line for each section of a page and each word that somebody has translated into Estonian:
the digest of the source text and the digest of the translation at that moment. ``sources.csv`` has each of
these source texts once, because a word diff needs the old text and a project from a ZIP has no git. Digests
of paragraphs would be smaller, but could only say that a paragraph changed, not which words. ``minor.csv``
has the changes of sources that no translation has to follow. The command writes these files.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from ..errors import CampaignError, Problem, shown
from ..files.file_changes import write_all
from ..files.source_file import entries, read_text
from .sections import text_digest

FOLDER = "i18n/translated"
MACHINE = "machine"
_LARGEST = 4_000_000  # bytes; sources.csv has about the size of one language's pages
_SOURCES, _MINOR = "sources.csv", "minor.csv"
_COLUMNS = {
    _SOURCES: ("digest", "text"),
    _MINOR: ("name", "before", "after"),
}
_OWN = ("name", "source", "translation", "made")
_DIGEST = re.compile("[0-9a-f]{16}")
_LANGUAGE = re.compile(r"[a-z]{2}\.csv")


@dataclass(frozen=True)
class Record:
    """One translation of one text: the digests of the source and of itself when somebody recorded it."""

    source: str
    translation: str
    made: str = ""  # MACHINE if no person has read it


@dataclass(frozen=True)
class Records:
    """All records: by language and name (``help.md#when-you-call``, or the key of a word), the source texts
    by digest, and minor changes as name, digest before, digest after."""

    of: dict[str, dict[str, Record]] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    minor: list[tuple[str, str, str]] = field(default_factory=list)

    def same(self, one: str, other: str) -> bool:
        """Whether two source texts are the same but for minor changes."""
        if one == other:
            return True
        known, waiting = {one}, [one]
        while waiting:
            here = waiting.pop()
            for _, before, after in self.minor:
                for there in ({before: after, after: before}.get(here),):
                    if there and there not in known:
                        known.add(there)
                        waiting.append(there)
        return other in known


def find_records(root: Path, *, with_sources: bool = True) -> tuple[Records, list[Problem]]:
    """Return the records as far as they are readable, and all problems. Without files there are none.
    The old source texts can be left out."""
    records, problems = Records(), list[Problem]()
    for path in entries(root / FOLDER):
        file = f"{FOLDER}/{path.name}"
        if path.name == _SOURCES and not with_sources:
            continue
        if not (_LANGUAGE.fullmatch(path.name) or path.name in _COLUMNS):
            expected = f"only LANGUAGE.csv, {_SOURCES} and {_MINOR}"
            problems.append(Problem(file, 0, "", shown(path.name), expected))
            continue
        try:
            rows, wrong = _rows(read_text(path, root, _LARGEST), path.name)
        except CampaignError as error:
            problems += error.problems
            continue
        problems += wrong
        if path.name == _SOURCES:
            records.sources.update((name, text) for name, text in rows)
        elif path.name == _MINOR:
            records.minor.extend((name, before, after) for name, before, after in rows)
        else:
            records.of[path.stem] = {name: Record(source, own, made) for name, source, own, made in rows}
    return records, problems


@lru_cache(32)  # a preview needs the records three times for each change, and they seldom change
def _rows(text: str, name: str) -> tuple[Sequence[list[str]], Sequence[Problem]]:
    """Return the rows of the file ``name`` without its header, and a problem for each wrong row."""
    problems = list[Problem]()
    return list(_good_rows(text, name, problems)), problems


def _good_rows(text: str, file_name: str, problems: list[Problem]) -> Iterator[list[str]]:
    file, columns = f"{FOLDER}/{file_name}", _COLUMNS.get(file_name, _OWN)
    remedy = ": campaign translated writes this file"
    reader = csv.reader(io.StringIO(text), strict=True)
    seen = set()
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            found = f"a row that is not CSV ({error})"
            problems.append(Problem(file, reader.line_num, "", found, f"{len(columns)} columns{remedy}"))
            return
        line = reader.line_num
        if line == 1:
            if tuple(row) != columns:
                problems.append(Problem(file, 1, "", shown(",".join(row)), ",".join(columns) + remedy))
                return
        elif len(row) != len(columns):
            problems.append(Problem(file, line, "", f"{len(row)}", f"{len(columns)} columns{remedy}"))
        elif wrong := next(
            (cell for cell, name in zip(row, columns, strict=True) if not _fits(cell, name)), None
        ):
            problems.append(Problem(file, line, row[0], shown(wrong), f"a digest{remedy}"))
        elif file_name == _SOURCES and text_digest(row[1]) != row[0]:
            problems.append(Problem(file, line, row[0], "another text", f"the text of this digest{remedy}"))
        elif file_name != _MINOR and row[0] in seen:
            problems.append(Problem(file, line, row[0], "a second line of this name", f"one{remedy}"))
        else:
            seen.add(row[0])
            yield row


def _fits(cell: str, column: str) -> bool:
    if column == "made":
        return cell in ("", MACHINE)
    return column in ("name", "text") or bool(_DIGEST.fullmatch(cell))


def written(records: Records) -> dict[str, str]:
    """Return the files of the records, path and text. A source text that no record names is left out, and so
    is a minor change that concerns none."""
    used = {record.source for own in records.of.values() for record in own.values()}
    files: dict[str, str] = {}
    for language, own in records.of.items():
        rows = ((name, one.source, one.translation, one.made) for name, one in sorted(own.items()))
        files[f"{language}.csv"] = _table(_OWN, rows)
    texts = ((name, text) for name, text in sorted(records.sources.items()) if name in used)
    files[_SOURCES] = _table(_COLUMNS[_SOURCES], texts)
    minor = [change for change in records.minor if change[1] in used or change[2] in used]
    if minor or records.minor:
        files[_MINOR] = _table(_COLUMNS[_MINOR], minor)
    return {f"{FOLDER}/{name}": text for name, text in files.items()}


def write_records(root: Path, records: Records) -> list[str]:
    """Write the files that differ, all or none; return their paths."""
    changed = {}
    for file, text in written(records).items():
        path = root / file
        if not path.is_file() or path.read_bytes() != text.encode():
            changed[file] = text
    write_all(root, changed)
    return list(changed)


def _table(columns: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue()


def moved(own: Mapping[str, Record], names: Iterable[str]) -> dict[str, Record]:
    """Return, by the id of a section, the record of each section that is no longer on its page (``names``
    are all present ones): it may be on another page now. An id that was on two such pages is left out."""
    present, found, twice = set(names), dict[str, Record](), set()
    for name, record in own.items():
        page, mark, section = name.partition("#")
        if mark and page and name not in present:
            if section in found:
                twice.add(section)
            found[section] = record
    return {section: record for section, record in found.items() if section not in twice}
