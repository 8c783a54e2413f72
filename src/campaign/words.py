"""The words of the interface, one flat file a language, the same keys in each and no fallback."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from .document import Cut, read_document
from .problem import CampaignError, Problem, shown
from .source_file import language_files

Words = Mapping[str, str]

_BESIDE = ("glossary", "search", "spelling")  # the folders of i18n/
_REFERENCE = "en"  # the language against which the others' keys are held


def in_order(words: Mapping[str, Words], languages: Iterable[str]) -> Iterator[bytes]:
    """All words of these languages, for a digest."""
    return (repr((language, sorted(words[language].items()))).encode() for language in languages)


def read_words(root: Path) -> dict[str, Words]:
    """``{"et": {"exit": "Lahku lehelt", …}, …}`` from i18n/*.yml; every gap in any file is a problem."""
    paths, problems = language_files(root / "i18n", root, _BESIDE)
    found: dict[str, dict[str, str]] = {}
    lines: dict[str, int] = {}
    for path in paths.values():
        try:
            document = read_document(path, root)
        except CampaignError as error:
            problems += error.problems
            continue
        words: dict[str, str] = {}
        for key, value in document.value.items():
            if isinstance(value, Cut):
                problems.append(document.problem((key,), f"found {value.found}, allowed {value.allowed}"))
            if isinstance(value, str) and value.strip():
                words[key] = value
            else:
                problems.append(
                    Problem(document.file, document.line((key,)), key, "found no text, allowed words")
                )
            if path.stem == _REFERENCE:
                lines[key] = document.line((key,))
        found[path.stem] = words
    reference = found.get(_REFERENCE, {})
    for language, words in found.items():
        file = f"i18n/{language}.yml"
        problems += [
            Problem(file, 0, key, f"found nothing, allowed words (as in i18n/{_REFERENCE}.yml:{lines[key]})")
            for key in reference.keys() - words.keys()
        ]
        problems += [
            Problem(file, 0, key, f"found {shown(words[key])}, allowed only keys of i18n/{_REFERENCE}.yml")
            for key in words.keys() - reference.keys()
        ]
    if problems:
        raise CampaignError(problems)
    return dict(found)
