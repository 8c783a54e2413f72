"""What the site adds to the text of a page: a notice for readers at an old section and on each page of a
language that is only begun, and in a preview the editors' notes about mistakes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from markupsafe import Markup

from ..pages.language_marks import marked
from ..pages.page import PageSource, address, relative
from ..pages.slots import CLOSE, OPEN
from ..translation.sections import sections
from .theme_context import Site

_NOTICE = Markup('<p class="notice"{lang}>{said}{link}</p>')
_LINK = Markup(' {newest} <a href="{href}" hreflang="{code}"{mark}>{name}</a>')
_NOTE = Markup('<p class="check-note" lang="en">{said}</p>')
_TITLE = re.compile(r"^# .*$", re.M)
_TITLE_AND_NUMBERS = re.compile(r"^# .*$(\n+<!-- contacts: first -->)?", re.M)
# Where a paragraph or a list ends: an empty line before a line that continues no list.
_END = re.compile(r"\n(?=[^\S\n]*\n+(?![ \t]|[-*+][ \t]|\d{1,3}[.)][ \t]))|\Z")


def with_notices(page: PageSource, site: Site, language: str) -> str:
    """Return the text of the page with a notice, in the reader's ``language``, after the heading of each
    section that is behind its source and concerns safety, the law or numbers. A text of a language that is
    only begun says first that no native speaker has read it. In a preview each mistake is beside its
    passage."""
    for_readers = [*_of_a_start(page, site, language), *_for_readers(page, site, language)]
    added = [*for_readers, *_for_editors(page, site)]
    text = page.text
    for position, html in sorted(added, key=lambda one: one[0], reverse=True):
        text = f"{text[:position]}\n\n{html}\n{text[position:]}"
    return text


def _of_a_start(page: PageSource, site: Site, language: str) -> Iterator[tuple[int, Markup]]:
    """Yield the notice after the title; on the help page, the numbers come before it."""
    title = _TITLE_AND_NUMBERS.search(page.text)
    if page.language == language and language in site.country.record.starts and title:
        said = site.words[language]["not-read-yet"]
        yield title.end(), _NOTICE.format(lang="", said=said, link="")


def _for_readers(page: PageSource, site: Site, language: str) -> Iterator[tuple[int, Markup]]:
    behind = site.behind.get(page.file, {})
    for section in sections(page) if behind else ():
        if source := behind.get(section.name):
            yield _after_heading(page.text, section.start), _notice(page, section.id, source, site, language)


def _after_heading(text: str, start: int) -> int:
    """Return the end of the line of a section's heading; at the top, that of the page's title."""
    if not text.startswith("#", start):
        title = _TITLE.search(text, start)
        start = title.start() if title else start
    end = text.find("\n", start)
    return end if end >= 0 else len(text)


def _notice(page: PageSource, section: str, source: str, site: Site, language: str) -> Markup:
    words: Mapping[str, str] = site.words[language]
    link = Markup()
    if source in site.written.get(page.path, ()):
        first, path = site.country.language, page.path.removesuffix(".md") + ".html"
        there = relative(address(path, source, first), address(path, language, first))
        link = _LINK.format(
            newest=words["newest-in"],
            href=f"{there}#{section}" if section else there,
            code=source,
            mark=marked(source, page.language),
            name=site.words[source]["language-name"],
        )
    return _NOTICE.format(lang=marked(language, page.language), said=words["part-behind"], link=link)


def _for_editors(page: PageSource, site: Site) -> Iterator[tuple[int, Markup]]:
    """Yield each note at the end of its paragraph or list; a note about the page, after the title."""
    starts = [0, *(match.end() for match in re.finditer("\n", page.text))]
    for line, said in site.notes.get(page.file, ()):
        plain = said.replace(OPEN, "[").replace(CLOSE, "]")  # they would begin a slot
        note = _NOTE.format(said=plain)
        inside = line - page.first_line
        if inside < 0:
            yield _after_heading(page.text, 0), note
        else:
            end = _END.search(page.text, starts[min(inside, len(starts) - 1)])
            yield end.start() if end else len(page.text), note
