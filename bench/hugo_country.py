"""What Hugo is given of a country: our Markdown with shortcodes for slots, and contacts as JSON."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

from mkdocs.utils.yaml import yaml_load

from bench.hugo_contacts import card, chosen, name_in
from bench.hugo_values import ReadyValues
from campaign.contacts.contact_points import schema_argument
from campaign.contacts.phone_display import grouped
from campaign.model.contact import Audience, Contact
from campaign.model.places import Country, Municipality
from campaign.model.roles import Role
from campaign.pages.page import PageSource, address
from campaign.pages.project import Project
from campaign.pages.search_words import read_lexicons
from campaign.pages.slots import CLOSE, OPEN, Slot, for_country, with_slots
from campaign.site.scripts import read_scripts
from campaign.site.theme_context import Site

THEME = Path(__file__).parent / "hugo"
SLOT = re.compile(f"{OPEN}([^{CLOSE}]+){CLOSE}")
# Everything off that makes other files or other passes over them. The time limit is for busy machines.
SETTINGS = {
    "baseURL": "/",
    "defaultContentLanguageInSubdir": False,
    "disableAliases": True,
    "disableHugoGeneratorInject": True,
    "disableKinds": ["404", "home", "robotstxt", "rss", "section", "sitemap", "taxonomy", "term"],
    "timeout": "15m",
    "markup": {
        "goldmark": {
            "extensions": {"linkify": False, "typographer": {"disable": True}},
            "renderer": {"unsafe": True},  # the elements around our slots
            "renderHooks": {"image": {"useEmbedded": "never"}, "link": {"useEmbedded": "never"}},
        }
    },
}


class HugoCountry:
    """The Hugo project of one country: pages, menus and contacts as Hugo reads them."""

    def __init__(self, project: Project, country: Country) -> None:
        self._project, self._country = project, country
        self._words = project.words
        self._site = Site(
            project.root, project.words, country, None, project.pages, read_lexicons(project.root)
        )
        pages = [page for page in project.pages if page.stands_in(country.code)]
        self._pages = {(page.language, page.path): page for page in pages}
        self._slots: dict[Slot, None] = {}  # of all pages
        self._ready = ReadyValues(project, country)
        places = project.places.of(country.code)
        lacks = any(place.site_url or place.record.exit or place.contact_point for place in places)
        assert not lacks, "the theme lacks these"

    def write(self, folder: Path, kind: str, prefix: str) -> None:
        """The Hugo project; its pages lie below the address ``prefix``."""
        for part in ("theme", kind):
            shutil.copytree(THEME / part, folder, dirs_exist_ok=True)
        first = self._country.language
        paths = [path for language, path in self._pages if language == first]
        for language in self._country.languages:
            below = "" if language == first else f"{language}/"
            for path in paths:
                self._write_page(folder / "content" / language, language, path, prefix, below)
        write_json(folder / "content" / first / "404.md", self._not_found(prefix))
        write_json(folder / "hugo.json", self._settings(kind))
        write_json(folder / "data" / "country.json", self._facts())

    def place(self, place: Municipality) -> dict[str, Any]:
        """What stands in the slots of one municipality: whom each names, its own cards, ready strings."""
        return {
            "slug": place.slug,
            "zone": place.time_zone,
            "name": {
                code: name_in(place.record.name, code, self._country) for code in self._country.languages
            },
            "contacts": {s.argument: chosen(place, s.argument) for s in self._slots if s.kind == "contacts"},
            "cards": self._cards(place.record.contacts),
            "ready": self._ready.of(self._slots, place),
        }

    @property
    def strings(self) -> dict[str, str]:
        """The ready strings of all places asked for so far, by their numbers."""
        return self._ready.strings

    def _write_page(self, folder: Path, language: str, path: str, prefix: str, below: str) -> None:
        source = self._text(language, path)
        depth = path.count("/")
        text = for_country(source.text, self._country.code)
        text = with_slots(text, language, source.audience, source.language)
        slots: dict[Slot, int] = {}
        schema = schema_argument(text) if path == "help.md" else ""
        if schema:
            slots[Slot("schema", language, schema)] = 0
        text = SLOT.sub(lambda match: self._shortcode(Slot.parse(match[1]), slots), text)
        self._slots |= dict.fromkeys(slots)
        html = path.removesuffix(".md") + ".html"
        matter = {
            "title": source.meta.title,
            "url": f"{prefix}/{below}{html}",
            "file": below + html,
            "path": html,
            "language": language,
            "text_language": source.language,
            "up": "../" * depth,
            "root": "../" * (depth + bool(below)),
            "readers": Audience.of(path).reads_for_help,
            "written": [code for code in self._country.languages if (code, path) in self._pages],
            "sources": [record.model_dump() for record in source.meta.sources],
            "slots": [{**slot._asdict(), "token": str(slot)} for slot in slots],
            "schema": bool(schema),  # the first of the slots
        }
        text = re.sub(r"\]\(([^):]+)\.md\b", r"](\1.html", text)
        # Hugo takes index.md for a folder's own; the address says where the page goes.
        file = folder / path.replace("index.md", "start.md")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{json.dumps(matter, ensure_ascii=False)}\n{text}", "utf-8")

    def _text(self, language: str, path: str) -> PageSource:
        return self._pages.get((language, path)) or self._pages[self._country.language, path]

    def _shortcode(self, slot: Slot, slots: dict[Slot, int]) -> str:
        """What stands in Markdown for the slot; ``slots`` receives those that depend on the municipality."""
        if slot.kind == "phone":
            return f'{{{{< phone "{slot.argument}" >}}}}'
        if slot.kind == "place":  # the theme writes it with the referral order
            return ""
        if slot.argument == "contact-point":
            return f"<p>{self._words[slot.language]['contact-point-none']}</p>"
        return f"{{{{< slot {slots.setdefault(slot, len(slots))} >}}}}"

    def _settings(self, kind: str) -> dict[str, Any]:
        words = self._words
        codes = self._country.languages
        picker = [
            {
                "code": code,
                "name": words[code]["language-name"],
                "offer": words[code]["offer"],
                "prefix": "" if code == codes[0] else f"{code}/",
            }
            for code in codes
        ]
        languages = {
            code: {
                "weight": weight,
                "contentDir": f"content/{code}",
                "params": {"words": words[code], "menu": self._menu(code)},
            }
            for weight, code in enumerate(codes, 1)
        }
        scripts = self._site.scripts
        params = {
            "all": kind == "all",
            "exit": next(iter(self._country.record.exits.values())),
            "languages": picker,
            "policies": {
                kind: self._site.content_policy([scripts[kind], scripts["end"]])
                for kind in ("readers", "others")
            },
            "scripts": scripts,
            "not_found_script": read_scripts(self._project.root, "exit.js", "not-found.js"),
        }
        return {**SETTINGS, "defaultContentLanguage": codes[0], "languages": languages, "params": params}

    def _menu(self, language: str) -> dict[str, Any]:
        """The entries of readers' pages, which list one page for professionals, and of all others."""
        nav = yaml_load((self._project.root / "mkdocs.yml").read_text("utf-8"))["nav"]
        sections = [entry for section in self._site.navigation(nav) for entry in section.items()]
        whole = [
            {
                "name": self._words[language][f"nav-{name}"],
                "headings": name not in ("professionals", "about"),  # in the page of contents
                "pages": [self._entry(language, path) for path in paths],
            }
            for name, paths in sections
        ]
        short = [
            {**entry, "pages": entry["pages"][:1] if name == "professionals" else entry["pages"]}
            for entry, (name, _) in zip(whole, sections, strict=True)
        ]
        return {"all": whole, "readers": short}

    def _entry(self, language: str, path: str) -> dict[str, str]:
        """A page in a menu; ``page`` is its name in Hugo."""
        name = path.removesuffix(".md")
        title = self._text(language, path).meta.title
        return {"path": f"{name}.html", "title": title, "page": "/" + name.replace("index", "start")}

    def _not_found(self, prefix: str) -> dict[str, Any]:
        language = self._country.language
        return {"missing": True, "language": language, "url": f"{prefix}/404.html", "file": "404.html"}

    def _facts(self) -> dict[str, Any]:
        return {
            "cards": self._cards(self._country.record.contacts),
            "phones": {
                code: {role: self._phone(role, code) for role in Role} for code in self._country.languages
            },
            "not_found": [
                {
                    "language": code,
                    "words": self._words[code],
                    "pages": {
                        page: address(f"{page}.html", code, self._country.language)
                        for page in ("help", "index")
                    },
                }
                for code in self._country.languages
            ],
        }

    def _phone(self, role: Role, language: str) -> dict[str, Any]:
        contact, phone, stands_in = self._country.phone(role)
        of = name_in(contact.organization, language, self._country) if stands_in else None
        return {"href": phone.href, "number": grouped(phone.number), "of": of}

    def _cards(self, contacts: tuple[Contact, ...]) -> dict[str, Any]:
        codes = self._country.languages
        return {
            c.id: {code: card(c, code, self._country, self._words[code]) for code in codes} for c in contacts
        }


def write_json(path: Path, value: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value, ensure_ascii=False), "utf-8")
