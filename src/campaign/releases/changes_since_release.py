"""Says in words what has changed since a release, and for whom: contacts, numbers, pages.

It compares the contacts and the digests of texts that a release holds, not git tags: a coordinator, a host
or a build machine may have only the folder of the project, and a shallow checkout has no old tags.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from phonenumbers import NumberParseException

from ..contacts.phone_display import grouped
from ..model.places import Places
from ..pages.ui_strings import Words
from ..pages.words_for_hosts import filled
from .release_file import Release

Facts = Mapping[str, Any]  # of one contact, as in a release
_OTHER = (
    *("organization", "roles", "phones", "chats", "web", "email", "address", "schedule"),
    *("eligibility", "anonymous"),
)


@dataclass(frozen=True)
class Section:
    """The changes for one country or municipality, each in one line."""

    name: str  # ee or ee/narva
    title: str
    lines: tuple[str, ...]


def contact_changes(
    old: Mapping[str, Facts], new: Mapping[str, Facts], language: str, words: Words
) -> Iterator[str]:
    """Yield what differs between two sets of contacts by id, numbers first. ``language`` is the language of
    the names, if a contact has it."""
    for contact in [*old, *(name for name in new if name not in old)]:
        before, after = old.get(contact), new.get(contact)
        name = _name(after or before or {}, language)
        if before is None or after is None:
            key = "since-contact-new" if after else "since-contact-gone"
            numbers = ", ".join(_grouped(number) for number in _numbers(after or before or {}))
            yield filled(words[key], name=name, numbers=numbers).strip()
        else:
            yield from _number_changes(name, _numbers(before), _numbers(after), words)
            if fields := [words[f"field-{key}"] for key in _OTHER if _rest(before, key) != _rest(after, key)]:
                yield filled(words["since-other"], name=name, fields=", ".join(fields))


def _number_changes(name: str, old: Sequence[str], new: Sequence[str], words: Words) -> Iterator[str]:
    gone = [number for number in old if number not in new]
    added = [number for number in new if number not in old]
    if len(gone) == len(added) == 1:
        yield filled(words["since-number-swapped"], name=name, old=_grouped(gone[0]), new=_grouped(added[0]))
        return
    for number in gone:
        yield filled(words["since-number-gone"], name=name, old=_grouped(number))
    for number in added:
        yield filled(words["since-number-new"], name=name, new=_grouped(number))


def _grouped(number: str) -> str:
    try:
        return grouped(number)
    except NumberParseException:  # an older release may have a number that no longer parses
        return number


def _name(facts: Facts, language: str) -> str:
    names = facts.get("organization") or {}
    return str(names.get(language) or next(iter(names.values()), "?"))


def _numbers(facts: Facts) -> list[str]:
    lines = [*facts.get("phones", ()), *facts.get("chats", ())]
    return list(dict.fromkeys(str(line["number"]) for line in lines if line.get("number")))


def _rest(facts: Facts, key: str) -> Any:
    """Return a field without the numbers, whose changes have lines of their own."""
    value = facts.get(key)
    if key in ("phones", "chats") and value:
        return [{name: part for name, part in line.items() if name != "number"} for line in value]
    return value


def changes_since(
    old: Release, new: Release, places: Places, words: Mapping[str, Words], language: str = ""
) -> list[Section]:
    """Return the changes between two releases for each country, then for its municipalities, each in the
    country's first language unless ``language`` is given."""
    sections = []
    for code, country in places.countries.items():
        own = language or (country.language if country.language in words else "en")
        lines = [*contact_changes(old.contacts.get(code, {}), new.contacts.get(code, {}), own, words[own])]
        if pages := _pages(old, new, country.languages):
            lines.append(filled(words[own]["since-pages"], pages=", ".join(pages)))
        for key, one, other in (("new", old, new), ("gone", new, old)):
            found = sorted(name for name in other.copies.keys() - one.copies if name.startswith(f"{code}/"))
            lines += [filled(words[own][f"since-place-{key}"], place=name) for name in found]
        title = filled(words[own]["since-all"], country=country.record.name.get(own, code))
        sections.append(Section(code, title, tuple(lines)))
        for place in places.of(code):
            name = str(place)
            before, after = old.contacts.get(name, {}), new.contacts.get(name, {})
            lines = [*contact_changes(before, after, own, words[own])]
            sections.append(Section(name, place.name(own)[0], tuple(lines)))
    return [section for section in sections if section.lines]


def _pages(old: Release, new: Release, languages: Sequence[str]) -> list[str]:
    """Return the pages with another text in one of the languages: ``help (et, ru)``."""
    changed: dict[str, list[str]] = {}
    for file in sorted(old.texts.keys() | new.texts.keys()):
        language, _, page = file.partition("/")
        if old.texts.get(file) != new.texts.get(file) and language in languages:
            changed.setdefault(page.removesuffix(".md"), []).append(language)
    return [f"{page} ({', '.join(codes)})" for page, codes in sorted(changed.items())]


def for_place(sections: Sequence[Section], place: str) -> list[Section]:
    """Return the sections that concern one municipality: its country's and its own."""
    return [section for section in sections if section.name in (place, place.partition("/")[0])]


def letter(sections: Sequence[Section], release: str, site: str, words: Words) -> str:
    """Return the changes as a text: the title, each section, and what to do."""
    lines = [filled(words["since-title"], site=site, release=release), ""]
    for section in sections:
        lines += [section.title, *(f"- {line}" for line in section.lines), ""]
    lines.append(words["since-act"] if sections else words["since-none"])
    return "\n".join(lines) + "\n"
