"""A page of docs/ as its editor wrote it: front matter, text, and where the text begins."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict

from ..errors import CampaignError, Problem
from ..files.source_file import LARGEST_PAGE, read_text, source_files
from ..files.yaml_document import parse_document
from ..model.contact import Audience
from ..model.record import Source
from ..model.types import LanguageCode, Mark, Text, refuse
from ..source.validation import validate

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(?:.*?\n)?(?:---|\.\.\.)[ \t]*\n", re.S)  # as MkDocs finds it
_MOST_ENTRIES = 100  # under one key; the longest real list has 19
_Entry = TypeVar("_Entry")
_COUNTRIES = re.compile(r"countries[\"']?\s*:")  # the key, in any of YAML's forms


def _few(entries: tuple[_Entry, ...]) -> tuple[_Entry, ...]:
    """The list, refused where the text would have to be searched too often."""
    if len(entries) > _MOST_ENTRIES:
        raise refuse(f"at most {_MOST_ENTRIES} entries")
    return entries


class FrontMatter(BaseModel):
    """What stands between the ``---`` of a page. A page without ``countries`` is for all of them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    title: Text  # quiet: it stays in the browser's history
    sources: Annotated[tuple[Source, ...], AfterValidator(_few)] = ()
    countries: tuple[LanguageCode, ...] = ()  # country codes have the form of language codes
    # Texts that look like a number or a link and are none: "§ 112".
    allowed: Annotated[tuple[Mark, ...], AfterValidator(_few)] = ()


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
        last_line = self.source.rindex("\n", 0, self.begins - 1) + 1
        return self.source[self.source.index("\n") + 1 : last_line]

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
    """Read one page; `CampaignError` where it cannot be read or has no front matter."""
    file = path.relative_to(root).as_posix()
    _, language, name = file.split("/", 2)
    text = read_text(path, root, LARGEST_PAGE)
    match = _FRONT_MATTER.match(text)
    if not match:
        raise CampaignError([Problem(file, 1, "", "no front matter", "--- title: … --- at the top")])
    return PageSource(file, language, name, text, match.end())


def page_files(root: Path) -> tuple[list[Path], list[Problem]]:
    """Every page of every language, sorted, and what in docs/ is no plain file."""
    docs = root / "docs"
    files, problems = source_files(docs, root)
    return [path for path in files if path.suffix == ".md" and path.parent != docs], problems


def page_sources(root: Path) -> tuple[list[PageSource], list[Problem]]:
    """All pages that have front matter, which is not parsed yet, and what is wrong with the others."""
    pages = []
    paths, problems = page_files(root)
    for path in paths:
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


_UPWARDS = re.compile(r"\.\./[^\s()<>]*")  # from a link's first ../ to its end


def address(path: str, language: str, first: str) -> str:
    """``("youth/online.html", "ru", "et")`` as a relative address of the site: ``ru/youth/online.html``."""
    return path if language == first else f"{language}/{path}"


def relative(path: str, page: str) -> str:
    """The link from one page of a site to another; works under any path and from a folder."""
    return _from_folder(path, page.rpartition("/")[0])


@lru_cache(8192)  # every page of a folder has most of its links in common with the others
def _from_folder(path: str, folder: str) -> str:
    here = folder.split("/") if folder else []
    there = path.split("/")
    common = 0
    while common < min(len(here), len(there) - 1) and here[common] == there[common]:
        common += 1
    return "../" * (len(here) - common) + "/".join(there[common:])


def stays_inside(markdown: str, path: str) -> bool:
    """Whether no link in the text of ``path`` (``youth/online.md``) can leave the folder of its language,
    so that it is the same link wherever that folder is."""
    return all(link.count("../") <= path.count("/") for link in _UPWARDS.findall(markdown))
