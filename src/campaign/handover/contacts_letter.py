"""A draft letter to a municipality with its contacts as readers see them, to be called and corrected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..contacts.card import source_note
from ..contacts.phone_display import grouped
from ..model.contact import Contact
from ..model.places import Municipality, in_language
from ..pages.language_marks import language_names
from ..pages.ui_strings import Words
from ..pages.words_for_hosts import filled
from ..text.opening_hours import hours_in_words


def contacts_letter(place: Municipality, language: str, site: Words, host: Words) -> str:
    """Return the letter in ``language``; ``site`` and ``host`` are the words of the site and for hosts."""
    values = {"site": site["site-name"], "place": place.name(language)[0]}
    own = list(_listed(place.record.contacts, place, language, site)) or [host["pack-letter-none"], ""]
    lines = [
        filled(host["pack-letter-subject"], **values),
        "",
        host["letter-greeting"],
        "",
        filled(host["pack-letter-intro"], **values),
        host["pack-letter-person"],
        "",
        f"== {host['pack-letter-own']} ==",
        "",
        *own,
        f"== {host['pack-letter-country']} ==",
        "",
        *_listed(place.country.record.contacts, place, language, site),
        host["letter-thanks"],
    ]
    return "\n".join(lines) + "\n"


def _listed(contacts: Iterable[Contact], place: Municipality, language: str, words: Words) -> Iterator[str]:
    for contact in contacts:
        yield in_language(contact.organization, language, place.country.language)[0]
        yield "  " + ", ".join(words[f"name-{role}"] for role in contact.roles)
        for line in contact.channels:
            what = grouped(line.number) if line.number else str(line.href)
            kind = "" if line in contact.phones else f"{words[f'card-chat-{line.kind}']}: "  # type: ignore[union-attr]
            notes = [language_names(line.languages, language)]
            notes += [] if line.free is None else [words["card-free" if line.free else "card-paid"]]
            notes += [hours_in_words(line.schedule, language, words)] if line.schedule else []
            said = "; ".join(note for note in notes if note)
            yield f"  {kind}{what}{f' ({said})' if said else ''}"
        if contact.schedule:
            yield f"  {words['card-hours']} {hours_in_words(contact.schedule, language, words)}"
        for label, value in (("web", contact.web), ("email", contact.email), ("address", contact.address)):
            if value:
                yield f"  {words[f'card-{label}']}: {value}"
        yield f"  {source_note(contact, language, words)}"
        yield ""
