"""A contact as a service of Open Referral, the format in which directories exchange services."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID, uuid5

from pydantic_core import Url

from ..model.channels import Chat, Phone
from ..model.contact import Contact, Eligibility
from ..model.roles import ADDRESS_KEPT_BACK, Role
from ..pages.ui_strings import Words
from ..text.opening_hours import hours_in_words, locale_of, openings
from . import hsds_model as hsds
from .card import source_note

# Every id is a version 5 UUID of a contact's id in this namespace: the same in every copy and build.
NAMESPACE = UUID("17748bb6-b359-405e-bb6a-3be81ed549b8")

_AGES = {Eligibility.CHILDREN_7_17: (7, 17), Eligibility.YOUNG_PEOPLE: (16, 35)}


@dataclass(frozen=True)
class Area:
    """An area that a contact serves: its name, its ISO 3166 code (None for a county) and its time zone."""

    name: str
    code: str | None
    zone: str


def service_of(contact: Contact, areas: Sequence[Area], language: str, words: Words) -> hsds.Service:
    """Return one contact as a service for ``areas``, at least one, which share a time zone. Texts and
    ``words`` are in ``language``, the country's first."""
    return _Writer(contact, areas, language, words).service()


class _Writer:
    def __init__(self, contact: Contact, areas: Sequence[Area], language: str, words: Words) -> None:
        self._contact, self._areas, self._language, self._words = contact, areas, language, words
        self._given: Counter[str] = Counter()

    def service(self) -> hsds.Service:
        contact, words = self._contact, self._words
        purpose = words[f"role-{contact.role}"]
        name = contact.organization[self._language]
        takes = [words[f"for-{kind}"] for kind in contact.eligibility]
        ages = [_AGES.get(kind) for kind in contact.eligibility]
        youngest, oldest = ages[0] if len(ages) == 1 and ages[0] else (None, None)
        costs = tuple(self._costs(contact.channels))
        return hsds.Service(
            id=self._id(),
            name=name,
            alternate_name=contact.organization.get("en") if self._language != "en" else None,
            description=f"{purpose} {contact.description.get(self._language, '')}".strip(),
            url=_uri(contact.web) if contact.web else None,
            email=contact.email,
            status="active",
            application_process=None if contact.anonymous is None else self._anonymity,
            fees_description="; ".join(f"{cost.option}: {cost.amount_description}" for cost in costs) or None,
            eligibility_description=", ".join(takes) or None,
            minimum_age=youngest,
            maximum_age=oldest,
            assured_date=contact.assured_date.isoformat() if contact.assured_date else None,
            alert=str(source_note(contact, self._language, words)) if contact.unconfirmed else None,
            phones=tuple(self._phones()),
            schedules=self._schedules(contact.schedule),
            service_areas=tuple(
                hsds.ServiceArea(
                    id=self._id("area"),
                    name=area.name,
                    description=f"ISO 3166: {area.code}" if area.code else None,
                )
                for area in self._areas
            ),
            service_at_locations=tuple(self._locations()),
            languages=self._languages(contact.languages),
            organization=hsds.Organization(id=self._id("organization"), name=name, description=purpose),
            cost_options=costs,
            attributes=tuple(self._attributes()),
            metadata=tuple(self._metadata()),
        )

    def _id(self, *parts: str) -> UUID:
        """Return the id of a part of the contact, from its content: the order of the parts has no effect."""
        name = "/".join([self._contact.id, *parts])
        self._given[name] += 1
        return uuid5(NAMESPACE, name if self._given[name] == 1 else f"{name}#{self._given[name]}")

    @property
    def _anonymity(self) -> str:
        return self._words["card-anonymous" if self._contact.anonymous else "card-named"]

    def _phones(self) -> Iterator[hsds.Phone]:
        words = self._words
        for phone in self._contact.phones:
            notes = [] if phone.free is None else [self._cost(phone)]
            notes += [words["card-abroad"]] * (phone.reach == "abroad")
            notes += [words["card-home"]] * (phone.reachable_from == "home")
            yield self._phone(phone, phone.number, "voice", notes)
        for chat in self._contact.chats:
            if chat.number:
                notes = [words[f"card-chat-{chat.kind}"], *([] if chat.free is None else [self._cost(chat)])]
                yield self._phone(chat, chat.number, "text", notes)

    def _phone(self, line: Phone | Chat, number: str, kind: str, notes: list[str]) -> hsds.Phone:
        if line.schedule:  # the specification has no schedules for phones
            notes.append(hours_in_words(line.schedule, self._language, self._words))
        part = f"{kind}/{re.sub(r'[^+0-9]', '', number)}"
        return hsds.Phone.model_validate(
            {
                "id": self._id(part),
                "number": number,
                "type": kind,
                "description": ", ".join(notes) or None,
                "languages": self._languages(line.languages, part),
            }
        )

    def _cost(self, line: Phone | Chat) -> str:
        return self._words["card-free" if line.free else "card-paid"]

    def _costs(self, lines: Iterable[Phone | Chat]) -> Iterator[hsds.CostOption]:
        for line in lines:
            if line.free is not None:
                option = line.number or str(line.href)
                yield hsds.CostOption(
                    id=self._id("cost", option),
                    option=option,
                    amount=0 if line.free else None,
                    amount_description=self._cost(line),
                )

    def _languages(self, codes: Iterable[str], *part: str) -> tuple[hsds.Language, ...]:
        names = locale_of(self._language).languages
        return tuple(
            hsds.Language(id=self._id(*part, "language", code), name=names[code], code=code) for code in codes
        )

    def _schedules(self, notation: str | None, *part: str) -> tuple[hsds.Schedule, ...]:
        if notation is None:
            return ()
        return tuple(
            hsds.Schedule(
                id=self._id(*part, "schedule", str(number)),
                freq="WEEKLY",
                byday=",".join(day.upper() for day in opening.days),
                description=hours_in_words(notation, self._language, self._words),
                opens_at=opening.opens,
                closes_at=opening.closes,
                notes=f"opening_hours: {notation}; time zone: {self._areas[0].zone}",
            )
            for number, opening in enumerate(openings(notation))
        )

    def _locations(self) -> Iterator[hsds.ServiceAtLocation]:
        contact = self._contact
        if contact.address and not ADDRESS_KEPT_BACK.intersection(contact.roles):
            yield self._at("address", location_type="physical", description=contact.address)
        for chat in contact.chats:
            if chat.url:
                yield self._at(
                    chat.url,
                    location_type="virtual",
                    url=_uri(chat.url),
                    name=self._words["card-chat-web"],
                    languages=self._languages(chat.languages, chat.url),
                    schedules=self._schedules(chat.schedule, chat.url),
                )

    def _at(self, part: str, **location: object) -> hsds.ServiceAtLocation:
        inside = hsds.Location.model_validate({"id": self._id("location", part), **location})
        return hsds.ServiceAtLocation(id=self._id("at", part), location=inside)

    def _attributes(self) -> Iterator[hsds.Attribute]:
        contact = self._contact
        for role in contact.roles:
            yield self._attribute("role", role, term=self._role(role))
        for kind, codes in (("audience", contact.audiences), ("eligibility", contact.eligibility)):
            for code in codes:
                yield self._attribute(kind, code, value=code)
        if contact.anonymous is not None:
            yield self._attribute("anonymous", value="true" if contact.anonymous else "false")
        for kind, texts in (("name", contact.organization), ("description", contact.description)):
            for language, text in texts.items():
                if language != self._language:
                    yield self._attribute(kind, language, value=text, term=_language_term(language))
        shown = contact.shown_source or self._words["source-withheld"]
        yield self._attribute("source", value=shown if contact.source_withheld else contact.source.url)
        yield self._attribute("source_date", value=contact.source.date)

    def _attribute(
        self, kind: str, *part: str, value: str | None = None, term: hsds.TaxonomyTerm | None = None
    ) -> hsds.Attribute:
        return hsds.Attribute.model_validate(
            {
                "id": self._id("attribute", kind, *part),
                "link_id": uuid5(NAMESPACE, self._contact.id),
                "link_type": kind,
                "link_entity": "service",
                "value": value,
                "taxonomy_term": term,
            }
        )

    def _role(self, role: Role) -> hsds.TaxonomyTerm:
        return hsds.TaxonomyTerm(
            id=uuid5(NAMESPACE, f"role:{role}:{self._language}"),
            code=role,
            name=self._words[f"name-{role}"],
            description=self._words[f"role-{role}"],
            taxonomy="Safe Path, roles of a contact",
            language=self._language,
        )

    def _metadata(self) -> Iterator[hsds.Metadata]:
        contact = self._contact
        if contact.assured_date and contact.assurer:
            yield hsds.Metadata(
                id=self._id("metadata", "assured_date"),
                resource_id=uuid5(NAMESPACE, contact.id),
                resource_type="service",
                last_action_date=contact.assured_date.isoformat(),
                last_action_type="assure",
                field_name="assured_date",
                previous_value="",
                replacement_value=contact.assured_date.isoformat(),
                updated_by=contact.assurer,
            )


def _language_term(code: str) -> hsds.TaxonomyTerm:
    return hsds.TaxonomyTerm(
        id=uuid5(NAMESPACE, f"language:{code}"),
        code=code,
        name=locale_of("en").languages[code],
        description="The language of the value.",
        taxonomy="ISO 639-1",
        language="en",
    )


def _uri(url: str) -> str:
    """Return an address as a URI: letters beyond ASCII are percent-encoded."""
    return str(Url(url))
