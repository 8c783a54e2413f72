"""The state of every translation. States are derived from the texts and the records, and are never stored."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from ..errors import CampaignError
from ..pages.page import PageSource, page_sources
from ..pages.ui_strings import Words, find_words
from .must_be_current import Concern, concern_of, concern_of_word
from .sections import SOURCE_LANGUAGE, Section, sections, source_language
from .translation_records import MACHINE, Record, Records, find_records, moved


class State(StrEnum):
    """The state of one translation, the worst first."""

    MISSING = "missing"  # the source has it, the language does not
    BEHIND = "behind"  # the source has changed since
    UNREAD = (
        "unread"  # made by a machine, or never recorded: nobody has said that it says what the source says
    )
    AHEAD = "ahead"  # changed alone, while the source stayed
    CURRENT = "current"


@dataclass(frozen=True)
class Text:
    """One text in one language: a section of a page, or a word. ``file`` is where its translation is or would
    be. Digests are made only when a state needs them: a build asks for few."""

    name: str  # help.md#when-you-call, or exit-hidden
    language: str
    file: str
    source: Section  # as it is now
    here: Section | None  # the translation; None if it is missing
    record: Record | None
    records: Records
    source_language: str = SOURCE_LANGUAGE

    @property
    def page(self) -> str:
        """The path of the page (``help.md``); empty for a word."""
        return self.name.partition("#")[0] if "#" in self.name else ""

    @property
    def section(self) -> str:
        return self.name.partition("#")[2]

    @property
    def line(self) -> int:
        """The line of the translation in its file; 0 if there is none, and for a word."""
        return self.here.line if self.here else 0

    @property
    def concern(self) -> Concern | None:
        if not self.page:
            return concern_of_word(self.name)
        return concern_of(self.page, self.section, self.source.text)

    @property
    def behind(self) -> bool:
        """Whether the source has changed since it was translated, but for minor changes."""
        return bool(
            self.here and self.record and not self.records.same(self.record.source, self.source.digest)
        )

    @property
    def harmful(self) -> bool:
        """Whether the text is behind, and concerns safety, the law or numbers."""
        return self.behind and self.concern is not None

    @property
    def machine(self) -> bool:
        """Whether a machine has made the text and no person has changed or read it since."""
        record = self.record
        return bool(
            self.here and record and record.made == MACHINE and record.translation == self.here.digest
        )

    @cached_property
    def state(self) -> State:
        if self.here is None:
            return State.MISSING
        if self.behind:
            return State.BEHIND
        if self.record is None or self.machine:
            return State.UNREAD
        return State.CURRENT if self.record.translation == self.here.digest else State.AHEAD

    @property
    def old_source(self) -> str:
        """The source text from which it was translated, if that is known."""
        return self.records.sources.get(self.record.source, "") if self.record else ""


@dataclass(frozen=True)
class Translations:
    """The states of all texts in all languages, and the records from which they are derived."""

    texts: list[Text]
    records: Records
    languages: list[str]

    @classmethod
    def of(
        cls,
        pages: Iterable[PageSource],
        words: Mapping[str, Words],
        records: Records,
        also: Collection[str] = (),
    ) -> Translations:
        """Derive the states. ``words`` may be empty: then only those of pages are derived. ``also`` are
        languages that may have no page yet."""
        pages = list(pages)
        languages = sorted({page.language for page in pages} | set(words))
        texts = [*_of_pages(pages, records, also), *_of_words(words, records)]
        return cls(texts, records, languages)


def behind_for_readers(root: Path, pages: Iterable[PageSource]) -> dict[str, dict[str, str]]:
    """Return for each file (``docs/et/help.md``) the names of its sections at which readers see a notice, and
    the language of their source. A check reports what is wrong in the records."""
    records, _ = find_records(root, with_sources=False)
    if not records.of:
        return {}
    found: dict[str, dict[str, str]] = {}
    for text in Translations.of(pages, {}, records).texts:
        if text.harmful:
            found.setdefault(text.file, {})[text.section] = text.source_language
    return found


def source_pages(pages: Iterable[PageSource]) -> dict[str, PageSource]:
    """Return the source of each page, by path. A page without one in its source language has no source: its
    texts have no state."""
    by_path: dict[str, list[PageSource]] = {}
    for page in pages:
        by_path.setdefault(page.path, []).append(page)
    found = {}
    for path, versions in by_path.items():
        named = {language for page in versions if (language := source_language(page)) != SOURCE_LANGUAGE}
        language = min(named, default=SOURCE_LANGUAGE)  # a check refuses two
        if source := next((page for page in versions if page.language == language), None):
            found[path] = source
    return found


def _of_pages(pages: list[PageSource], records: Records, also: Collection[str]) -> Iterator[Text]:
    written = {(page.language, page.path): page for page in pages}
    sources = {path: (page, sections(page)) for path, page in source_pages(pages).items()}
    present = [f"{path}#{one.name}" for path, (_, parts) in sources.items() for one in parts]
    for language in sorted({page.language for page in pages}.union(also)):
        own = records.of.get(language, {})
        elsewhere = moved(own, present)
        for path, (source, parts) in sources.items():
            if source.language == language:
                continue
            page = written.get((language, path))
            there = {one.name: one for one in sections(page)} if page else {}
            for part in parts:
                name = f"{path}#{part.name}"
                here = there.get(part.name)
                record = own.get(name) or _as_moved(elsewhere.get(part.name), part, here, records)
                yield Text(
                    name, language, f"docs/{language}/{path}", part, here, record, records, source.language
                )


def _as_moved(
    record: Record | None, source: Section, here: Section | None, records: Records
) -> Record | None:
    """Return the record of a section on another page if this is the same section, moved here."""
    if record and here and (records.same(record.source, source.digest) or record.translation == here.digest):
        return record
    return None


def _of_words(words: Mapping[str, Words], records: Records) -> Iterator[Text]:
    for language in sorted(words):
        own, file = records.of.get(language, {}), f"i18n/{language}.yml"
        for key, source in words.get(SOURCE_LANGUAGE, {}).items() if language != SOURCE_LANGUAGE else ():
            word = words[language].get(key)
            here = Section(key, word) if word else None
            yield Text(key, language, file, Section(key, source), here, own.get(key), records)


def read_translations(root: Path) -> Translations:
    """Return the states of a project's texts; raise `CampaignError` as `read_texts` does."""
    return Translations.of(*read_texts(root))


def read_texts(root: Path) -> tuple[list[PageSource], Mapping[str, Words], Records]:
    """Return the pages, the words and the records of a project; raise `CampaignError` if one of them cannot
    be read."""
    pages, problems = page_sources(root)
    words, wrong = find_words(root)
    records, odd = find_records(root)
    if problems or wrong or odd:
        raise CampaignError([*problems, *wrong, *odd])
    return pages, words, records
