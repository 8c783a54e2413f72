"""Problems of translations: what a check and a release refuse, and which texts they count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from ..errors import Problem, counted
from ..pages.page import PageSource
from ..pages.ui_strings import Words
from .sections import SOURCE_LANGUAGE, source_language
from .states import State, Text, Translations
from .translation_records import find_records


def record_problems(root: Path, pages: Iterable[PageSource]) -> Iterator[Problem]:
    """Yield the problems of the records, and of pages that name another source language than the rest of the
    same page, or one in which the page is not written."""
    yield from find_records(root)[1]
    versions: dict[str, dict[str, PageSource]] = {}
    for page in pages:
        versions.setdefault(page.path, {})[page.language] = page
    for path, own in versions.items():
        first, *others = (own[language] for language in sorted(own))
        named = source_language(first)
        for page in others:
            if source_language(page) != named:
                found, expected = source_language(page), f"{named} as in {first.file}"
                yield Problem(page.file, 2, "source_language", found, expected)
        if named != SOURCE_LANGUAGE and named not in own:
            found = f"{named}, in which docs/{named}/{path} does not exist"
            yield Problem(first.file, 2, "source_language", found, "a language of the page")


def release_problems(translations: Translations, languages: Collection[str]) -> Iterator[Problem]:
    """Yield a problem for each text in these languages that is behind its source and concerns safety, the law
    or numbers."""
    for text in translations.texts:
        if text.language in languages and text.harmful:
            command = f"campaign translated {text.name} -l {text.language}"
            expected = f"a text that follows {_source(text)} as it is now (once it does, run {command})"
            found = f"an older text about {text.concern}"
            yield Problem(text.file, text.line, text.section or text.name, found, expected)


def behind(root: Path, pages: Iterable[PageSource], words: Mapping[str, Words]) -> int:
    """Return how many texts are behind their source."""
    records, _ = find_records(root, with_sources=False)
    if not records.of:
        return 0
    return sum(text.behind for text in Translations.of(pages, words, records).texts)


def in_words(translations: Translations) -> list[str]:
    """Return a line for each language with texts that are behind, unread or ahead."""
    lines = []
    for language in translations.languages:
        counts = Counter(text.state for text in translations.texts if text.language == language)
        harmful = sum(text.harmful for text in translations.texts if text.language == language)
        if language not in translations.records.of:
            continue
        said = [
            f"{counts[state]} {state}" for state in (State.BEHIND, State.UNREAD, State.AHEAD) if counts[state]
        ]
        if said:
            which = f" ({harmful} about safety, the law or numbers)" if harmful else ""
            said[0] += which if counts[State.BEHIND] else ""
            lines.append(
                f"translation into {language}: {', '.join(said)} of {counted(counts.total(), 'text')}"
            )
    return lines


def _source(text: Text) -> str:
    language = text.source_language
    return f"docs/{language}/{text.name}" if text.page else f"i18n/{language}.yml"
