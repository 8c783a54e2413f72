"""What the hooks need to know of the site that MkDocs is building: its country, its words, its links."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from .lexicon import Lexicon, read_lexicons
from .page import PageSource, read_pages
from .page_path import address, relative
from .place import Country, Municipality
from .places import read_places
from .problem import CampaignError, Problem, shown
from .search import script
from .slot import ONLY_ON
from .words import Words, read_words

if TYPE_CHECKING:
    from .project import Project


@dataclass(frozen=True)
class Language:
    """One language of the picker on one page."""

    code: str
    name: str
    href: str
    current: bool
    written: bool  # whether the page has a text of its own in it
    offer: str  # "This page in …", in that language


@dataclass(frozen=True)
class Site:
    """The base site of a country, or one municipality's finished site where one is named."""

    root: Path
    words: Mapping[str, Words]
    country: Country
    municipality: Municipality | None
    countries: frozenset[str]  # the codes of all of them, which country marks may name
    pages: Sequence[PageSource]  # of all countries and languages
    lexicons: Mapping[str, Lexicon]

    @cached_property
    def elsewhere(self) -> frozenset[str]:
        """Paths (``youth/x.md``) of the pages that their front matter keeps for other countries."""
        return frozenset(page.path for page in self.pages if not page.stands_in(self.country.code))

    @cached_property
    def written(self) -> dict[str, frozenset[str]]:
        """The languages of the site in which each of its pages has a text of its own, by its path."""
        written: dict[str, frozenset[str]] = {}
        for page in self.pages:
            if page.path not in self.elsewhere and page.language in self.country.languages:
                written[page.path] = written.get(page.path, frozenset()) | {page.language}
        return written

    def sources(self, language: str) -> frozenset[str]:
        """The files (``et/youth/x.md``) that the site in ``language`` is made of: where a page has no text
        in it, that of the country's first language stands in."""
        return frozenset(
            f"{language if language in written else self.country.language}/{path}"
            for path, written in self.written.items()
        )

    def navigation(self, entries: Sequence[Any]) -> list[Any]:
        """The navigation of mkdocs.yml without the pages of other countries."""
        kept: list[Any] = []
        for entry in entries:
            if isinstance(entry, dict):
                kept.append({title: self.navigation(inner) for title, inner in entry.items()})
            elif entry not in self.elsewhere:
                kept.append(entry)
        return kept

    @cached_property
    def scripts(self) -> dict[str, str]:
        """The two scripts of every page: ``offer.js`` runs before the first paint, so that nothing jumps."""
        folder = self.root / "overrides" / "partials"
        return {name: script((folder / name).read_text("utf-8")).strip() for name in ("offer.js", "page.js")}

    def style(self, path: str) -> str:
        """What a page needs beside the style sheet of all: the sheets of the referral orders are on one page
        alone, and readers' pages need not carry them."""
        on_it = any(slot[0] == "referral" and path == f"{page[:-3]}.html" for slot, page in ONLY_ON.items())
        return self._sheet_style if on_it else ""

    @cached_property
    def _sheet_style(self) -> str:
        return (self.root / "overrides" / "partials" / "sheet.css").read_text("utf-8").strip()

    def content_policy(self, style: str = "") -> str:
        """Nothing but our own style, these very scripts and the search. ``frame-ancestors`` belongs to
        the host files."""
        styles = " ".join(["'self'", *([_hash(style)] if style else [])])
        scripts = " ".join(["'self'", *map(_hash, self.scripts.values())])
        return (
            f"default-src 'none'; style-src {styles}; script-src {scripts}; img-src data:; "
            "base-uri 'none'; form-action 'none'"
        )

    def lexicon(self, language: str) -> Lexicon:
        return self.lexicons.get(language, Lexicon())

    def languages(self, path: str, language: str) -> list[Language]:
        """The picker of the page ``path`` (as in the first language) on its ``language`` version."""
        here = address(path, language, self.country.language)
        written = self.written[path.removesuffix(".html") + ".md"]
        return [
            Language(
                code=code,
                name=self.words[code]["language-name"],
                href=relative(address(path, code, self.country.language), here),
                current=code == language,
                written=code in written,
                offer=self.words[code]["offer"],
            )
            for code in self.country.languages
        ]


def _hash(content: str) -> str:
    """The source of a content policy for exactly this script or style."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(content.encode()).digest()).decode()}'"


def read_site(
    root: Path, name: str, today: date, only: Collection[str] = (), project: Project | None = None
) -> Site:
    """The site named ``ee`` (a country's base) or ``ee/tartu``, in all of its languages or ``only`` in
    those and the country's first; `CampaignError` where anything is wrong. What ``project`` has read
    already is not read again."""
    words = project.words if project else read_words(root)
    places = project.places if project else read_places(root, words, today)
    pages = project.pages if project else read_pages(root)
    codes = frozenset(places.countries)
    country = places.countries.get(name.partition("/")[0])
    place = places.municipalities.get(name)
    if country is None or ("/" in name and place is None):
        allowed = f"COUNTRY/SLUG or COUNTRY of municipalities/ ({', '.join(places.countries)})"
        raise CampaignError([Problem("MUNICIPALITY", 0, "", f"found {shown(name)}, allowed {allowed}")])
    if unknown := [code for code in only if code not in country.languages]:
        message = f"found {shown(unknown[0])}, allowed {', '.join(country.languages)}"
        raise CampaignError([Problem("LANGUAGES", 0, "", message)])
    country = country.in_languages(only)
    place = replace(place, country=country) if place else None
    return Site(root, words, country, place, codes, pages, read_lexicons(root))
