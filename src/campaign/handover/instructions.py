"""The page of instructions for the person who puts a copy up, and a link for the municipality's site."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from ..contacts.card import card_environment
from ..copies.host_file_include_directives import including_lines
from ..model.places import Municipality
from ..pages.ui_strings import Words
from ..pages.words_for_hosts import filled

_NOWHERE = "https://HOST/PATH/"


@dataclass(frozen=True)
class Texts:
    """The words of one language: of the site, and for hosts."""

    language: str
    site: Words
    host: Words


@dataclass(frozen=True)
class Facts:
    """What the page must know of the ZIP: whether it has a signature, sheets to print, and drafts of them."""

    signed: bool
    printed: bool
    draft: bool


@dataclass(frozen=True)
class Setting:
    """What to do for one server: into which ``block`` of its settings to write ``lines``, further sentences,
    and the command that tests the settings and loads them."""

    server: str
    block: str
    lines: tuple[str, ...]
    notes: tuple[str, ...]
    load: str


def instructions(root: Path, place: Municipality, texts: Texts, facts: Facts) -> str:
    """Return the page. It needs no other file."""
    words = texts.host
    return (
        card_environment(root)
        .get_template("hand-over.html")
        .render(
            language=texts.language,
            words=words,
            title=titled(words["pack-title"], place, texts),
            place=str(place),
            url=place.site_url,
            servers=[*_settings(place, words)],
            others=_others(words),
            facts=facts,
        )
    )


def _settings(place: Municipality, words: Words) -> Iterator[Setting]:
    base = urlsplit(place.site_url).path.rstrip("/") if place.site_url else "/PATH"
    unknown = not place.site_url
    lines = including_lines(base)
    yield Setting(
        "nginx",
        "server { }",
        (lines["nginx"],),
        (words["pack-note-nginx"],),
        "nginx -t && nginx -s reload",
    )
    yield Setting(
        "Apache",
        "<VirtualHost>",
        ((f"Define safe_path {base}",) if unknown else ()) + (lines["Apache"],),
        (words["pack-note-apache-log"], words["pack-note-apache-module"]),
        "apachectl -t && apachectl graceful",
    )
    yield Setting(
        "Caddy",
        "HOST { }",
        (lines["Caddy"],),
        (words["pack-note-caddy"],) if unknown else (),
        "caddy reload --config /etc/caddy/Caddyfile",
    )


def _others(words: Words) -> list[tuple[str, list[str]]]:
    """Return what to do for servers whose settings are one file in the copy."""

    def renamed(file: str, name: str) -> str:
        return filled(words["pack-rename"], file=f"copy/host/{file}", name=name)

    htaccess, config = renamed("apache.htaccess", ".htaccess"), renamed("iis.web.config", "web.config")
    return [
        ("Apache, .htaccess", [htaccess, words["pack-error"], words["pack-note-htaccess"]]),
        ("IIS", [config, words["pack-error"], words["pack-note-iis"]]),
        (words["pack-static"], [words["pack-nothing"], words["pack-note-static"]]),
    ]


def link(root: Path, place: Municipality, texts: Texts) -> str:
    """Return a page with a link to the copy, to be seen and to be copied."""
    return (
        card_environment(root)
        .get_template("hand-over-link.html")
        .render(
            language=texts.language,
            words=texts.host,
            text=f"{texts.site['site-name']} · {place.name(texts.language)[0]}",
            known=bool(place.site_url),
            url=place.site_url or _NOWHERE,
        )
    )


def titled(text: str, place: Municipality, texts: Texts) -> str:
    """Return a sentence with the names of the site and the place."""
    return filled(text, site=texts.site["site-name"], place=place.name(texts.language)[0])
