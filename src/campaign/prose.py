"""How a page reads: its words, the length of its sentences, and words that its glossary avoids."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from .characters import odd
from .document import Cut, read_document
from .markup import Lines, only_line_ends, unescaped, without_comments
from .page import PageSource
from .problem import CampaignError, Problem, shown
from .source_file import language_files

LONGEST = 28  # words in a sentence
AVERAGE = 15  # words in a sentence of a readers' page
AVERAGE_EASY = 10  # and of the page in easy language

MOST_PROBLEMS = 100  # of one kind that a page is given at once
MOST_OPEN = 100  # brackets in a paragraph; more than real ones have by far, and Markdown takes hours for many

# A bracket inside a bracket begins anew: none is looked for through the whole text again and again.
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")
_ID = re.compile(r"\{[#:][^{}]*\}")
_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
_END = re.compile(r"[.!?…][»”“\")]*\s+|\n+")
_NUMBERED = re.compile(r"^[ \t]*\d+\.\s", re.M)
_PARAGRAPHS = re.compile(r"\n[ \t]*\n")


@dataclass(frozen=True)
class Sentence:
    line: int
    words: tuple[str, ...]


def sentences(page: PageSource) -> Iterator[Sentence]:
    """The sentences of a page, with the line that each begins on. Slots count as no word, a link by its
    text; a heading, a list item and a table cell end a sentence."""
    text = without_comments(page.text, only_line_ends)
    text = _NUMBERED.sub(lambda match: " " * len(match[0]), text)
    for number, line in enumerate(text.split("\n"), page.first_line):
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


def check_characters(page: PageSource) -> Iterator[Problem]:
    """Characters of the page that a reader cannot see or takes for others, written out or as ``&…;``."""
    text = unescaped(page.text)
    lines = Lines(text, page.first_line)
    for sign in islice(odd(text), MOST_PROBLEMS):
        message = f"found {sign.found}, allowed {sign.allowed}"
        yield Problem(page.file, lines.at(sign.start), "", message)


def check_brackets(page: PageSource) -> Iterator[Problem]:
    """Paragraphs that Markdown would search through again and again for the ends of links and elements."""
    lines = Lines(page.text, page.first_line)
    start = 0
    for paragraph in _PARAGRAPHS.split(page.text):
        count = paragraph.count("[") + paragraph.count("<")
        if count > MOST_OPEN:
            message = f"found {count:,} of [ and < in one paragraph, allowed at most {MOST_OPEN}"
            yield Problem(page.file, lines.at(start), "", message)
        start += len(paragraph) + 2


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
        text = without_comments(page.text, only_line_ends)
        lowered = text.lower()
        for stem, term in self.avoid.items():
            if stem.lower() not in lowered:  # much faster than the expression that finds out where
                continue
            lines = Lines(text, page.first_line)
            found = re.finditer(rf"(?<!\w){re.escape(stem)}", text, re.I)
            for match in islice(found, MOST_PROBLEMS):
                message = f"found {shown(match[0])}, allowed {shown(term)}"
                problems.append(Problem(page.file, lines.at(match.start()), "", message))
        return problems


def read_glossaries(root: Path) -> dict[str, Glossary]:
    """The glossaries of i18n/glossary/, by language; `CampaignError` where one is not in its form."""
    found = {}
    paths, problems = language_files(root / "i18n" / "glossary", root)
    for path in paths.values():
        try:
            document = read_document(path, root)
        except CampaignError as error:
            problems += error.problems
            continue
        avoid: dict[str, str] = {}
        terms = document.value.get("terms")
        for index, entry in enumerate(terms if isinstance(terms, list) else []):
            if not (isinstance(entry, dict) and isinstance(entry.get("term"), str) and entry.get("why")):
                problems.append(Problem(document.file, 0, "terms", "found an entry without term or why"))
                continue
            stems = entry.get("avoid") or []
            for value in (*entry.values(), *stems):
                if isinstance(value, Cut):
                    message = f"found {value.found}, allowed {value.allowed}"
                    problems.append(document.problem(("terms", index), message))
            avoid |= {stem: str(entry["term"]) for stem in stems if isinstance(stem, str)}
        found[path.stem] = Glossary(avoid)
    if problems:
        raise CampaignError(problems)
    return found
