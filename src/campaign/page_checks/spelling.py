"""Checks the spelling of every page and of the interface's words with the system's hunspell.

i18n/spelling/LANG.txt lists good words that the dictionary does not know, each with the reason. A word listed
in lower case may also have a capital; a word listed with a capital must have it.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Collection, Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

from ..errors import CampaignError, Problem, shown
from ..files.source_file import read_text
from ..files.yaml_document import parse_document, read_document
from ..pages.page import PageSource
from ..pages.ui_strings import FALLS_BACK_TO
from ..text.comments_and_lines import only_line_ends
from .plain_language import sentences

# The dictionary and alphabet of each language: hunspell skips letters that a dictionary does not have.
DICTIONARIES = {
    "en": ("en_GB", "abcdefghijklmnopqrstuvwxyz'"),
    "et": ("et_EE", "abcdefghijklmnopqrsšzžtuvwõäöüxy"),
    "lt": ("lt_LT", "aąbcčdeęėfghiįyjklmnoprsštuųūvzž"),
    "lv": ("lv_LV", "aābcčdeēfgģhiījkķlļmnņoprsštuūvzž"),
    "ru": ("ru_RU", "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"),
    "uk": ("uk_UA", "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя'"),
}
WITH_CAPITAL = ("name", "abbreviation")
REASONS = (*WITH_CAPITAL, "term", "compound", "inflection")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")  # a hyphen separates words
_ENTRY = re.compile(rf"({_WORD.pattern})\t({'|'.join(REASONS)})")
# Of HTML, a link or attributes, also without its end.
_MARK = re.compile(r"<[^<>]*>?|\]\([^\s)]*\)?|\{[^}\n]*\}?")
_SECONDS = 60  # the limit for one dictionary; it usually takes a third of a second


@dataclass(frozen=True)
class Spelling:
    """The problems, and the languages that were not checked, with the reason."""

    problems: list[Problem]
    unchecked: list[str]


def check_spelling(
    root: Path, pages: Collection[PageSource], languages: Iterable[str], unfit: Collection[str] = ()
) -> Spelling:
    """Check each language whose dictionary is installed. Of ``unfit`` files of pages, which have wrong front
    matter, slots or HTML, only the words outside of all marks are looked up."""

    def check(language: str) -> list[Problem] | str:
        return _check(root, pages, language, unfit)

    with ThreadPoolExecutor() as pool:  # threads suffice: hunspell runs as a process of its own
        checked = list(pool.map(check, sorted(languages)))
    found = [problem for one in checked if not isinstance(one, str) for problem in one]
    return Spelling(found, [one for one in checked if isinstance(one, str)])


def _check(
    root: Path, pages: Collection[PageSource], language: str, unfit: Collection[str]
) -> list[Problem] | str:
    """Return the problems of one language, or the reason why it was not checked."""
    if language not in DICTIONARIES:
        return f"{language}: no dictionary is known for it"
    if not _list(root, language).is_file():
        return f"{language}: it has no list of words, {_list(root, language).relative_to(root)}"
    dictionary, alphabet = DICTIONARIES[language]
    places: dict[str, list[tuple[str, int]]] = {}
    for file, line, text in _texts(root, pages, language, unfit):
        for word in _WORD.findall(text.replace("’", "'")):
            places.setdefault(word, []).append((file, line))
    if not places:
        return []
    known = _known(dictionary, places)
    if known is None:
        return f"{language}: hunspell or its dictionary {dictionary} is not installed"
    unknown = {word for word in places if word not in known or not set(word.lower()) <= set(alphabet)}
    listed, problems = _listed(root, language)
    for word in unknown:
        if not entry_of(word, listed):
            file = f"i18n/spelling/{language}.txt"
            expected = f"a word of the dictionary {dictionary} or of {file}"
            problems += [Problem(file_, line, "", shown(word), expected) for file_, line in places[word]]
    needed = {entry_of(word, listed) for word in unknown}
    whole = not any(file.startswith(f"docs/{language}/") for file in unfit)  # they may need any word
    for word in listed.keys() - needed if whole else ():
        expected = f"only words that a text contains and that {dictionary} does not know"
        problems.append(Problem(f"i18n/spelling/{language}.txt", listed[word], "", shown(word), expected))
    return problems


def _texts(
    root: Path, pages: Iterable[PageSource], language: str, unfit: Collection[str]
) -> Iterator[tuple[str, int, str]]:
    """Yield every text that readers of the language may see, with its file and line."""
    for page in pages:
        if page.language == language:
            if page.file in unfit:
                text = _MARK.sub(lambda mark: " " + only_line_ends(mark[0]), page.text)
                page = replace(page, source=page.source[: page.begins] + text)
            else:
                document = parse_document(page.front_matter, page.file, first_line=2)
                yield page.file, document.line(("title",)), page.meta.title
            for sentence in sentences(page):
                yield page.file, sentence.line, " ".join(sentence.words)
    interface = read_document(root / f"i18n/{language}.yml", root)
    for key, value in interface.value.items():
        if key == FALLS_BACK_TO:  # codes of languages
            continue
        yield interface.file, interface.line((key,)), re.sub(r"\{\w+\}", " ", str(value))


# By dictionary, each word that was looked up in this process and whether it is known: a preview asks again
# after every change, and starting hunspell takes half a second.
_ASKED: dict[str, dict[str, bool]] = {}


def _known(dictionary: str, words: Iterable[str]) -> set[str] | None:
    """Return the words that the dictionary knows; None if it is not installed."""
    asked = _ASKED.setdefault(dictionary, {})
    if new := {word for word in words if word not in asked}:
        known = _look_up(dictionary, new)
        if known is None or not (known or asked):  # of many words an installed dictionary knows some
            return None
        asked |= {word: word in known for word in new}
    return {word for word in words if asked[word]}


def _look_up(dictionary: str, words: Iterable[str]) -> set[str] | None:
    if shutil.which("hunspell") is None:
        return None
    done = subprocess.run(
        ["hunspell", "-G", "-i", "utf-8", "-d", dictionary],  # -G prints the known words
        input="\n".join(words).encode(),
        capture_output=True,
        check=False,
        timeout=_SECONDS,
    )
    known = set(done.stdout.decode(errors="replace").split("\n")) - {""}
    return known if done.returncode == 0 else None


def entry_of(word: str, listed: Collection[str]) -> str | None:
    """Return the entry that allows a word; lower case is tried first."""
    small = word.lower() if word.isupper() else word[0].lower() + word[1:]
    return next((entry for entry in (small, word) if entry in listed), None)


def _list(root: Path, language: str) -> Path:
    return root / "i18n" / "spelling" / f"{language}.txt"


def _listed(root: Path, language: str) -> tuple[Mapping[str, int], list[Problem]]:
    """Return the words of the language's list with their lines, and the problems of the list."""
    path = _list(root, language)
    file = path.relative_to(root).as_posix()
    try:
        lines = read_text(path, root).splitlines()
    except CampaignError as error:
        return {}, error.problems
    problems, listed, before = [], dict[str, int](), ("", "")
    for number, line in enumerate(lines, 1):
        entry = _ENTRY.fullmatch(line)
        if not entry:
            expected = f"a word, a tab and one of {', '.join(REASONS)}"
            problems.append(Problem(file, number, "", shown(line), expected))
            continue
        word, reason = entry[1], entry[2]
        listed[word] = number
        key = (word.casefold(), word)
        if key <= before:
            expected = "a sorted list with each word once"
            problems.append(Problem(file, number, "", f"{shown(word)} after {shown(before[1])}", expected))
        before = key
        if word != word.lower() and reason not in WITH_CAPITAL:
            expected = f"capital letters only in a {' or '.join(WITH_CAPITAL)}"
            problems.append(Problem(file, number, "", f"{shown(word)}, a {reason}", expected))
    return listed, problems
