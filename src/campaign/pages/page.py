"""A page of docs/ as its editor wrote it: front matter, text, and the start of the text."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, StringConstraints

from ..errors import CampaignError, Problem
from ..fields.field_types import Day, LanguageCode, Mark, Text, refuse
from ..fields.record_base_class import DistinctAtLeastOne, Record, Source
from ..files.source_file import LARGEST_PAGE, read_text, source_files
from ..files.yaml_document import Document, Value, parse_document
from ..model.contact import Audience
from ..model.working_group import Office
from ..source.document_to_record import validate
from ..source.part_without_wrong_values import PartDocument, good_part

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?:.*?\n)?(?:---|\.\.\.)[ \t]*\n", re.S)  # as MkDocs finds it
_PATH = re.compile(r"(?:[a-z0-9]+(?:-[a-z0-9]+)*/)*[a-z0-9]+(?:-[a-z0-9]+)*\.md")
_TAKEN = re.compile(r"404\.md|[a-z]{2}/")
_MOST_ENTRIES = 100  # under one key; the longest real list has 19
_Entry = TypeVar("_Entry")
_STAND_IN: dict[str, Value] = {"title": "-a-"}
_COUNTRIES = re.compile(r"countries[\"']?\s*:")  # the key, in any form of YAML


def _few(entries: tuple[_Entry, ...]) -> tuple[_Entry, ...]:
    """Return the list; refuse one with so many entries that searching the text for each takes too long."""
    if len(entries) > _MOST_ENTRIES:
        raise refuse(f"at most {_MOST_ENTRIES} entries")
    return entries


def _page_path(value: str) -> str:
    """Return the path of a page (``youth/online.md``); refuse any other text, and what is another file's in a
    copy: the 404 page and the folders of languages."""
    if not _PATH.fullmatch(value) or _TAKEN.match(value):
        raise refuse("the path of a page below the folder of a language, such as youth/online.md")
    return value


PagePath = Annotated[str, AfterValidator(_page_path)]


class Scope(StrEnum):
    """What a reading looked at."""

    LANGUAGE = "language"  # whether it is what a native would write
    SAFETY = "safety"  # whether what it advises puts no reader in danger
    LAW = "law"  # whether what it says about the law is right


class Reviewed(Record):
    """A reading of one page in one language. It is an office that reads, and never a person."""

    date: Day
    by: Office
    scope: DistinctAtLeastOne[Scope]
    text: Annotated[str, StringConstraints(pattern="^[0-9a-f]{16}$")] | None = None  # `review_digest`


class FrontMatter(BaseModel):
    """The part between the ``---`` lines of a page. A page without ``countries`` is for all of them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Text  # quiet: it stays in the browser's history
    sources: Annotated[tuple[Source, ...], AfterValidator(_few)] = ()
    countries: tuple[LanguageCode, ...] = ()  # country codes have the form of language codes
    source_language: LanguageCode | None = None  # from which the page is translated; English if none is named
    moved_from: Annotated[tuple[PagePath, ...], AfterValidator(_few)] = ()  # its earlier paths, which lead on
    reviewed: Reviewed | None = None  # by somebody who writes this language; nothing if nobody has read it
    # Texts that look like a number or a link but are neither: "§ 112".
    allowed: Annotated[tuple[Mark, ...], AfterValidator(_few)] = ()


@dataclass(frozen=True)
class PageSource:
    """One Markdown file. ``path`` is the same in every language: ``youth/online.md``."""

    file: str
    language: str
    path: str
    source: str  # front matter and text
    begins: int  # where the text begins

    @property
    def front_matter(self) -> str:
        last_line = self.source.rindex("\n", 0, self.begins - 1) + 1
        return self.source[self.source.index("\n") + 1 : last_line]

    @property
    def text(self) -> str:
        return self.source[self.begins :]

    @property
    def first_line(self) -> int:
        """The line of the file on which the text begins."""
        return self.source.count("\n", 0, self.begins) + 1

    @property
    def audience(self) -> Audience:
        return Audience.of(self.path)

    @cached_property
    def meta(self) -> FrontMatter:
        """The front matter, parsed at the first use; raises `CampaignError` if it is wrong."""
        return validate(FrontMatter, parse_document(self.front_matter, self.file, first_line=2), {})

    def stands_in(self, country: str) -> bool:
        if not _COUNTRIES.search(self.front_matter):  # most pages have no such key and need no parsing here
            return True
        return not self.meta.countries or country in self.meta.countries


@dataclass(frozen=True)
class PartOfPage(PageSource):
    """A page whose front matter is wrong. What is good of it is its ``meta``."""

    @property
    def meta(self) -> FrontMatter:
        return self._found[0]

    @property
    def part(self) -> PartDocument:
        """The front matter without its wrong values; without all values if it is no YAML."""
        return self._found[1]

    @cached_property
    def _found(self) -> tuple[FrontMatter, PartDocument]:
        unknown = Document(self.file, {}, {(): 2})
        try:
            document = parse_document(self.front_matter, self.file, first_line=2)
        except CampaignError:
            document = unknown
        found = good_part(FrontMatter, document, {}, _STAND_IN) or good_part(
            FrontMatter, unknown, {}, _STAND_IN
        )
        assert found
        meta, part = found
        if part.whole is unknown:
            part = replace(part, left_out=frozenset((key,) for key in FrontMatter.model_fields))
        return meta, part


def parts(pages: Iterable[PageSource]) -> list[PartOfPage]:
    """Return the pages whose front matter is wrong."""
    good = {page.file for page in with_good_meta(pages)[0]}
    return [
        PartOfPage(page.file, page.language, page.path, page.source, page.begins)
        for page in pages
        if page.file not in good
    ]


def read_page(path: Path, root: Path) -> PageSource:
    """Read one page; raise `CampaignError` if it cannot be read or has no front matter."""
    file = path.relative_to(root).as_posix()
    _, language, name = file.split("/", 2)
    text = read_text(path, root, LARGEST_PAGE)
    match = _FRONT_MATTER.match(text)
    if not match:
        raise CampaignError([Problem(file, 1, "", "no front matter", "--- title: … --- at the top")])
    return _same_page(file, language, name, text, match.end())


@lru_cache(1024)  # in a preview a page that has not changed keeps its parsed front matter
def _same_page(file: str, language: str, path: str, source: str, begins: int) -> PageSource:
    return PageSource(file, language, path, source, begins)


def page_files(root: Path) -> tuple[list[Path], list[Problem]]:
    """Return every page of every language, sorted, and problems for everything that is not a plain file."""
    docs = root / "docs"
    files, problems = source_files(docs, root)
    return [path for path in files if path.suffix == ".md" and path.parent != docs], problems


def page_sources(root: Path) -> tuple[list[PageSource], list[Problem]]:
    """Return all pages that have front matter (not parsed yet), and the problems of the others."""
    pages = []
    paths, problems = page_files(root)
    for path in paths:
        try:
            pages.append(read_page(path, root))
        except CampaignError as error:
            problems += error.problems
    return pages, problems


def with_good_meta(pages: Iterable[PageSource]) -> tuple[list[PageSource], list[Problem]]:
    """Return the pages whose front matter is right, and the problems of the others."""
    good, problems = [], []
    for page in pages:
        try:
            if page.meta:
                good.append(page)
        except CampaignError as error:
            problems += error.problems
    return good, problems


def address(path: str, language: str, first: str) -> str:
    """Return ``ru/youth/online.html``, the address in the site, for ``("youth/online.html", "ru", "et")``."""
    return path if language == first else f"{language}/{path}"


def relative(path: str, page: str) -> str:
    """Return the link from one page of a site to another; it works under any path and from a folder."""
    return _from_folder(path, page.rpartition("/")[0])


@lru_cache(8192)  # the pages of a folder share most of their links
def _from_folder(path: str, folder: str) -> str:
    here = folder.split("/") if folder else []
    there = path.split("/")
    common = 0
    while common < min(len(here), len(there) - 1) and here[common] == there[common]:
        common += 1
    return "../" * (len(here) - common) + "/".join(there[common:])
