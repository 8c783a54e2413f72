"""The notice at a section whose source has changed since it was translated."""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from ..pages.language_marks import marked
from ..pages.page import PageSource, address, relative
from ..translation.sections import sections
from .theme_context import Site

_NOTICE = Markup('<p class="notice"{lang}>{said}{link}</p>')
_LINK = Markup(' {newest} <a href="{href}" hreflang="{code}"{mark}>{name}</a>')


def with_notices(page: PageSource, site: Site, language: str) -> str:
    """Return the text of the page with a notice after the heading of each section that is behind its source
    and concerns safety, the law or numbers. The notice is in the reader's ``language``."""
    behind = site.behind.get(page.file)
    if not behind:
        return page.text
    text, parts, position = page.text, list[str](), 0
    for section in sections(page):
        if source := behind.get(section.name):
            start = text.find("# ", section.start, section.end)  # the top may have a text before its title
            end = text.find("\n", start if start >= 0 else section.start)
            end = end if 0 <= end <= section.end else section.end
            notice = _notice(page, section.id, source, site, language)
            parts += [text[position:end], f"\n\n{notice}\n"]
            position = end
    return "".join([*parts, text[position:]])


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
