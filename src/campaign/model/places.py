"""Countries and municipalities, and the contacts that each shows for a role."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from .channels import Phone
from .confirmations_and_approvals import CoordinatorFile
from .contact import Audience, Contact, Show
from .place_files import ContactPoint, CountryFile, MunicipalityFile
from .roles import Role, chain
from .texts_to_approve import texts_digest

ContactFilter = Callable[[Contact], bool]
OWN = "own"  # in place of roles in a contacts slot: all contacts of the municipality itself
FIRST = "first"  # likewise: the numbers to call first
NUMBERS = "numbers"  # likewise: those and the country's other lines with a number
WRITTEN = "written"  # likewise: all contacts that accept written messages
LISTS = (OWN, FIRST, NUMBERS, WRITTEN)
MOST_FIRST = 3


@dataclass(frozen=True)
class Country:
    """One country: the record of its file, and the line on which each contact begins."""

    code: str  # two lower-case letters, the name of its folder
    file: str
    record: CountryFile
    lines: Mapping[str, int] = field(repr=False, compare=False)  # contact id or meetings.ID -> line
    coordinator: CoordinatorFile = field(default=CoordinatorFile(), repr=False)

    @property
    def languages(self) -> tuple[str, ...]:
        """All languages of its sites. The first is at the root; languages that are only begun come last."""
        return (*self.record.languages, *self.record.starts)

    @property
    def language(self) -> str:
        return self.record.languages[0]

    @property
    def time_zone(self) -> str:
        return self.record.time_zone

    def in_languages(self, codes: Collection[str]) -> Country:
        """Return the country with its first language and these ones; with all if ``codes`` is empty."""
        if not codes:
            return self
        record, kept = self.record, {self.language, *codes}
        languages = tuple(code for code in record.languages if code in kept)
        starts = tuple(code for code in record.starts if code in kept)
        return replace(self, record=record.model_copy(update={"languages": languages, "starts": starts}))

    @cached_property
    def national(self) -> tuple[Contact, ...]:
        """Its contacts that serve the whole country."""
        return tuple(contact for contact in self.record.contacts if not contact.area)

    def contacts_for(
        self, role: Role, audience: Audience, accepts: ContactFilter = lambda _: True
    ) -> list[Contact]:
        """Return its national contacts for the role, or for the first stand-in role that has any. ``accepts``
        filters them and must accept emergency numbers. The list is never empty: each chain ends there."""
        for link in chain(role):
            if found := _fitting(self.national, link, audience, accepts):
                return found
        raise AssertionError("read_places lets no country pass without an emergency number")

    def phone(self, role: Role) -> tuple[Contact, Phone, bool]:
        """Return the first number that works in the country: contact, phone, and whether it is a stand-in."""
        for link in chain(role):
            for contact in self.national:
                if link in contact.roles and contact.on_pages_of(Audience.EVERYONE):
                    for phone in contact.phones:
                        if phone.reach != "abroad":
                            return contact, phone, link is not role
        raise AssertionError("read_places lets no country pass without an emergency number")


@dataclass(frozen=True)
class Municipality:
    """One municipality in its country. Its name everywhere is ``ee/tartu``."""

    slug: str
    file: str
    country: Country
    record: MunicipalityFile
    lines: Mapping[str, int] = field(repr=False, compare=False)  # contact id, referral.ORDER, meetings.ID

    def __str__(self) -> str:
        return f"{self.country.code}/{self.slug}"

    @property
    def site_url(self) -> str | None:
        """The address of the copy, if the coordinator has given one."""
        return self.country.coordinator.sites.get(self.slug)

    @property
    def exit_url(self) -> str:
        """The address of the exit that it has chosen; the country's first exit if it has chosen none."""
        exits = self.country.record.exits
        return exits[self.record.exit or next(iter(exits))]

    @property
    def approved(self) -> bool:
        """Whether the coordinator has approved its texts as they are now."""
        return self.country.coordinator.texts.get(self.slug) == texts_digest(self.record)

    @property
    def time_zone(self) -> str:
        return self.record.time_zone or self.country.record.time_zone

    def time_zone_of(self, contact: Contact) -> str:
        """Return the time zone of a contact's hours: the place's for its own contacts, else the country's."""
        return self.time_zone if contact.id in self.lines else self.country.record.time_zone

    @property
    def contact_point(self) -> ContactPoint | None:
        return self.record.contact_point

    def name(self, language: str) -> tuple[str, str]:
        """Return the official name and the language of that name."""
        return in_language(self.record.name, language, self.country.language)

    @cached_property
    def contacts(self) -> tuple[Contact, ...]:
        """Its own contacts, then those that serve it and other places, then its country's."""
        return self.record.contacts + self.regional + self.country.national

    @cached_property
    def regional(self) -> tuple[Contact, ...]:
        """The contacts of its country's file with a service area that includes it or its county."""
        names = {self.slug, self.record.county}
        return tuple(contact for contact in self.country.record.contacts if names.intersection(contact.area))

    @cached_property
    def local(self) -> frozenset[str]:
        """The ids of its own and its regional contacts."""
        return frozenset(contact.id for contact in (*self.record.contacts, *self.regional))

    def reached_by(self, contacts: Iterable[Contact]) -> bool:
        """Whether one of the contacts has a number that readers of its pages see."""
        return any(contact.phones and contact.on_pages_of(Audience.EVERYONE) for contact in contacts)

    @property
    def has_number(self) -> bool:
        """Whether readers see a number of the municipality's own."""
        return self.reached_by(self.record.contacts)

    @property
    def has_regional_number(self) -> bool:
        """Whether readers see a number that serves the municipality or its county, and none of its own."""
        return not self.has_number and self.reached_by(self.regional)

    def contacts_for(
        self, role: Role, audience: Audience, accepts: ContactFilter = lambda _: True
    ) -> list[Contact]:
        """Return its own contacts for the role (or for a stand-in role, as long as the country has none for
        the roles before it), then the regional ones, then the country's. A place can add contacts to the
        national ones but not remove any. Its second lines come after its other contacts, and a stand-in
        role's come first if it has no other. Only the emergency numbers of a region come after the
        country's. The list is never empty."""
        national = self.country.contacts_for(role, audience, accepts)
        found: dict[str, Contact] = {}
        for link in chain(role):
            for contacts in (self.record.contacts, self.regional):
                found |= {contact.id: contact for contact in _fitting(contacts, link, audience, accepts)}
            first_line = any(contact.show is not Show.SECOND_LINE for contact in found.values())
            if first_line or link in national[0].roles:
                local = sorted(found.values(), key=_rank)
                return [*national, *local] if role is Role.EMERGENCY else [*local, *national]
        raise AssertionError("every chain ends with a role that the country has")

    def own_contacts(self, audience: Audience) -> list[Contact]:
        """Return all contacts of the municipality itself, in the order of the roles, second lines last."""
        order = list(Role)
        return sorted(
            (contact for contact in self.record.contacts if contact.on_pages_of(audience)),
            key=lambda contact: (_rank(contact), order.index(contact.role)),
        )

    def shown(self, audience: Audience, roles: Sequence[str]) -> Sequence[Contact]:
        """Return the contacts that a contacts slot with these roles shows, each once. The role "own" means
        all contacts of the municipality itself, then the regional ones. Only `FIRST`, `NUMBERS` and
        `WRITTEN` may be empty."""
        key = (audience, *roles)
        if key not in self._shown:
            self._shown[key] = self._find(audience, roles)
        return self._shown[key]

    @cached_property
    def _shown(self) -> dict[tuple[str, ...], list[Contact]]:
        """Earlier results of `shown`: they are the same in each language."""
        return {}

    def _find(self, audience: Audience, roles: Sequence[str]) -> list[Contact]:
        if list(roles) == [FIRST]:
            return self._numbers(audience)[:MOST_FIRST]
        if list(roles) == [NUMBERS]:
            return self._numbers(audience)
        if list(roles) == [WRITTEN]:
            return [c for c in self.contacts if c.chats and c.on_pages_of(audience)]
        if list(roles) == [OWN]:
            regional = [contact for contact in self.regional if contact.on_pages_of(audience)]
            return [*self.own_contacts(audience), *regional] or self.contacts_for(Role.EMERGENCY, audience)
        contacts = (c for role in roles for c in self.contacts_for(Role(role), audience))
        return list({contact.id: contact for contact in contacts}.values())

    def _numbers(self, audience: Audience) -> list[Contact]:
        """Return contacts with a number to call in the country: two national lines, the first local one, and
        then other national lines, which no local one may take away."""
        local = self.local_with_number(audience)
        before = (self._national(role, audience) for role in (Role.VICTIM_SUPPORT, Role.TRAFFICKING_HELPLINE))
        after = (self._national(role, audience) for role in (Role.WOMEN_HELPLINE, Role.CHILD_HELPLINE))
        found: dict[str, Contact] = {}
        for contacts in (*before, local, *after):
            found |= {contact.id: contact for contact in contacts[:1]}
        return [*found.values()]

    def local_with_number(self, audience: Audience) -> list[Contact]:
        """Return its own contacts, then the regional ones, with a number to call in the country; second lines
        come last."""
        own = (c for c in self.shown(audience, [OWN]) if c.id in self.local and c.number_at_home)
        return sorted(own, key=_rank)

    def _national(self, role: Role, audience: Audience) -> list[Contact]:
        """Return the country's contacts for the role itself, with a number that works in the country."""
        return _fitting(self.country.national, role, audience, lambda c: bool(c.number_at_home))


def _fitting(
    contacts: Iterable[Contact], role: Role, audience: Audience, accepts: ContactFilter
) -> list[Contact]:
    return [c for c in contacts if role in c.roles and c.on_pages_of(audience) and accepts(c)]


def _rank(contact: Contact) -> bool:
    """The sort key that puts second lines last."""
    return contact.show is Show.SECOND_LINE


def in_language(texts: Mapping[str, str], language: str, default: str) -> tuple[str, str]:
    """Return a text and its language: the reader's language if the text exists in it, else the default."""
    chosen = language if language in texts else default
    return texts[chosen], chosen


@dataclass(frozen=True)
class Places:
    """Everything in municipalities/: countries, and municipalities sorted by name."""

    countries: Mapping[str, Country]
    municipalities: Mapping[str, Municipality]

    def names_of(self, country: str) -> list[str]:
        return [name for name in self.municipalities if name.startswith(f"{country}/")]

    def of(self, country: str) -> Iterator[Municipality]:
        return (self.municipalities[name] for name in self.names_of(country))

    def only(self, names: Collection[str]) -> Places:
        """Return the named countries and municipalities (``ee``, ``ee/tartu``), and the countries of the
        named municipalities; all places if ``names`` is empty."""
        if not names:
            return self
        codes = {name.partition("/")[0] for name in names}
        countries = {code: country for code, country in self.countries.items() if code in codes}
        chosen = {
            name: place
            for name, place in self.municipalities.items()
            if name in names or place.country.code in names
        }
        return Places(countries, chosen)

    def without(self, names: Collection[str]) -> Places:
        """Return all places except these municipalities."""
        kept = {name: place for name, place in self.municipalities.items() if name not in names}
        return Places(self.countries, kept)

    @property
    def owners(self) -> Iterator[Country | Municipality]:
        """Yield each country and municipality: each has one file and may have contacts."""
        yield from self.countries.values()
        yield from self.municipalities.values()

    def contacts(self) -> Iterator[tuple[str, int, Contact]]:
        """Yield every contact once, with its file and line."""
        for owner in self.owners:
            for contact in owner.record.contacts:
                yield owner.file, owner.lines[contact.id], contact
