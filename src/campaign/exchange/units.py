"""The units of an exchange: each is one passage of a source with its translation."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

import yaml

from ..files.digests import digest
from ..pages.page import PageSource
from ..pages.ui_strings import Words
from ..translation.sections import SOURCE_LANGUAGE, comparable, sections
from ..translation.states import State, Text, Translations, source_pages
from .tokens import Protected, protected
from .translatable_passages import Kind, Passage, passages, whole


@dataclass(frozen=True)
class Unit:
    """One passage in two languages. ``place`` is the place of the translation in its file. If ``is_new``, the
    translation has no such page or section yet, and ``place`` is the place of the source in its own file."""

    id: str  # help.md#when-you-call/1f3a9c0e: it changes with the source text, and not with its place
    text: Text  # the section or word to which it belongs
    kind: Kind
    source: Protected
    target: Protected | None
    place: Passage
    is_new: bool
    source_file: str
    source_line: int
    old_source: str  # of this passage, if the source has changed since; may be empty
    open: bool  # whether a person has to look at it
    machine: bool

    @property
    def version(self) -> str:
        """The digest of the translation, to notice that somebody else has changed it."""
        return version(self.target.text if self.target else "")

    @property
    def notes(self) -> list[str]:
        """What a translator should know."""
        said = [f"{self.kind.capitalize()} in {self.text.name}."]
        said += [f"{{{number}}} is {token}" for number, token in enumerate(self.source.tokens, 1)]
        if self.source.tokens:
            said.append("Keep each {number} exactly once; it may move inside the sentence.")
        if self.text.concern:
            said.append(f"This text is about {self.text.concern}.")
        if self.machine:
            said.append("A machine has made this translation, and no person has read it.")
        if self.old_source:
            said.append(f"The source was: {self.old_source}")
        return [*said, f"Version: {self.version}"]


def version(text: str) -> str:
    """Return a short digest of the text of a translation."""
    return digest([text.encode()])[:8]


def units_of(
    translations: Translations,
    pages: Collection[PageSource],
    words: Mapping[str, Words],
    language: str,
    names: Collection[str] = (),
) -> list[Unit]:
    """Return the units of a language, in the order of the sources. ``names`` are those of pages, sections or
    words; none stands for all."""
    wanted = [
        text
        for text in translations.texts
        if text.language == language and (not names or text.name in names or text.page in names)
    ]
    by_name = {text.name: text for text in wanted}
    written = {page.path: page for page in pages if page.language == language}
    found: list[Unit] = []
    for path, source in source_pages(pages).items():
        if source.language != language:
            found += _of_page(source, written.get(path), by_name)
    for name, text in by_name.items():
        if not text.page:
            found.append(_word(name, text, words, language))
    return found


def _of_page(source: PageSource, target: PageSource | None, texts: Mapping[str, Text]) -> Iterator[Unit]:
    theirs = passages(source)
    ours = passages(target) if target else {}
    own_sections = {section.name: section for section in sections(target)} if target else {}
    for section in sections(source):
        text = texts.get(f"{source.path}#{section.name}")
        if text is None:
            continue
        here, there = theirs[section.name], ours.get(section.name)
        if there is not None and [one.kind for one in here] != [one.kind for one in there]:
            assert target
            title = [one for one in here if one.kind is Kind.TITLE]
            here = [*title, whole(source, section)]
            own_title = [one for one in there if one.kind is Kind.TITLE]
            there = [*own_title, whole(target, own_sections[section.name])]
        was = _old_passages(text, here) if text.behind else {}
        repeats: Counter[str] = Counter()
        for number, one in enumerate(here):
            protected_source = protected(_shown(one))
            name = f"{text.name}/{digest([protected_source.text.encode()])[:8]}"
            repeats[name] += 1
            pair = there[number] if there is not None else None
            yield Unit(
                id=name if repeats[name] == 1 else f"{name}.{repeats[name]}",
                text=text,
                kind=one.kind,
                source=protected_source,
                target=protected(_shown(pair), protected_source.tokens) if pair else None,
                place=pair or one,
                is_new=pair is None,
                source_file=source.file,
                source_line=source.source.count("\n", 0, one.start) + 1,
                old_source=was.get(number, ""),
                open=pair is None or text.state is State.UNREAD or number in was,
                machine=text.machine,
            )


def _word(name: str, text: Text, words: Mapping[str, Words], language: str) -> Unit:
    source = protected(words[SOURCE_LANGUAGE][name])
    own = words[language].get(name)
    return Unit(
        id=f"{name}/{digest([source.text.encode()])[:8]}",
        text=text,
        kind=Kind.WORD,
        source=source,
        target=protected(own, source.tokens) if own else None,
        place=Passage(Kind.WORD, 0, 0, own or ""),
        is_new=own is None,
        source_file=f"i18n/{SOURCE_LANGUAGE}.yml",
        source_line=0,
        old_source=text.old_source if text.behind else "",
        open=text.state not in (State.CURRENT, State.AHEAD),
        machine=text.machine,
    )


def _shown(passage: Passage) -> str:
    """Return the text as translators see it: a paragraph on one line; lines that end on purpose stay."""
    if passage.kind is Kind.SECTION:
        return passage.text
    if passage.kind is Kind.TITLE and passage.text[:1] in "\"'":
        return str(yaml.safe_load(passage.text))
    lines = passage.text.split("\n")
    ends = ("  ", "\\")
    shown = ""
    for line in lines[:-1]:
        shown += f"{line}\n" if line.endswith(ends) else f"{line.strip()} "
    return shown + (lines[-1] if len(lines) == 1 else lines[-1].strip())


def _old_passages(text: Text, here: list[Passage]) -> dict[int, str]:
    """Return, by the position of each passage that has changed, what it was; empty for a new one."""
    if len(here) and here[-1].kind is Kind.SECTION:
        return {number: text.old_source for number in range(len(here))}
    lines = [line for line in text.old_source.split("\n") if line.strip()]
    parts = [cell for line in lines for cell in (line.strip("| ").split("|") if line[0] == "|" else [line])]
    old = [_bare(part) for part in parts]
    new = [_bare(comparable(one.text)) for one in here]
    found: dict[int, str] = {}
    opcodes = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for kind, start, end, first, last in opcodes:
        if kind != "equal":
            for number in range(first, last):
                before = start + number - first
                found[number] = old[before] if before < end else ""
    # A change outside of the passages (a slot, a mark, their order) concerns each of them.
    return found or dict.fromkeys(range(len(here)), "")


_MARKS = ("#", "-", "*", "+", "☐")


def _bare(line: str) -> str:
    """Return a line of a source without the mark of its heading or item, and without its id."""
    words = line.split()
    while words and (words[0].strip("#") == "" or words[0] in _MARKS or words[0].rstrip(".)").isdecimal()):
        words = words[1:]
    if words and words[-1].startswith("{#"):
        words = words[:-1]
    return " ".join(words)
