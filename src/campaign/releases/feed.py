"""An Atom feed of the releases of a country: hosts follow it and learn when a number changes (RFC 4287)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from uuid import UUID, uuid5

from markupsafe import escape

from ..model.places import Places
from ..pages.ui_strings import Words
from ..pages.words_for_hosts import filled
from .changes_since_release import changes_since, letter
from .release_file import Release

NAMESPACE = UUID("5c0f5a52-5a86-4b5e-9ad6-6f0e3b9a8d11")  # of the ids of feeds and entries
_ENTRIES = 30


def feed(
    releases: Sequence[Release],
    places: Places,
    code: str,
    words: Mapping[str, Words],
    sites: Mapping[str, str],
) -> bytes:
    """Return the feed of one country with an entry for each release that changed something there, the newest
    first. ``sites`` are the names of the site by language. The same releases give the same bytes."""
    country = places.countries[code]
    language = country.language if country.language in words else "en"
    own, site = words[language], sites[language]
    only = places.only([code])
    entries = []
    for old, new in pairwise(releases):
        if sections := changes_since(old, new, only, words, language):
            title = filled(own["since-title"], site=site, release=old.name)
            text = letter(sections, old.name, site, own)
            entries.append(
                f"<entry><id>{_id(code, new.name)}</id><title>{escape(title)}</title>"
                f"<updated>{new.day}T00:00:00Z</updated>"
                f'<content type="text">{escape(text)}</content></entry>'
            )
    name = country.record.name.get(language, code)
    day = releases[-1].day.isoformat() if releases else "1970-01-01"
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}">',
        f"<id>{_id(code)}</id><title>{escape(site)} · {escape(name)}</title>",
        f"<updated>{day}T00:00:00Z</updated><author><name>{escape(site)}</name></author>",
        *reversed(entries[-_ENTRIES:]),
        "</feed>",
    ]
    return ("\n".join(lines) + "\n").encode()


def _id(*parts: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE, '/'.join(parts))}"
