"""Holds the promises of a page to the cards below it.

A passage that says "write", "lawyer", "helpline", "interpreter" or "safe place" has a mark that names the
roles that keep the promise: ``<!-- promise: legal-aid -->``. A country carries a role if one of its national
contacts has it; a stand-in does not count. Every place of the country then shows such a contact.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from ..errors import Problem, shown
from ..model.contact import Audience
from ..model.places import WRITTEN, Country
from ..model.roles import Role
from ..pages.page import PageSource
from ..pages.slots import NO_PROMISE
from .split_passages_with_marks import Passage, passages


class Topic(StrEnum):
    """What a passage can promise; the words for it are in ``promises`` of i18n/glossary/LANG.yml."""

    WRITE = "write"
    LAWYER = "lawyer"
    HELPLINE = "helpline"
    INTERPRETER = "interpreter"
    SAFE_PLACE = "safe-place"


_ADVICE = (Role.TRAFFICKING_HELPLINE, Role.VICTIM_SUPPORT)
# The roles and channels that can keep a promise.
STANDS_ON: Mapping[Topic, tuple[str, ...]] = {
    Topic.WRITE: (WRITTEN,),
    Topic.LAWYER: (Role.LEGAL_AID, *_ADVICE, Role.MIGRANT_ADVICE, Role.LABOUR_INSPECTORATE),
    Topic.HELPLINE: (
        *_ADVICE,
        Role.CHILD_HELPLINE,
        Role.YOUTH_HELPLINE,
        Role.WOMEN_HELPLINE,
        Role.MISSING_CHILDREN,
        Role.CRISIS_LINE,
    ),
    Topic.INTERPRETER: (*_ADVICE, Role.MIGRANT_ADVICE, Role.LEGAL_AID),
    Topic.SAFE_PLACE: (Role.SHELTER, Role.NIGHT_SHELTER, *_ADVICE, Role.CHILD_PROTECTION),
}

PromiseWords = Mapping[Topic, tuple[str, ...]]  # beginnings of words or phrases, for one language


@dataclass(frozen=True)
class Carried:
    """The roles, and perhaps ``written``, that the national contacts of one country carry, by audience."""

    country: str
    languages: tuple[str, ...]
    roles: Mapping[Audience, frozenset[str]]

    @property
    def key(self) -> str:
        """Everything that the check of promises needs to know of the country."""
        roles = {str(audience): sorted(found) for audience, found in self.roles.items()}
        return f"{self.country} {self.languages} {roles}"


def carried_by(country: Country) -> Carried:
    """Return what the country's own contacts carry."""
    roles: dict[Audience, frozenset[str]] = {}
    for audience in Audience:
        seen = [contact for contact in country.national if contact.on_pages_of(audience)]
        found: set[str] = {role for contact in seen for role in contact.roles}
        roles[audience] = frozenset(found | ({WRITTEN} if any(contact.chats for contact in seen) else set()))
    return Carried(country.code, country.languages, roles)


class Promises:
    """The check of all pages. ``words`` are those of each language that has a list."""

    def __init__(self, countries: Collection[Carried], words: Mapping[str, PromiseWords]) -> None:
        self.key = repr(([country.key for country in countries], words))  # equal keys find equal problems
        self._countries = countries
        self._words = {
            language: [(topic, _any_of(found)) for topic, found in own.items() if found]
            for language, own in words.items()
        }

    def problems(self, page: PageSource) -> Iterator[Problem]:
        """Yield a problem for each promise that one of the page's countries does not carry, and on a readers'
        page for each passage with a word of a promise and no mark. The front matter must be right."""
        showing = [
            country
            for country in self._countries
            if page.language in country.languages and page.stands_in(country.country)
        ]
        for passage in passages(page):
            yield from self._broken(page, passage, showing)
            if page.audience.reads_for_help and not passage.heading:
                yield from self._unmarked(page, passage)

    def _broken(self, page: PageSource, passage: Passage, showing: Iterable[Carried]) -> Iterator[Problem]:
        for role in passage.promises:
            if role == NO_PROMISE:
                continue
            lacking = [
                country.country
                for country in showing
                if passage.stands_in(country.country) and role not in country.roles[page.audience]
            ]
            if lacking:
                having = sorted(
                    c.country for c in self._countries if role in c.roles[page.audience]
                )  # fmt: skip
                where = f"<!-- only: {' '.join(having)} -->" if having else "no country has one"
                found = f"the promise {shown(role)}, for which {', '.join(sorted(lacking))} has no contact"
                expected = f"this passage only for countries that have such a contact: {where}"
                yield Problem(page.file, passage.line, "", found, expected)

    def _unmarked(self, page: PageSource, passage: Passage) -> Iterator[Problem]:
        if NO_PROMISE in passage.promises:
            return
        for topic, words in self._words.get(page.language, ()):
            if {*STANDS_ON[topic]}.isdisjoint(passage.promises) and (match := words.search(passage.text)):
                found = f"{shown(' '.join(match[0].split()))} without this mark"
                expected = (
                    f"a mark <!-- promise: … --> in the passage, with one of {', '.join(STANDS_ON[topic])}, "
                    f"because it promises {shown(str(topic))}; or with {NO_PROMISE} if it promises nothing"
                )
                yield Problem(page.file, passage.line, "", found, expected)


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Return an expression for the words of a list, at the beginning of a word and with any space between."""
    forms = (r"\s+".join(map(re.escape, word.split())) for word in words)
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})", re.I)
