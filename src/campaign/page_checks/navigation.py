"""Checks that the navigation of mkdocs.yml names every page once, and nothing else."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from ..errors import Problem, instead, shown
from ..pages.mkdocs_settings import FILE, Section, Settings
from ..pages.page import PageSource
from ..pages.ui_strings import Words, section_names


def navigation_problems(
    settings: Settings, pages: Iterable[PageSource], words: Mapping[str, Words]
) -> Iterator[Problem]:
    """Yield problems: entries without a page, repeated entries, pages without an entry, unknown titles."""
    by_path: dict[str, list[PageSource]] = {}
    for page in pages:
        by_path.setdefault(page.path, []).append(page)
    titles = section_names(words)
    lines: dict[str, int] = {}
    for section in settings.sections:
        yield from _title_problems(section, titles)
        for entry in section.entries:
            if entry.path in lines:
                found = f"{shown(entry.path)} a second time (it is in line {lines[entry.path]} already)"
                yield Problem(FILE, entry.line, entry.field, found, "each page once")
            elif entry.path not in by_path:
                expected = f"a page that is in docs/ in at least one language{instead(entry.path, by_path)}"
                yield Problem(FILE, entry.line, entry.field, shown(entry.path), expected)
            lines.setdefault(entry.path, entry.line)
    for path in by_path.keys() - lines.keys() if lines else ():
        first, *others = by_path[path]
        also = f" (nor for {', '.join(page.file for page in others)})" if others else ""
        yield Problem(first.file, 0, "", f"none{also}", f"an entry - {path} under nav in {FILE}")


def _title_problems(section: Section, titles: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for a title without words in i18n/, unless no words could be read."""
    if titles and section.title not in titles:
        expected = (
            f"a title that is the text of a key nav-NAME in i18n/en.yml{instead(section.title, titles)}"
        )
        yield Problem(FILE, section.line, section.field, shown(section.title), expected)
