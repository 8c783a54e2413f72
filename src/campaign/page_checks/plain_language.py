"""Checks how plain a page is: its characters, the length of its sentences, and words to avoid."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from pathlib import Path

from ..claims.promises import PromiseWords, Topic
from ..errors import CampaignError, Problem, instead, shown
from ..files.source_file import language_files
from ..files.yaml_document import Document, KeyPath, Value, cut_problems, read_document
from ..pages.page import PageSource
from ..text.characters import odd
from ..text.comments_and_lines import Lines, only_line_ends, unescaped, without_comments

LONGEST = 28  # words in a sentence
AVERAGE = 15  # words in a sentence of a readers' page
AVERAGE_EASY = 10  # the same for the page in easy language

MOST_PROBLEMS = 100  # of one kind, reported for one page

# The classes exclude brackets, so the expression never scans the whole text again and again.
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")
_ID = re.compile(r"\{[^{}]*\}")  # of a heading, or the attributes of a picture
_WORD = re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")
_END = re.compile(r"[.!?…؟][»”“\")]*\s+|\n+")
_NUMBERED = re.compile(r"^[ \t]*\d+\.\s", re.M)
_YEAR_FIRST = re.compile(r"^[ \t]*\d{3,}\.(?=\s)", re.M)  # "2022. aastal" would be a list that begins with 1


@dataclass(frozen=True)
class Sentence:
    line: int
    words: tuple[str, ...]


def sentences(page: PageSource) -> Iterator[Sentence]:
    """Yield the sentences of a page with their first lines. Slots are not words; a link counts as its text.
    Headings, list items and table cells end a sentence."""
    return _sentences(page.text, page.first_line)


@lru_cache(4096)  # most pages have the same text in every country, and in a preview in the next rebuild
def count_words(text: str) -> int:
    """Count the words of a page's text that a reader sees."""
    return sum(len(sentence.words) for sentence in _sentences(text, 1))


def _sentences(text: str, first_line: int) -> Iterator[Sentence]:
    text = without_comments(text, only_line_ends)
    text = _NUMBERED.sub(lambda match: " " * len(match[0]), text)
    for number, line in enumerate(text.split("\n"), first_line):
        for cell in _ID.sub("", _LINK.sub(r"\1", line)).split("|"):
            for sentence in _END.split(cell):
                words = tuple(_WORD.findall(sentence or ""))
                if words:
                    yield Sentence(number, words)


def check_plainness(page: PageSource) -> list[Problem]:
    """Return the problems of sentences that are too long, of years that Markdown takes for the number of an
    item, and of a readers' page with a high average."""
    found = list(sentences(page))
    count = sum(len(sentence.words) for sentence in found)
    problems = [
        Problem(page.file, s.line, "", str(len(s.words)), f"at most {LONGEST} words in a sentence")
        for s in found
        if len(s.words) > LONGEST
    ]
    lines = Lines(page.text, page.first_line)
    for match in islice(_YEAR_FIRST.finditer(page.text), MOST_PROBLEMS):
        said = f"{shown(match[0].strip())} at the beginning of a line, which becomes a list"
        problems.append(
            Problem(page.file, lines.at(match.start()), "", said, "another word before the number")
        )
    average = count / len(found) if found else 0
    most = AVERAGE_EASY if page.path == "easy.md" else AVERAGE
    if page.audience.reads_for_help and average > most:
        expected = f"at most {most} words in a sentence on average"
        problems.append(Problem(page.file, page.first_line, "", f"{average:.1f}", expected))
    return problems


def check_characters(page: PageSource) -> Iterator[Problem]:
    """Yield the page's characters that are invisible or mistaken for others, as such or as ``&…;``."""
    text = unescaped(page.text)
    lines = Lines(text, page.first_line)
    for sign in islice(odd(text), MOST_PROBLEMS):
        yield Problem(page.file, lines.at(sign.start), "", sign.found, sign.expected)


def average_length(pages: list[PageSource]) -> float:
    """Return the average number of words in a sentence over all pages."""
    lengths = [len(sentence.words) for page in pages for sentence in sentences(page)]
    return sum(lengths) / len(lengths) if lengths else 0.0


@dataclass(frozen=True)
class Term:
    """A word to use instead of those that begin with one of the stems in ``avoid``."""

    term: str
    avoid: tuple[str, ...]
    readers_only: bool  # whether professionals' pages may use the avoided words


@dataclass(frozen=True)
class Glossary:
    """``i18n/glossary/LANG.yml``: the terms of a language, in ``quiet`` the stems to keep out of titles, and
    in ``promises`` the words that make a passage a promise."""

    terms: tuple[Term, ...]
    quiet: tuple[str, ...]
    promises: PromiseWords = field(default_factory=dict, hash=False)

    def check(self, page: PageSource) -> Iterator[Problem]:
        """Yield a problem for each word of the page that begins with an avoided stem."""
        text = without_comments(page.text, only_line_ends)
        lowered = text.lower()
        for term in self.terms:
            for stem in term.avoid if page.audience.reads_for_help or not term.readers_only else ():
                if stem.lower() not in lowered:  # much faster than the regular expression
                    continue
                lines = Lines(text, page.first_line)
                found = re.finditer(rf"(?<!\w){re.escape(stem)}", text, re.I)
                for match in islice(found, MOST_PROBLEMS):
                    yield Problem(page.file, lines.at(match.start()), "", shown(match[0]), shown(term.term))


def read_glossaries(root: Path) -> tuple[dict[str, Glossary], list[Problem]]:
    """Return the readable glossaries of i18n/glossary/ by language, and the problems of all."""
    found = {}
    paths, problems = language_files(root / "i18n" / "glossary", root)
    for path in paths.values():
        try:
            document = read_document(path, root)
        except CampaignError as error:
            problems += error.problems
            continue
        problems += cut_problems(document)
        quiet = _texts(document, ("quiet",), document.value.get("quiet", []), problems)
        terms = document.value.get("terms", [])
        if not isinstance(terms, list):
            problems.append(
                document.problem(("terms",), "no such list", "a list of entries with term, avoid and why")
            )
            terms = []
        read = [_term(document, number, entry, problems) for number, entry in enumerate(terms)]
        promises = _promises(document, problems)
        found[path.stem] = Glossary(tuple(term for term in read if term), quiet, promises)
        for key in document.value.keys() - {"terms", "quiet", "promises"}:
            expected = "the keys terms, quiet and promises"
            problems.append(document.problem((key,), f"the key {shown(key)}", expected))
    return found, problems


def _promises(document: Document, problems: list[Problem]) -> PromiseWords:
    """Return the words of each kind of promise; add a problem for another kind or for what is no list."""
    value = document.value.get("promises", {})
    if not isinstance(value, dict):
        expected = f"a list of words under each of {', '.join(Topic)}"
        problems.append(document.problem(("promises",), "no such lists", expected))
        return {}
    words: dict[Topic, tuple[str, ...]] = {}
    for key, texts in value.items():
        if key in set(Topic):
            words[Topic(key)] = _texts(document, ("promises", key), texts, problems)
        else:
            expected = f"one of {', '.join(Topic)}{instead(key, [*Topic])}"
            problems.append(document.problem(("promises", key), shown(key), expected))
    return words


def _term(document: Document, number: int, entry: Value, problems: list[Problem]) -> Term | None:
    path: KeyPath = ("terms", number)
    keys = ("term", "avoid", "why", "only")
    known = isinstance(entry, dict) and entry.keys() <= set(keys)
    if not known:
        problems.append(document.problem(path, "another entry", f"an entry with the keys {', '.join(keys)}"))
    if not isinstance(entry, dict):
        return None
    term, why, only = entry.get("term"), entry.get("why"), entry.get("only")
    if known and not (isinstance(term, str) and term and isinstance(why, str) and why):
        problems.append(document.problem(path, "an entry without them", "an entry with term and why"))
    if only not in (None, "readers"):
        problems.append(document.problem((*path, "only"), shown(only), "readers"))
    avoid = _texts(document, (*path, "avoid"), entry.get("avoid", []), problems)
    return Term(term, avoid, only == "readers") if isinstance(term, str) and term else None


def _texts(document: Document, path: KeyPath, value: Value, problems: list[Problem]) -> tuple[str, ...]:
    """Return a list of texts; if it is not one, add a problem and return an empty list."""
    texts = value if isinstance(value, list) else [None]
    if all(isinstance(text, str) and text.strip() for text in texts):
        return tuple(str(text) for text in texts)
    problems.append(document.problem(path, "no such list", "a list with a word in each line"))
    return ()
