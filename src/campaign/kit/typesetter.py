"""Sets sheets with Typst, in the fonts of the system's packages, with the same bytes on any day."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import typst

from ..errors import CampaignError, Problem, shown
from ..files.digests import digest
from ..files.source_file import read_text
from ..pages.language_marks import direction
from .kit_items import TEMPLATES, Item

# Each family with the Debian package that brings it, from system-packages.txt.
FONTS = {"Noto Sans": "fonts-noto-core", "Noto Sans Arabic": "fonts-noto-core"}
_WEIGHTS = (400, 700)
_STANDARDS: list[typst.PDFStandard] = ["ua-1", "a-2a"]
_UNFIT = re.compile(r"unfit\|([^|\"]+)\|([^|\"]*)\|([0-9.]+)")
PICTOGRAMS = "overrides/pictograms"


def fonts_for(languages: Iterable[str]) -> list[str]:
    """Return the font families for a sheet in these languages. Typst sets each letter in the first family
    that has it. Digits are in the first family of every sheet, so numbers look the same and are equally high
    everywhere."""
    arabic = any(direction(language) == "rtl" for language in languages)
    return ["Noto Sans", "Noto Sans Arabic"] if arabic else ["Noto Sans"]


@cache  # looking through the system's fonts takes longer than a sheet
def _fonts() -> typst.Fonts:
    return typst.Fonts(include_system_fonts=True, include_embedded_fonts=False)


def font_problems(languages: Iterable[str]) -> Iterator[Problem]:
    """Yield a problem for each font that the languages need and the system does not have. Typst would take
    another one without a word."""
    there = {(font.family, font.weight) for font in _fonts().fonts()}
    for family in fonts_for(languages):
        if any((family, weight) not in there for weight in _WEIGHTS):
            expected = f"the font {family}, regular and bold (Debian's package {FONTS[family]})"
            yield Problem("campaign kit", 0, "", "no such font on this system", expected)


@cache
def fonts_digest() -> str:
    """Return the digest of the font files. Another version of a font is another sheet."""
    paths = {font.path for font in _fonts().fonts() if font.family in FONTS and font.path}
    return digest(Path(path).read_bytes() for path in sorted(paths))


def read_pictograms(root: Path) -> str:
    """Return JSON with the SVG of each pictogram, by its name."""
    files = sorted((root / PICTOGRAMS).glob("*.svg"))
    return json.dumps({file.stem: read_text(file, root) for file in files})


def in_json(data: Mapping[str, object]) -> bytes:
    """Return the data of a sheet as its template reads them."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True).encode()


class Typesetter:
    """Sets the sheets of one project."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._pictograms = read_pictograms(root).encode()
        self._compiler = typst.Compiler(root=TEMPLATES, font_paths=_fonts(), ignore_system_fonts=True)

    def sheet(self, item: Item, language: str, data: Mapping[str, object]) -> bytes:
        """Return the file of an item. ``data`` are for its template. Raise `CampaignError` if a text does not
        fit into its box, or has a letter that no font has."""
        template = (TEMPLATES / f"{item.template}.typ").read_bytes()
        # Files in memory, which its types leave out. For values in sys.inputs Typst makes its library anew.
        sources: Any = {
            "main.typ": template,
            "sheet.json": in_json(data),
            "pictograms.json": self._pictograms,
        }
        try:
            if item.ending == "png":
                made = self._compiler.compile(sources, format="png", ppi=72)
            else:
                made = self._compiler.compile(sources, format="pdf", pdf_standards=_STANDARDS, timestamp=0)
        except typst.TypstError as error:
            raise CampaignError([self._problem(error, item, language)]) from None
        assert isinstance(made, bytes)
        return made

    def _problem(self, error: typst.TypstError, item: Item, language: str) -> Problem:
        where = f"on {item.name} in {language}"
        if match := _UNFIT.search(str(error)):
            file, field, size = match.groups()
            return Problem(
                file, 0, field, "a text that is too long", f"words that fit their box {where} at {size} pt"
            )
        return Problem(
            "campaign kit", 0, item.name, shown(error.message, 200), f"a sheet that Typst can set {where}"
        )
