"""An arbitrary municipality file beside the real countries' files: the national lines stay.

``EXAMPLES=2000 pytest -n 0 tests/build/test_national_lines.py`` throws other files, and as many as you like.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import phonenumbers
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from phonenumbers import PhoneNumberType

from campaign.copies.fill import Filler
from campaign.errors import CampaignError
from campaign.model.contact import Contact
from campaign.model.places import OWN, Municipality, Places
from campaign.model.referral_order import Consent, Order, StepKind
from campaign.model.roles import LOCAL, Role
from campaign.pages.slots import listed
from campaign.site.base_site import Base, read_base
from campaign.source.municipalities import read_places

from ..project import ROOT, render_apart
from ..repository import PLACES, WORDS, checked

EXAMPLES = os.environ.get("EXAMPLES")
thrown = settings(
    max_examples=int(EXAMPLES or 60),
    derandomize=not EXAMPLES,
    database=None,
    deadline=None,
    # Each file takes a second: to make a failing one smaller would take minutes.
    phases=(Phase.generate,),
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
# A place and another one of the same country, whose copy must stay as it is.
PAIRS = {
    "ee": ("narva", "narva-joesuu"),
    "lv": ("riga", "jelgava"),
    "lt": ("kaunas", "vilnius"),
    "ru": ("pskov", "komi"),
}


@pytest.fixture(scope="session")
def bases(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Base]:
    """The base of each real country in its first language, rendered by MkDocs in a process of its own."""
    folder = tmp_path_factory.mktemp("bases")
    whole = checked().good()
    countries = whole.places.countries
    first = {code: country.in_languages([country.language]) for code, country in countries.items()}
    project = replace(whole, places=Places(first, whole.places.municipalities))
    for code in PAIRS:
        render_apart(project, code, folder / code)
    return {code: read_base(folder / code, code) for code in PAIRS}


@pytest.fixture(scope="session")
def project(tmp_path_factory: pytest.TempPathFactory):
    """The real countries' files, each with two of its municipalities."""
    folder = tmp_path_factory.mktemp("beside")
    for code, slugs in PAIRS.items():
        (folder / f"municipalities/{code}").mkdir(parents=True)
        for name in ("_country", *slugs):
            file = f"municipalities/{code}/{name}.yml"
            shutil.copy(ROOT / file, folder / file)
    return folder


HARMLESS = {PhoneNumberType.FIXED_LINE, PhoneNumberType.MOBILE, PhoneNumberType.TOLL_FREE}
# These lines are the whole country's; the test does not ask the code for them.
WHOLE_COUNTRY = {
    "emergency", "trafficking-helpline", "victim-support", "child-helpline", "youth-helpline", "women-helpline",
    "missing-children", "consular", "labour-inspectorate", "public-information",
}  # fmt: skip
NUMBERS = {
    "ee": ["+372 735 1300", "+372 735 1301", "+372 5464 0017", "+372 5464 0018", "+372 800 2123", "1247"],
    "lv": ["+371 6710 5050", "+371 6710 5051", "+371 2812 9999", "+371 2812 9998", "+371 8000 9999", "116006"],
    "lt": ["+370 5 233 9999", "+370 5 233 9998", "+370 616 99999", "+370 616 99998", "+370 800 99999", "116111"],
    "ru": ["+7 812 573 99 99", "+7 812 573 99 98", "+7 911 999 99 99", "+7 911 999 99 98", "+7 800 999 99 99", "124"],
}  # fmt: skip
FOREIGN = ["+372 900 1234", "+370 616 91119", "+371 28612120", "+7 727 258 8000", "+1 900 555 1234", "+881 612345678",
           "+979 123456789", "112", "1182", "+372 0 735 1300", "+371 8 67105048"]  # fmt: skip


@st.composite
def files(draw):
    """A country, the name of a municipality's file and what an enemy of its readers may write there."""
    code = draw(st.sampled_from(sorted(PAIRS)))
    slug, other = PAIRS[code]
    country = PLACES.countries[code]
    language = country.language
    nationals = country.national
    sin = draw(st.sampled_from(["role", "number", "number", "id", "name", None]))

    def or_odd(kind, good, odd):
        """A strategy; what is not allowed comes in one kind of value only, else nothing would be accepted."""
        return st.one_of(good, odd) if sin == kind else good

    prefix = f"{code}-{slug}"
    role = or_odd("role", st.sampled_from(sorted(LOCAL)), st.sampled_from(sorted(Role)))
    odd = st.just(draw(st.sampled_from([NUMBERS[code][5], *FOREIGN])))
    number = or_odd("number", st.sampled_from(NUMBERS[code][:5]), odd)
    mobile = or_odd("number", st.sampled_from(NUMBERS[code][2:4]), odd)
    names = st.sampled_from([contact.organization[language] for contact in nationals])
    hours = st.sampled_from([None, "24/7", "Mo-Fr 09:00-15:00"])
    source = {"url": "https://example.org/", "date": "undated", "publisher": "Y"}

    def line(values, **fixed):
        return fixed | {key: value for key, value in values.items() if value is not None}

    def contact(index):
        phones = [
            line({"schedule": draw(hours)}, number=one)
            for one in draw(st.lists(number, max_size=3, unique=True))
        ]
        kinds = st.sampled_from(["sms", "whatsapp", "viber", "telegram"])
        chats = [
            {"kind": kind, "number": draw(mobile)} for kind in draw(st.lists(kinds, max_size=2, unique=True))
        ]
        return line(
            {
                "phones": phones or None,
                "chats": chats or None,
                "schedule": draw(hours),
                "email": draw(st.sampled_from([None, "x@example.org"])),
                "audiences": draw(st.sampled_from([None, ["professionals"], ["youth", "migrants"]])),
                "eligibility": draw(st.sampled_from([None, ["children"], ["women"], ["men"]])),
            },
            id=draw(
                or_odd(
                    "id",
                    st.just(f"{prefix}-{index}"),
                    st.sampled_from([prefix, f"{code}-{other}-x", nationals[0].id]),
                )
            ),
            roles=draw(st.lists(role, min_size=1, max_size=4, unique=True)),
            organization={language: draw(or_odd("name", st.just(f"X {index}"), names))},
            web="https://example.org/",
            source=source,
        )

    contacts = [contact(index) for index in range(draw(st.integers(0, 8)))]
    ids = [entry["id"] for entry in contacts]
    who = st.lists(st.sampled_from([*Role, *ids, *(c.id for c in nationals)]), max_size=3)

    def steps():
        kinds = draw(st.lists(st.sampled_from(sorted(StepKind)), min_size=1, max_size=4))
        return [{"step": kind, "who": draw(who), "consent": str(Consent.NEEDED)} for kind in kinds]

    orders = draw(st.lists(st.sampled_from([order.key for order in Order]), max_size=3, unique=True))
    seat = {
        "seat": "national-line",
        "organization": {language: "Y"},
        "contact": draw(st.sampled_from([*ids, nationals[0].id])),
    }
    whole = {
        "iso_3166_2": country.record.codes[slug],
        "name": {language: draw(or_odd("name", st.just("Koht"), names))},
        "contacts": contacts,
    }
    if county := PLACES.municipalities[f"{code}/{slug}"].record.county:
        whole["county"] = county
    if orders:
        whole["referral"] = {order: steps() for order in orders}
    if draw(st.booleans()):
        whole["working_group"] = {"seats": [seat], "source": source}
    if draw(st.booleans()):
        whole["contact_point"] = {"organization": {language: "Z"}, "phone": draw(number)}
    return code, slug, whole


LINK = re.compile(r'href="((?:tel|sms):[^"]+|https://[^"]+)"')


def dialled(page: str) -> set[str]:
    """The numbers of all links of a page."""
    found = set(re.findall(r'href="(?:tel:|sms:|https://t\.me/)(\+?[0-9]+)', page))
    return found | {f"+{digits}" for digits in re.findall(r'href="https://wa\.me/([0-9]+)', page)}


def filled(base: Base, place: Municipality) -> dict[str, str]:
    country = place.country.in_languages([place.country.language])
    words = {language: WORDS[language] for language in country.languages}
    copy = Filler(ROOT, base, country, words).fill(place)
    return {
        path: content.decode() for path, content in copy.items() if path.endswith((".html", ".json", ".js"))
    }


def links(page: str) -> set[str]:
    return set(LINK.findall(page))


@pytest.fixture(scope="session")
def usual(bases, project):
    """The copies as they are with the real files, and those of places with nothing of their own."""
    places = read_places(project, WORDS, date.today()).municipalities
    copies = {}
    for code, (slug, other) in PAIRS.items():
        place = places[f"{code}/{slug}"]
        bare = place.record.model_copy(update={"contacts": (), "working_group": None, "meetings": ()})
        alone = Municipality(slug, place.file, place.country, bare, {})
        copies[code] = (filled(bases[code], alone), filled(bases[code], places[f"{code}/{other}"]))
    return copies


# A municipality writes its order of referral and its working group itself: on these two pages of professionals
# text messages to 112 and web addresses may go.
ITS_OWN_PAGES = ("professionals/referral.html", "professionals/working-group.html")


CALLED_FIRST = (Role.VICTIM_SUPPORT, Role.TRAFFICKING_HELPLINE)


def first_with_number(contacts: Iterable[Contact], role: Role) -> Contact | None:
    return next((c for c in contacts if role in c.roles and c.number_at_home), None)


def kept_on(path: str, place: Municipality) -> set[str | None]:
    """The links that no file of a municipality may take from a page: those of contacts that serve the whole
    country, and on Help also those of the contacts of its region. Elsewhere a contact of the region that only
    stands in for a role is not shown where the municipality has a contact with that role."""
    contacts = place.country.national
    if path == "help.html":
        contacts = (*contacts, *place.regional)
    if path == "pictures.html":  # the first line with a number for each role that one rings
        first = (
            first_with_number(contacts, role)
            for role in (*CALLED_FIRST, Role.WOMEN_HELPLINE, Role.CHILD_HELPLINE)
        )
        contacts = tuple(contact for contact in first if contact)
    if path.endswith(ITS_OWN_PAGES):
        return {line.href for contact in contacts for line in contact.phones}
    return {line.href for contact in contacts for line in contact.channels} | {
        contact.web for contact in contacts
    }


def check(place: Municipality, base: Base, bare: dict[str, str], copy: dict[str, str]) -> None:
    country = place.country
    numbers = country.record.numbers
    for path, page in copy.items():
        if path.endswith(".html"):
            lost = links(bare[path]) & kept_on(path, place) - links(page)
            assert not lost, (path, lost)
        for number in dialled(page):
            if number.startswith("+"):
                parsed = phonenumbers.parse(number)
                here = phonenumbers.region_code_for_number(parsed) == country.code.upper()
                harmless = here and phonenumbers.number_type(parsed) in HARMLESS
                assert harmless or number in numbers.exceptions, (path, number)
            elif not number.startswith("0"):
                allowed = {*numbers.emergency, *numbers.short_codes, *numbers.exceptions}
                assert number in allowed, (path, number)
    for slot in base.slots:
        if slot.kind == "contacts" and slot.argument.partition(":")[2] != OWN:
            audience, roles = listed(slot.argument)
            for role in WHOLE_COUNTRY.intersection(roles):
                regional = {contact.id for contact in place.regional}
                shown = [c for c in place.contacts_for(Role(role), audience) if c.id not in regional]
                ids = [contact.id for contact in country.contacts_for(Role(role), audience)]
                assert [contact.id for contact in shown] == ids, (slot, role)


def test_a_file_takes_no_national_line_away_and_brings_no_foreign_number(bases, project, usual):
    accepted = 0

    @thrown
    @given(files())
    def throw(drawn):
        nonlocal accepted
        code, slug, whole = drawn
        file = project / f"municipalities/{code}/{slug}.yml"
        before = file.read_bytes()
        file.write_text(json.dumps(whole, ensure_ascii=False), "utf-8")  # which is YAML, too
        try:
            places = read_places(project, WORDS, date.today()).municipalities
        except CampaignError:
            return
        finally:
            file.write_bytes(before)
        accepted += 1
        bare, other = usual[code]
        place = places[f"{code}/{slug}"]
        check(place, bases[code], bare, filled(bases[code], place))
        assert filled(bases[code], places[f"{code}/{PAIRS[code][1]}"]) == other

    throw()
    assert accepted >= 15  # else it would say nothing
