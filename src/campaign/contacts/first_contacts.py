"""The numbers to call first in a place, at the top of the help page, and the lines that accept messages."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from jinja2 import Environment
from markupsafe import Markup

from ..model.channels import Chat, Phone
from ..model.contact import Audience, Contact, Eligibility
from ..model.places import WRITTEN, Municipality, in_language
from ..model.roles import Role
from ..pages.language_marks import language_names, marked
from ..pages.ui_strings import Words
from ..text.minify_html import without_breaks
from ..text.opening_hours import ALWAYS, clock_name, hours_in_words
from ..text.web_and_email_addresses import host
from .card import Cards
from .phone_display import grouped

NATIONAL_FIRST = (Role.VICTIM_SUPPORT, Role.TRAFFICKING_HELPLINE, Role.WOMEN_HELPLINE, Role.CHILD_HELPLINE)


@dataclass(frozen=True)
class Line:
    """One line of a contact on a page: its purpose in one short sentence, its name, and its hours."""

    contact: Contact
    channel: Phone | Chat
    purpose: str
    name: str
    lang: Markup  # of the name, if that is not the page's
    schedule: str | None
    hours: str  # the schedule in words
    zone: str
    clock: str


class FirstContacts:
    """The two lists of one country's copies."""

    def __init__(
        self, environment: Environment, cards: Cards, words: Mapping[str, Words], default_language: str
    ) -> None:
        self._template = environment.get_template("first-contacts.html")
        self._cards = cards
        self._words = words
        self._default = default_language

    def calls(self, place: Municipality, language: str, audience: Audience, which: str) -> str:
        """Return the list of large numbers (`FIRST` or `NUMBERS`), and the way to write if there is one."""
        lines = [
            self._line(contact, contact.number_at_home, place, language)
            for contact in place.shown(audience, [which])
            if contact.number_at_home
        ]
        write = next(self._written(place, language, audience), None)
        return self._render("calls", lines, language, write=write)

    def written(self, place: Municipality, language: str, audience: Audience) -> str:
        """Return the list of all lines that accept written messages, or a sentence that none is known."""
        lines = [*self._written(place, language, audience)]
        return self._render("written", lines, language, write=None)

    def _written(self, place: Municipality, language: str, audience: Audience) -> Iterator[Line]:
        """Yield the written lines. Text messages to the emergency number come last, and before them on all
        pages but those of young people the lines that are for children alone."""

        def late(contact: Contact) -> tuple[bool, bool]:
            takes = {*contact.eligibility}
            for_children = bool(takes) and takes <= {Eligibility.CHILDREN, Eligibility.CHILDREN_7_17}
            return Role.EMERGENCY in contact.roles, for_children and audience is not Audience.YOUTH

        for contact in sorted(place.shown(audience, [WRITTEN]), key=late):
            for chat in contact.chats:
                yield self._line(contact, chat, place, language)

    def _line(self, contact: Contact, channel: Phone | Chat, place: Municipality, language: str) -> Line:
        words = self._words[language]
        name, name_language = in_language(contact.organization, language, self._default)
        zone = place.time_zone_of(contact)
        role = next((role for role in NATIONAL_FIRST if role in contact.roles), None)
        local = contact.id in place.local or role is None
        schedule = channel.schedule or (contact.schedule if isinstance(channel, Phone) else None)
        clock = "" if zone == place.time_zone else clock_name(zone, language, words)
        return Line(
            contact=contact,
            channel=channel,
            purpose=words["first-local"] if local else words[f"first-{role}"],
            name=name,
            lang=marked(name_language, language),
            schedule=schedule,
            hours=hours_in_words(schedule, language, words, clock) if schedule else "",
            zone=zone,
            clock=clock,
        )

    def _render(self, kind: str, lines: list[Line], language: str, write: Line | None) -> str:
        words = self._words[language]
        lists = self._template.render(
            kind=kind,
            lines=lines,
            write=write,
            said=self._cards.said(language),
            unconfirmed=any(line.contact.unconfirmed for line in lines),
            spoken=lambda codes: language_names(codes, language),
            host=host,
            grouped=grouped,
            always=ALWAYS,
            words=words,
        )
        return without_breaks(lists).strip()
