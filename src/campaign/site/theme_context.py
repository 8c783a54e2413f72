"""The facts about the site that MkDocs is building, for hooks and templates: its country, words and links."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from markupsafe import Markup

from ..errors import CampaignError, Problem, shown
from ..files.source_file import read_text
from ..model.contact import Audience
from ..model.places import Country, Municipality
from ..pages.language_marks import direction
from ..pages.page import PageSource, address, relative
from ..pages.project import Project
from ..pages.search_synonyms_and_endings import Lexicon, read_lexicons
from ..pages.slots import OPEN
from ..pages.ui_strings import FALLS_BACK_TO, Words, section_names
from ..translation.states import behind_for_readers
from .page_scripts import read_scripts, text_source


@dataclass(frozen=True)
class Language:
    """One language of the picker on one page."""

    code: str
    name: str
    href: str
    current: bool
    written: bool  # whether the page has a text of its own in this language


@dataclass(frozen=True)
class Site:
    """The base site of a country, or the finished site of one municipality."""

    root: Path
    words: Mapping[str, Words]
    country: Country
    municipality: Municipality | None
    pages: Sequence[PageSource]  # of all countries and languages
    lexicons: Mapping[str, Lexicon]
    # Of a preview: for each file, the line and the text of what is wrong there.
    notes: Mapping[str, Sequence[tuple[int, str]]] = field(default_factory=dict)

    @cached_property
    def elsewhere(self) -> frozenset[str]:
        """The paths (``youth/x.md``) of pages that are only for other countries by their front matter."""
        return frozenset(page.path for page in self.pages if not page.stands_in(self.country.code))

    @cached_property
    def behind(self) -> dict[str, dict[str, str]]:
        """For each file (``docs/et/help.md``), the sections that need a notice because their source has
        changed, and the language of that source."""
        return behind_for_readers(self.root, self.pages)

    @cached_property
    def texts(self) -> dict[str, PageSource]:
        """The pages of all languages by their files below docs/ (``et/youth/x.md``). Where a language of the
        site lacks a page, the text that stands in for it."""
        own = {f"{page.language}/{page.path}": page for page in self.pages}
        stand_ins = {
            f"{language}/{path}": own[f"{self._stand_in(language, written)}/{path}"]
            for path, written in self.written.items()
            for language in self.country.languages
            if language not in written
        }
        return own | stand_ins

    @cached_property
    def written(self) -> dict[str, frozenset[str]]:
        """For the path of each page, the languages of the site in which it has a text of its own."""
        written: dict[str, frozenset[str]] = {}
        for page in self.pages:
            if page.path not in self.elsewhere and page.language in self.country.languages:
                written[page.path] = written.get(page.path, frozenset()) | {page.language}
        return written

    def sources(self, language: str) -> frozenset[str]:
        """Return the keys of `texts` (``et/youth/x.md``) for the pages of the site in ``language``."""
        return frozenset(f"{language}/{path}" for path in self.written)

    def _stand_in(self, language: str, written: Collection[str]) -> str:
        """Return the language whose text stands in for a page: the first of those to which the language falls
        back, or else the country's first language, which has every page."""
        wanted = (*self.words[language][FALLS_BACK_TO].split(), self.country.language)
        return next(code for code in wanted if code in written)

    def navigation(self, entries: Sequence[Any]) -> list[Any]:
        """Return the navigation of mkdocs.yml without missing pages and then empty sections."""
        kept: list[Any] = []
        for entry in entries:
            if isinstance(entry, dict):
                inner = {title: self.navigation(pages) for title, pages in entry.items()}
                kept += [inner] if any(inner.values()) else []
            elif entry in self.written:
                kept.append(entry)
        return kept

    def section_name(self, title: str) -> str:
        """Return ``youth`` for the section "Young people" of mkdocs.yml: the title is the word ``nav-youth``
        of i18n/en.yml, and the name is the same in every language. Empty where it is no such word."""
        return self._section_names.get(title, "")

    @cached_property
    def _section_names(self) -> dict[str, str]:
        return section_names(self.words)

    @cached_property
    def scripts(self) -> dict[str, Markup]:
        """The scripts inside the pages. ``readers`` and ``others`` are for the page header: they run before
        the first paint, so the exit is ready and nothing jumps. ``end`` and ``readers-end`` are for
        the end of the page."""
        return {
            "readers": read_scripts(self.root, "exit.js", "offer.js"),
            "others": read_scripts(self.root, "offer.js"),
            "end": read_scripts(self.root, "page.js"),
            "readers-end": read_scripts(self.root, "aloud.js", "page.js"),
        }

    def style(self, path: str, content: str, language: str, fallback: bool) -> Markup:
        """Return the styles of a page: those that all pages need, and those for what only some pages have:
        tables, checklists, pictures, pictograms, doors or referral orders in the text, the notice above a
        text in another language (``fallback``) or an old one, the page of contents, the page in pictures,
        readers' pages on paper, right-to-left writing, and the way to Help with the button that reads aloud.
        Styles inside the page save its first view a second request."""
        needed = {
            "site": True,
            "reading": Audience.of(path).reads_for_help and path != "help.html",
            "tables": "<table>" in content,
            "checklists": '<li class="check">' in content,
            "pictures": "<img" in content,
            "pictograms": 'class="pictogram"' in content,
            "doors": '<div class="door">' in content,
            "pictures-page": path == "pictures.html",
            "notice": fallback or '<p class="notice"' in content,
            "check-notes": '<p class="check-note"' in content,
            "sheet": f"{OPEN}referral " in content,
            "contents-page": path == "find.html",
            "readers-print": path in ("help.html", "for-me.html"),
            "rtl": direction(language) == "rtl",
        }
        return Markup("\n").join(self._styles[name] for name, on_it in needed.items() if on_it)

    @cached_property
    def _styles(self) -> dict[str, Markup]:
        files = (self.root / "overrides" / "partials").glob("*.css")
        return {file.stem: Markup(read_text(file, self.root).replace("\n", "")) for file in files}

    def content_policy(self, scripts: Iterable[str], style: str) -> str:
        """Return a policy that allows only this style, these scripts, our pictures, and our search with its
        own style. The host files set ``frame-ancestors``."""
        sources = " ".join(["'self'", *map(text_source, scripts)])
        return (
            f"default-src 'none'; style-src 'self' {text_source(style)}; script-src {sources}; "
            "img-src 'self' data:; base-uri 'none'; form-action 'none'"
        )

    def lexicon(self, language: str) -> Lexicon:
        return self.lexicons.get(language, Lexicon())

    def languages(self, path: str, language: str) -> list[Language]:
        """Return the language picker of the page ``path`` (as in the first language) in ``language``."""
        here = address(path, language, self.country.language)
        written = self.written[path.removesuffix(".html") + ".md"]
        return [
            Language(
                code=code,
                name=self.words[code]["language-name"],
                href=relative(address(path, code, self.country.language), here),
                current=code == language,
                written=code in written,
            )
            for code in self.country.languages
        ]


def site_of(project: Project, name: str, only: Collection[str] = ()) -> Site:
    """Return the site ``ee`` (a country's base) or ``ee/tartu``, in all of its languages or in the country's
    first and those of ``only``. Raise `CampaignError` for an unknown place or language."""
    places = project.places
    country = places.countries.get(name.partition("/")[0])
    place = places.municipalities.get(name)
    if country is None or ("/" in name and place is None):
        expected = f"COUNTRY/SLUG or COUNTRY of municipalities/ ({', '.join(places.countries)})"
        raise CampaignError([Problem("MUNICIPALITY", 0, "", shown(name), expected)])
    if unknown := [code for code in only if code not in country.languages]:
        raise CampaignError([Problem("LANGUAGES", 0, "", shown(unknown[0]), ", ".join(country.languages))])
    country = country.in_languages(only)
    place = replace(place, country=country) if place else None
    return Site(project.root, project.words, country, place, project.pages, read_lexicons(project.root))
