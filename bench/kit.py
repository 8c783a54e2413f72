"""The printed kit: the cost of a document, of one place, of all places, and of a run that changes nothing."""

from __future__ import annotations

import os
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from campaign.kit.files_of_one_kit import Contents
from campaign.kit.kit_items import ITEMS
from campaign.kit.make_kits import Kits
from campaign.kit.referral_wall_sheets import Orders
from campaign.kit.sheet_data import Sheets
from campaign.kit.typesetter import Typesetter, read_pictograms
from campaign.pages.page import page_sources
from campaign.pages.project import Project
from campaign.pages.ui_strings import read_words
from campaign.source.municipalities import read_places
from campaign.today import now

from . import weasyprint_sheets
from .project import ROOT, copy_project

PLACE = "ee/narva"
MOST_OF_A_PLACE, MOST_OF_ALL, MOST_UNCHANGED = 3, 180, 1  # seconds


def documents(root: Path) -> None:
    """Print the processor's time for each item, as a mean over the languages of one place."""
    words = read_words(root)
    project = Project(root, words, read_places(root, words, date.max), page_sources(root)[0])
    place = project.places.municipalities[PLACE]
    sheets = Sheets(place, words, project.pages, Orders(root, words, place.country.language), draft=True)
    wanted = Contents(project, ITEMS, (), draft=True).wanted(place)
    typesetter = Typesetter(root)
    typesetter.sheet(*wanted[0], sheets.data(*wanted[0]))  # the fonts are read once
    pictograms = read_pictograms(root)

    def beside(name: str, languages: Sequence[str]) -> str:
        if name not in weasyprint_sheets.SHEETS:
            return ""
        item = next(item for item in ITEMS if item.name == name)
        tasks = [sheets.data(item, language) for language in languages]
        weasyprint_sheets.pdf(tasks[0], pictograms)  # its fonts, too, are looked for once
        began = time.process_time()
        for task in tasks:
            weasyprint_sheets.pdf(task, pictograms)
        return f" (WeasyPrint: {1000 * (time.process_time() - began) / len(tasks):.0f} ms)"

    for item in ITEMS:
        languages = [language for found, language in wanted if found is item]
        began = time.process_time()
        for language in languages:
            typesetter.sheet(item, language, sheets.data(item, language))
        ours = (time.process_time() - began) / len(languages)
        print(f"  {item.name:24} {1000 * ours:5.0f} ms{beside(item.name, languages)}")


def run(root: Path, out: Path, *names: str) -> tuple[float, float]:
    """Return the seconds and the processor's seconds, with those of the processes that set the sheets."""
    began, before = time.perf_counter(), sum(os.times()[:4])
    Kits(root, out, names, draft=True).run(now(), print)
    return time.perf_counter() - began, sum(os.times()[:4]) - before


def main() -> None:
    with tempfile.TemporaryDirectory(dir=ROOT, prefix=".bench-") as name:
        root = Path(name)
        copy_project(root)
        print("Printed kit: seconds")
        run(root, root / "first", PLACE)  # the check remembers good pages
        for what, folder, names, most in (
            ("one place", "one", (PLACE,), MOST_OF_A_PLACE),
            ("all places", "all", (), MOST_OF_ALL),
            ("nothing changed", "all", (), MOST_UNCHANGED),
        ):
            seconds, processor = run(root, root / folder, *names)
            print(
                f"  {what:24} {seconds:5.1f} s (at most {most} s), processor {processor:5.1f} s", flush=True
            )
        # This comes last: Typst has threads, and a process that has begun them can no longer be forked.
        print("Printed kit: processor time of a document")
        documents(root)


if __name__ == "__main__":
    main()
