"""The facts of a card and whom a slot names, as Hugo reads them; words are ours, markup is Hugo's."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from campaign.contacts.card import day_in_words, unknown_facts
from campaign.contacts.phone_display import grouped
from campaign.model.contact import Chat, Contact, Phone
from campaign.model.opening_hours import hours_in_words, locale_of
from campaign.model.places import OWN, Country, Municipality, in_language
from campaign.model.types import host
from campaign.pages.slots import listed
from campaign.pages.ui_strings import Words


def chosen(place: Municipality, argument: str) -> dict[str, Any]:
    """The contacts of the slot ``AUDIENCE:ROLES``, and a key that only the same cards share."""
    audience, roles = listed(argument)
    none = roles == [OWN] and not place.own_contacts(audience)
    ids = [contact.id for contact in place.shown(audience, roles)]
    professional = not audience.reads_for_help
    key = " ".join([place.time_zone, str(professional), str(none), *ids])
    return {"ids": ids, "none": none, "professional": professional, "key": key}


def card(contact: Contact, language: str, country: Country, words: Words) -> dict[str, Any]:
    """All that the card of a contact says in one language."""
    lines: list[Phone | Chat] = [*contact.chats, *contact.phones]
    takes = ", ".join(words[f"for-{kind}"] for kind in contact.eligibility)
    remarks = [f"{words['card-for']} {takes}"] if takes else []
    if contact.anonymous is not None:
        remarks.append(words["card-anonymous" if contact.anonymous else "card-named"])
    return {
        "name": name_in(contact.organization, language, country),
        "purpose": " ".join([words[f"role-{contact.role}"], contact.description.get(language, "")]).strip(),
        "lines": [_line(line, language, words) for line in lines],
        "hours": _hours(contact.schedule, language, words),
        "remarks": remarks,
        "web": {"url": contact.web, "host": host(contact.web)} if contact.web else None,
        "email": contact.email,
        "address": contact.address,
        "source": " ".join([_standing(contact, language, words), _unknown(contact, words)]).strip(),
    }


def name_in(texts: Mapping[str, str], language: str, country: Country) -> dict[str, str]:
    """A name, and its language where that is not the page's."""
    text, own = in_language(texts, language, country.language)
    return {"text": text, "language": own if own != language else ""}


def _line(line: Phone | Chat, language: str, words: Words) -> dict[str, Any]:
    spoken = ", ".join(str(locale_of(language).languages[code]) for code in line.languages)
    if isinstance(line, Chat):
        text = f"{words['card-write']}: {host(line.url) if line.url else grouped(line.number or '')}"
        free = [words["card-free"]] if line.free else []
        notes = [words[f"card-chat-{line.kind}"], *free, *([spoken] if spoken else [])]
    else:
        notes = [] if line.free is None else [words["card-free" if line.free else "card-paid"]]
        text = grouped(line.number)
        if line.reach == "abroad":
            notes.append(words["card-abroad"])
        if line.reachable_from == "home":
            notes.append(words["card-home"])
        if spoken:
            notes.append(f"{words['card-languages']} {spoken}")
    return {
        "href": line.href,
        "text": text,
        "foreign": isinstance(line, Chat),
        "notes": notes,
        "hours": _hours(line.schedule, language, words),
    }


def _hours(notation: str | None, language: str, words: Words) -> dict[str, str] | None:
    if notation is None:
        return None
    return {"notation": notation, "words": hours_in_words(notation, language, words)}


def _standing(contact: Contact, language: str, words: Words) -> str:
    assert contact.assured_date is None, "the theme knows no confirmed contacts, and nobody has confirmed one"
    day = day_in_words(contact.source.date, language, words)
    key = "card-source" if contact.needs_confirmation else "card-sourced"
    return words[key].format(source=host(contact.source.url), date=day)


def _unknown(contact: Contact, words: Words) -> str:
    unknown = unknown_facts(contact, words)
    return f"{words['card-unknown']} {', '.join(unknown)}." if unknown else ""
