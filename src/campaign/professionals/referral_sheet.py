"""The sheet of a referral order in one place and language: a list of steps that the style makes a flow."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from jinja2 import Environment
from markupsafe import escape

from ..contacts.card import card_environment, day_in_words
from ..errors import Problem
from ..model.contact import Contact
from ..model.places import Municipality, Places, in_language
from ..model.referral_order import Consent, Order, Step
from ..pages.ui_strings import Words
from ..text.interpolation import filled
from ..text.opening_hours import clock_name, comma, hours_in_words
from .referral_contacts import Line, StepContacts, order_of, step_contacts
from .referral_step import LEADING, SIZES, Item, Text, Who, printed_lines

ABOVE = 10.0  # font size above the steps, in points
ROWS = 2  # lines of that size that fit on the page with a list as high as `PAGE`
PAGE = 660.0  # height of all steps together on an A4 sheet, in points
# Consent is not needed, needed for a name, or needed; `order-marks` in i18n/ explains the marks.
MARKS = {Consent.NOT_NEEDED: "○", Consent.DO_NOT_WAIT: "○", Consent.FOR_NAMES: "◐"}


class Sheets:
    """The sheets of one country's places."""

    def __init__(self, environment: Environment, words: Mapping[str, Words], default_language: str) -> None:
        self._partial = environment.get_template("sheet.html")
        self._step = environment.get_template("step.html")
        self._words = words
        self._default = default_language
        self._items: dict[Hashable, Item] = {}
        self._place: Municipality | None = None
        self._step_contacts: dict[Order, StepContacts] = {}
        self._usual: dict[Order, StepContacts] = {}

    def heading(self, place: Municipality, language: str) -> str:
        """Return the name of the place, and what its council has decided; both are apart from the rest, which
        most sheets share. The style sheet shows the decision above the first order alone."""
        name = self._text(place.record.name, language)
        heading = f'<p class="place"{name.lang}>{escape(name.words)}</p>\n'
        decision = place.record.referral.decision
        if decision is None:
            return heading
        words, what = self._words[language], self._text(decision.what, language)
        source = filled(
            words["decision-source"],
            source=decision.source.name,
            date=day_in_words(decision.source.date, language, words),
        )
        return f'<p class="decision"><span{what.lang}>{escape(what.words)}</span> {source}</p>\n{heading}'

    def cache_key(self, place: Municipality, order: Order) -> Hashable:
        """Return everything of the place, except the heading, that determines its sheet. None if the order
        has contacts or steps of the place's own, which few do."""
        national = self.contacts_in(place)[order].national
        return None if national is None else (national, place.time_zone)

    def contacts_in(self, place: Municipality) -> dict[Order, StepContacts]:
        """Return the contacts of each step. They are kept for the current place, because each language needs
        them, and for all places without local contacts and without orders of their own."""
        if self._place is not place:
            self._place = place
            if place.local or place.record.referral.written:
                self._step_contacts = step_contacts(place)
            else:
                self._step_contacts = self._usual = self._usual or step_contacts(place)
        return self._step_contacts

    def sheet(self, place: Municipality, order: Order, language: str) -> str:
        """Return the HTML of the order for ``place``. A sheet with the country's order says so."""
        words = self._words[language]
        _, own = order_of(place, order)
        items = self.items(place, order, language)
        beside = self.beside(place, order, language)
        contacts = [who.line.contact for item in items for who in item.who]
        contacts += [who.line.contact for who in beside]
        return self._partial.render(
            order=order,
            notice=None if own else self.notice(place, language),
            beside=beside,
            items=items,
            size=size_of(items, self._room(place, order, language)),
            sources=self.sources(contacts, language),
            unconfirmed=any(contact.unconfirmed for contact in contacts),
            words=words,
        ).strip()

    def sources(self, contacts: Iterable[Contact], language: str) -> str:
        """Return the sources of the contacts of an order, each once."""
        withheld = self._words[language]["source-withheld"]
        return comma(language).join(dict.fromkeys(one.shown_source or withheld for one in contacts))

    def items(self, place: Municipality, order: Order, language: str) -> list[Item]:
        """Return the steps of the order for ``place``, in words. If the country's order does not fit on the
        sheet, the hours of the place's own and regional contacts are left out; their cards have them."""
        items = self._items_of(place, order, language, brief=False)
        if order_of(place, order)[1] or size_of(items, self._room(place, order, language)) < len(SIZES):
            return items
        return self._items_of(place, order, language, brief=True)

    def _items_of(self, place: Municipality, order: Order, language: str, brief: bool) -> list[Item]:
        steps, own = order_of(place, order)
        seen: set[str] = set()  # ids of contacts that an earlier step has named in full
        items = []
        for number, (step, lines) in enumerate(zip(steps, self.contacts_in(place)[order].lines, strict=True)):
            # Most places use the country's steps with the same contacts.
            named = tuple((line.contact.id, line.contact.id in seen) for line in lines)
            key = (order, number, named, language, place.time_zone, brief)
            item = None if own else self._items.get(key)
            item = item or self._item(step, lines, place, language, frozenset(seen), brief)
            if not own:
                self._items[key] = item
            items.append(item)
            seen.update(line.contact.id for line in lines)
        return items

    def size(self, place: Municipality, order: Order, language: str) -> int:
        """Return the size of `SIZES` in which the sheet is printed, from `size_of`."""
        return size_of(self.items(place, order, language), self._room(place, order, language))

    def beside(self, place: Municipality, order: Order, language: str) -> list[Who]:
        """Return the country's lines that no step names."""
        return [self._who(line, place, language, ()) for line in self.contacts_in(place)[order].beside]

    def _room(self, place: Municipality, order: Order, language: str) -> float:
        """Return the room for the steps, below the lines of text above them."""
        words = self._words[language]
        numbers = (
            f"{who.name.words} {who.number or words['card-web']};"
            for who in self.beside(place, order, language)
        )
        above = " ".join([self.notice(place, language).words, words["order-lines"], *numbers])
        return PAGE - max(0, printed_lines(above, ABOVE) - ROWS) * ABOVE * LEADING

    def _text(self, texts: Mapping[str, str], language: str) -> Text:
        words, own_language = in_language(texts, language, self._default)
        return Text(words, own_language, language)

    def notice(self, place: Municipality, language: str) -> Text:
        """Return the sentence above an order that is the country's."""
        texts = place.country.record.referral.notice
        return self._text(texts, language) if texts else Text(self._words[language]["order-country"])

    def _item(
        self,
        step: Step,
        lines: list[Line],
        place: Municipality,
        language: str,
        seen: Collection[str],
        brief: bool,
    ) -> Item:
        """Return the step in words. ``seen`` are ids of contacts that an earlier step has named in full."""
        words = self._words[language]

        def said(texts: Mapping[str, str], key: str) -> Text:
            return self._text(texts, language) if texts else Text(words[f"step-{step.step}-{key}"])

        return Item(
            title=words[f"step-{step.step}-title"],
            who=tuple(self._who(line, place, language, seen, brief) for line in lines),
            actor=words[f"step-{step.step}-who"],
            does=said(step.does, "does"),
            next=said(step.next, "next"),
            consent=words[f"consent-{step.consent}"],
            mark=MARKS.get(step.consent, "●"),
            words=words,
            partial=self._step,
        )

    def _who(
        self, line: Line, place: Municipality, language: str, seen: Collection[str], brief: bool = False
    ) -> Who:
        words = self._words[language]
        name = self._text(line.contact.organization, language)
        if line.contact.id in seen:
            return Who(name, line, "")
        notes = [words[f"for-{kind}"] for kind in line.contact.eligibility]
        if brief and line.contact.id in place.local:
            return Who(name, line, comma(language).join(notes))
        if line.schedule:
            zone = place.time_zone_of(line.contact)
            clock = "" if zone == place.time_zone else clock_name(zone, language, words)
            notes.append(hours_in_words(line.schedule, language, words, clock))
        elif line.phone and line.contact.needs_confirmation:
            notes.append(words["order-hours-unknown"])
        return Who(name, line, comma(language).join(notes))


def size_of(items: Sequence[Item], room: float = PAGE) -> int:
    """Return the index of the largest of `SIZES` in which the steps fit into ``room`` points; the number of
    sizes if they fit in none."""
    together = [sum(heights) for heights in zip(*(item.heights for item in items), strict=True)]
    return bisect_left(together, True, key=lambda height: height <= room)


def sheet_problems(root: Path, places: Places, words: Mapping[str, Words]) -> Iterator[Problem]:
    """Yield a problem for each municipality's own order that does not fit on an A4 sheet in any size."""
    for place in places.municipalities.values():
        own = place.record.referral.written
        sheets = Sheets(card_environment(root), words, place.country.language) if own else None
        for order in own:
            assert sheets
            long = [
                language
                for language in place.country.languages
                if sheets.size(place, order, language) == len(SIZES)
            ]
            if long:
                field = f"referral.{order.key}"
                found = f"more than one A4 sheet holds (in {', '.join(long)})"
                expected = "fewer steps, fewer contacts, or shorter does and next"
                yield Problem(place.file, place.lines[field], field, found, expected)
