"""A card is the HTML of one contact in one language. Its own Jinja environment escapes all values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from functools import cache, cached_property, lru_cache
from pathlib import Path

from babel.dates import format_date, format_skeleton
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from ..model.channels import Chat, Phone
from ..model.contact import Audience, Contact, Eligibility, Show
from ..model.places import Country, Municipality, in_language
from ..model.roles import Role, chain
from ..pages.language_marks import language_names, marked
from ..pages.ui_strings import Words
from ..text.interpolation import filled
from ..text.minify_html import without_breaks
from ..text.opening_hours import ALWAYS, DAYS, clock_name, comma, hours_in_words, locale_of
from ..text.web_and_email_addresses import host
from .phone_display import grouped

UNSURE = '<p class="unsure">'


@cache  # compile each partial once for all countries; under serve Jinja reloads changed files
def card_environment(root: Path) -> Environment:
    """Return the Jinja environment for values from municipalities: autoescape, unknown names are errors."""
    environment = Environment(
        loader=FileSystemLoader(root / "overrides" / "partials", encoding="utf-8-sig"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["filled"] = filled
    return environment


def day_in_words(day: str, language: str, words: Words) -> str:
    """Return a source's date (YYYY-MM-DD, YYYY-MM, YYYY, YYYY/YYYY or undated) as CLDR writes it."""
    return words["sources-undated"] if day == "undated" else _day_in_words(day, language)


def until_note(day: str, language: str, words: Words) -> Markup:
    """Return the words for the last day (YYYY-MM-DD) on which a sentence holds. After that day on the
    reader's device, overrides/partials/page.js shows ``data-expired`` instead, as on a card."""
    held, holds = (
        filled(words[key], date=day_in_words(day, language, words)) for key in ("held-until", "holds-until")
    )
    note = '<span class="source"><span data-until="{}" data-expired="{}">{}</span></span>'
    return Markup(note).format(day, held, holds)


@lru_cache(1024)  # many cards have the same dates
def _day_in_words(day: str, language: str) -> str:
    locale = locale_of(language)
    if re.fullmatch(r"\d{4}-\d\d-\d\d", day):
        return format_date(date.fromisoformat(day), "long", locale)
    if re.fullmatch(r"\d{4}-\d\d", day):
        return format_skeleton("yMMMM", date.fromisoformat(day + "-01"), locale=locale)
    return day.replace("/", "–")


def unknown_facts(contact: Contact, words: Words) -> list[str]:
    """Return the facts that the contact's source gives for none of its lines, as the card names them."""
    unknown: list[str] = []
    if not contact.needs_confirmation:
        return unknown
    if not _hours_known(contact):
        unknown.append(words["card-unknown-hours"])
    if contact.phones and not contact.languages:
        unknown.append(words["card-unknown-languages"])
    if contact.phones and all(phone.free is None for phone in contact.phones):
        unknown.append(words["card-unknown-free"])
    return unknown


def unknown_of_line(contact: Contact, line: Phone | Chat, words: Words) -> list[str]:
    """Return the facts that the source does not give for a line, though it gives them for another line."""
    unknown: list[str] = []
    if not contact.needs_confirmation:
        return unknown
    if _hours_known(contact) and not (contact.schedule or line.schedule):
        unknown.append(words["card-unknown-hours"])
    if isinstance(line, Phone) and contact.languages and not line.languages:
        unknown.append(words["card-unknown-languages"])
    return unknown


def _hours_known(contact: Contact) -> bool:
    return bool(contact.schedule) or any(line.schedule for line in contact.channels)


def open_meanwhile(contact: Contact, country: Country) -> str | None:
    """Return the number to ring while ``contact`` is closed: the first line of the whole country for its role
    or a stand-in role that takes every adult, day and night. None if there is only the emergency number."""
    for role in chain(contact.role):
        for other in country.national:
            if role is Role.EMERGENCY or role not in other.roles or other.id == contact.id:
                continue
            everyones = not other.eligibility or {*other.eligibility} >= {Eligibility.WOMEN, Eligibility.MEN}
            if not (everyones and not other.audiences and other.on_pages_of(Audience.EVERYONE)):
                continue
            for phone in other.phones:
                if phone.reach != "abroad" and (phone.schedule or other.schedule) == ALWAYS:
                    return phone.number
    return None


def _has_hours(contact: Contact) -> bool:
    """Whether one of its lines is not open day and night."""
    schedules = (contact.schedule, *(line.schedule for line in contact.channels))
    return any(schedule not in (None, ALWAYS) for schedule in schedules)


def source_note(contact: Contact, language: str, words: Words) -> Markup | str:
    """Return the card's sentence on its source, or on how somebody found it right and until when that holds.
    A contact that three calls did not reach says so, too."""
    said = contact.verification
    if contact.confirmed_on is None:
        day = day_in_words(contact.source.date, language, words)
        key = "card-source" if contact.needs_confirmation else "card-sourced"
        note = filled(words[key], source=contact.shown_source or words["source-withheld"], date=day)
        if contact.needs_confirmation and said.unreachable:
            last = day_in_words(said.not_reached[-1].isoformat(), language, words)
            note += " " + filled(words["card-unreachable"], date=last)
        return note
    day = day_in_words(contact.confirmed_on.isoformat(), language, words)
    if contact.good_until is None:
        return filled(words["card-confirmed-always"], date=day)
    until = day_in_words(contact.good_until.isoformat(), language, words)
    return filled(
        words["card-confirmed" if contact.assured_date else "card-page-opened"], date=day, until=until
    )


def explained_once(page: bytes) -> bytes:
    """Return ``page`` with only the first of the sentences that say what "not yet confirmed" means. Each list
    of contacts begins with such a sentence."""
    before, start, rest = page.partition(UNSURE.encode())
    sentence, end, after = rest.partition(b"</p>")
    if not start:
        return page
    first = start + sentence + end
    return before + first + after.replace(first, b"")


class Cards:
    """The cards of one country. Each is rendered once per contact, language and kind of page."""

    def __init__(self, root: Path, words: dict[str, Words], default_language: str) -> None:
        self._environment = card_environment(root)
        self._card = self._environment.get_template("card.html")
        self._words = words
        self._default = default_language
        self._rendered: dict[tuple[str, ...], str] = {}

    def list(
        self, contacts: Iterable[Contact], place: Municipality, language: str, audience: Audience
    ) -> str:
        """Return the list of these contacts' cards, with a sentence before it that says what "not yet
        confirmed" means if a card says so. If one has opening hours, the list carries the words with which
        the page's script says whether it is open."""
        shown = [*contacts]
        meaning = self._meaning[language] if any(contact.unconfirmed for contact in shown) else ""
        said = self.said(language) if any(map(_has_hours, shown)) else ""
        cards = "".join(self.card(contact, place, language, audience) for contact in shown)
        return f'{meaning}<ul class="cards" role="list"{said}>{cards}</ul>'

    def card(self, contact: Contact, place: Municipality, language: str, audience: Audience) -> str:
        """Return the HTML of ``contact`` on a page of ``audience``; e-mail and address are for professionals
        only. The card names the contact's time zone if it is not the place's."""
        readers = "readers" if audience.reads_for_help else "professionals"
        zone = place.time_zone_of(contact)
        named = place.slug if place.slug in contact.area else ""
        key = (contact.id, language, readers, zone, place.time_zone, named)
        clock = "" if zone == place.time_zone else clock_name(zone, language, self._words[language])
        if key not in self._rendered:
            self._rendered[key] = self._render(
                contact, place, language, readers == "professionals", zone, clock
            )
        return self._rendered[key]

    def said(self, language: str) -> Markup:
        """Return the attributes of a list of contacts with which the page's script speaks about hours."""
        return self._said[language]

    @cached_property
    def _meaning(self) -> dict[str, Markup]:
        """The sentence on what "not yet confirmed" means, by language."""
        form = Markup(UNSURE + "{}</p>")
        return {
            language: form.format(words["contacts-unconfirmed"]) for language, words in self._words.items()
        }

    @cached_property
    def _said(self) -> dict[str, Markup]:
        """The words for the script's sentences about opening hours, as attributes, by language."""
        form = Markup(' data-open="{}" data-opens="{}" data-days="{}"')
        return {
            language: form.format(
                words["open-now"],
                words["opens-at"],
                "|".join(words[f"day-on-{day.lower()}"] for day in DAYS),
            )
            for language, words in self._words.items()
        }

    def _render(
        self,
        contact: Contact,
        place: Municipality,
        language: str,
        professional: bool,
        zone: str,
        clock: str,
    ) -> str:
        words = self._words[language]
        name, name_language = in_language(contact.organization, language, self._default)
        instead = open_meanwhile(contact, place.country)
        card = self._card.render(
            contact=contact,
            role=words[f"name-{contact.role}"],
            second_line=contact.show is Show.SECOND_LINE,
            serves=self._serves(contact, place, language),
            serves_others=bool({*contact.area} - {*place.country.record.counties, place.slug}),
            then=filled(words["until-then"], number=grouped(instead)) if instead else "",
            unknown_of=lambda line: unknown_of_line(contact, line, words),
            name=name,
            lang=marked(name_language, language),
            description=contact.description.get(language),
            purpose=words[f"role-{contact.role}"],
            takes=[words[f"for-{kind}"] for kind in contact.eligibility],
            unknown=unknown_facts(contact, words),
            professional=professional,
            source_note=source_note(contact, language, words),
            hours=lambda notation: hours_in_words(notation, language, words, clock),
            spoken=lambda codes: language_names(codes, language),
            comma=comma(language),
            host=host,
            grouped=grouped,
            zone=zone,
            always=ALWAYS,
            clock=clock,
            words=words,
        )
        return without_breaks(card).strip()

    def _serves(self, contact: Contact, place: Municipality, language: str) -> Sequence[tuple[str, Markup]]:
        """Return whom a contact with a service area serves: names with the attributes of their language.
        Of municipalities, only the copy's own is named: another's file must not write into this copy."""
        counties = [name for name in contact.area if name in place.country.record.counties]
        served = [(name, marked(place.country.language, language)) for name in counties]
        if place.slug in contact.area:
            name, own_language = place.name(language)
            served.append((name, marked(own_language, language)))
        return served
