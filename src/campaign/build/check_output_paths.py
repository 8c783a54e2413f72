"""Checks the places where a build will write, before it writes anything."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

from ..errors import Problem, shown
from ..files.project_folders import CAMPAIGN_JSON
from ..files.source_file import READ_PLAIN, in_words
from ..model.places import Country, Municipality, Places
from ..pages.project import Project
from ..portal.door_pages import GENERATOR, Doors
from ..site.base_site import Base
from .record_of_written_files import is_copy

MOST_IN_NAME, MOST_IN_PATH, MOST_IN_OUT = 100, 200, 1000  # characters; ext4 allows 255 and 4095
_GOOD = re.compile(r"(?:[A-Za-z0-9_.-]+/)*[A-Za-z0-9_.-]+")
# Names that Windows reserves, with any ending (learn.microsoft.com, "Naming Files").
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.I)


def target_problems(out: Path, names: Collection[str], records: Path) -> Iterator[Problem]:
    """Yield a problem for everything below ``out`` that is in the way of a country's or a copy's folder. A
    copy would replace a link, whose target would then never be updated, and would destroy a folder of other
    files. ``records`` has one record of each copy that was written here."""
    if len(str(out)) > MOST_IN_OUT:
        yield Problem(out.name, 0, "", str(len(str(out))), f"a path of at most {MOST_IN_OUT} characters")
    for name in sorted({*names, *(place.partition("/")[0] for place in names)}):
        with suppress(FileNotFoundError, NotADirectoryError):
            mode = (out / name).lstat().st_mode
            if stat.S_ISDIR(mode):
                ours = "/" not in name or is_copy(out / name) or (records / f"{name}.json").is_file()
                if not ours and any((out / name).iterdir()):
                    expected = f"an empty folder, or the folder of a copy (with its file {CAMPAIGN_JSON})"
                    found = "other files: remove them first"
                    yield Problem(f"{out.name}/{name}", 0, "", found, expected)
            else:
                found = in_words(stat.S_IFMT(mode))
                expected = "a folder, or nothing (a link on your server may point to this folder)"
                yield Problem(f"{out.name}/{name}", 0, "", found, expected)


def door_problems(out: Path, project: Project, countries: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each file that is not a door and that a door would replace."""
    doors = Doors(project, ())
    for path in [*doors.main_files, *(path for code in countries for path in doors.files(code))]:
        if os.path.lexists(out / path) and not _is_door(out / path):
            expected = "a door or nothing: move this file away, or build into another folder"
            yield Problem(f"{out.name}/{path}", 0, "", "another file", expected)


def stale_doors(out: Path, countries: Iterable[str], made: Collection[str]) -> list[str]:
    """Return the doors of these countries, and the main doors, that are not among ``made``: those of a
    language that is no longer offered."""
    found = [
        path for folder in (out, *(out / code for code in countries)) for path in folder.glob("index.*html")
    ]
    names = {path.relative_to(out).as_posix() for path in found if _is_door(path)}
    return sorted(names.difference(made))


def _is_door(path: Path) -> bool:
    try:
        with os.fdopen(os.open(path, READ_PLAIN), "rb") as file:
            return GENERATOR.encode() in file.read(1000)
    except OSError:
        return False


def path_problems(places: Places, bases: Mapping[str, Base]) -> Iterator[Problem]:
    """Yield a problem for each file name in a copy that some file system or host does not accept."""
    for code, base in bases.items():
        paths = [*(page.path for page in base.pages), *base.files]
        for path, found, expected in unfit(paths):
            yield Problem("docs", 0, "", f"{found} (in {path} of {code})", expected)
        owners: list[Country | Municipality] = [places.countries[code], *places.of(code)]
        for owner in owners:
            meetings = (f"meetings/{meeting.id}.ics" for meeting in owner.record.meetings)
            for path, found, expected in unfit(meetings):
                yield Problem(owner.file, 0, "meetings", f"{found} (in {path})", expected)


def unfit(paths: Iterable[str]) -> Iterator[tuple[str, str, str]]:
    """Yield each path that is too long, has unsafe characters, or differs from another only by capitals, and
    what is found and expected."""
    seen: dict[str, str] = {}
    for path in paths:
        longest = max(path.split("/"), key=len)
        if len(longest) > MOST_IN_NAME or len(path) > MOST_IN_PATH:
            expected = f"at most {MOST_IN_NAME} characters in a file's name, and {MOST_IN_PATH} in its path"
            yield path[:MOST_IN_NAME], f"{len(longest)} in the name and {len(path)} in the path", expected
        elif not _GOOD.fullmatch(path) or any(map(_DEVICES.fullmatch, path.split("/"))):
            yield path, shown(path), "letters a-z, digits, hyphens and dots"
        elif (other := seen.setdefault(path.lower(), path)) != path:
            expected = "names that differ in more than capital letters"
            yield path, f"{shown(path)} and {shown(other)}", expected
