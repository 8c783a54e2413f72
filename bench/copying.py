"""The copying step for all municipalities beside ``cp -r`` of its output, as ratios from one run.

Sides alternate on the same disk; medians and spreads are printed. A loop of ``mkdocs build`` over all
municipalities is extrapolated from a few, and said to be.
"""

from __future__ import annotations

import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from pathlib import Path

from campaign.build import WORKERS, chosen, write_copies
from campaign.places import read_places
from campaign.render import render_country
from campaign.words import read_words

ROOT = Path(__file__).parent.parent
ROUNDS = 5


def timed(work: Callable[[], object]) -> float:
    os.sync()
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def peak_memory() -> float:
    """Megabytes of the worker that answers, at its most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def shown(name: str, seconds: list[float]) -> str:
    return f"{name:34} {statistics.median(seconds):8.2f} s  ({min(seconds):.2f}-{max(seconds):.2f})"


def main() -> None:
    words = read_words(ROOT)
    places = read_places(ROOT, words, date.today())
    work = chosen(places, ())
    with (
        tempfile.TemporaryDirectory(dir=ROOT, prefix=".bench-") as name,
        ProcessPoolExecutor(WORKERS, mp_context=get_context("spawn")) as pool,
    ):
        folder = Path(name)
        for code in work.countries:
            in_own_process(code, folder / "base" / code)
        copying, cp = [], []
        for turn in range(ROUNDS):
            print(f"round {turn + 1} of {ROUNDS}", file=sys.stderr)
            out = folder / "sites"
            shutil.rmtree(out, ignore_errors=True)

            def copy(out: Path = out) -> None:
                base = folder / "base"
                jobs = [
                    pool.submit(write_copies, ROOT, words, chunk, base / chunk[0].country.code, out)
                    for chunk in work.chunks()
                ]
                for job in jobs:
                    job.result()

            copying.append(timed(copy))
            again = folder / "again"
            cp.append(timed(lambda: subprocess.run(["cp", "-r", out, again], check=True)))  # noqa: B023
            shutil.rmtree(again)
        memory = pool.submit(peak_memory).result()
        few = ["ee/tartu", "lv/riga", "lt/kaunas", "ru/pskov"]
        loop = [timed(lambda: mkdocs(place, folder / "direct")) for place in few]  # noqa: B023
        print(shown(f"copying step, {work.copies} copies", copying))
        print(shown("cp -r of the same", cp))
        ratios = [a / b for a, b in zip(copying, cp, strict=True)]
        print(f"copying step / cp -r: {statistics.median(ratios):.2f} ({min(ratios):.2f}-{max(ratios):.2f})")
        print(f"peak memory of a copying worker: {memory:.0f} MB")
        whole = statistics.mean(loop) * work.copies
        print(f"a loop of mkdocs build over all {work.copies}: {whole:.0f} s, extrapolated from {len(few)}")
        print(f"loop of mkdocs build / copying step: {whole / statistics.median(copying):.0f}")


def in_own_process(code: str, folder: Path) -> None:
    """Render a country in a process of its own, so that its memory does not count as the copying's."""
    child = os.fork()
    if not child:
        render_country(ROOT, code, folder)
        os._exit(0)
    assert os.waitpid(child, 0)[1] == 0


def mkdocs(place: str, folder: Path) -> None:
    command = [Path(sys.executable).parent / "mkdocs", "build", "--site-dir", folder]
    environment = {**os.environ, "MUNICIPALITY": place, "NO_MKDOCS_2_WARNING": "1"}
    subprocess.run(command, cwd=ROOT, env=environment, check=True, capture_output=True)


if __name__ == "__main__":
    main()
