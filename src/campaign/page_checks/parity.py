"""Checks that a page has the same skeleton in all languages (ids of headings, slots, country marks, pictures
and internal links, in the same order) and a similar length."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest
from statistics import median

from ..errors import Problem, shown
from ..pages.page import PageSource
from ..pages.slots import NO_PROMISE
from ..text.comments_and_lines import Lines, comment_spans
from .plain_language import count_words

REFERENCE = "en"  # the language for comparison if no other is more typical
_SHORT = 0.5  # of the median number of words of the page's languages
# The class excludes brackets, so the expression never scans the whole text again and again.
_SKELETON = re.compile(
    r"^#+ [^\n]*?\{#(?P<id>[\w-]+)\}[ \t]*$|!\[(?P<words>[^\[\]]*)\]\((?P<picture>[^()\s]+)\)"
    r"|\]\((?P<link>[^()\s]+)\)|^(?P<heading>#+) ",
    re.M,
)
_NO_PROMISE = f"<!-- promise: {NO_PROMISE} -->"  # about a word of one language
_Piece = tuple[int, str]  # line, "heading {#when-you-call}"


def skeleton(page: PageSource) -> Iterator[_Piece]:
    """Yield ``(line, "heading {#when-you-call}")`` and so on, in the order of the lines. The order inside of
    a line does not count: it is that of the sentence, which differs between languages."""
    lines = Lines(page.text, page.first_line)
    ended = 0  # anything that begins before this is inside the last piece
    found = []
    for start, end, part in sorted([*_comments(page.text), *_parts(page.text)]):
        if start >= ended:
            found.append((lines.at(start), part))
            ended = end
    yield from sorted(found)


def _comments(text: str) -> Iterator[tuple[int, int, str]]:
    found = ((start, end, text[start:end]) for start, end, closed in comment_spans(text) if closed)
    return (piece for piece in found if piece[2] != _NO_PROMISE)


def _parts(text: str) -> Iterator[tuple[int, int, str]]:
    """Yield start, end and name of each heading and link."""
    for match in _SKELETON.finditer(text):
        if match["id"]:
            part = f"heading {{#{match['id']}}}"
        elif match["picture"]:
            kind = "picture" if match["words"].strip() else "picture without words"
            part = f"{kind} {match['picture']}"
        elif match["link"]:
            part = f"link to {match['link']}"
        else:
            part = f"heading {match['heading']} without id"
        yield match.start(), match.end(), part


def check_parity(pages: Iterable[PageSource], wrong: Iterable[Problem] = ()) -> Iterator[Problem]:
    """Yield each difference of a page from the skeleton of most languages, or from the reference's in a tie.
    Slots and marks are not compared if any of them are ``wrong``."""
    unsure = {problem.file for problem in wrong}
    by_path: dict[str, dict[str, PageSource]] = {}
    for page in pages:
        by_path.setdefault(page.path, {})[page.language] = page
    for versions in by_path.values():
        skeletons = {language: list(skeleton(page)) for language, page in versions.items()}
        reference = _most_common(skeletons)
        for language, page in versions.items():
            if language != reference:
                yield from _differences(page, skeletons[language], versions, reference, skeletons, unsure)
        yield from _too_short(versions.values())


def _most_common(skeletons: Mapping[str, Sequence[_Piece]]) -> str:
    """Return the language whose skeleton is the most frequent."""
    forms = {language: tuple(text for _, text in pieces) for language, pieces in skeletons.items()}
    counts = Counter(forms.values())
    return max(sorted(forms), key=lambda language: (counts[forms[language]], language == REFERENCE))


def _differences(
    page: PageSource,
    here: Sequence[_Piece],
    versions: Mapping[str, PageSource],
    reference: str,
    skeletons: Mapping[str, Sequence[_Piece]],
    unsure: set[str],
) -> Iterator[Problem]:
    there, other = skeletons[reference], versions[reference]
    texts, wanted = [text for _, text in here], [text for _, text in there]
    if texts == wanted:
        return
    for kind, start, end, first, last in SequenceMatcher(None, texts, wanted, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        for mine, theirs in zip_longest(here[start:end], there[first:last]):
            if mine and theirs:
                line, found = mine[0], shown(mine[1])
                expected = f"{shown(theirs[1])} as in {other.file}:{theirs[0]}"
            elif mine:
                line, found = mine[0], f"{shown(mine[1])} here"
                expected = f"the same order as in {other.file}"
                if without := _lacking(mine[1], page, skeletons):
                    found = f"{shown(mine[1])}, which is missing in {', '.join(without)}"
                    expected = f"the same as in {other.file}"
            else:
                line = here[min(end, len(here)) - 1][0] if end and here else page.first_line
                found = "none after this line"
                expected = f"{shown(theirs[1])} as in {other.file}:{theirs[0]}"
            slots = any(piece and piece[1].startswith("<!--") for piece in (mine, theirs))
            if not (slots and unsure & {page.file, other.file}):
                yield Problem(page.file, line, "", found, expected)


def _lacking(text: str, page: PageSource, skeletons: Mapping[str, Sequence[_Piece]]) -> list[str]:
    """Return the languages with fewer of the piece than the page; if none, the piece is in another place."""
    counts = {language: [piece for _, piece in pieces].count(text) for language, pieces in skeletons.items()}
    return sorted(language for language, count in counts.items() if count < counts[page.language])


def _too_short(versions: Iterable[PageSource]) -> Iterator[Problem]:
    """Yield a problem for each text that is much shorter than in other languages."""
    counts = {page: count_words(page.text) for page in versions}
    middle = median(counts.values())
    for page, count in counts.items():
        if count < _SHORT * middle:
            expected = f"at least half of the {middle:.0f} words that it has in other languages"
            yield Problem(page.file, page.first_line, "", str(count), expected)
