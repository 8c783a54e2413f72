"""What the search knows of a language: endings of words, and words that readers type for a page."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cached_property, lru_cache
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from ..errors import CampaignError, Problem, shown
from ..fields.field_types import Whole
from ..files.source_file import language_files
from ..files.yaml_document import read_document
from ..source.part_without_wrong_values import validate_part
from .page import page_files

# Regular expression classes of the characters between words, and of those that are removed from words. The
# index carries both to the browser. Every other character is part of a word, so no script is left out; old
# browsers do not know \p{L}. Spaces, punctuation (categories Z and P) and symbols separate words.
SEPARATORS = (
    r"\u0000-\u0026\u0028\u0029\u002b-\u002f\u003a-\u0040\u005b-\u005f\u007b-\u00a9\u00ab\u00ac\u00ae-\u00b3"
    r"\u00b6-\u00b9\u00bb-\u00bf\u00d7\u00f7\u037e\u0387\u055a-\u055f\u0589\u058a\u05be\u05c0\u05c3\u05c6"
    r"\u0609-\u060d\u061b\u061d-\u061f\u066a-\u066d\u06d4\u0964\u0965\u10fb\u1360-\u1368\u2000-\u200a"
    r"\u2010-\u2017\u201a\u201c-\u2029\u202f-\u2031\u2033-\u205f\u20a0-\u20cf\u2190-\u2bff\u2e00-\u2e2e"
    r"\u2e30-\u3004\u3008-\u3020\u3030\u303d\u30a0\u30fb\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff06\uff08-\uff0f"
    r"\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
)
# All forms of apostrophes (people also type an asterisk), format characters (category Cf), combining marks,
# and the Arabic character that stretches a line.
DROPPED = (
    r"'*\u0060\u00b4\u02b9\u02bb-\u02bd\u02c8\u2018\u2019\u201b\u2032\uff07"
    r"\u00ad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
    r"\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670"
    r"\u06d6-\u06dc\u06df-\u06e4\u06e7\u06e8\u06ea-\u06ed\u0890-\u089f\u08ca-\u08ff\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20f0\ufe00-\ufe0f\ufe20-\ufe2f"
)
_BETWEEN_WORDS = re.compile(f"[{SEPARATORS}]+")
_READ_WITHOUT = re.compile(f"[{DROPPED}]")
_SHORTEST_STEM = 3  # letters


class Lexicon(BaseModel):
    """The file ``i18n/search/LANG.yml``. A language without this file is searched without endings."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    endings: Whole = ""  # folded, separated by spaces
    # Searches about death and self-harm, separated by commas. One is met if each of its words is there.
    grave: Whole = ""
    asked: Mapping[str, Whole] = {}  # for a page's path, the words that its readers use and the page does not

    def stem(self, word: str) -> str:
        """Return the folded word without the longest of its endings."""
        return _stem(word, self._endings)

    @cached_property
    def _endings(self) -> frozenset[str]:
        return frozenset(self.endings.split())


@lru_cache(16384)  # most words are repeated
def _stem(word: str, endings: frozenset[str]) -> str:
    cuts = range(_SHORTEST_STEM, len(word))
    return next((word[:cut] for cut in cuts if word[cut:] in endings), word)


@lru_cache(16384)
def fold(text: str) -> str:
    """Return lower-case letters without the characters of `DROPPED` (``Õigus`` gives ``oigus``, ``ё`` gives
    ``е``). The browser folds in the same way."""
    return _READ_WITHOUT.sub("", unicodedata.normalize("NFD", text.lower()))


def words_of(text: str) -> list[str]:
    """Return the folded words of a text, in order."""
    return [word for word in map(fold, _BETWEEN_WORDS.split(text)) if word]


def read_lexicons(root: Path) -> dict[str, Lexicon]:
    """Return the lexicons by language; raise `CampaignError` with the problems of all of them."""
    pages = {path.relative_to(root / "docs").as_posix() for path in page_files(root)[0]}
    found = {}
    paths, problems = language_files(root / "i18n" / "search", root)
    for path in paths.values():
        try:
            document = read_document(path, root)
        except CampaignError as error:
            problems += error.problems
            continue
        good, wrong = validate_part(Lexicon, document)
        problems += wrong
        if not good:
            continue
        lexicon, document = good
        found[path.stem] = lexicon
        for ending in lexicon.endings.split():
            if ending != fold(ending):
                expected = f"{shown(fold(ending))}, without diacritics"
                problems.append(document.problem(("endings",), shown(ending), expected))
        for page in lexicon.asked:
            if f"{path.stem}/{page}" in pages:
                continue
            line, expected = document.line(("asked", page)), f"a page of docs/{path.stem}/"
            problems.append(Problem(document.file, line, "asked", f"the key {shown(page)}", expected))
    if problems:
        raise CampaignError(problems)
    return found
