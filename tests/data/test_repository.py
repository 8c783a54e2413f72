"""The repository's own 192 places: their data, and every file of their sites."""

from __future__ import annotations

import html
import re
from collections import Counter, defaultdict

import pytest
import yaml
from markupsafe import escape

from campaign.checks.check import with_spelling
from campaign.checks.count_places_of_contacts import used_by_readers
from campaign.model.contact import Audience
from campaign.model.places import WRITTEN
from campaign.model.roles import Role
from campaign.pages.slots import comments, for_country

from ..project import ROOT, direct_build, tree
from ..records import read_pages
from ..repository import PLACES, WORDS, checked

PAGES = read_pages(ROOT)


def test_every_place_of_the_four_countries_has_a_file():
    assert Counter(str(name)[:2] for name in PLACES.municipalities) == {
        "ee": 79,
        "lv": 42,
        "lt": 60,
        "ru": 11,
    }
    codes = [place.record.iso_3166_2 for place in PLACES.municipalities.values()]
    assert len(set(codes)) == 192
    names = [place.record.name[place.country.language] for place in PLACES.municipalities.values()]
    assert len(set(names)) == 192


def test_every_country_has_its_emergency_number_and_every_contact_its_source():
    for country in PLACES.countries.values():
        contact, _, stands_in = country.phone(Role.EMERGENCY)
        assert contact in country.record.contacts
        assert not stands_in
    assert all(contact.source.url for _, _, contact in PLACES.contacts())


def test_nothing_that_must_not_be_published_is_in_the_repository():
    numbers = {phone.href for _, _, contact in PLACES.contacts() for phone in contact.phones}
    for number in ("80002012", "3330016", "67312176", "67186522", "tel:880091119", "tel:1492"):
        assert not any(number in href for href in numbers)


def test_a_sentence_with_a_number_says_whose_it_is_wherever_another_stands_in():
    for country in PLACES.countries.values():
        for role in Role:
            contact, phone, stands_in = country.phone(role)
            assert stands_in == (role not in contact.roles), (country.code, role)
            assert phone in contact.phones


def test_sentences_of_russian_copies_name_who_stands_in(sites):
    country = PLACES.countries["ru"]
    text = (sites / "ru/pskov/for-someone-i-know.html").read_text("utf-8")
    contact, phone, stands_in = country.phone(Role.MISSING_CHILDREN)
    said = phone.number.replace(" ", "\N{NO-BREAK SPACE}")
    said += f" ({contact.organization['ru']})" if stands_in else ""
    assert said in re.sub(r"<[^>]+>", "", text.partition("<main")[2])


def test_the_repository_passes_its_own_check():
    """Titles, lengths, links, languages and spelling among the rest: all that an editor's work must keep to."""
    spelt, unchecked = with_spelling(ROOT, checked())
    assert [str(problem) for problem in spelt.problems] == []
    begun = {code for country in PLACES.countries.values() for code in country.record.starts}
    assert [reason for reason in unchecked if reason.partition(":")[0] not in begun] == []


@pytest.mark.parametrize("place", ["ee/tallinn", "lv/riga", "lt/kaunas", "ru/pskov"])
def test_a_copy_equals_a_direct_build(sites, tmp_path, place):
    """MkDocs renders the place's whole country anew. The pages are checked once for all four places: that a direct
    build checks them itself is seen with the small project."""
    project = checked().project
    assert project
    direct_build(ROOT, place, tmp_path, project)
    assert tree(tmp_path) == tree(sites / place)


@pytest.mark.parametrize("name", ["ee/narva", "lv/riga", "lt/kaunas", "ru/pskov"])
def test_the_place_decides_the_number_and_the_language_the_words(sites, name):
    place = PLACES.municipalities[name]
    languages = [code for code in place.country.languages if code in place.country.record.languages]
    roles = {word for page in PAGES if page.path == "help.md" for word in slots(page, place.country.code)}
    cards = [contact for word in roles - {WRITTEN} for contact in place.shown(Audience.EVERYONE, [word])]
    numbers = {phone.href for contact in cards for phone in contact.phones}
    assert numbers
    lines = place.shown(Audience.EVERYONE, [WRITTEN]) if WRITTEN in roles else []
    numbers |= {chat.href for contact in lines for chat in contact.chats if chat.href}
    for language in languages:
        path = "help.html" if language == place.country.language else f"{language}/help.html"
        text = (sites / name / path).read_text("utf-8")
        assert f'<html lang="{language}">' in text
        assert all(f'href="{escape(number)}"' in text for number in numbers), path
        for other in languages:
            assert (escape(WORDS[other]["exit"]) in text) == (other == language), (path, other)


def slots(page, country):
    """The roles of the contacts slots of a page in a country."""
    found = comments(for_country(page.text, country))
    return {word for comment in found if comment.kind == "contacts" for word in comment.words}


def test_all_sites_hold_their_own_numbers_and_nobody_elses(sites):
    """Reads every file of every copy. Each sign is searched for by itself: one expression for all takes thrice as long."""
    left_over = [sign.encode() for sign in ("⟦", "⟧", "{{", "{%", "<!--")]
    links = re.compile(rb'href="((?:tel|sms|mailto):[^"]+|https://(?:wa|t)\.me/[^"]+)"')
    printed = re.compile("\\+(?:37[0-2]|7)[ \N{NO-BREAK SPACE}0-9]{8,}".encode())
    assert len(PLACES.municipalities) == sum(path.is_dir() for path in sites.glob("??/*"))
    for place in PLACES.municipalities.values():
        found: set[bytes] = set()
        for path in (sites / str(place)).rglob("*.*"):
            if path.is_file():
                content = path.read_bytes()
                assert not any(sign in content for sign in left_over), path
                numbers = {re.sub(rb"[^+0-9]", b"", n) for n in printed.findall(content)}
                found |= set(links.findall(content)) | {b"tel:" + number for number in numbers}
        allowed, own = set(), set()
        for contact in place.contacts:
            mine = {phone.href for phone in contact.phones}
            mine |= {chat.href for chat in contact.chats if chat.number}
            mine |= {f"mailto:{contact.email}"} if contact.email else set()
            mine |= {"tel:+" + re.sub(r"\D", "", chat.number) for chat in contact.chats if chat.number}
            allowed |= mine
            if contact in place.record.contacts:
                own |= {phone.href for phone in contact.phones}
        assert found <= {str(link).encode() for link in allowed}, place
        assert {link.encode() for link in own} <= found, place


def test_a_local_number_is_on_the_help_pages_of_exactly_the_places_that_it_serves(sites):
    """What is typed in the files against what is in the built pages; no code between them is asked."""
    typed, held_back = defaultdict(set), defaultdict(set)
    national, places = set(), {}
    folders = [path for path in (ROOT / "municipalities").iterdir() if path.is_dir()]
    for folder in folders:
        files = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in folder.glob("*.yml")}
        confirmed = (files.get("_coordinator") or {}).get("history", {})
        own = {slug: file for slug, file in files.items() if not slug.startswith("_")}
        places |= {f"{folder.name}/{slug}": file for slug, file in own.items()}
        for slug, file in {**own, "_country": files["_country"]}.items():
            for contact in file.get("contacts", ()):
                area = contact.get("service_area") if slug == "_country" else [slug]
                served = {
                    f"{folder.name}/{name}"
                    for name, place in own.items()
                    if area is None or {name, place.get("county")} & {*area}
                }
                assert served, contact["id"]
                numbers = {re.sub(r"[^+0-9]", "", phone["number"]) for phone in contact.get("phones", ())}
                hidden = contact.get("show") == "readers-once-confirmed" and contact["id"] not in confirmed
                hidden = hidden or contact.get("audiences") == ["professionals"]
                for number in numbers:
                    (held_back if hidden else typed)[number] |= served
                if area is None and not hidden:
                    national |= numbers
    built = defaultdict(set)
    for name in places:
        page = (sites / name / "help.html").read_text("utf-8")
        for number in re.findall(r'href="tel:([^"]+)"', page):
            built[number].add(name)
    assert set(built) <= set(typed)
    local = typed.keys() - national
    assert len(local) > 100
    assert {number: typed[number] for number in local} == {number: built.get(number) for number in local}
    assert not [number for number in held_back.keys() - typed.keys() if number in built]
    for number in national & built.keys():
        assert built[number] <= typed[number], number


@pytest.fixture(scope="module")
def used():
    return used_by_readers(PLACES, PAGES)


@pytest.mark.parametrize("country", PLACES.countries)
def test_used_contacts_are_those_that_the_readers_pages_of_the_copies_show(sites, used, country):
    """Held against every readers' page of every copy, by the names on cards and the numbers."""
    marks: set[bytes] = set()
    for path in (sites / country).rglob("*.html"):
        if not {"professionals", "about"}.intersection(path.parts):
            page = path.read_bytes()
            marks.update(part.rpartition(b">")[2] + b"</h3>" for part in page.split(b"</h3>")[:-1])
            marks.update(part.partition(b'"')[0] for part in page.split(b'href="')[1:])
    shown = {html.unescape(mark.decode()) for mark in marks}
    for file, _, contact in PLACES.contacts():
        if file.startswith(f"municipalities/{country}/"):
            names = [f"{name}</h3>" for name in contact.organization.values()]
            numbers = [str(phone.href) for phone in contact.phones]
            assert bool(shown.intersection(names + numbers)) == (contact.id in used), contact.id
