"""The languages of each country's sites. They are known even if the rest of the country's file is wrong."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..errors import CampaignError, Problem
from ..files.yaml_document import field_name, read_document
from ..model.places import Places
from ..source.country_and_its_places import COUNTRY_FILE
from .page import PageSource

REQUIRED = ("index.md", "help.md", "safety.md")  # a language without these has not begun
# The theme links to these on every page; they also stand in where another language lacks them.
REQUIRED_FIRST = (*REQUIRED, "find.md", "about/site.md")


@dataclass(frozen=True)
class Offer:
    """The languages of one country; the first is at the root of its sites."""

    country: str
    file: str
    languages: tuple[str, ...]
    lines: tuple[tuple[str, int], ...]  # the field and the line of each

    @property
    def first(self) -> str:
        return self.languages[0]


def read_offers(root: Path) -> list[Offer]:
    """Return the offer of each country whose file can be parsed. `read_places` reports its problems."""
    offers = []
    for path in sorted((root / "municipalities").glob(f"*/{COUNTRY_FILE}")):
        try:
            document = read_document(path, root)
        except (CampaignError, OSError):
            continue
        languages, lines = [], []
        for key in ("languages", "starts"):
            written = document.value.get(key)
            for number, code in enumerate(written if isinstance(written, list) else []):
                if isinstance(code, str) and code and code not in languages:
                    languages.append(code)
                    lines.append((field_name((key, number)), document.line((key, number))))
        if isinstance(document.value.get("languages"), list) and languages:
            offers.append(Offer(path.parent.name, document.file, tuple(languages), tuple(lines)))
    return offers


def shown_in(page: PageSource, country: str) -> bool:
    """Whether the page is for the country. A page with wrong front matter counts as for all."""
    try:
        return page.stands_in(country)
    except CampaignError:
        return True


def required_problems(
    offers: Collection[Offer], pages: Collection[PageSource], languages: Collection[str]
) -> Iterator[Problem]:
    """Yield a problem for each offered language that lacks a required page, and for each page that a
    country's first language lacks: nothing could stand in for it. ``languages`` have interface words."""
    for offer in offers:
        written = {(page.language, page.path) for page in pages if shown_in(page, offer.country)}
        for code, (field, line) in zip(offer.languages, offer.lines, strict=True):
            needed = REQUIRED_FIRST if code == offer.first else REQUIRED
            missing = [f"docs/{code}/{path}" for path in needed if (code, path) not in written]
            if missing and code in languages:
                expected = "a language that has its required pages"
                yield Problem(offer.file, line, field, f"{code} without {', '.join(missing)}", expected)
    everywhere = {(page.language, page.path) for page in pages}
    for page in pages:
        wanting = [
            offer
            for offer in offers
            if page.language in offer.languages
            and shown_in(page, offer.country)
            and offer.first in languages
            and (offer.first, page.path) not in everywhere
        ]
        if wanting:
            files = " and ".join(sorted({f"docs/{offer.first}/{page.path}" for offer in wanting}))
            countries = ", ".join(offer.country for offer in wanting)
            found = f"a page that the first language of {countries} does not have"
            yield Problem(page.file, 0, "", found, f"{files} too")


def missing_pages(pages: Iterable[PageSource], places: Places) -> list[str]:
    """Return the missing pages (``lv/youth/online.md``), sorted. A complete language needs all pages of its
    country; one that is only begun needs those of `REQUIRED`. Another language's text stands in."""
    pages = list(pages)
    written = {(page.language, page.path) for page in pages}
    missing = set()
    for code, country in places.countries.items():
        whole = {page.path for page in pages if page.stands_in(code)}
        for language in country.languages:
            wanted: Iterable[str] = REQUIRED if language in country.record.starts else whole
            missing |= {f"{language}/{path}" for path in wanted if (language, path) not in written}
    return sorted(missing)
