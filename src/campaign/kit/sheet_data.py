"""The data of each sheet: its words, numbers and dates in one language. The templates only lay them out."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import segno
from babel.dates import format_date, get_date_format

from ..contacts.card import day_in_words
from ..contacts.phone_display import grouped
from ..model.contact import Contact
from ..model.places import Municipality, in_language
from ..model.referral_order import Order
from ..pages.language_marks import direction, language_name, language_names
from ..pages.page import PageSource, address
from ..pages.ui_strings import Words
from ..text.interpolation import filled
from ..text.opening_hours import ALWAYS, clock_name, hours_in_words, locale_of
from .kit_items import Item, on_one_sheet
from .printed_numbers import MOST, Number, numbers_of, printed_number
from .referral_wall_sheets import Orders
from .training_handouts import Block, blocks, contacts_in_handout, handout_pages
from .typesetter import fonts_for

_BETWEEN = " · "
_ALONE = re.compile(r"\b([^\W\d_]) ")  # a word of one letter
_FAMILIES = ("kit-", "order-", "danger")  # of words that the templates use
# How many numbers a template shows; the others show all. Data without the rest are the same for more places.
_NUMBERS = {"order": 0, "handout": 0, "share": 2, "stickers": 2}
NO_DAY = "1980-01-01"  # of a file in which nobody has confirmed anything; ZIP knows no earlier day


@dataclass(frozen=True)
class Sheets:
    """The sheets of one place. A ``draft`` may show numbers that nobody has confirmed, and says so."""

    place: Municipality
    words: Mapping[str, Words]
    pages: Sequence[PageSource]
    orders: Orders
    draft: bool

    def data(self, item: Item, language: str) -> dict[str, object]:
        """Return the data for the template of ``item``."""
        words = self.words[language]
        numbers = numbers_of(self.place)[: _NUMBERS.get(item.template)]
        site = self.place.site_url if numbers else None
        order: dict[str, object] = {}
        text: list[Block] = []
        dated = [number.contact for number in numbers]
        if item.template == "order":
            order = self.orders.data(self.place, Order(item.variant), language)
            dated = self.orders.contacts(self.place, Order(item.variant))
        elif item.template == "handout":
            page = handout_pages(self.pages, item.variant, self.place)[language]
            text = blocks(page, self.place, item.variant, words)
            dated = [c for c in contacts_in_handout(page, self.place) if c.needs_confirmation]
        own = bool(order.get("own")) or site is not None or any(number.kind == "own" for number in numbers)
        title = words[item.title] + (f" ({words['kit-item-quiet']})" if item.quiet else "")
        if text:
            title += f": {''.join(str(run['text']) for run in text[0]['runs'])}"
        name, name_language = self.place.name(language)
        together = on_one_sheet(self.place, language) if item.all_languages else []
        return {
            "lang": language,
            "fonts": fonts_for([language, *together]),
            "direction": direction(language),
            "quiet": item.quiet,
            "variant": item.variant,
            "draft": self.draft,
            "title": _BETWEEN.join(
                [*([words["kit-draft"]] if self.draft else []), title, *([name] if own else [])]
            ),
            "order": order,
            "blocks": text,
            "languages": [
                {
                    "lang": code,
                    "headline": _together(self.words[code]["kit-headline"]),
                    "subline": _together(self.words[code]["kit-subline"]),
                    "danger": _together(self.words[code]["danger"]),
                }
                for code in together
            ],
            "words": {key: _together(words[key]) for key in words if key.startswith(_FAMILIES)},
            "numbers": [self._number(number, language, item.all_languages) for number in numbers],
            "place": _said(name[:1].upper() + name[1:], name_language, f"{self.place.file}|name")
            if own
            else None,
            "day": max((str(c.confirmed_on) for c in dated if c.confirmed_on), default=NO_DAY),
            "dates": self._dates(dated, language),
            "brief": self._brief(numbers, language),
            "address": self._address(language) if site else None,
            "qr": self._qr(language) if site else None,
        }

    def _number(self, number: Number, language: str, all_languages: bool) -> dict[str, object]:
        """Return a number with its texts. ``purpose`` speaks to people who need help, and ``service`` names
        the kind of contact for a helper who calls for them. ``spoken`` are its languages, each in its own
        words: a sheet in all languages has them in place of the usual words."""
        words, contact = self.words[language], number.contact
        name, name_language = in_language(contact.organization, language, self.place.country.language)
        spoken = [language_name(code, code) for code in number.phone.languages] if all_languages else []
        facts = self._facts(number, language, with_languages=not all_languages)
        texts = [
            f"{words['card-chat-sms']}: {printed_number(chat.number, language)}"
            for chat in contact.chats
            if chat.kind == "sms" and chat.number
        ]
        return {
            "kind": number.kind,
            "number": _said(
                printed_number(grouped(number.phone.number), language), language, number.field("phones")
            ),
            "name": _said(name, name_language, number.field("organization")),
            "purpose": self._word(f"role-{number.role}", language),
            "service": self._word(f"name-{number.role}", language),
            "facts": _said(_BETWEEN.join([*texts, *facts]), language, number.field("schedule")),
            "spoken": _said(_BETWEEN.join(spoken), language, number.field("phones")),
            "short": _said(
                _BETWEEN.join(self._short_facts(number, language)), language, number.field("phones")
            ),
        }

    def _word(self, key: str, language: str) -> dict[str, str]:
        return _said(self.words[language][key], language, f"i18n/{language}.yml|{key}")

    def _facts(self, number: Number, language: str, *, with_languages: bool) -> list[str]:
        """Return hours, cost and languages, as far as the source gives them."""
        if number.kind == "emergency":
            return []
        words, phone = self.words[language], number.phone
        hours = self._hours(number, language) or words["order-hours-unknown"]
        spoken = self._languages(phone.languages, language) if with_languages else []
        return [hours, *self._cost(number, words), *spoken]

    def _short_facts(self, number: Number, language: str) -> list[str]:
        """Return what matters most on a card: open day and night, cost, languages."""
        if number.kind == "emergency":
            return []
        words, phone = self.words[language], number.phone
        always = ALWAYS in (phone.schedule or number.contact.schedule,)
        return [
            *([ALWAYS] if always else []),
            *self._cost(number, words),
            *([language_names(phone.languages, language)] * bool(phone.languages)),
        ]

    def _hours(self, number: Number, language: str) -> str:
        words, contact = self.words[language], number.contact
        notation = number.phone.schedule or contact.schedule
        if not notation:
            return ""
        zone = self.place.time_zone_of(contact)
        clock = "" if zone == self.place.time_zone else clock_name(zone, language, words)
        return hours_in_words(notation, language, words, clock)

    @staticmethod
    def _cost(number: Number, words: Words) -> list[str]:
        free = number.phone.free
        return [] if free is None else [words["card-free" if free else "card-paid"]]

    def _languages(self, codes: Iterable[str], language: str) -> list[str]:
        names = language_names(codes, language)
        return [f"{self.words[language]['card-languages']} {names}"] if names else []

    def _dates(self, contacts: Sequence[Contact], language: str) -> dict[str, str]:
        """Return the sentence on the dates. They come from confirmations and opened pages, or in a draft from
        the sources."""
        words = self.words[language]
        told = [contact for contact in contacts if contact.needs_confirmation] or contacts
        days = [contact.confirmed_on for contact in told if contact.confirmed_on]
        good = [contact.good_until for contact in told if contact.good_until]
        if told and len(days) == len(good) == len(told):
            text = filled(words["kit-dates"], date=_day(min(days), language), until=_day(min(good), language))
            return _said(text, language, f"i18n/{language}.yml|kit-dates")
        sentences = [
            filled(
                words["card-source" if contact.needs_confirmation else "card-sourced"],
                source=contact.shown_source or words["source-withheld"],
                date=day_in_words(contact.source.date, language, words),
            )
            for contact in told
            if contact.confirmed_on is None
        ]
        text = " ".join([*dict.fromkeys(sentences)][:MOST])
        return _said(text, language, f"i18n/{language}.yml|card-source")

    def _brief(self, numbers: Iterable[Number], language: str) -> dict[str, str]:
        """Return the dates as figures, for the smallest pieces."""
        told = [number.contact for number in numbers if number.contact.needs_confirmation]
        days = [contact.confirmed_on for contact in told if contact.confirmed_on]
        good = [contact.good_until for contact in told if contact.good_until]
        if told and len(days) == len(good) == len(told):
            text = f"{_figures(min(days), language)} – {_figures(min(good), language)}"
        else:
            text = self.words[language]["kit-draft"] if told else ""
        return _said(text, language, f"i18n/{language}.yml|kit-draft")

    def _url(self, language: str) -> str | None:
        """Return the address of the copy's start page in a language. It has no query."""
        url = self.place.site_url
        return (
            url + address("index.html", language, self.place.country.language).removesuffix("index.html")
            if url
            else None
        )

    def _address(self, language: str) -> dict[str, str] | None:
        url = self._url(language)
        if url is None:
            return None
        # It may be broken after a slash, but at no hyphen, which could be that of a broken word.
        shown = url.removeprefix("https://").removesuffix("/")
        shown = shown.replace("/", "/\N{ZERO WIDTH SPACE}").replace("-", "-\N{WORD JOINER}")
        country = self.place.country
        file = f"municipalities/{country.code}/_coordinator.yml"
        return _said(shown, language, f"{file}|sites.{self.place.slug}")

    def _qr(self, language: str) -> str | None:
        url = self._url(language)
        return qr_code(url) if url else None


def _said(text: str, language: str, source: str) -> dict[str, str]:
    """Return a text for a box. ``source`` is ``FILE|FIELD``, for the message if the text does not fit."""
    return {"text": _together(text), "lang": language, "from": source}


@lru_cache(4096)  # most are words of i18n, which every sheet has
def _together(text: str) -> str:
    """Return a text with each word of one letter in the line of the next word, and each dot at the end of
    a line."""
    return _ALONE.sub("\\1\N{NO-BREAK SPACE}", text).replace(_BETWEEN, "\N{NO-BREAK SPACE}· ")


def qr_code(url: str) -> str:
    """Return a QR code as SVG, with the quiet zone of four modules that ISO/IEC 18004 asks for."""
    svg = io.BytesIO()
    segno.make(url, error="m", micro=False).save(
        svg, kind="svg", border=4, dark="#000", light="#fff", xmldecl=False, nl=False, unit="mm"
    )
    return svg.getvalue().decode()


def _day(day: date, language: str) -> str:
    """Return a date in words, all in one line."""
    return format_date(day, "long", locale_of(language)).replace(" ", "\N{NO-BREAK SPACE}")


def _figures(day: date, language: str) -> str:
    """Return a date as figures, with all four of the year."""
    locale = locale_of(language)
    pattern = get_date_format("short", locale).pattern
    return format_date(day, re.sub("y+", "yyyy", pattern), locale)
