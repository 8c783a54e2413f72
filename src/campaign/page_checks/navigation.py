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
                allowed = f"each page once (it stands in line {lines[entry.path]} already)"
                yield Problem(FILE, entry.line, entry.field, f"found {shown(entry.path)}, allowed {allowed}")
            elif entry.path not in by_path:
                allowed = f"a page that is in docs/ in at least one language{instead(entry.path, by_path)}"
                yield Problem(FILE, entry.line, entry.field, f"found {shown(entry.path)}, allowed {allowed}")
            lines.setdefault(entry.path, entry.line)
    for path in by_path.keys() - lines.keys() if lines else ():
        first, *others = by_path[path]
        also = f" (nor {', '.join(page.file for page in others)})" if others else ""
        message = f"found a page that nav in {FILE} does not name{also}, allowed an entry - {path} there"
        yield Problem(first.file, 0, "", message)


def _title_problems(section: Section, titles: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for a title without words in i18n/, unless no words could be read."""
    if titles and section.title not in titles:
        allowed = f"a title that is a word nav-NAME in i18n/en.yml{instead(section.title, titles)}"
        message = f"found {shown(section.title)}, allowed {allowed}"
        yield Problem(FILE, section.line, section.field, message)
