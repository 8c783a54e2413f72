"""Whether the navigation of mkdocs.yml names every page, and nothing but pages."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from ..errors import Problem, instead, shown
from ..pages.mkdocs_settings import FILE, Settings
from ..pages.page import PageSource
from ..pages.ui_strings import Words


def navigation_problems(
    settings: Settings, pages: Iterable[PageSource], words: Mapping[str, Words]
) -> Iterator[Problem]:
    """Entries without a page, entries that come twice, pages without an entry, sections without a heading."""
    by_path: dict[str, list[PageSource]] = {}
    for page in pages:
        by_path.setdefault(page.path, []).append(page)
    lines: dict[str, int] = {}
    for section in settings.sections:
        yield from _heading_problems(section.name, section.line, section.field, words)
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


def _heading_problems(name: str, line: int, field: str, words: Mapping[str, Words]) -> Iterator[Problem]:
    key = f"nav-{name}"
    without = [language for language, own in words.items() if key not in own]
    if without:
        known: Collection[str] = {
            word.removeprefix("nav-") for own in words.values() for word in own if word.startswith("nav-")
        }
        files = ", ".join(f"i18n/{language}.yml" for language in without)
        allowed = f"a section with the words {key} in {files}{instead(name, known)}"
        yield Problem(FILE, line, field, f"found {shown(name)}, allowed {allowed}")
