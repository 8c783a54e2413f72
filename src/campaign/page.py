"""A page of docs/ as its editor wrote it: front matter, text, and where the text begins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from .docs_files import left_by_programs
from .document import parse_document, read_text
from .fields import LanguageCode, Text
from .model import Audience
from .problem import CampaignError, Problem
from .record import Source
from .validation import validate

_MARK = "---\n"
_FRONT_MATTER = re.compile(rf"\A{_MARK}.*?^{_MARK}", re.S | re.M)
_COUNTRIES = re.compile(r"countries[\"']?\s*:")  # the key, in any of YAML's forms


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
    source: str  # front matter and text
    begins: int  # where the text does

    @property
    def front_matter(self) -> str:
        return self.source[len(_MARK) : self.begins - len(_MARK)]

    @property
    def text(self) -> str:
        return self.source[self.begins :]

    @property
    def first_line(self) -> int:
        """Of the text in its file."""
        return self.source.count("\n", 0, self.begins) + 1

    @property
    def audience(self) -> Audience:
        return Audience.of(self.path)

    @cached_property
    def meta(self) -> FrontMatter:
        """Read when it is asked for; `CampaignError` where it is wrong."""
        return validate(FrontMatter, parse_document(self.front_matter, self.file, first_line=2), {})

    def stands_in(self, country: str) -> bool:
        if not _COUNTRIES.search(self.front_matter):  # as in nearly all, which need not be parsed for this
            return True
        return not self.meta.countries or country in self.meta.countries


def read_page(path: Path, root: Path) -> PageSource:
    """Read one page; `CampaignError` where it has no front matter."""
    file = path.relative_to(root).as_posix()
    _, language, name = file.split("/", 2)
    text = read_text(path, root)
    match = _FRONT_MATTER.match(text)
    if not match:
        message = "found no front matter, allowed --- title: … --- at the top"
        raise CampaignError([Problem(file, 1, "", message)])
    return PageSource(file, language, name, text, match.end())


def page_files(root: Path) -> Iterator[Path]:
    """Every page of every language, sorted; what is no plain file is none."""
    for path in sorted((root / "docs").glob("*/**/*.md")):
        if not left_by_programs(path.name) and path.is_file() and not path.is_symlink():
            yield path


def page_sources(root: Path) -> tuple[list[PageSource], list[Problem]]:
    """All pages that have front matter, which is not parsed yet, and what is wrong with the others."""
    pages, problems = [], []
    for path in page_files(root):
        try:
            pages.append(read_page(path, root))
        except CampaignError as error:
            problems += error.problems
    return pages, problems


def with_good_meta(pages: Iterable[PageSource]) -> tuple[list[PageSource], list[Problem]]:
    """The pages whose front matter is right, and what is wrong with the others'."""
    good, problems = [], []
    for page in pages:
        try:
            if page.meta:
                good.append(page)
        except CampaignError as error:
            problems += error.problems
    return good, problems


def read_pages(root: Path) -> list[PageSource]:
    """All pages with their front matter; `CampaignError` with the problems of all of them."""
    pages, problems = page_sources(root)
    pages, more = with_good_meta(pages)
    if problems + more:
        raise CampaignError(problems + more)
    return pages
