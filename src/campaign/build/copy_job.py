"""The work of one process in a build: it fills and writes groups of copies."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from ..copies.fill import Filler
from ..copies.kit_links import LIST
from ..errors import CampaignError, Problem
from ..files.digests import sha256
from ..model.places import Municipality
from ..pages.project import Project
from ..professionals.calendar_file import calendar_file, moved_unseen
from ..site.base_site import Base
from ..today import day_in
from .writer import Writer

Published = Callable[[str, str], bytes | None]


@dataclass(frozen=True)
class Written:
    """The result for one group of copies. A copy with a problem stays as it was."""

    copies: int
    written: int
    problems: list[Problem]
    in_one_step: bool


class Copying:
    """Fills and writes copies. What the copies of a country share is made once per process."""

    def __init__(
        self,
        project: Project,
        bases: Mapping[str, Base],
        writer: Writer,
        kits: Mapping[str, Path],
    ) -> None:
        self._project = project
        self._bases = bases
        self._writer = writer
        self._kits = kits
        self._fillers: dict[str, Filler] = {}

    def __call__(self, names: Sequence[str]) -> Written:
        written, problems = 0, []
        for name in names:
            place = self._project.places.municipalities[name]
            filler = self._filler(place.country.code)
            try:
                kit = self._kits.get(name)
                inputs = filler.inputs.of(place) + (f" kit {kit_digest(kit)}" if kit else "")
                make = partial(self._filled, filler, place, kit)
                written += self._writer.write(name, inputs, make)
            except CampaignError as error:
                problems += error.problems
            except OSError as error:  # in this copy's folder, or because the disk is full
                problems.append(Problem(name, 0, "", f"could not be written: {error.strerror}", ""))
        return Written(len(names), written, problems, self._writer.in_one_step)

    def _filled(self, filler: Filler, place: Municipality, kit: Path | None) -> dict[str, bytes]:
        files = {path.name: path.read_bytes() for path in sorted(kit.iterdir())} if kit else {}
        return filler.fill(place, files)

    def _filler(self, code: str) -> Filler:
        if code not in self._fillers:
            country = self._project.places.countries[code]
            self._fillers[code] = Filler(self._project.root, self._bases[code], country, self._project.words)
        return self._fillers[code]


def moved_meetings(
    places: Iterable[Municipality], published: Published, moment: datetime
) -> Iterator[Problem]:
    """Yield a problem for each meeting that has moved since the last build of a copy, if calendars could not
    tell that the new file is the newer one. A meeting that moves twice on one day is let through: its page
    must be right, and there is no later day to write. ``published(place, path)`` returns a file of a copy as
    the last build wrote it, or None."""
    for place in places:
        today = day_in(place.time_zone, moment)
        for owner in (place, place.country):
            for meeting in owner.record.meetings:
                path = f"meetings/{meeting.id}.ics"
                old = published(str(place), path) if meeting.written < today else None
                # The words of the new file are left out: they may change at any time.
                if old and moved_unseen(old, calendar_file(meeting, owner.time_zone, "", "")):
                    line = owner.lines[f"meetings.{meeting.id}"]
                    found = f"{meeting.id} with another time or venue than in the last build"
                    expected = "the day of the change under changed, so that calendars take the new file"
                    yield Problem(owner.file, line, "meetings", found, expected)


def kit_digest(kit: Path) -> str:
    """Return the digest of a kit: its list has a digest of each of its files."""
    return sha256((kit / LIST).read_bytes())
