"""The words for hosts and municipalities, ``i18n/hosting/LANG.yml``: the same keys in each language.

The languages are English and the first language of each country, in which its offices work. Ukrainian, Arabic
and Uzbek are languages of readers alone: no host or municipality gets a letter in them.
"""

from __future__ import annotations

from pathlib import Path

from ..errors import CampaignError, Problem, shown
from ..files.source_file import language_files
from ..files.yaml_document import read_document
from ..text.interpolation import PLACEHOLDER
from ..text.interpolation import filled as filled
from .ui_strings import Words

FOLDER = "i18n/hosting"
_REFERENCE = "en"


def read_host_words(root: Path) -> dict[str, Words]:
    """Return ``{"et": {"pack-up": "Ülespanek", …}, …}``; raise `CampaignError` for a missing or an unknown
    key, an empty text, and other ``{name}``s than in English."""
    paths, problems = language_files(root / FOLDER, root)
    documents = {language: read_document(path, root) for language, path in paths.items()}
    if _REFERENCE not in documents:
        raise CampaignError([*problems, Problem(FOLDER, 0, "", "no en.yml", "the English words")])
    english = documents[_REFERENCE].value
    for document in documents.values():
        for key in english.keys() - document.value.keys():
            problems.append(Problem(document.file, 0, key, "nothing", f"words, as in {FOLDER}/en.yml"))
        for key, text in document.value.items():
            original = english.get(key)
            if not isinstance(text, str) or not text.strip():
                problems.append(document.problem((key,), "no text", "words"))
            elif not isinstance(original, str):
                problems.append(document.problem((key,), "a key that en.yml does not have", "the same keys"))
            elif sorted(PLACEHOLDER.findall(text)) != sorted(PLACEHOLDER.findall(original)):
                names = ", ".join(PLACEHOLDER.findall(original)) or "none"
                problems.append(document.problem((key,), shown(text), f"these names in braces: {names}"))
    if problems:
        raise CampaignError(problems)
    return {
        language: {key: str(text) for key, text in document.value.items()}
        for language, document in documents.items()
    }


def words_in(root: Path, language: str, command: str) -> Words:
    """Return the words of one language; raise `CampaignError` if it has none."""
    words = read_host_words(root)
    if language not in words:
        expected = f"a language of {FOLDER}/ ({', '.join(words)})"
        raise CampaignError([Problem(command, 0, "--language", shown(language), expected)])
    return words[language]
