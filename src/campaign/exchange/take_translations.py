"""Takes a translator's file back: every unit is checked, and either all changes are written or none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from ..build.snapshot import snapshot
from ..checks.check import check
from ..errors import CampaignError, Problem, counted, instead, shown
from ..files.file_changes import difference, write_all
from ..files.source_file import read_as_saved
from ..pages.page import PageSource
from ..pages.ui_strings import Words
from ..translation.mark_as_translated import record
from ..translation.states import Translations, read_texts, read_translations, source_pages
from ..translation.translation_records import Records, written
from .insert_translations import Change, Rebuilt, by_file, rebuilt_page, rebuilt_words
from .po_file import read_po
from .returned_translations import Entry, ExchangeFile, format_of
from .unit_checks import unit_faults
from .units import Unit, units_of, version
from .xliff_file import read_xliff

_SPACES = re.compile(r"[ \t\r\n]+")


@dataclass(frozen=True)
class Taken:
    """The new texts of files, and what they mean in words. Nothing is written yet."""

    root: Path
    texts: dict[str, str]
    lines: list[str]

    @property
    def difference(self) -> str:
        """The lines that would change in pages and words, as ``diff -u`` shows them."""
        new = {file: text for file, text in self.texts.items() if not file.endswith(".csv")}
        there = {file: self.root / file for file in new if (self.root / file).is_file()}
        return difference({file: path.read_text("utf-8") for file, path in there.items()}, new)

    def write(self) -> None:
        write_all(self.root, self.texts)


@dataclass(frozen=True)
class _Project:
    pages: list[PageSource]
    words: Mapping[str, Words]
    records: Records
    translations: Translations

    @classmethod
    def read(cls, root: Path, language: str) -> _Project:
        pages, words, records = read_texts(root)
        return cls(pages, words, records, Translations.of(pages, words, records, [language]))


def exchange_units(root: Path, language: str, names: Iterable[str] = (), command: str = "") -> list[Unit]:
    """Return the units of a project in a language that has interface words; raise `CampaignError`."""
    project = _Project.read(root, language)
    if problem := _language_problem(project, language, command, "--language", 0):
        raise CampaignError([problem])
    known = {text.name for text in project.translations.texts} | {
        text.page for text in project.translations.texts if text.page
    }
    names = list(names)
    if unknown := [name for name in names if name not in known]:
        expected = f"a page, a section (help.md#ID) or a word{instead(unknown[0], known)}"
        raise CampaignError([Problem(command, 0, "", shown(unknown[0]), expected)])
    return units_of(project.translations, project.pages, project.words, language, names)


def _language_problem(project: _Project, language: str, file: str, field: str, line: int) -> Problem | None:
    if language in project.words:
        return None
    return Problem(file, line, field, shown(language), f"one of the languages {', '.join(project.words)}")


def take(root: Path, path: Path, moment: datetime) -> Taken:
    """Read a file that a translator has sent back, and return what it changes. Raise `CampaignError` with
    every problem of every unit."""
    came = read_po(path) if format_of(path, "campaign take") == ".po" else read_xliff(path)
    project = _Project.read(root, came.language)
    if problem := _language_problem(project, came.language, came.file, "language", 1):
        raise CampaignError([problem])
    units = {
        unit.id: unit for unit in units_of(project.translations, project.pages, project.words, came.language)
    }
    problems: list[Problem] = []
    pairs = _pairs(came, units, problems)
    changes = list(_changes(came, pairs, problems))
    _refuse_half(came, pairs, changes, problems)
    if problems:
        raise CampaignError(problems)
    rebuilt = {file: _rebuilt(root, project, file, own) for file, own in by_file(changes).items()}
    done = _done(pairs, {one.unit.id for one in changes})
    with TemporaryDirectory() as within, snapshot(root, Path(within)) as (sources, left_out):
        if found := _new_problems(sources, left_out, rebuilt, moment, came):
            raise CampaignError(found)
        after = read_translations(sources) if rebuilt or done else project.translations
        records, recorded = record(
            after, [text for text in after.texts if (text.name, text.language) in done]
        )
    texts = {file: new.text for file, new in rebuilt.items()}
    texts |= {
        file: text for file, text in written(records).items() if recorded and not _same(root / file, text)
    }
    still = sum(entry.open for _, entry in pairs)
    lines = [f"{file}: {counted(len(new.lines), 'passage')} changed." for file, new in rebuilt.items()]
    lines += [f"{counted(len(recorded), 'text')} recorded as translated."] if recorded else []
    lines += [f"Not recorded: a person must still look at {counted(still, 'unit')}."] if still else []
    return Taken(root, texts, lines or ["The file changes nothing."])


def _same(path: Path, text: str) -> bool:
    return path.is_file() and path.read_bytes() == text.encode()


def _pairs(
    came: ExchangeFile, units: Mapping[str, Unit], problems: list[Problem]
) -> list[tuple[Unit, Entry]]:
    """Return each entry with its unit; an entry without one, or a second one, is a problem."""
    pairs: list[tuple[Unit, Entry]] = []
    seen: set[str] = set()
    for entry in came.entries:
        unit = units.get(entry.id)
        if unit is None:
            found = "a unit that is not in the present sources" if entry.id else "a unit without a name"
            expected = "a unit of the present sources: write the file again with campaign exchange"
            problems.append(came.problem(entry, found, expected))
        elif entry.id in seen:
            problems.append(came.problem(entry, "a second unit with this name", "each unit once"))
        elif _plain(entry.source) != _plain(unit.source.text):
            expected = f"{shown(unit.source.text)}, as campaign exchange wrote it"
            problems.append(came.problem(entry, f"the source {shown(entry.source)}", expected))
        else:
            seen.add(entry.id)
            pairs.append((unit, entry))
    return pairs


def _changes(
    came: ExchangeFile, pairs: Iterable[tuple[Unit, Entry]], problems: list[Problem]
) -> Iterator[Change]:
    for unit, entry in pairs:
        now = unit.target.text if unit.target else ""
        if entry.target == now or (not entry.target.strip() and unit.target is None):
            continue
        section = "\n" in unit.source.text or "\n" in now
        text = entry.target.strip() if section else _plain(entry.target)
        if text == now or version(entry.target) == entry.version != version(now):
            continue  # the translator has left it as it was; somebody else may have changed the page since
        if entry.version and entry.version != version(now):
            found = f"a change of an older translation, which is now {shown(now)}"
            expected = "a change of the present translation: write the file again with campaign exchange"
            problems.append(came.problem(entry, found, expected))
            continue
        faults = unit_faults(unit, text, came.language)
        problems += [came.problem(entry, found, expected) for found, expected in faults]
        if not faults:
            yield Change(unit, entry, text)


def _plain(text: str) -> str:
    return _SPACES.sub(" ", text).strip(" ")


def _refuse_half(
    came: ExchangeFile,
    pairs: Iterable[tuple[Unit, Entry]],
    changes: Iterable[Change],
    problems: list[Problem],
) -> None:
    """Add a problem for each empty unit of a new page or section that is begun."""
    begun = {_new_part(one.unit) for one in changes if one.unit.is_new}
    for unit, entry in pairs:
        if unit.is_new and _new_part(unit) in begun and not entry.target.strip():
            expected = f"a translation, because other units of {_new_part(unit)} have one"
            problems.append(came.problem(entry, "an empty text", expected))


def _new_part(unit: Unit) -> str:
    """Return the page or section that is written as a whole."""
    return unit.text.name if unit.text.here or not unit.text.page else unit.text.page


def _rebuilt(root: Path, project: _Project, file: str, changes: list[Change]) -> Rebuilt:
    if file.startswith("i18n/"):
        return rebuilt_words(read_as_saved(root / file, root), file, changes)
    path = changes[0].unit.text.page
    target = next((page for page in project.pages if page.file == file), None)
    return rebuilt_page(source_pages(project.pages)[path], target, changes)


def _done(pairs: Iterable[tuple[Unit, Entry]], changed: set[str]) -> set[tuple[str, str]]:
    """Return name and language of each text that the file brings up to date: it has changed, or its mark was
    taken away, and no unit of it still needs a person."""
    touched, waiting = set[tuple[str, str]](), set[tuple[str, str]]()
    for unit, entry in pairs:
        text = (unit.text.name, unit.text.language)
        if entry.open or (not entry.target.strip() and unit.id not in changed):
            waiting.add(text)
        elif unit.id in changed or unit.open:
            touched.add(text)
    return touched - waiting


def _new_problems(
    sources: Path,
    left_out: list[Problem],
    rebuilt: Mapping[str, Rebuilt],
    moment: datetime,
    came: ExchangeFile,
) -> list[Problem]:
    """Write the new texts into the copy ``sources`` of the project, check it, and return the problems that
    the project did not have before. If a problem comes from a unit, it has the place of this unit in the
    translator's file."""
    if not rebuilt:
        return []
    before = {_without_line(problem) for problem in check(sources, moment, left_out=left_out).problems}
    for file, new in rebuilt.items():
        (sources / file).parent.mkdir(parents=True, exist_ok=True)
        (sources / file).write_bytes(new.text.encode())
    found = check(sources, moment, left_out=left_out).problems
    return [_of_unit(problem, rebuilt, came) for problem in found if _without_line(problem) not in before]


def _without_line(problem: Problem) -> tuple[str, str, str, str]:
    return problem.file, problem.field, problem.found, problem.expected


def _of_unit(problem: Problem, rebuilt: Mapping[str, Rebuilt], came: ExchangeFile) -> Problem:
    new = rebuilt.get(problem.file)
    for first, last, change in new.lines if new else ():
        if first <= problem.line <= last:
            return came.problem(change.entry, problem.found, problem.expected)
    return problem
