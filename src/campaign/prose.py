"""How a page reads: its words, the length of its sentences, and words that its glossary avoids."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from .document import read_document
from .page import PageSource
from .problem import CampaignError, Problem, shown

LONGEST = 28  # words in a sentence
AVERAGE = 15  # words in a sentence of a readers' page
AVERAGE_EASY = 10  # and of the page in easy language

_COMMENT = re.compile(r"<!--.*?-->", re.S)
_LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
_ID = re.compile(r"\{[^}]*\}")  # of a heading, or the attributes of a picture
_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
_END = re.compile(r"[.!?…][»”“\")]*\s+|\n+")
_NUMBERED = re.compile(r"^\s*\d+\.\s", re.M)


@dataclass(frozen=True)
class Sentence:
    line: int
    words: tuple[str, ...]


def sentences(page: PageSource) -> Iterator[Sentence]:
    """The sentences of a page, with the line that each begins on. Slots count as no word, a link by its
    text; a heading, a list item and a table cell end a sentence."""
    return _sentences(page.text, page.first_line)


def count_words(text: str) -> int:
    """All words of a page's text that a reader sees."""
    return sum(len(sentence.words) for sentence in _sentences(text, 1))


def _sentences(text: str, first_line: int) -> Iterator[Sentence]:
    text = _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), text)
    text = _NUMBERED.sub(lambda match: " " * len(match[0]), text)
    for number, line in enumerate(text.split("\n"), first_line):
        for cell in _ID.sub("", _LINK.sub(r"\1", line)).split("|"):
            for sentence in _END.split(cell):
                words = tuple(_WORD.findall(sentence or ""))
                if words:
                    yield Sentence(number, words)


def check_plainness(page: PageSource) -> list[Problem]:
    """Sentences that are too long to be plain: each, and on average over a readers' page."""
    found = list(sentences(page))
    count = sum(len(sentence.words) for sentence in found)
    problems = [
        Problem(page.file, s.line, "", f"found a sentence of {len(s.words)} words, allowed at most {LONGEST}")
        for s in found
        if len(s.words) > LONGEST
    ]
    average = count / len(found) if found else 0
    allowed = AVERAGE_EASY if page.path == "easy.md" else AVERAGE
    if page.audience.reads_for_help and average > allowed:
        message = f"found {average:.1f} words a sentence on average, allowed at most {allowed}"
        problems.append(Problem(page.file, page.first_line, "", message))
    return problems


def average_length(pages: list[PageSource]) -> float:
    """Words in a sentence, on average over all pages."""
    lengths = [len(sentence.words) for page in pages for sentence in sentences(page)]
    return sum(lengths) / len(lengths) if lengths else 0.0


@dataclass(frozen=True)
class Glossary:
    """What a language avoids: ``{"abitelefon": "lasteabi"}``, stems by the term to use instead."""

    avoid: Mapping[str, str]

    def check(self, page: PageSource) -> list[Problem]:
        """Words of the page that begin with an avoided stem."""
        problems = []
        text = _COMMENT.sub(lambda match: "\n" * match[0].count("\n"), page.text)
        lowered = text.lower()
        for stem, term in self.avoid.items():
            if stem.lower() not in lowered:  # much faster than the expression that finds out where
                continue
            for match in re.finditer(rf"(?<!\w){re.escape(stem)}", text, re.I):
                line = text.count("\n", 0, match.start()) + page.first_line
                message = f"found {shown(match[0])}, allowed {shown(term)}"
                problems.append(Problem(page.file, line, "", message))
        return problems


def read_glossaries(root: Path) -> dict[str, Glossary]:
    """The glossaries of i18n/glossary/, by language; `CampaignError` where one is not in its form."""
    found, problems = {}, []
    for path in sorted((root / "i18n" / "glossary").glob("*.yml")):
        try:
            document = read_document(path, root)
        except CampaignError as error:
            problems += error.problems
            continue
        avoid: dict[str, str] = {}
        terms = document.value.get("terms")
        for entry in terms if isinstance(terms, list) else []:
            if not (isinstance(entry, dict) and isinstance(entry.get("term"), str) and entry.get("why")):
                problems.append(Problem(document.file, 0, "terms", "found an entry without term or why"))
                continue
            stems = entry.get("avoid") or []
            avoid |= {stem: str(entry["term"]) for stem in stems if isinstance(stem, str)}
        found[path.stem] = Glossary(avoid)
    if problems:
        raise CampaignError(problems)
    return found
