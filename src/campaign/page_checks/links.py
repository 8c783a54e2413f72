"""Checks that every link of every page works in each country and language that shows the page."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import unquote

from ..errors import Problem, instead, shown
from ..pages.languages_of_each_country import Offer, shown_in
from ..pages.page import PageSource
from .html_reader import Element, Markup

# Numbers, mailboxes and external addresses: `stray_contacts` reports these, with the right slot.
_ELSEWHERE = re.compile(
    r"(?:[a-z][a-z0-9+.-]*:)?//|(?:tel|sms|mailto|callto|skype|viber|whatsapp|tg|signal):", re.I
)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.I)
_NOT_IN_LINK = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff\\]")
_WHERE = "\0"  # replaced by the countries in a message


@dataclass(frozen=True)
class Site:
    """One language of one country's sites: the page for each path, and the other files."""

    offer: Offer
    language: str
    pages: Mapping[str, Markup]
    elsewhere: Collection[str]  # paths of pages that only other countries have
    files: Collection[str]  # below docs/

    def picture(self, page: PageSource, source: str) -> str | None:
        """Return the file below docs/ that a page shows, in the order of mkdocs-static-i18n: from the
        language, from the country's first, or from outside the language folders. None if there is none."""
        path = posixpath.normpath(posixpath.join(page.language, posixpath.dirname(page.path), source))
        inside = path.removeprefix(f"{page.language}/")
        places = [path]
        if inside != path:
            places = [f"{self.language}/{inside}", f"{self.offer.first}/{inside}", inside]
        return next((place for place in places if place in self.files), None)


def linked_sites(offers: Iterable[Offer], pages: Iterable[Markup], files: Collection[str]) -> Iterator[Site]:
    """Yield every language of every country, with the contents of its pages."""
    by_place = {(markup.page.language, markup.page.path): markup for markup in pages}
    paths = sorted({path for _, path in by_place})
    for offer in offers:
        for language in offer.languages:
            found = {
                path: by_place.get((language, path)) or by_place.get((offer.first, path)) for path in paths
            }
            shown_here = {
                path: markup
                for path, markup in found.items()
                if markup and shown_in(markup.page, offer.country)
            }
            yield Site(offer, language, shown_here, {*paths} - shown_here.keys(), files)


def link_problems(sites: Collection[Site], pages: Iterable[Markup]) -> Iterator[Problem]:
    """Yield each malformed or broken link once. The problem names the countries whose copies have it, unless
    all of them do."""
    for markup in pages:
        for element in markup.of("a"):
            if wrong := _malformed(element.attributes.get("href")):
                yield Problem(markup.page.file, element.line, "", *wrong)
    broken: dict[Problem, set[str]] = {}
    shows: dict[str, set[str]] = {}  # countries by file
    for site in sites:
        for markup in site.pages.values():
            shows.setdefault(markup.page.file, set()).add(site.offer.country)
            for element in markup.of("a"):
                if element.stands_in(site.offer.country) and (wrong := _broken(element, markup, site)):
                    problem = Problem(markup.page.file, element.line, "", *wrong)
                    broken.setdefault(problem, set()).add(site.offer.country)
    for problem, countries in broken.items():
        some = countries != shows[problem.file] and _WHERE in problem.found
        where = f" in the copies of {', '.join(sorted(countries))}" if some else ""
        yield replace(problem, found=problem.found.replace(_WHERE, where))


def _plain(href: str) -> str:
    return _NOT_IN_LINK.sub("", unquote(href))


def _malformed(href: str | None) -> tuple[str, str] | None:
    """Return what is found and expected in a link that no page can have; None for all others."""
    if href is None:
        return None
    plain = _plain(href)
    if plain != unquote(href):
        return f"the link {shown(href)}", "a link without spaces and invisible characters"
    path = plain.partition("#")[0]
    if not _ELSEWHERE.match(plain) and (
        not plain or _SCHEME.match(plain) or "?" in path or path.startswith("/")
    ):
        return f"the link {shown(href)}", "a page (help.md), a place on it (help.md#id) or #id"
    return None


def _broken(element: Element, markup: Markup, site: Site) -> tuple[str, str] | None:
    """Return what is found, with a place for the countries, and expected in a broken link, else None."""
    href = element.attributes.get("href")
    if href is None or _malformed(href) or _ELSEWHERE.match(_plain(href)):
        return None
    path, hash_, anchor = _plain(href).partition("#")
    page = markup.page
    target = posixpath.normpath(posixpath.join(posixpath.dirname(page.path), path)) if path else page.path
    there = site.pages.get(target)
    if there is None and target in site.elsewhere:
        expected = (
            "a page for the same countries, or the link between <!-- only: COUNTRY --> and <!-- end -->"
        )
        found = f"the link {shown(href)} to a page that {site.offer.country} does not have"
        return found, expected
    if there is None:
        near = instead(target, site.pages)
        return f"the link {shown(href)}, which leads nowhere{_WHERE}", f"a page that exists{near}"
    ids = there.ids(site.offer.country)
    if hash_ and anchor not in ids and not (anchor and there.may_have(anchor)):
        near = instead(anchor, ids)
        found = f"the link {shown(href)}, whose place on the page does not exist{_WHERE}"
        return found, f"the id of a heading on {there.page.file}{near}"
    return None
