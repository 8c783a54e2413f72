"""The parts of mkdocs.yml that this project reads itself: the navigation, with the line of each entry, and
the extensions of Markdown. MkDocs checks the other settings (`mkdocs_build.settings_problems`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from markdown import Markdown

from ..errors import CampaignError, Problem, shown
from ..files.yaml_document import Document, KeyPath, Value, field_name, read_document

FILE = "mkdocs.yml"
_SECTION = "a section such as - Young people: with a list of pages below it"
# Extensions of Markdown, each with its own settings.
Extensions = tuple[tuple[str, tuple[tuple[str, str], ...]], ...]
_NOT_OURS = ("extra_css", "extra_javascript", "extra_templates")  # settings that add files to every page
_ALWAYS = ("toc", "tables", "fenced_code")  # MkDocs adds these by itself
DEFAULT_EXTENSIONS: Extensions = tuple((name, ()) for name in (*_ALWAYS, "attr_list"))


@dataclass(frozen=True)
class Entry:
    """A page in the navigation."""

    path: str
    line: int
    field: str  # nav[0].For everyone[2]


@dataclass(frozen=True)
class Section:
    """A group of pages. Its title is a word ``nav-NAME`` of i18n/en.yml; other languages translate it."""

    title: str
    line: int
    field: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True)
class Settings:
    sections: tuple[Section, ...]
    extensions: Extensions


def read_settings(root: Path) -> tuple[Settings | None, list[Problem]]:
    """Return the settings as far as they are readable, and the problems of the file, its navigation and its
    extensions."""
    if not (root / FILE).is_file():
        return None, [Problem(FILE, 0, "", "no file", "the settings of MkDocs")]
    try:
        document = read_document(root / FILE, root, tags=("!ENV",))
    except CampaignError as error:
        return None, error.problems
    problems = [
        document.problem((key,), shown(document.value[key]), "nothing: the theme in overrides/ has all files")
        for key in _NOT_OURS
        if document.value.get(key)
    ]
    sections = tuple(_sections(document, problems))
    return Settings(sections, _extensions(document, problems)), problems


def _extensions(document: Document, problems: list[Problem]) -> Extensions:
    """Return the extensions under ``markdown_extensions`` and those that MkDocs adds. An extension that
    cannot be loaded is a problem, and is left out. Pages are then read with the usual ones: otherwise their
    marks would seem wrong."""
    written = document.value.get("markdown_extensions", [])
    found: dict[str, tuple[tuple[str, str], ...]] = {name: () for name in _ALWAYS}
    before = len(problems)
    for number, entry in enumerate(written if isinstance(written, list) else []):
        for name, settings in entry.items() if isinstance(entry, dict) else [(entry, None)]:
            own = settings.items() if isinstance(settings, dict) else ()
            options = tuple((key, value) for key, value in own if isinstance(value, str))
            try:
                Markdown(extensions=[str(name)], extension_configs={str(name): dict(options)})
            except Exception as error:  # a missing or misconfigured extension can raise anything
                reason = str(error).splitlines()[0]
                place, wrong = ("markdown_extensions", number), f"{shown(name)} ({reason})"
                expected = "an extension of Markdown that can be loaded"
                problems.append(document.problem(place, wrong, expected))
            else:
                found[str(name)] = options
    usual = dict(DEFAULT_EXTENSIONS) if len(problems) > before or not isinstance(written, list) else {}
    return tuple((usual | found).items())


def _sections(document: Document, problems: list[Problem]) -> Iterator[Section]:
    nav = document.value.get("nav")
    if not isinstance(nav, list) or not nav:
        problems.append(document.problem(("nav",), _found(nav), "a list of sections"))
        return
    for number, written in enumerate(nav):
        path: KeyPath = ("nav", number)
        if not isinstance(written, dict) or len(written) != 1:
            problems.append(document.problem(path, _found(written), _SECTION))
            continue
        (name, pages), *_ = written.items()
        if not isinstance(pages, list) or not pages:
            problems.append(document.problem((*path, name), _found(pages), "a list of pages"))
            pages = []
        entries = tuple(_entries(document, (*path, name), pages, problems))
        yield Section(name, document.line((*path, name)), field_name((*path, name)), entries)


def _entries(
    document: Document, section: KeyPath, pages: list[Value], problems: list[Problem]
) -> Iterator[Entry]:
    for number, page in enumerate(pages):
        line, field = document.line((*section, number)), field_name((*section, number))
        if isinstance(page, str) and page:
            yield Entry(page, line, field)
            continue
        expected = "only the path of a page, because its title is in the page"
        problems.append(document.problem((*section, number), _found(page), expected))
        for path in page.values() if isinstance(page, dict) else ():
            if isinstance(path, str):
                yield Entry(path, line, field)


def _found(value: Value | None) -> str:
    if isinstance(value, dict):
        return "the keys " + ", ".join(map(shown, value))
    if isinstance(value, list):
        return "a list" if value else "an empty list"
    return shown(value) if value else "nothing"
