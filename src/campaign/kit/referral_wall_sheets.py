"""Referral orders as wall sheets: the same steps and words as on the page, laid out by Typst."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from ..contacts.card import card_environment
from ..model.contact import Contact
from ..model.places import Municipality
from ..model.referral_order import Order
from ..pages.ui_strings import Words
from ..professionals.referral_contacts import order_of, step_contacts
from ..professionals.referral_sheet import Sheets
from ..professionals.referral_step import Text, Who
from ..text.interpolation import filled
from ..text.web_and_email_addresses import host
from .printed_numbers import printed_number


class Orders:
    """The referral orders of one country's places."""

    def __init__(self, root: Path, words: Mapping[str, Words], default_language: str) -> None:
        self._sheets = Sheets(card_environment(root), words, default_language)
        self._words = words

    def contacts(self, place: Municipality, order: Order) -> list[Contact]:
        """Return the contacts on the order's sheet, as often as it names them."""
        steps = self._sheets.contacts_in(place)[order]
        return [line.contact for line in (*(line for lines in steps.lines for line in lines), *steps.beside)]

    def data(self, place: Municipality, order: Order, language: str) -> dict[str, object]:
        """Return the order for its template. ``own`` says whether something on it is the place's own."""
        words = self._words[language]
        _, own = order_of(place, order)
        items = self._sheets.items(place, order, language)
        beside = self._sheets.beside(place, order, language)
        people = [*(who for item in items for who in item.who), *beside]
        sources = self._sheets.sources((who.line.contact for who in people), language)
        return {
            "own": self._sheets.cache_key(place, order) is None,
            "from": f"{place.file if own else place.country.file}|referral.{order.key}",
            "notice": None if own else _text(self._sheets.notice(place, language), language),
            "beside": [_who(who, language) for who in beside],
            "steps": [
                {
                    "title": item.title,
                    "who": [_who(who, language) for who in item.who],
                    "actor": item.actor,
                    "does": _text(item.does, language),
                    "next": _text(item.next, language),
                    "consent": item.consent,
                    "mark": item.mark,
                }
                for item in items
            ],
            "sources": filled(words["order-sources"], sources=sources) if sources else "",
            "none": words["order-none"],
            "unconfirmed": any(who.line.contact.unconfirmed for who in people),
        }


def contacts_in_orders(place: Municipality) -> Iterator[Contact]:
    """Yield every contact that the place's orders name."""
    for steps in step_contacts(place).values():
        for line in (*(line for lines in steps.lines for line in lines), *steps.beside):
            yield line.contact


def _text(text: Text, language: str) -> dict[str, str]:
    return {"text": text.words, "lang": text.language or language}


def _who(who: Who, language: str) -> dict[str, object]:
    # On paper nobody can follow a link, so a contact without a number has its address in print.
    number = printed_number(who.number, language) if who.number else host(who.line.contact.web or "")
    return {"name": _text(who.name, language), "number": number, "notes": who.notes}
