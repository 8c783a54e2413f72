"""Makes the pages of the doors: each has everything inside and asks for nothing else, like a page of a copy.

The first language of a country is ``ee/index.html``, the others are ``ee/index.ru.html``. Folders with the
names of languages are impossible: ru, lv and lt are countries, too. A copy's folder has no dot in its name.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property, partial

from markupsafe import Markup

from ..contacts.card import Cards, card_environment
from ..files.source_file import read_text
from ..model.contact import Audience
from ..model.place_files import MunicipalityFile
from ..model.places import Country, Municipality
from ..model.roles import Role
from ..pages.language_marks import direction, marked
from ..pages.project import Project
from ..pages.ui_strings import Words
from ..site.page_scripts import read_scripts, text_source
from ..site.theme_context import Language
from ..text import utf8_mark_for_browsers
from .door_reading import read_door_file
from .places_on_door import by_county, by_letter, listed, rows

GENERATOR = "Safe Path: door"  # tells a door from another page with the same name
_LINES = (Role.TRAFFICKING_HELPLINE, Role.CHILD_HELPLINE)
_FIRST = "en"  # the first language of the main door, if a country offers it


class Doors:
    """The doors of one project. ``there`` are the places (``ee/tartu``) that have a copy."""

    def __init__(self, project: Project, there: Collection[str]) -> None:
        self._project = project
        self._there = there
        self._words: Mapping[str, Words] = project.words
        self._page = card_environment(project.root).get_template("door.html")
        offered = dict.fromkeys(
            language for country in project.places.countries.values() for language in country.languages
        )
        self._languages = sorted(offered, key=lambda language: language != _FIRST)  # of the main door

    def files(self, code: str) -> list[str]:
        """Return the files of a country's doors."""
        country = self._project.places.countries[code]
        return [_door_of(country, language) for language in country.languages]

    @property
    def main_files(self) -> list[str]:
        return [_file(language, self._languages[0]) for language in self._languages]

    def main(self, codes: Sequence[str]) -> dict[str, bytes]:
        """Return the main doors, which lead to the doors of these countries: ``{"index.html": …,
        "index.et.html": …}``."""
        countries = [self._project.places.countries[code] for code in codes]
        if not countries:
            return {}
        numbers = {phone.number: phone for _, phone, _ in (c.phone(Role.EMERGENCY) for c in countries)}
        style, script = self._style(columns=0), self._head
        return {
            _file(language, self._languages[0]): self._rendered(
                language,
                self._languages,
                style,
                script,
                Markup(),
                title=self._words[language]["door-country"],
                phone=next(iter(numbers.values())) if len(numbers) == 1 else None,
                target=_exit(countries[0]),
                door=None,
                countries=[{"name": _name(c, language), "href": _door_of(c, language)} for c in countries],
            )
            for language in self._languages
        }

    def country(self, code: str) -> dict[str, bytes]:
        """Return the doors of a country: ``{"ee/index.html": …, "ee/index.ru.html": …}``."""
        country = self._project.places.countries[code]
        door_file = read_door_file(self._project.root, code)
        cards = Cards(self._project.root, self._project.words, country.language)
        _, phone, _ = country.phone(Role.EMERGENCY)
        style, script = self._style(door_file.columns), self._head
        pages = {}
        for language in country.languages:
            places = listed(country, self._project.places.of(code), language, self._there, door_file)
            pages[_door_of(country, language)] = self._rendered(
                language,
                country.languages,
                style,
                script,
                self._filter,
                title=self._words[language]["door-title"],
                phone=phone,
                target=_exit(country),
                door={"name": _name(country, language), "language": country.language},
                home=f"../{_file(language, self._languages[0])}",
                letters=by_letter(places),
                counties=by_county(places),
                rows=rows(places, door_file),
                lines=Markup(_lines(country, language, cards)),
            )
        return pages

    @cached_property
    def _head(self) -> Markup:
        """The script in the header of a door: the exit is ready before the first paint."""
        return read_scripts(self._project.root, "exit.js", "offer.js")

    @cached_property
    def _filter(self) -> Markup:
        return read_scripts(self._project.root, "door.js")

    def _style(self, columns: int) -> str:
        root = self._project.root
        folder = root / "overrides" / "partials"
        names = ("site.css", "reading.css", "door.css")
        styles = [read_text(folder / name, root).strip() for name in names]
        if columns:
            styles.append(f":root{{--columns:{columns}}}")
        return "\n".join(styles)

    def _rendered(
        self,
        language: str,
        languages: Sequence[str],
        style: str,
        script: Markup,
        end: Markup,
        **values: object,
    ) -> bytes:
        render = partial(
            self._page.render,
            language=language,
            languages=self._picker(languages, language),
            direction=direction(language),
            lang=partial(marked, page_language=language),
            words=self._words[language],
            generator=GENERATOR,
            script=script,
            end=end,
            **values,
        )
        needed = Markup(used(style, render(style="", policy="")))
        scripts = " ".join(text_source(text) for text in (script, end) if text)
        policy = (
            f"default-src 'none'; style-src {text_source(needed)}; script-src {scripts}; "
            "img-src data:; base-uri 'none'; form-action 'none'"
        )
        page = render(style=needed, policy=Markup(policy))
        return utf8_mark_for_browsers.marked("index.html", page.encode())

    def _picker(self, languages: Sequence[str], language: str) -> list[Language]:
        return [
            Language(
                code=code,
                name=self._words[code]["language-name"],
                href=_file(code, languages[0]),
                current=code == language,
                written=True,
            )
            for code in languages
        ]


def _lines(country: Country, language: str, cards: Cards) -> str:
    """Return the cards of the country's lines, as a place without contacts of its own shows them, but without
    links to the lines' own pages."""
    record = MunicipalityFile(iso_3166_2=f"{country.code.upper()}-0", name=country.record.name)
    nowhere = Municipality("-", country.file, country, record, {})
    found = [contact for role in _LINES for contact in country.contacts_for(role, Audience.EVERYONE)[:1]]
    once = {contact.id: contact for contact in found}.values()
    brief = (contact.model_copy(update={"web": None}) for contact in once)
    made = (cards.card(contact, nowhere, language, Audience.EVERYONE) for contact in brief)
    return re.sub(r' data-(?:hours|zone|clock|then)="[^"]*"', "", "\n".join(made))  # nothing here reads them


def _exit(country: Country) -> str:
    return next(iter(country.record.exits.values()))


def _name(country: Country, language: str) -> str:
    return country.record.name.get(language, country.record.name[country.language])


def _door_of(country: Country, language: str) -> str:
    """Return the country's door in the language, or in its first language if it does not offer this one."""
    known = language in country.languages
    return f"{country.code}/{_file(language if known else country.language, country.language)}"


def _file(language: str, first: str) -> str:
    return "index.html" if language == first else f"index.{language}.html"


def used(style: str, page: str) -> str:
    """Return the rules of a style sheet that may apply to a page: those whose classes and ids are words in it
    or in its scripts."""
    names = frozenset(re.findall(r"[\w-]+", page))

    def kept(rule: re.Match[str]) -> str:
        selectors = [
            one for one in rule[1].split(",") if names.issuperset(re.findall(r"[.#]([a-z][\w-]*)", one))
        ]
        return ",".join(selectors) + rule[2] if selectors else ""

    return re.sub(r"([^{}@]+)(\{[^{}]*\})", kept, style)
