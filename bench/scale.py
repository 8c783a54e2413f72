"""A made-up country with 20, 192, 2,000 and 10,000 municipalities: cost per copy and memory.

As in bench.speed nothing is deleted before the end, so wait some minutes after a run.
"""

from __future__ import annotations

import os
import re
import shutil
import statistics
import string
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from campaign.pages.slots import for_country

ROOT = Path(__file__).parent.parent
CAMPAIGN = Path(sys.executable).parent / "campaign"
SIZES = (20, 192, 2_000, 10_000)
ROUNDS = 3
PAGES = (  # in one language; the first four have contacts
    "help.md",
    "youth/index.md",
    "migrants/next-steps.md",
    "for-someone-i-know.md",
    "index.md",
    "safety.md",
    "questions.md",
    "easy.md",
    "about/site.md",
    "find.md",
)
PLACE = """\
iso_3166_2: EE-{code}
name:
  et: Koht K{index}
contacts:
  - id: ee-p{index}
    roles:
      - social-services
    organization:
      et: Koha K{index} sotsiaaltöö
    phones:
      - number: "+372 {line}"
    source:
      url: https://example.org/p{index}
      date: undated
"""


def write_country(root: Path) -> None:
    """Write the real Estonian texts of ten pages without links to missing pages."""
    for name in ("hooks", "overrides", "i18n"):
        shutil.copytree(ROOT / name, root / name)
    shutil.rmtree(root / "i18n/search")  # it names missing pages
    for index, path in enumerate(PAGES):
        text = for_country((ROOT / "docs/et" / path).read_text("utf-8"), "ee")
        text = re.sub(r"\[([^]]+)\]\([^)]*\)", r"\1", text)
        if index >= 4:
            text = re.sub(r"<!-- contacts: .*? -->", "", text)
        elif "<!-- contacts:" not in text:
            text += "\n\n<!-- contacts: social-services, victim-support -->\n"
        (root / "docs/et" / path).parent.mkdir(parents=True, exist_ok=True)
        (root / "docs/et" / path).write_text(text, "utf-8")
    settings = (ROOT / "mkdocs.yml").read_text("utf-8").split("\nnav:")[0]
    nav = "".join(f"\n      - {path}" for path in PAGES)
    (root / "mkdocs.yml").write_text(f"{settings}\nnav:\n  - everyone:{nav}\n", "utf-8")
    country = (ROOT / "municipalities/ee/_country.yml").read_text("utf-8")
    country = re.sub(r"languages:\n(?:  - ..\n)+", "languages:\n  - et\n", country, count=1)
    country = re.sub(r"(?:#.*\n)*starts:\n(?:  - ..\n)+", "", country, count=1)
    country = re.sub(r"codes:\n(?:  .*\n)+", "", country, count=1)
    (root / "municipalities/ee").mkdir(parents=True)
    (root / "municipalities/ee/_country.yml").write_text(country, "utf-8")


def write_places(root: Path, size: int) -> None:
    for index in range(size):
        letters = string.digits + string.ascii_uppercase
        code = "".join(letters[index // 36**place % 36] for place in (2, 1, 0))
        text = PLACE.format(code=code, index=index, line=7_300_000 + index)
        (root / f"municipalities/ee/p{index}.yml").write_text(text, "utf-8")


def build(root: Path, *names: str) -> tuple[float, float]:
    """Return the seconds of a build without existing copies, and the megabytes of the largest process."""
    if (root / "sites").exists():
        (root / "sites").rename(Path(tempfile.mkdtemp(dir=root, prefix="built-")) / "sites")
    os.sync()
    began = time.perf_counter()
    process = subprocess.Popen([CAMPAIGN, "build", *names], cwd=root, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return time.perf_counter() - began, usage.ru_maxrss / 1024


def linked(root: Path, size: int) -> float:
    began = time.perf_counter()
    subprocess.run(["cp", "-rl", root / "sites/ee", root / f"linked-{size}"], check=True)
    return time.perf_counter() - began


def main() -> None:
    with tempfile.TemporaryDirectory(dir=ROOT, prefix=".bench-") as name:
        root = Path(name)
        write_country(root)
        write_places(root, 20)
        build(root)  # keep the base: later builds only check and copy
        print(f"medians of {ROUNDS} builds of each size; a copy's: without what a build of one copy takes")
        print("copies   seconds   ms a copy   cp -rl, ms a copy   largest process, MB")
        for size in SIZES:
            write_places(root, size)
            build(root, "ee/p0")  # check the new numbers now, so the timed builds need not
            starts, wholes = zip(*((build(root, "ee/p0"), build(root)) for _ in range(ROUNDS)), strict=True)
            seconds = statistics.median(took for took, _ in wholes)
            start = statistics.median(took for took, _ in starts)
            each = (seconds - start) / size * 1000
            links = linked(root, size) / size * 1000
            memory = max(megabytes for _, megabytes in wholes)
            print(f"{size:6} {seconds:9.1f} {each:11.2f} {links:19.2f} {memory:21.1f}")


if __name__ == "__main__":
    main()
