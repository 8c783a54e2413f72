"""What the search knows of a language: the endings of its words, and what readers type for a page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cached_property, lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from .document import read_document
from .fields import Whole
from .page import page_files
from .problem import CampaignError, Problem, shown
from .source_file import language_files
from .validation import validate

# These two are the same in overrides/assets/search/engine.js.
_BETWEEN_WORDS = re.compile("[^0-9A-Za-z\u00c0-\u024f\u0400-\u04ff'’ʼ]+")
_SHORTEST_STEM = 3  # letters


class Lexicon(BaseModel):
    """``i18n/search/LANG.yml``. A language without the file is searched without endings."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    endings: Whole = ""  # folded, apart by spaces
    asked: Mapping[str, Whole] = {}  # words that a page's readers use and the page does not, by its path

    def stem(self, word: str) -> str:
        """The folded word without the longest of the endings that it bears."""
        return _stem(word, self._endings)

    @cached_property
    def _endings(self) -> frozenset[str]:
        return frozenset(self.endings.split())


@lru_cache(16384)  # most words come again
def _stem(word: str, endings: frozenset[str]) -> str:
    cuts = range(_SHORTEST_STEM, len(word))
    return next((word[:cut] for cut in cuts if word[cut:] in endings), word)


@lru_cache(16384)
def fold(text: str) -> str:
    """Small letters without diacritics and apostrophes (``Õigus`` is ``oigus``, ``ё`` is ``е``); the
    browser folds in the same way."""
    apart = unicodedata.normalize("NFD", text.lower())
    return "".join(letter for letter in apart if not unicodedata.combining(letter) and letter not in "'’ʼ")


def words_of(text: str) -> list[str]:
    """The folded words of a text, in its order."""
    return [word for word in map(fold, _BETWEEN_WORDS.split(text)) if word]


def read_lexicons(root: Path) -> dict[str, Lexicon]:
    """The lexicons by language; `CampaignError` with all that is wrong in any of them."""
    pages = {path.relative_to(root / "docs").as_posix() for path in page_files(root)[0]}
    found = {}
    paths, problems = language_files(root / "i18n" / "search", root)
    for path in paths.values():
        try:
            document = read_document(path, root)
            lexicon = validate(Lexicon, document, {})
        except CampaignError as error:
            problems += error.problems
            continue
        found[path.stem] = lexicon
        for ending in lexicon.endings.split():
            if ending != fold(ending):
                message = f"found {shown(ending)}, allowed {shown(fold(ending))}, without diacritics"
                problems.append(document.problem(("endings",), message))
        for page in lexicon.asked:
            if f"{path.stem}/{page}" in pages:
                continue
            message = f"found the key {shown(page)}, allowed pages of docs/{path.stem}/"
            problems.append(Problem(document.file, document.line(("asked", page)), "asked", message))
    if problems:
        raise CampaignError(problems)
    return found
