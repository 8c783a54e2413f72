"""The whole build compared with Hugo, a loop of MkDocs and plain copying, as ratios from one run.

The sides alternate on the same disk with the same pages. Median and spread are printed, and extrapolated
figures are marked. Everything happens in a copy of the project and may take some gigabytes: nothing is
deleted before the end, because ext4 is slower for some minutes after deletions. For the same reason wait six
minutes after another run or after the tests; an earlier run favours the side that writes less.
"""

from __future__ import annotations

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from campaign.checks.check import check_project
from campaign.today import now

from .hugo import Hugo
from .project import ROOT, copy_project

BIN = Path(sys.executable).parent
ROUNDS = 5
FEW = ("ee/tartu", "lv/riga", "lt/kaunas", "ru/pskov")  # loops run for these and are extrapolated


def timed(work: Callable[[], object]) -> float:
    os.sync()
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


class Ours:
    """A copy of the project, and the output of ``campaign build`` for it."""

    def __init__(self, folder: Path) -> None:
        self.root, self.out = folder / "project", folder / "project" / "sites"
        self.old = folder / "old"
        self.old.mkdir()
        copy_project(self.root)
        self.turn = 0

    def build(self) -> None:
        run([BIN / "campaign", "build"], self.root)

    def forget(self) -> None:
        for folder in (self.root / ".cache", self.out):
            folder.rename(self.old / f"{self.turn}{folder.name}")

    def change_contacts(self) -> None:
        """Change the date of one national contact in each country, so all copies change."""
        self.turn += 1
        for path in sorted((self.root / "municipalities").glob("*/_country.yml")):
            text = path.read_text("utf-8")
            wanted = re.compile(r"(- (?:trafficking-helpline|women-helpline)\n.*?\n      date: )\S+", re.S)
            changed = wanted.sub(rf"\g<1>20{10 + self.turn}", text, count=1)
            assert changed != text, path
            path.write_text(changed, "utf-8")

    def copy(self, folder: Path, flags: str) -> None:
        countries = sorted(self.out.glob("[a-z]*"))
        folder.mkdir()
        run(["cp", flags, *countries, folder], self.root)

    def mkdocs(self, place: str, folder: Path) -> None:
        environment = {**os.environ, "MUNICIPALITY": place, "NO_MKDOCS_2_WARNING": "1"}
        run([BIN / "mkdocs", "build", "--quiet", "--site-dir", folder / place], self.root, environment)


def run(command: Sequence[object], folder: Path, environment: Mapping[str, str] = os.environ) -> None:
    """Run a command and keep Python's compiled modules, as usual outside this environment."""
    kept = {name: value for name, value in environment.items() if name != "PYTHONDONTWRITEBYTECODE"}
    subprocess.run([str(part) for part in command], cwd=folder, env=kept, check=True, capture_output=True)


def measure(folder: Path) -> dict[str, list[float]]:
    """Return the seconds of every side, one figure per round."""
    ours = Ours(folder)
    project = check_project(ours.root, now())
    places = project.places.municipalities
    ours.build()
    hugo = Hugo(folder / "hugo", project, ours.out)
    seconds: dict[str, list[float]] = {}

    def side(name: str, work: Callable[[], object], times: float = 1) -> None:
        seconds.setdefault(name, []).append(timed(work) * times)

    def one_round(folder: Path) -> None:
        folder.mkdir()
        ours.forget()
        side("from nothing", ours.build)
        side("cp -r", lambda: ours.copy(folder / "copied", "-r"))
        ours.change_contacts()
        side("contacts changed, the first time", ours.build)
        ours.change_contacts()
        side("contacts changed", ours.build)
        side("nothing changed", ours.build)
        # Last of our sides, because a build rewrites files that have other links.
        side("cp -rl", lambda: ours.copy(folder / "linked", "-rl"))
        side("Hugo at its best", lambda: hugo.build_all(folder / "best"))
        each = len(places) / len(FEW)
        side("a loop of Hugo", lambda: [hugo.build_one(places[name], folder / "one") for name in FEW], each)
        side("a loop of MkDocs", lambda: [ours.mkdocs(name, folder / "direct") for name in FEW], each)

    for number in range(ROUNDS):
        print(f"round {number + 1} of {ROUNDS}", file=sys.stderr)
        one_round(folder / f"round-{number}")
    return seconds


BUDGETS = (  # this side, compared with that side, at most
    ("from nothing", "a loop of Hugo", 1 / 12),
    ("from nothing", "Hugo at its best", 2 / 3),
    ("contacts changed", "a loop of Hugo", 1 / 15),
    ("contacts changed", "Hugo at its best", 1 / 3),
    ("contacts changed", "cp -r", 0.8),
    ("contacts changed, the first time", "cp -r", None),
    ("nothing changed", "contacts changed", 1 / 5),
    ("from nothing", "a loop of MkDocs", None),
    ("contacts changed", "cp -rl", None),
    # What plain copying of the finished files takes: no build that writes them all can come below it.
    ("cp -r", "a loop of Hugo", None),
    ("cp -r", "Hugo at its best", None),
)


def main() -> None:
    with tempfile.TemporaryDirectory(dir=ROOT, prefix=".bench-") as name:
        seconds = measure(Path(name))
    print(f"{'all copies':36} median   least-most, seconds, {ROUNDS} rounds")
    for side, figures in seconds.items():
        note = f"  extrapolated from {len(FEW)}" if "loop" in side else ""
        print(f"{side:34} {statistics.median(figures):8.2f}   {min(figures):.2f}-{max(figures):.2f}{note}")
    print(f"\n{'ratio in the same round':54} median   least-most       at most")
    for this, that, most in BUDGETS:
        ratios = [a / b for a, b in zip(seconds[this], seconds[that], strict=True)]
        asked = (
            "" if most is None else f"{most:.3f}  {'kept' if statistics.median(ratios) <= most else 'MISSED'}"
        )
        print(
            f"{this + ' / ' + that:52} {statistics.median(ratios):8.3f}   "
            f"{min(ratios):.3f}-{max(ratios):.3f}      {asked}"
        )


if __name__ == "__main__":
    main()
