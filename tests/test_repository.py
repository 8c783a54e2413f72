"""The repository's own 192 places: their data, and every file of their sites."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from campaign.model import Audience
from campaign.page import read_pages
from campaign.places import read_places
from campaign.prose import sentences
from campaign.roles import Role
from campaign.slot import comments, for_country
from campaign.words import read_words

from .conftest import ROOT, direct_build, tree

WORDS = read_words(ROOT)
PLACES = read_places(ROOT, WORDS, date.today())
LANGUAGES = ("et", "lv", "lt", "ru", "en")

# Every contact of a good source: an editor who drops one must say so here.
IDS = {
    "ee": "112 thb 116006 116111 116000 ti pbgb-mig 1247 pagulasabi iom",
    "lv": "112 safehouse marta 116006 116111 police-thb ici ici-latgale ici-kurzeme ici-vidzeme ici-zemgale",
    "lt": "112 nappz kopzi missing caritas-vln caritas-klp vyru ksppc women 116111 jaunimo 116000 police-thb consular vdi mic "
    "victims",
    "ru": "112 child women",
}


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


@pytest.mark.parametrize("code", IDS)
def test_every_national_contact_is_there(code):
    found = {contact.id for contact in PLACES.countries[code].record.contacts}
    assert found == {f"{code}-{name}" for name in IDS[code].split()}


def test_a_line_that_is_not_known_to_be_open_all_day_does_not_say_so():
    by_id = {contact.id: contact for _, _, contact in PLACES.contacts()}
    assert by_id["ee-thb"].schedule is None
    assert by_id["lv-safehouse"].schedule is None
    assert by_id["lv-116006"].schedule == "Mo-Su 12:00-22:00"
    assert by_id["lt-nappz"].phones[0].number == "0 800 91119"
    assert by_id["lt-nappz"].phones[1].reach == "abroad"


def test_what_must_not_be_published_is_not():
    numbers = {phone.href for _, _, contact in PLACES.contacts() for phone in contact.phones}
    for number in ("80002012", "3330016", "67312176", "67186522", "tel:880091119", "tel:1492"):
        assert not any(number in href for href in numbers)


def test_in_russia_a_sentence_with_a_number_stays_true():
    """No trafficking line there: the sentence gives 112 and says whose number it is."""
    country = PLACES.countries["ru"]
    assert country.phone(Role.EMERGENCY)[2] is False
    for role in (Role.TRAFFICKING_HELPLINE, Role.MISSING_CHILDREN):
        contact, phone, stands_in = country.phone(role)
        assert (contact.id, phone.number, stands_in) == ("ru-112", "112", True)
    assert country.phone(Role.CHILD_HELPLINE)[1].number == "+7 800 200 01 22"


@pytest.mark.xdist_group("sites")
def test_sentences_of_russian_copies_name_who_stands_in(sites):
    text = (sites / "ru/pskov/for-someone-i-know.html").read_text("utf-8")
    (sentence,) = re.findall(r"Пропал ребёнок\? Звоните сразу: (.*?)</p>", text)
    name = PLACES.countries["ru"].record.contacts[0].organization["ru"]
    assert re.sub(r"<[^>]+>", "", sentence) == f"112 ({name})."


def test_every_page_is_in_every_language():
    paths: dict[str, set[str]] = {}
    for page in read_pages(ROOT):
        paths.setdefault(page.language, set()).add(page.path)
    assert len(paths["en"]) == 39
    for language in LANGUAGES:
        assert paths[language] == paths["en"]
    assert paths["uk"] == {"index.md", "help.md", "safety.md", "find.md", "migrants/protection.md"}


QUIET = {
    "en": "traffick victim prostitut sex crime criminal police exploit slave abuse violen blackmail",
    "et": "kaubandus kaubits ohver ohvri prostitu seks kuri kurite politsei ärakasuta orja vägivald väljapress",
    "lv": "tirdzniec upur prostit seks nozieg policij ekspluat verdz vardarb šantāž",
    "lt": "prekyb auka aukos prostit seks nusikal policij išnaud verg smurt šantaž",
    "uk": "торгів жертв проститу секс злочин криміна поліц експлуат рабств насил шантаж",
    "ru": "торгов жертв прости секс преступ полици эксплуат рабств насили шантаж",
}


def test_titles_and_addresses_of_readers_pages_are_quiet():
    for page in read_pages(ROOT):
        if page.audience.reads_for_help and page.audience is not Audience.ABOUT:
            for stems in QUIET.values():
                for stem in stems.split():
                    assert stem not in page.meta.title.lower(), page.file
            assert not any(stem in page.path for stem in QUIET["en"].split()), page.file


def test_every_page_is_whole_and_readers_pages_are_short_enough():
    """150 words at least, a readers' page at most 600 in any country (and 250, but for the easy one)."""
    for page in read_pages(ROOT):
        if page.path == "find.md":  # the theme fills it
            continue
        for country in PLACES.countries:
            text = replace(page, source=for_country(page.source, country))
            count = sum(len(sentence.words) for sentence in sentences(text))
            least = 250 if page.audience.reads_for_help and page.path != "easy.md" else 150
            most = 600 if page.audience.reads_for_help else 1500
            assert least <= count <= most, (page.file, country, count)


def test_every_readers_page_ends_in_contacts_and_one_call():
    for page in read_pages(ROOT):
        if page.audience.reads_for_help and page.path not in ("safety.md", "index.md", "find.md"):
            last = [c.kind for c in comments(page.text) if c.kind in ("contacts", "phone")]
            assert last[-1] == "contacts", page.file


pytest_sites = pytest.mark.xdist_group("sites")


@pytest_sites
@pytest.mark.parametrize("place", ["ee/tallinn", "lv/riga", "lt/kaunas", "ru/pskov"])
def test_a_copy_equals_a_direct_build(sites, tmp_path, place):
    direct_build(ROOT, place, tmp_path)
    assert tree(tmp_path) == tree(sites / place)


@pytest_sites
def test_a_russian_reader_in_narva_gets_estonian_numbers_with_russian_words(sites):
    text = (sites / "ee/narva/ru/help.html").read_text("utf-8")
    assert '<html lang="ru">' in text
    assert 'href="tel:+3726607320"' in text
    assert 'href="tel:116006"' in text
    assert 'href="tel:+3723569600"' in text
    for key in ("card-hours", "card-anonymous", "get-help"):
        assert WORDS["ru"][key] in text
        assert WORDS["et"][key] not in text
    assert '<html lang="lv">' in (sites / "lv/riga/index.html").read_text("utf-8")


@pytest_sites
def test_all_sites_hold_their_own_numbers_and_nobody_elses(sites):
    """Reads every file of every copy (linked files once)."""
    left_over = re.compile("⟦|⟧|\\{\\{|\\{%|<!--".encode())
    links = re.compile(rb'href="((?:tel|sms|mailto):[^"]+|https://(?:wa|t)\.me/[^"]+)"')
    printed = re.compile("\\+(?:37[0-2]|7)[ \N{NO-BREAK SPACE}0-9]{8,}".encode())
    seen: dict[int, set[bytes]] = {}
    assert len(PLACES.municipalities) == sum(1 for _ in sites.glob("??/*"))
    for place in PLACES.municipalities.values():
        found: set[bytes] = set()
        for path in (sites / str(place)).rglob("*.*"):
            if path.is_file():
                inode = path.stat().st_ino
                if inode not in seen:
                    content = path.read_bytes()
                    assert not left_over.search(content), path
                    numbers = {re.sub(rb"[^+0-9]", b"", n) for n in printed.findall(content)}
                    seen[inode] = set(links.findall(content)) | {b"tel:" + number for number in numbers}
                found |= seen[inode]
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
