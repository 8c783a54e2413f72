"""Files of a copy that have no Markdown behind them: the page for wrong addresses and the sitemap."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from xml.sax.saxutils import escape

from .card import card_environment
from .page_path import address
from .place import Country, Municipality
from .roles import Role
from .words import Words


def not_found_page(
    root: Path, country: Country, words: Mapping[str, Words]
) -> Callable[[Municipality], bytes]:
    """What makes 404.html: all languages on one page and everything inline, because the server sends
    it for addresses of any depth. Links to the homes only where the copy knows its own address."""
    partial = card_environment(root).get_template("not-found.html")
    _, phone, _ = country.phone(Role.EMERGENCY)
    made: dict[str | None, bytes] = {}

    def make(place: Municipality) -> bytes:
        if place.site_url not in made:
            homes = {
                language: (place.site_url or "") + address("index.html", language, country.language)
                for language in country.languages
            }
            made[place.site_url] = partial.render(
                languages=country.languages,
                words=words,
                phone=phone,
                homes=homes if place.site_url else None,
            ).encode()
        return made[place.site_url]

    return make


def sitemap(place: Municipality, languages: Mapping[str, tuple[str, ...]]) -> bytes:
    """sitemap.xml with the pages that have a text of their own. No lastmod: nothing here knows the day."""
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
