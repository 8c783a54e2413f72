"""Inserts translated passages into pages and words: every other byte stays."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import yaml

from ..errors import CampaignError
from ..files.change_yaml_values import quoted
from ..files.yaml_document import parse_document
from ..pages.page import PageSource
from ..translation.sections import sections
from .returned_translations import Entry
from .tokens import restored
from .translatable_passages import Kind
from .units import Unit


@dataclass(frozen=True)
class Change:
    """A unit with its new text, from an entry of a file."""

    unit: Unit
    entry: Entry
    text: str  # with tokens

    @property
    def written(self) -> str:
        """The new text as it is in the file of the translation."""
        tokens = self.unit.target.tokens if self.unit.target else self.unit.source.tokens
        text = restored(self.text, tokens)
        return _scalar(text) if self.unit.kind is Kind.TITLE else text


@dataclass(frozen=True)
class Rebuilt:
    """The new text of a file, and the lines of each change in it."""

    text: str
    lines: list[tuple[int, int, Change]]


def rebuilt_page(source: PageSource, target: PageSource | None, changes: Iterable[Change]) -> Rebuilt:
    """Return the page with its changes. A page that does not exist yet is the source with all passages
    changed; a section that does not exist yet comes after the section before it in the source."""
    changes = list(changes)
    if target is None:
        return _spliced(source.source, [(one.unit.place.start, one.unit.place.end, one) for one in changes])
    edits: list[tuple[int, int, Change | Rebuilt]] = [
        (one.unit.place.start, one.unit.place.end, one) for one in changes if not one.unit.is_new
    ]
    new: dict[str, list[Change]] = {}
    for one in changes:
        if one.unit.is_new:
            new.setdefault(one.unit.text.section, []).append(one)
    ends = {section.name: target.begins + section.end for section in sections(target)}
    after = len(target.source)
    for section in sections(source):
        after = ends.get(section.name, after)
        if section.name in new:
            start, end = source.begins + section.start, source.begins + section.end
            inside = [
                (one.unit.place.start - start, one.unit.place.end - start, one) for one in new[section.name]
            ]
            part = _spliced(source.source[start:end], inside)
            before = "" if target.source[:after].endswith("\n\n") else "\n"
            following = "" if part.text.endswith("\n\n") or after == len(target.source) else "\n"
            edits.append((after, after, Rebuilt(before + part.text + following, _moved(part, len(before)))))
    return _spliced(target.source, edits)


def rebuilt_words(text: str, file: str, changes: Iterable[Change]) -> Rebuilt:
    """Return the file of a language's words with its changes; new words are added at its end."""
    root = yaml.compose(text, Loader=yaml.BaseLoader)
    values = {key.value: value for key, value in root.value} if isinstance(root, yaml.MappingNode) else {}
    edits: list[tuple[int, int, str]] = []
    added = "" if text.endswith("\n") else "\n"
    changes = list(changes)
    for one in changes:
        name = one.unit.text.name
        if name in values:
            node = values[name]
            value = quoted(one.written) if node.style else _scalar(one.written)
            edits.append((node.start_mark.index, node.end_mark.index, value))
        else:
            added += f"{name}: {_scalar(one.written)}\n"
    new = text
    for start, end, value in sorted(edits, reverse=True, key=lambda edit: edit[0]):
        new = new[:start] + value + new[end:]
    new += added if added.strip() else ""
    try:
        document = parse_document(new, file)
    except CampaignError:  # the check of the whole project says what is wrong
        return Rebuilt(new, [])
    lines = [(document.line((one.unit.text.name,)), one) for one in changes]
    return Rebuilt(new, [(line, line, one) for line, one in lines])


def _spliced(text: str, edits: Iterable[tuple[int, int, Change | Rebuilt]]) -> Rebuilt:
    parts, position, line = list[str](), 0, 1
    lines: list[tuple[int, int, Change]] = []
    for start, end, one in sorted(edits, key=lambda edit: edit[:2]):
        parts.append(text[position:start])
        line += parts[-1].count("\n")
        new = one.text if isinstance(one, Rebuilt) else one.written
        parts.append(new)
        if isinstance(one, Rebuilt):
            lines += [(first + line - 1, last + line - 1, change) for first, last, change in one.lines]
        else:
            lines.append((line, line + new.count("\n"), one))
        line += new.count("\n")
        position = end
    return Rebuilt("".join([*parts, text[position:]]), lines)


def _moved(part: Rebuilt, by: int) -> list[tuple[int, int, Change]]:
    return [(first + by, last + by, change) for first, last, change in part.lines]


def _scalar(value: str) -> str:
    """Return a value as YAML: without quotes if YAML then reads the same value, else in quotes."""
    try:
        plain = yaml.load(f"key: {value}", yaml.BaseLoader) == {"key": value}
    except yaml.YAMLError:
        plain = False
    return value if plain and " #" not in value and "\n" not in value else quoted(value)


def by_file(changes: Iterable[Change]) -> Mapping[str, list[Change]]:
    """Return the changes by the file of the translation."""
    found: dict[str, list[Change]] = {}
    for one in changes:
        found.setdefault(one.unit.text.file, []).append(one)
    return found
