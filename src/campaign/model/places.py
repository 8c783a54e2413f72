"""Countries and municipalities, and whom a reader in one of them is told to call."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

from .approved_texts import texts_digest
from .contact import Audience, Contact, Phone
from .coordinator_file import CoordinatorFile
from .place_files import ContactPoint, CountryFile, MunicipalityFile
from .roles import Role, chain

Fits = Callable[[Contact], bool]
OWN = "own"  # in a list of roles: all contacts of the municipality itself


@dataclass(frozen=True)
class Country:
    """One country: what its file says and the line on which each contact begins."""

    code: str  # two small letters, as its folder
    file: str
    record: CountryFile
    lines: Mapping[str, int] = field(repr=False, compare=False)  # contact id -> line
    coordinator: CoordinatorFile = field(default=CoordinatorFile(), repr=False)

    @property
    def languages(self) -> tuple[str, ...]:
        """All languages of its sites; the first stands at the root, those only begun come last."""
        return (*self.record.languages, *self.record.starts)

    @property
    def language(self) -> str:
        return self.record.languages[0]

    @property
    def time_zone(self) -> str:
        return self.record.time_zone

    def in_languages(self, codes: Collection[str]) -> Country:
        """The country with these languages and its first alone; with all where none is named."""
        if not codes:
            return self
        kept = tuple(code for code in self.languages if code in codes or code == self.language)
        return replace(self, record=self.record.model_copy(update={"languages": kept, "starts": ()}))

    def contacts_for(self, role: Role, audience: Audience, fits: Fits = lambda _: True) -> list[Contact]:
        """Its contacts of the role, else those of the role that stands in; only those that ``fits`` lets
        through, which must hold for an emergency number. Never empty: every chain ends with that."""
        for link in chain(role):
            if found := _fitting(self.record.contacts, link, audience, fits):
                return found
        raise AssertionError("read_places lets no country pass without an emergency number")

    def phone(self, role: Role) -> tuple[Contact, Phone, bool]:
        """The first number that works in the country: contact, number, whether it stands in for the role."""
        for link in chain(role):
            for contact in self.record.contacts:
                if link in contact.roles:
                    for phone in contact.phones:
                        if phone.reach != "abroad":
                            return contact, phone, link is not role
        raise AssertionError("read_places lets no country pass without an emergency number")


@dataclass(frozen=True)
class Municipality:
    """One municipality in its country; ``ee/tartu`` is its name everywhere."""

    slug: str
    file: str
    country: Country
    record: MunicipalityFile
    lines: Mapping[str, int] = field(repr=False, compare=False)  # contact id or referral.ORDER -> line

    def __str__(self) -> str:
        return f"{self.country.code}/{self.slug}"

    @property
    def site_url(self) -> str | None:
        """Where the copy is, as the coordinator says."""
        return self.country.coordinator.sites.get(self.slug)

    @property
    def exit_url(self) -> str:
        """The one of the country's exits that it has chosen, else the first."""
        exits = self.country.record.exits
        return exits[self.record.exit or next(iter(exits))]

    @property
    def approved(self) -> bool:
        """Whether the coordinator has said yes to its texts as they are now."""
        return self.country.coordinator.texts.get(self.slug) == texts_digest(self.record)

    @property
    def time_zone(self) -> str:
        return self.record.time_zone or self.country.record.time_zone

    def time_zone_of(self, contact: Contact) -> str:
        """That of the contact's own clock: the place's for its own contacts, else the country's."""
        return self.time_zone if contact.id in self.lines else self.country.record.time_zone

    @property
    def contact_point(self) -> ContactPoint | None:
        return self.record.contact_point

    def name(self, language: str) -> tuple[str, str]:
        """The official name and the language that it is in."""
        return in_language(self.record.name, language, self.country.language)

    @cached_property
    def contacts(self) -> tuple[Contact, ...]:
        """Its own contacts, then its country's."""
        return self.record.contacts + self.country.record.contacts

    def contacts_for(self, role: Role, audience: Audience, fits: Fits = lambda _: True) -> list[Contact]:
        """Its own contacts of the role, or else of a role that stands in where the country has nobody either;
        then the country's. The country's are found without a look at the municipality, which so can add to
        them and take none away. Never empty."""
        national = self.country.contacts_for(role, audience, fits)
        for link in chain(role):
            own = _fitting(self.record.contacts, link, audience, fits)
            if own or link in national[0].roles:
                return [*own, *national]
        raise AssertionError("every chain ends with a role that the country has")

    def own_contacts(self, audience: Audience) -> list[Contact]:
        """All that the municipality itself has, in the order of the roles."""
        order = list(Role)
        return sorted(
            (c for c in self.record.contacts if _serves(c, audience)), key=lambda c: order.index(c.role)
        )

    def shown(self, audience: Audience, roles: Sequence[str]) -> Sequence[Contact]:
        """Whom a contacts slot of these roles shows, each once; "own" is all of the municipality itself.
        Never empty."""
        asked = (audience, *roles)
        if asked not in self._shown:
            self._shown[asked] = self._find(audience, roles)
        return self._shown[asked]

    @cached_property
    def _shown(self) -> dict[tuple[str, ...], list[Contact]]:
        """What was found before, in another language."""
        return {}

    def _find(self, audience: Audience, roles: Sequence[str]) -> list[Contact]:
        if list(roles) == [OWN]:
            return self.own_contacts(audience) or self.contacts_for(Role.EMERGENCY, audience)
        contacts = (c for role in roles for c in self.contacts_for(Role(role), audience))
        return list({contact.id: contact for contact in contacts}.values())


def _fitting(contacts: Iterable[Contact], role: Role, audience: Audience, fits: Fits) -> list[Contact]:
    return [c for c in contacts if role in c.roles and _serves(c, audience) and fits(c)]


def _serves(contact: Contact, audience: Audience) -> bool:
    if audience.reads_for_help and not contact.reachable_by_readers:
        return False
    wanted = audience in (Audience.EVERYONE, Audience.ABOUT) or not contact.audiences
    return wanted or audience.value in contact.audiences


def in_language(texts: Mapping[str, str], language: str, default: str) -> tuple[str, str]:
    """A text in the reader's language, else in the default one, and the language that it is in."""
    chosen = language if language in texts else default
    return texts[chosen], chosen


@dataclass(frozen=True)
class Places:
    """All that municipalities/ holds: countries, and municipalities sorted by their names."""

    countries: Mapping[str, Country]
    municipalities: Mapping[str, Municipality]

    def names_of(self, country: str) -> list[str]:
        return [name for name in self.municipalities if name.startswith(f"{country}/")]

    def of(self, country: str) -> Iterator[Municipality]:
        return (self.municipalities[name] for name in self.names_of(country))

    def only(self, names: Collection[str]) -> Places:
        """The countries and municipalities that ``names`` (``ee``, ``ee/tartu``) name, with the countries
        that these municipalities are in; all where there are no names."""
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
        """All of it but these municipalities."""
        kept = {name: place for name, place in self.municipalities.items() if name not in names}
        return Places(self.countries, kept)

    @property
    def owners(self) -> Iterator[Country | Municipality]:
        """Whatever may have contacts of its own, one file each."""
        yield from self.countries.values()
        yield from self.municipalities.values()

    def contacts(self) -> Iterator[tuple[str, int, Contact]]:
        """Every contact once, with its file and line."""
        for owner in self.owners:
            for contact in owner.record.contacts:
                yield owner.file, owner.lines[contact.id], contact
