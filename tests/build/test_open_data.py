"""contacts.json, campaign.json and the help pages' ContactPoints: their shape, and that they say what the cards say."""

from __future__ import annotations

import html
import json
import re
import shutil
from datetime import date
from uuid import RFC_4122, UUID

import pytest
from babel import Locale
from pydantic import TypeAdapter

import campaign.copies.inputs_digest
from campaign.contacts.hsds_model import Service
from campaign.contacts.hsds_service import Area, service_of
from campaign.contacts.schema_org import escaped, schema_argument
from campaign.copies.inputs_digest import Inputs
from campaign.model.confirmations_and_approvals import HistoryEntry
from campaign.model.contact import Contact
from campaign.model.roles import ADDRESS_KEPT_BACK
from campaign.pages.ui_strings import read_words
from campaign.site.base_site import Base, cut
from campaign.source.municipalities import read_places
from campaign.text.opening_hours import Opening, openings

from ..project import Sample, leads_on, tree
from ..repository import PLACES, WORDS

SERVICES = TypeAdapter(list[Service])
LD = re.compile(r'<script type="application/ld\+json">(.*?)</script>')


def digits(number):
    return re.sub(r"[^+0-9]", "", number)


def ids(value):
    """Every id of a service, but for those of taxonomy terms, which services have in common."""
    if isinstance(value, list):
        return [found for inner in value for found in ids(inner)]
    if not isinstance(value, dict):
        return []
    own = [value["id"]] if "id" in value else []
    return own + [found for key, inner in value.items() if key != "taxonomy_term" for found in ids(inner)]


def test_every_copy_holds_to_the_shape_of_a_full_service(sites):
    known = Locale("en").languages
    for place in PLACES.municipalities.values():
        written = (sites / str(place) / "contacts.json").read_bytes()
        services = SERVICES.validate_json(written)
        raw = json.loads(written)
        lines = [json.dumps(one, ensure_ascii=False, separators=(",", ":")) for one in raw]
        assert written.decode() == "[\n" + ",\n".join(lines) + "\n]\n"
        found = [UUID(one) for one in ids(raw)]
        assert len(found) == len(set(found))
        assert {(one.version, one.variant) for one in found} == {(5, RFC_4122)}
        for service, contact in zip(services, place.contacts, strict=True):
            assert service.name == contact.organization[place.country.language]
            assert {phone.number for phone in service.phones} == {
                line.number for line in (*contact.phones, *contact.chats) if line.number
            }
            assert {language.code for language in service.languages} <= set(known)
            facts = {(one.link_type, one.value) for one in service.attributes}
            source = contact.shown_source if contact.source_withheld else contact.source.url
            assert {("source", source), ("source_date", contact.source.date)} <= facts
            roles = [one.taxonomy_term.code for one in service.attributes if one.link_type == "role"]
            assert roles == list(contact.roles)
            addresses = [at.location.description for at in service.service_at_locations]
            kept_back = ADDRESS_KEPT_BACK.intersection(roles)
            expected = {contact.address} if contact.address and not kept_back else set()
            assert set(addresses) - {None} == expected


def test_every_copy_says_what_it_was_made_of(sites):
    hashes = set()
    for place in PLACES.municipalities.values():
        said = json.loads((sites / str(place) / "campaign.json").read_bytes())
        assert re.fullmatch("[0-9a-f]{64}", said["inputs"])
        hashes.add(said["inputs"])
        assert said["municipality"]["code"] == place.record.iso_3166_2
        assert list(said["languages"]) == list(place.country.languages)
        written = {code: counts["written"] for code, counts in said["languages"].items()}
        files = [path for path in (sites / str(place)).rglob("*.html") if path.name != "404.html"]
        pages = [path for path in files if not leads_on(path)]
        assert len(pages) == sum(counts["offered"] for counts in said["languages"].values())
        assert written[place.country.language] == said["languages"][place.country.language]["offered"]
        assert said["contacts"] == len(place.contacts)
        assert said["unconfirmed"] == sum(contact.unconfirmed for contact in place.contacts)
        assured = [str(contact.assured_date) for contact in place.contacts if contact.assured_date]
        assert said["oldest_assured_date"] == min(assured, default=None)
    assert len(hashes) == len(PLACES.municipalities)


def test_the_help_page_names_exactly_the_contacts_of_its_cards_and_once_a_copy(sites):
    for place in PLACES.municipalities.values():
        first = place.country.language
        for language in place.country.languages:
            folder = "" if language == first else f"{language}/"
            page = (sites / str(place) / f"{folder}help.html").read_text("utf-8")
            assert len(LD.findall(page)) == (language == first)
        page = (sites / str(place) / "help.html").read_text("utf-8")
        points = json.loads(LD.findall(page)[0])["@graph"]
        cards = "".join(re.findall(r'<ul class="cards".*?</ul>', page, re.S))
        told = [point["telephone"] for point in points if "telephone" in point]
        assert set(told) == set(re.findall(r'href="tel:([^"]+)"', cards))
        chats = set(re.findall(r'<p class="call"><a href="(https://[^"]+)"', cards))
        assert {point["url"] for point in points if "telephone" not in point} >= {
            chat for chat in chats if not re.match(r"https://(wa|t)\.me/", chat)
        }
        for point in points:
            assert point["contactType"] in WORDS[first].values()
            assert f">{point['name']}<" in html.unescape(cards)
            assert {"@type", "contactType", "name", "areaServed"} < set(point)
    assert LD.search((sites / "ee/narva/index.html").read_text("utf-8")) is None


def test_a_week_of_hours_becomes_periods_on_days():
    week = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
    assert openings("24/7") == [Opening(week, "00:00", "23:59")]
    assert openings("Mo-Su 18:00-08:00") == [Opening(week, "18:00", "08:00")]
    assert openings("Sa-Mo,We 10:00-24:00") == [Opening(("Mo", "We", "Sa", "Su"), "10:00", "23:59")]
    assert openings("Mo,Tu 08:30-12:00; Th 08:30-12:00,14:00-17:00") == [
        Opening(("Mo", "Tu"), "08:30", "12:00"),
        Opening(("Th",), "08:30", "12:00"),
        Opening(("Th",), "14:00", "17:00"),
    ]


CONTACT = {
    "id": "ee-x",
    "roles": ["victim-support"],
    "organization": {"et": "Liin", "en": "Line"},
    "description": {"ru": "Помощь"},
    "phones": [{"number": "+372 736 1300", "languages": ["et"], "free": "true", "reachable_from": "abroad"}],
    "chats": [{"kind": "web", "url": "https://xn--mda.example.ee/%C3%A4", "schedule": "Sa-Su 10:00-24:00"}],
    "address": "Raekoja plats 3, Tartu",
    "schedule": "Mo-Fr 09:00-17:00",
    "eligibility": ["children-7-17"],
    "anonymous": "true",
    "source": {"url": "https://example.org/x", "date": "2021-01"},
}
AREA = Area("Tartu linn", "EE-793", "Europe/Tallinn")


def service(contact):
    return service_of(contact, [AREA], "et", WORDS["et"]).model_dump(mode="json", exclude_defaults=True)


def without_ids(value):
    if isinstance(value, dict):
        return {key: without_ids(inner) for key, inner in value.items() if not re.search("(^|_)id$", key)}
    return [without_ids(inner) for inner in value] if isinstance(value, list | tuple) else value


def test_a_service_of_open_referral_has_every_fact_of_a_contact():
    found = without_ids(service(Contact.model_validate(CONTACT)))
    words = WORDS["et"]
    attributes, organization = found.pop("attributes"), found.pop("organization")
    assert found == {
        "name": "Liin",
        "alternate_name": "Line",
        "description": words["role-victim-support"],
        "status": "active",
        "application_process": words["card-anonymous"],
        "fees_description": "+372 736 1300: tasuta",
        "eligibility_description": words["for-children-7-17"],
        "minimum_age": 7,
        "maximum_age": 17,
        "alert": "Allikas: example.org (jaanuar 2021), veel kinnitamata.",
        "phones": [
            {
                "number": "+372 736 1300",
                "type": "voice",
                "description": f"tasuta, {words['card-abroad']}",
                "languages": [{"name": "eesti", "code": "et"}],
            }
        ],
        "schedules": [
            {
                "freq": "WEEKLY",
                "byday": "MO,TU,WE,TH,FR",
                "description": "esmaspäevast reedeni kell 09:00 kuni 17:00",
                "opens_at": "09:00",
                "closes_at": "17:00",
                "notes": "opening_hours: Mo-Fr 09:00-17:00; time zone: Europe/Tallinn",
            }
        ],
        "service_areas": [{"name": "Tartu linn", "description": "ISO 3166: EE-793"}],
        "service_at_locations": [
            {"location": {"location_type": "physical", "description": "Raekoja plats 3, Tartu"}},
            {
                "location": {
                    "location_type": "virtual",
                    "url": "https://xn--mda.example.ee/%C3%A4",
                    "name": words["card-chat-web"],
                    "schedules": [
                        {
                            "freq": "WEEKLY",
                            "byday": "SA,SU",
                            "description": "laupäevast pühapäevani kell 10:00 kuni 24:00",
                            "opens_at": "10:00",
                            "closes_at": "23:59",
                            "notes": "opening_hours: Sa-Su 10:00-24:00; time zone: Europe/Tallinn",
                        }
                    ],
                }
            },
        ],
        "languages": [{"name": "eesti", "code": "et"}],
        "cost_options": [{"option": "+372 736 1300", "amount": 0, "amount_description": "tasuta"}],
    }
    assert organization == {"name": "Liin", "description": words["role-victim-support"]}
    assert [
        (one["link_type"], one.get("value"), one.get("taxonomy_term", {}).get("code")) for one in attributes
    ] == [
        ("role", None, "victim-support"),
        ("eligibility", "children-7-17", None),
        ("anonymous", "true", None),
        ("name", "Line", "en"),
        ("description", "Помощь", "ru"),
        ("source", "https://example.org/x", None),
        ("source_date", "2021-01", None),
    ]


def test_who_confirmed_a_contact_stands_in_its_metadata():
    contact = Contact.model_validate(CONTACT)
    said = {"result": "confirmed", "digest": contact.digest, "date": "2024-02-29", "office": "Kinnitaja"}
    opened = service(contact.with_history([HistoryEntry(**said, how="page-opened")]))
    assert not {"assured_date", "metadata", "alert"}.intersection(opened)
    found = service(contact.with_history([HistoryEntry(**said, how="wrote-back")]))
    assert found["assured_date"] == "2024-02-29"
    assert "alert" not in found
    assert without_ids(found["metadata"]) == [
        {
            "resource_type": "service",
            "last_action_date": "2024-02-29",
            "last_action_type": "assure",
            "field_name": "assured_date",
            "previous_value": "",
            "replacement_value": "2024-02-29",
            "updated_by": "Kinnitaja",
        }
    ]
    assert found["metadata"][0]["resource_id"] == found["id"]


def test_ids_stay_when_a_contact_changes_and_its_order_too():
    two = CONTACT | {"phones": [{"number": "112"}, *CONTACT["phones"]], "organization": {"et": "Uus nimi"}}
    before, after = service(Contact.model_validate(CONTACT)), service(Contact.model_validate(two))
    assert before["id"] == after["id"] == "56dce3f0-65ed-52b0-9949-af9dff8fb4f8"
    assert before["phones"][0]["id"] == after["phones"][1]["id"]
    kinds = ("sms", "whatsapp", "viber", "telegram")
    twice = CONTACT | {"chats": [{"kind": kind, "number": "+372 5464 0007"} for kind in kinds]}
    found = ids(service(Contact.model_validate(twice)))
    assert len(found) == len(set(found))


@pytest.mark.parametrize("role", sorted(ADDRESS_KEPT_BACK))
def test_the_address_of_a_shelter_is_kept_back_even_if_the_model_let_it_pass(role):
    contact = Contact.model_validate(CONTACT)
    slipped = contact.model_copy(update={"roles": (role,)})
    assert "Raekoja" in json.dumps(service(contact))
    assert "Raekoja" not in json.dumps(service(slipped))


HOSTILE = "</script><b>&\u2028\u2029<!--]]>\"'\\"


def test_no_text_ends_the_script_element():
    written = escaped({"name": HOSTILE, HOSTILE: [HOSTILE]})
    assert not re.search("[<>&\u2028\u2029]", written)
    assert json.loads(written) == {"name": HOSTILE, HOSTILE: [HOSTILE]}


def test_what_the_model_lets_pass_stays_text_in_the_script_element(sample):
    name = "R&D \"A\" 'B' \\ -- ]]"
    sample.edit("municipalities/ee/ylde.yml", "et: Ülde sotsiaaltöö", f"et: {json.dumps(name)}")
    sample.build("ee/ylde")
    (block,) = LD.findall(sample.read("ee/ylde/help.html"))
    assert name in [point["name"] for point in json.loads(block)["@graph"]]
    assert "&" not in block


def test_a_page_without_cards_has_no_script_element(sample):
    sample.build("ee/ylde")
    assert "ld+json" in sample.read("ee/ylde/help.html")
    for path in ("index.html", "ru/help.html"):
        assert "ld+json" not in sample.read(f"ee/ylde/{path}")
    assert schema_argument("<p>⟦phone et emergency⟧</p>") == ""


def test_a_contact_that_changes_changes_the_files_that_show_it_and_no_other(sample):
    """One date of a municipality's contact, then one of a country's, as `campaign confirm` writes it."""
    own = "professionals/index.html ru/professionals/index.html"  # all contacts of the municipality
    shown = "help.html ru/help.html"
    told = "campaign.json contacts.json manifest.json"
    sample.build()
    before = tree(sample.root / "sites")
    sample.edit("municipalities/ee/ylde.yml", "date: 2021-01-25", "date: 2021-01-26")
    sample.build("ee")
    after = tree(sample.root / "sites")
    assert before.keys() == after.keys()
    assert {path for path in before if before[path] != after[path]} == {
        f"ee/ylde/{path}" for path in f"{told} {shown} {own}".split()
    }
    sample.confirm("ee-child", "2024-02-29")
    sample.build("ee")
    last = tree(sample.root / "sites")
    assert {path for path in last if last[path] != after[path]} == {
        *(f"ee/{place}/{path}" for place in ("ylde", "teine") for path in f"{told} {shown}".split()),
        *("ee/index.html", "ee/index.ru.html"),  # the country's numbers are at its door
    }
    said = json.loads(last["ee/teine/campaign.json"])
    assert (said["contacts"], said["unconfirmed"], said["oldest_assured_date"]) == (2, 0, "2024-02-29")
    assert json.loads(last["ee/ylde/campaign.json"])["unconfirmed"] == 1


def test_a_page_that_is_not_written_counts_as_offered_only(sample):
    (sample.root / "docs/ru/about/site.md").unlink()
    sample.build("ee/teine")
    said = json.loads(sample.read("ee/teine/campaign.json"))
    assert said["languages"] == {"et": {"written": 6, "offered": 6}, "ru": {"written": 5, "offered": 6}}
    assert said["municipality"] == {"code": "EE-002", "name": "Teine vald"}
    assert said["licences"] == {"code": "MIT", "content": "CC-BY-4.0"}
    assert said["packages"].items() >= {"safe-path": said["version"], "mkdocs": "1.6.1"}.items()


def test_copies_without_contacts_of_their_own_have_the_same_services_in_files_of_their_own(sample):
    sample.write("municipalities/ee/veel.yml", "iso_3166_2: EE-003\nname:\n  et: Veel vald\n")
    sample.build("ee")
    files = [sample.root / f"sites/ee/{place}/contacts.json" for place in ("teine", "veel")]
    assert files[0].read_bytes() == files[1].read_bytes()
    assert not files[0].samefile(files[1])


PAGES = {"a.html": "a", "b.html": "b"}
PACKAGES = {"safe-path": "0.1.0", "jinja2": "3.1.6"}


def inputs(sample, pages=PAGES, files=b"style", packages=PACKAGES):
    words = read_words(sample.root)
    places = read_places(sample.root, words, date.today())
    cuts = tuple(cut(path, f"{text}⟦head et x⟧".encode()) for path, text in pages.items())
    base = Base("ee", cuts, {"site.css": files}, packages)
    hashed = Inputs(sample.root, base, places.countries["ee"], words)
    return {slug: hashed.of(places.municipalities[f"ee/{slug}"]) for slug in ("ylde", "teine")}


CHANGES = {
    "a page": {"pages": PAGES | {"b.html": "c"}},
    "a page less": {"pages": {"a.html": "a"}},
    "the same bytes cut elsewhere": {"pages": {"a.htmla": "", "b.html": "b"}},
    "a file": {"files": b"styles"},
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_hash_changes_with_the_base(sample, change):
    before, after = inputs(sample), inputs(sample, **CHANGES[change])
    assert before["ylde"] != after["ylde"]
    assert before["teine"] != after["teine"]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("overrides/partials/card.html", "card", "karte"),
        ("i18n/ru.yml", "Русский", "русский"),
        ("municipalities/ee/_country.yml", "undated", "2020"),
    ],
)
def test_the_hash_of_all_copies_changes_with_what_they_share(sample, file, old, new):
    before = inputs(sample)
    sample.edit(file, old, new)
    after = inputs(sample)
    assert before["ylde"] != after["ylde"]
    assert before["teine"] != after["teine"]


def test_the_hash_changes_with_code_and_packages(sample, monkeypatch):
    before = inputs(sample)
    packages = inputs(sample, packages={"safe-path": "0.0.0"})
    monkeypatch.setattr(campaign.copies.inputs_digest, "modules_digest", lambda: b"other code")
    assert len({before["ylde"], packages["ylde"], inputs(sample)["ylde"]}) == 3


def test_the_hash_of_one_copy_does_not_change_with_what_is_not_its_own(sample):
    before = inputs(sample)
    sample.edit("municipalities/ee/ylde.yml", "2021-01-25", "2021-01-26")
    sample.edit("i18n/lt.yml", "language-name: ", "language-name: X")
    sample.edit("municipalities/lv/_country.yml", "undated", "2020")
    after = inputs(sample)
    assert before["ylde"] != after["ylde"]
    assert before["teine"] == after["teine"]
    assert before["ylde"] != before["teine"]


def test_the_hash_is_the_same_in_another_folder(sample, tmp_path):
    shutil.copytree(sample.root, tmp_path / "elsewhere")
    assert inputs(Sample(tmp_path / "elsewhere")) == inputs(sample)
