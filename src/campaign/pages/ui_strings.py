"""The words of the interface: one flat file per language, with the same keys in each and no fallback."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path

from ..errors import CampaignError, Problem, shown
from ..fields.field_types import LanguageCode
from ..files.source_file import language_files
from ..files.yaml_document import Document, cut_problems, read_document
from ..source.document_to_record import expected_instead
from ..text.interpolation import PLACEHOLDER
from .required_strings import KEYS, PLACEHOLDERS

Words = Mapping[str, str]

_SUBFOLDERS = ("glossary", "hosting", "search", "spelling", "translated")  # of i18n/
_REFERENCE = "en"  # every language must have the keys of this one
FALLS_BACK_TO = "falls-back-to"  # the languages that may stand in for a missing page, the best first


def in_order(words: Mapping[str, Words], languages: Iterable[str]) -> Iterator[bytes]:
    """Yield the words of these languages as bytes, for a digest."""
    return (repr((language, sorted(words[language].items()))).encode() for language in languages)


def section_names(words: Mapping[str, Words]) -> dict[str, str]:
    """Return ``{"Young people": "youth", …}``. The titles of sections in mkdocs.yml are the words
    ``nav-NAME`` of the reference language; the other languages have the same keys."""
    reference = words.get(_REFERENCE) or next(iter(words.values()), {})
    return {text: key.removeprefix("nav-") for key, text in reference.items() if key.startswith("nav-")}


def read_words(root: Path) -> dict[str, Words]:
    """Return ``{"et": {"exit": "Lahku lehelt", …}, …}``; raise `CampaignError` with all faults."""
    found, problems = find_words(root)
    if problems:
        raise CampaignError(problems)
    return found


def find_words(root: Path) -> tuple[dict[str, Words], list[Problem]]:
    """Return the words as far as they are readable, and all problems."""
    paths, problems = language_files(root / "i18n", root, _SUBFOLDERS)
    documents: dict[str, Document] = {}
    for language, path in paths.items():
        try:
            documents[language] = read_document(path, root)
        except CampaignError as error:
            problems += error.problems
        if expected := expected_instead(LanguageCode, language):
            problems.append(Problem(f"i18n/{path.name}", 0, "", shown(language), expected))
    found: dict[str, Words] = {}
    for language, document in documents.items():
        found[language] = {key: value for key, value in document.value.items() if isinstance(value, str)}
        problems += _value_problems(document)
        problems += _fallback_problems(document, paths.keys())
        problems += _key_problems(document, documents.get(_REFERENCE, document))
    if not found and not problems:
        problems.append(Problem("i18n", 0, "", "no file", "one file for each language, such as et.yml"))
    return found, problems


def _fallback_problems(document: Document, languages: Collection[str]) -> Iterator[Problem]:
    value = document.value.get(FALLS_BACK_TO)
    for code in value.split() if isinstance(value, str) else ():
        if code not in languages:
            expected = f"languages of i18n/, the first that has the page: {', '.join(sorted(languages))}"
            yield document.problem((FALLS_BACK_TO,), shown(code), expected)


def _value_problems(document: Document) -> Iterator[Problem]:
    yield from cut_problems(document)
    for key, value in document.value.items():
        if not isinstance(value, str) or not value.strip():
            yield document.problem((key,), "no text", "a text")
            continue
        names = PLACEHOLDERS.get(key, ())
        if "<" in value or ">" in value:
            yield document.problem((key,), shown(value), "a text without < and >")
        if (names or "{" in value or "}" in value) and (
            sorted(PLACEHOLDER.findall(value)) != sorted(names)
            or re.search("[{}]", PLACEHOLDER.sub("", value))
        ):
            expected = " and ".join(f"{{{name}}}" for name in names)
            expected = f"{expected} once, and nothing else in braces" if names else "no braces in this text"
            yield document.problem((key,), shown(value), expected)


def _key_problems(document: Document, reference: Document) -> Iterator[Problem]:
    for key in (KEYS | reference.value.keys()) - document.value.keys():
        there = f" (as in {reference.file}:{reference.line((key,))})" if key in reference.value else ""
        yield Problem(document.file, 0, key, "nothing", f"a text{there}")
    for key in document.value.keys() - reference.value.keys() - KEYS:
        expected = "the same keys in every language"
        yield document.problem((key,), f"a key that {reference.file} does not have", expected)
