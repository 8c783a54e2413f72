"""Checks the files as a sheet would make them, and says each problem by the row and column of the sheet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from ..build.snapshot import snapshot
from ..checks.check import Checked, check
from ..errors import Problem
from ..files.source_file import read_as_saved
from ..files.yaml_document import KeyPath
from ..model.places import Places
from .columns import column
from .rows_by_column_name import Sheet

_PART = re.compile(r"\[([0-9]+)\]|([^.\[\]]+)")


@dataclass(frozen=True)
class Target:
    """A contact of a file that a row of the sheet describes. ``numbers`` gives the path of a phone in the
    sheet by its path in the file: they differ if the row has removed a phone before it."""

    row: int
    numbers: Mapping[KeyPath, KeyPath]
    new: bool = False


Targets = Mapping[str, Mapping[int, Target]]  # by file and by the position of the contact


def check_edited(
    root: Path, moment: datetime, new: Mapping[str, str], sheet: Sheet, targets: Targets, places: Places
) -> tuple[list[Problem], list[str]]:
    """Check a private copy of the project with the texts ``new``. Return the problems that it has and the
    project has not, and a line for each confirmation that ends because its contact has changed."""
    with TemporaryDirectory() as within, snapshot(root, Path(within)) as (sources, left_out):
        for file, text in new.items():
            (sources / file).write_bytes(text.encode("utf-8", "replace"))
        checked = check(sources, moment, left_out=left_out)
        problems = checked.problems
        if problems:
            for file in new:
                (sources / file).write_bytes(read_as_saved(root / file, root).encode())
            before = {_without_line(p) for p in check(sources, moment, left_out=left_out).problems}
            problems = [problem for problem in problems if _without_line(problem) not in before]
    said = [(problem, _in_sheet(problem, sheet, targets)) for problem in problems]
    mapped = [own for _, own in said if own]
    # The file of another municipality may have the same number: the row of the sheet says so already.
    others = [problem for problem, own in said if not own and not (mapped and problem.contested)]
    return mapped + others, [*_ended(checked, places)]


def _without_line(problem: Problem) -> tuple[str, str, str, str]:
    return problem.file, problem.field, problem.found, problem.expected


def _in_sheet(problem: Problem, sheet: Sheet, targets: Targets) -> Problem | None:
    """Return the problem of a file as that of the row and column from which the value came."""
    path: KeyPath = tuple(int(number) if number else word for number, word in _PART.findall(problem.field))
    contacts = targets.get(problem.file, {})
    if path == ("contacts",):  # there are too many
        target = next((target for target in contacts.values() if target.new), None)
    elif path[:1] == ("contacts",) and len(path) > 1 and isinstance(path[1], int):
        target = contacts.get(path[1])
    else:
        target = None
    if target is None:
        return None
    inside = path[2:]
    inside = (*target.numbers.get(inside[:2], inside[:2]), *inside[2:])
    own = column(inside)
    name = own.name if own else " ".join(map(str, inside[:1])) or "id"
    return sheet.problem(target.row, name, problem.found, problem.expected)


def _ended(checked: Checked, places: Places) -> Iterator[str]:
    """Yield a line for each contact that was confirmed and has changed."""
    was = {contact.id: contact.assured_date for _, _, contact in places.contacts() if contact.assured_date}
    for _, _, contact in checked.project.places.contacts() if checked.project else ():
        if contact.id in was and contact.assured_date is None:
            day = was[contact.id]
            yield f"{contact.id}: the confirmation of {day} ends, because the contact has changed."
