"""A page of docs/ as its editor wrote it: front matter, text, and where the text begins."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from .document import parse_document, read_text
from .fields import LanguageCode, Text
from .model import Audience
from .problem import CampaignError, Problem
from .record import Source
from .validation import validate

_FRONT_MATTER = re.compile(r"\A---\n(.*?)^---\n", re.S | re.M)


class FrontMatter(BaseModel):
    """What stands between the ``---`` of a page. A page without ``countries`` is for all of them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Text  # quiet: it stays in the browser's history
    sources: tuple[Source, ...] = ()
    countries: tuple[LanguageCode, ...] = ()  # country codes have the form of language codes
    allowed: tuple[Text, ...] = ()  # texts that look like a number or a link and are none: "§ 112"


@dataclass(frozen=True)
class PageSource:
    """One Markdown file. ``path`` is the same in every language: ``youth/online.md``."""

    file: str
    language: str
    path: str
    meta: FrontMatter
    source: str  # front matter and text
    text: str
    first_line: int  # of the text in its file

    @property
    def audience(self) -> Audience:
        return Audience.of(self.path)

    def stands_in(self, country: str) -> bool:
        return not self.meta.countries or country in self.meta.countries


def read_page(path: Path, root: Path) -> PageSource:
    """Read one page; `CampaignError` where its front matter is missing or wrong."""
    file = path.relative_to(root).as_posix()
    _, language, name = file.split("/", 2)
    text = read_text(path, root)
    match = _FRONT_MATTER.match(text)
    if not match:
        message = "found no front matter, allowed --- title: … --- at the top"
        raise CampaignError([Problem(file, 1, "", message)])
    meta = validate(FrontMatter, parse_document(match[1], file, first_line=2), {})
    return PageSource(file, language, name, meta, text, text[match.end() :], match[0].count("\n") + 1)


def page_files(root: Path) -> Iterator[Path]:
    """Every page of every language, sorted."""
    return iter(sorted((root / "docs").glob("*/**/*.md")))


def read_pages(root: Path) -> list[PageSource]:
    """All pages; `CampaignError` with the problems of all of them."""
    pages, problems = [], []
    for path in page_files(root):
        try:
            pages.append(read_page(path, root))
        except CampaignError as error:
            problems += error.problems
    if problems:
        raise CampaignError(problems)
    return pages
