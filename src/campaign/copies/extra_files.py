"""Files of a copy that are not made from Markdown: the 404 page, the sitemap and open data."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from ..contacts.card import card_environment
from ..contacts.hsds_service import Area, service_of
from ..files.source_file import read_text
from ..model.contact import Contact
from ..model.places import Country, Municipality
from ..model.roles import Role
from ..pages.page import address
from ..pages.ui_strings import Words
from ..site.page_scripts import read_scripts, text_source
from ..text.utf8_mark_for_browsers import marked


def not_found_page(
    root: Path, country: Country, words: Mapping[str, Words]
) -> Callable[[Municipality], bytes]:
    """Return a function that makes 404.html. The page has all languages and everything inline, because the
    server sends it for addresses of any depth. If the copy's address is known, links begin with its path.
    Otherwise they are hidden until a script has found the folder in which the copy begins."""
    partial = card_environment(root).get_template("not-found.html")
    _, phone, _ = country.phone(Role.EMERGENCY)
    styles = (root / "overrides/partials" / name for name in ("site.css", "contents-page.css"))
    style = Markup("\n".join(read_text(file, root).strip() for file in styles))
    exit_alone, and_home = read_scripts(root, "exit.js"), read_scripts(root, "exit.js", "not-found.js")
    pages = {
        language: {page: address(f"{page}.html", language, country.language) for page in ("index", "help")}
        for language in country.languages
    }
    made: dict[tuple[str | None, str], bytes] = {}

    def make(place: Municipality) -> bytes:
        key = place.site_url, place.exit_url
        if key not in made:
            script = exit_alone if place.site_url else and_home
            page = partial.render(
                languages=country.languages,
                words=words,
                phone=phone,
                pages=pages,
                begin=urlsplit(place.site_url).path if place.site_url else None,
                target=place.exit_url,
                style=style,
                script=script,
                script_source=Markup(text_source(script)),
            )
            made[key] = marked("404.html", page.encode())
        return made[key]

    return make


def sitemap(place: Municipality, languages: Mapping[str, tuple[str, ...]]) -> bytes:
    """Return sitemap.xml with the pages that have a text of their own. A build knows no date for lastmod."""
    assert place.site_url
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ]
    for path, written in languages.items():
        for language in written:
            url = place.site_url + address(path, language, place.country.language)
            lines.append(f"<url><loc>{escape(url)}</loc></url>")
    return ("\n".join([*lines, "</urlset>"]) + "\n").encode()


class ContactsFile:
    """contacts.json of one country's copies. The country's part is written once for all of them."""

    def __init__(self, country: Country, words: Mapping[str, Words]) -> None:
        self._country = country
        self._words = words[country.language]
        self._made: dict[str, bytes] = {}  # contacts with a service area, by id

    def __call__(self, place: Municipality) -> bytes:
        """Return a JSON array of `hsds_model.Service`, one per line: the municipality's contacts, then its
        country's. Copies without contacts of their own or of their region share one object."""
        if not place.local:
            return self._shared
        name, _ = place.name(self._country.language)
        area = Area(name, place.record.iso_3166_2, place.time_zone)
        own = self._written(place.record.contacts, [area])
        regional = (self._regional(contact) for contact in place.regional)
        return _array([*own, *regional, self._national])

    @cached_property
    def _shared(self) -> bytes:
        return _array([self._national])

    @cached_property
    def _national(self) -> bytes:
        record, country = self._country.record, self._country
        area = Area(record.name[country.language], country.code.upper(), record.time_zone)
        return b",\n".join(self._written(country.national, [area]))

    def _regional(self, contact: Contact) -> bytes:
        """Return a contact with a service area. Municipalities are named by their codes: a municipality's own
        file must not write into the copy of another."""
        if contact.id not in self._made:
            codes, zone = self._country.record.codes, self._country.time_zone
            areas = [Area(codes.get(name, name), codes.get(name), zone) for name in contact.area]
            (self._made[contact.id],) = self._written([contact], areas)
        return self._made[contact.id]

    def _written(self, contacts: Iterable[Contact], areas: Sequence[Area]) -> Iterator[bytes]:
        for contact in contacts:
            service = service_of(contact, areas, self._country.language, self._words)
            yield service.model_dump_json(exclude_defaults=True).encode()


def _array(services: Iterable[bytes]) -> bytes:
    return b"[\n" + b",\n".join(services) + b"\n]\n"


def languages_of(country: Country, written: Mapping[str, tuple[str, ...]]) -> dict[str, dict[str, int]]:
    """Count, for each language, the pages of a country's copies and those with a text of their own.
    ``written`` gives the languages of each page."""
    return {
        code: {"written": sum(code in codes for codes in written.values()), "offered": len(written)}
        for code in country.languages
    }


def campaign_file(
    place: Municipality,
    packages: Mapping[str, str],
    inputs: str,
    languages: Mapping[str, Mapping[str, int]],
) -> bytes:
    """Return campaign.json, which shows a coordinator whether a copy is outdated; it says nothing on readers.
    ``packages`` are those that made the copy with their versions, ours first; ``inputs`` is the copy's
    digest, ``languages`` the result of `languages_of`."""
    language = place.country.language
    assured = [contact.assured_date for contact in place.contacts if contact.assured_date]
    facts = {
        "version": next(iter(packages.values())),
        "inputs": inputs,
        "municipality": {"code": place.record.iso_3166_2, "name": place.name(language)[0]},
        "languages": languages,
        "contacts": len(place.contacts),
        "unconfirmed": sum(contact.unconfirmed for contact in place.contacts),
        "licences": {"code": "MIT", "content": "CC-BY-4.0"},
        "packages": packages,
        "oldest_assured_date": min(assured).isoformat() if assured else None,
    }
    return (json.dumps(facts, ensure_ascii=False, indent=2) + "\n").encode()
