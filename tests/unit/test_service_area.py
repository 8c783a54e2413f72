"""Contacts between a place and its country: whom they serve, which pages show them, and in which order."""

from __future__ import annotations

from datetime import date

import pytest
import yaml

from campaign.contacts.card import Cards, card_environment, open_meanwhile
from campaign.contacts.first_contacts import FirstContacts
from campaign.coordinator.call_list import entries
from campaign.coordinator.contact_coverage_grid import Coverage, grids
from campaign.copies.extra_files import ContactsFile
from campaign.model.contact import Audience
from campaign.model.places import FIRST, OWN
from campaign.model.roles import Role
from campaign.source.municipalities import read_places
from campaign.today import now

from ..project import ROOT
from ..records import COUNTRY, PLACE, places, problems
from ..repository import WORDS

OTHER = "municipalities/ee/teine.yml"

CONTACT = """\
  - id: {id}
    roles:
      - {role}
    {more}
    organization:
      et: {name}
    phones:
      - number: "{number}"
    source:
      url: https://example.org/x
      date: undated
      publisher: Amet
"""


def contact(name, role, number, more="anonymous: true"):
    return CONTACT.format(id=name, role=role, number=number, more=more, name=name.replace("-", " "))


REGIONAL = [
    contact("ee-north", "legal-aid", "+372 605 4860", "service_area: [Põhja]"),
    contact("ee-two", "victim-support", "+372 605 4861", "service_area: [teine, ylde]"),
    contact("ee-other", "legal-aid", "+372 605 4862", "service_area: [teine]"),
    contact("ee-all", "legal-aid", "+372 605 4863"),
]


@pytest.fixture
def level(sample):
    """The small project with two counties, a place in each, and contacts of both kinds of area."""
    sample.edit(COUNTRY, "contacts:\n", "counties: [Põhja, Lõuna]\ncontacts:\n" + "".join(REGIONAL))
    sample.edit(PLACE, "contacts:\n", "county: Põhja\ncontacts:\n")
    sample.edit(OTHER, "name:\n", "county: Lõuna\nname:\n")
    return sample


def shown(place, audience, role):
    return [found.id for found in place.shown(audience, [role])]


def card(place, name, language="et", audience=Audience.EVERYONE):
    (found,) = (contact for contact in place.contacts if contact.id == name)
    return Cards(ROOT, WORDS, place.country.language).card(found, place, language, audience)


def test_each_contact_is_in_exactly_the_places_that_it_serves():
    """In the repository, computed from the files as they are typed."""
    repository = read_places(ROOT, WORDS, date.today())
    for code in repository.countries:
        country = yaml.safe_load((ROOT / f"municipalities/{code}/_country.yml").read_text("utf-8"))
        for place in repository.of(code):
            own = yaml.safe_load((ROOT / place.file).read_text("utf-8"))
            here = {place.slug, own.get("county")}
            served = [
                entry["id"]
                for entry in country["contacts"]
                if "service_area" not in entry or here & {*entry["service_area"]}
            ]
            expected = {*served, *(entry["id"] for entry in own.get("contacts", ()))}
            found = {name for role in Role for name in shown(place, Audience.PROFESSIONALS, role)}
            assert found == expected == {contact.id for contact in place.contacts}, place


def test_a_places_own_come_first_then_its_regions_then_the_countrys(level):
    level.edit(PLACE, "- social-services", "- social-services\n      - legal-aid")
    found = places(level).municipalities
    assert shown(found["ee/ylde"], Audience.EVERYONE, "legal-aid") == ["ee-ylde-social", "ee-north", "ee-all"]
    assert shown(found["ee/teine"], Audience.EVERYONE, "legal-aid") == ["ee-other", "ee-all"]
    assert shown(found["ee/ylde"], Audience.EVERYONE, OWN) == ["ee-ylde-social", "ee-north", "ee-two"]
    assert shown(found["ee/teine"], Audience.EVERYONE, OWN) == ["ee-two", "ee-other"]


def test_a_regional_line_never_removes_a_national_one(level):
    """The country has no victim support of its own: its emergency number stands in, also beside the two."""
    for name in ("ee/ylde", "ee/teine"):
        place = places(level).municipalities[name]
        assert shown(place, Audience.EVERYONE, "victim-support") == ["ee-two", "ee-112"]
    country = places(level).countries["ee"]
    assert country.phone(Role.VICTIM_SUPPORT)[0].id == "ee-112"


def test_the_card_says_whom_it_serves_in_the_readers_language(level):
    found = places(level).municipalities
    ylde, teine = found["ee/ylde"], found["ee/teine"]
    assert f"<p>{WORDS['et']['card-serves']} Põhja</p>" in card(ylde, "ee-north")
    assert f'<p>{WORDS["ru"]["card-serves"]} <span lang="et">Põhja</span></p>' in card(ylde, "ee-north", "ru")
    both = f"{WORDS['et']['card-serves']} {{}} {WORDS['et']['card-serves-others']}</p>"
    assert both.format("Ülde vald") in card(ylde, "ee-two")
    assert both.format("Teine vald") in card(teine, "ee-two")
    assert f"<p>{WORDS['et']['card-serves']} Teine vald</p>" in card(teine, "ee-other")
    assert WORDS["et"]["card-serves"] not in card(ylde, "ee-all")


def test_one_list_of_cards_is_not_shared_between_places_that_it_names(level):
    cards = Cards(ROOT, WORDS, "et")
    for name, place in places(level).municipalities.items():
        if name.startswith("ee/"):
            (two,) = (contact for contact in place.contacts if contact.id == "ee-two")
            assert place.name("et")[0] in cards.card(two, place, "et", Audience.EVERYONE)


def test_open_data_give_the_area_and_never_another_municipalitys_words(level):
    level.edit(COUNTRY, "counties:", "codes: {teine: EE-002, ylde: EE-001}\ncounties:")
    found = places(level)
    text = ContactsFile(found.countries["ee"], WORDS)(found.municipalities["ee/ylde"]).decode()
    areas = [
        [(area["name"], area.get("description")) for area in service["service_areas"]]
        for service in yaml.safe_load(text)
    ]
    whole = [("Land", "ISO 3166: EE")]
    two = [("EE-002", "ISO 3166: EE-002"), ("EE-001", "ISO 3166: EE-001")]
    assert areas == [[("Ülde vald", "ISO 3166: EE-001")], [("Põhja", None)], two, *[whole] * 3]
    assert "Teine" not in text


def test_report_and_call_list_know_the_level(level):
    found = places(level)
    (grid,) = (grid for grid in grids(found, now()) if grid.country.code == "ee")
    cells = {place.slug: dict(zip(Role, row, strict=True)) for place, row in grid.rows}
    assert cells["ylde"][Role.LEGAL_AID].coverage is Coverage.REGIONAL
    assert cells["ylde"][Role.CHILD_HELPLINE].coverage is Coverage.COUNTRY
    assert cells["ylde"][Role.SOCIAL_SERVICES].coverage is Coverage.OWN
    assert (grid.with_own, grid.with_regional) == (1, 1)
    listed = {entry.contact.id: entry.municipality for entry in entries(found, [], ["ee"], now())}
    assert listed["ee-north"] == "Põhja"
    assert listed["ee-two"] == "teine, ylde"
    assert (listed["ee-all"], listed["ee-ylde-social"]) == ("all", "ylde")


@pytest.mark.parametrize(
    ("file", "old", "new", "found"),
    [
        (COUNTRY, "[Põhja]", "[Pohja]", "{COUNTRY}:13: contacts[0].service_area[0]: expected the name of a municipality's file, without .yml, or a county (Põhja, Lõuna) (did you mean 'Põhja'?), found 'Pohja'"),
        (COUNTRY, "[teine, ylde]", "[teine, yldde]", "{COUNTRY}:25: contacts[1].service_area[1]: expected the name of a municipality's file, without .yml, or a county (Põhja, Lõuna) (did you mean 'ylde'?), found 'yldde'"),
        (COUNTRY, "[teine, ylde]", "[teine, teine]", "{COUNTRY}:25: contacts[1].service_area: expected each entry once, found teine twice"),
        (PLACE, "county: Põhja", "county: Ida", "{PLACE}:4: county: expected a county of the country's: Põhja, Lõuna, found 'Ida'"),
        (PLACE, "county: Põhja\n", "", "{PLACE}:1: county: expected a county of the country's: Põhja, Lõuna, found nothing"),
        (PLACE, "    email:", "    service_area: [teine]\n    email:", "{PLACE}:16: contacts[0].service_area: expected the contact in _country.yml, where it belongs if it serves several places, found the key 'service_area'"),
        (PLACE, "    email:", "    show: never\n    email:", "{PLACE}:16: contacts[0].show: expected readers, second-line, readers-once-confirmed, found 'never'"),
        (PLACE, "      date: 2021-01-25\n", "      date: 2021-01-25\n      withheld: true\n", "{PLACE}:19: contacts[0].source: expected a publisher, which is shown instead of a withheld address, found the keys url, date, withheld"),
        (PLACE, "    email:", "    web: https://weather.example.org/abi\n    email:", "{PLACE}:6: contacts[0]: expected another host than that of the exit weather, which leads away from help, found 'https://weather.example.org/abi'"),
        (COUNTRY, '"+372 605 4863"', '"112"', None),
        (COUNTRY, "- emergency", "- emergency\n    show: second-line", None),
    ],
)  # fmt: skip
def test_a_wrong_area_or_show_is_one_line(level, file, old, new, found):
    if new == '"112"':
        found = "expected an emergency number only in a contact with the role emergency, found a list of 1"
    elif "emergency" in new:
        found = "expected no audiences and no show: an emergency number is for everybody"
    level.edit(file, old, new)
    (line,) = problems(level)
    assert found.format(PLACE=PLACE, COUNTRY=COUNTRY) in line


OFFICE = contact("ee-ylde-office", "municipal-office", "+372 605 4870")
DESK = contact("ee-ylde-desk", "child-protection", "+372 605 4871", "show: second-line")


def test_a_second_line_comes_after_the_municipalitys_number_and_says_so(sample):
    sample.edit(PLACE, "contacts:\n", "contacts:\n" + DESK + OFFICE)
    place = places(sample).municipalities["ee/ylde"]
    assert shown(place, Audience.EVERYONE, "child-protection") == [
        "ee-ylde-office",
        "ee-ylde-desk",
        "ee-child",
    ]
    assert shown(place, Audience.EVERYONE, OWN) == ["ee-ylde-social", "ee-ylde-office", "ee-ylde-desk"]
    for language in ("et", "ru", "en"):
        assert WORDS[language]["card-second-line"].replace("'", "&#39;") in card(
            place, "ee-ylde-desk", language
        )
    assert WORDS["et"]["card-second-line"] not in card(place, "ee-ylde-office")


def test_the_office_stands_in_for_social_services_before_victim_support(sample):
    sample.edit(PLACE, "- social-services", "- municipal-office")
    sample.edit(COUNTRY, "- child-helpline", "- victim-support")
    place = places(sample).municipalities["ee/ylde"]
    assert shown(place, Audience.EVERYONE, "social-services") == ["ee-ylde-social", "ee-child"]
    other = places(sample).municipalities["ee/teine"]
    assert shown(other, Audience.EVERYONE, "social-services") == ["ee-child"]


def test_a_contact_shown_once_confirmed_is_on_readers_pages_only_then(sample):
    sample.edit(PLACE, "    email:", "    show: readers-once-confirmed\n    email:")
    place = places(sample).municipalities["ee/ylde"]
    readers = [Audience.EVERYONE, Audience.YOUTH, Audience.MIGRANTS, Audience.ABOUT]
    for audience in readers:
        assert "ee-ylde-social" not in shown(place, audience, "social-services") + shown(place, audience, OWN)
    assert "ee-ylde-social" in shown(place, Audience.PROFESSIONALS, OWN)
    assert not place.has_number
    sample.confirm("ee-ylde-social", date.today())
    place = places(sample).municipalities["ee/ylde"]
    for audience in readers:
        assert "ee-ylde-social" in shown(place, audience, "social-services")
    assert place.has_number


def test_a_contact_for_professionals_alone_is_on_no_page_for_everyone(sample):
    sample.edit(PLACE, "    email:", "    audiences: [professionals]\n    email:")
    place = places(sample).municipalities["ee/ylde"]
    for audience in Audience:
        assert ("ee-ylde-social" in shown(place, audience, OWN)) == (audience is Audience.PROFESSIONALS)


@pytest.mark.parametrize("withheld", [True, False])
def test_the_address_of_a_withheld_source_is_nowhere(sample, withheld):
    more = "\n      publisher: Amet" + "\n      withheld: true" * withheld
    sample.edit(PLACE, "      date: 2021-01-25", "      date: 2021-01-25" + more)
    sample.edit(PLACE, "https://example.org/ylde", "https://secret.example.net/ylde")
    found = places(sample)
    place = found.municipalities["ee/ylde"]
    text = card(place, "ee-ylde-social")
    assert "Amet" in text
    assert "secret.example" not in text
    data = ContactsFile(found.countries["ee"], WORDS)(place).decode()
    assert ("secret.example" in data) is not withheld
    assert "Amet" in data


def test_the_address_of_a_shelters_source_is_nowhere_even_without_a_publisher(sample):
    sample.edit(PLACE, "- social-services", "- shelter")
    sample.edit(PLACE, "    address: Raekoja plats 3\n", "")
    sample.edit(PLACE, "https://example.org/ylde", "https://secret.example.net/ylde")
    found = places(sample)
    place = found.municipalities["ee/ylde"]
    text = card(place, "ee-ylde-social") + ContactsFile(found.countries["ee"], WORDS)(place).decode()
    assert text.count(WORDS["et"]["source-withheld"]) == 3  # card, alert and source
    assert "secret.example" not in text


def test_what_is_unknown_is_said_line_by_line(sample):
    sample.edit(PLACE, '    schedule: "Mo-Fr 09:00-15:00"\n', "")
    sample.edit(
        PLACE,
        "    email:",
        '      - number: "+372 736 1301"\n        schedule: "Mo-Fr 09:00-20:00"\n    email:',
    )
    place = places(sample).municipalities["ee/ylde"]
    words = WORDS["et"]
    first, second = card(place, "ee-ylde-social").split('<p class="call">')[1:]
    note = f"<small>{words['card-unknown']} {words['card-unknown-hours']}.</small>"
    assert note in first
    assert note not in second
    assert f"<small>{words['card-unknown']} {words['card-unknown-languages']}.</small>" in second


def test_a_name_in_another_language_has_the_name_of_its_role_before_it(sample):
    place = places(sample).municipalities["ee/ylde"]
    role = WORDS["ru"]["name-social-services"]
    assert f'<h3>{role}: <span lang="et">Ülde sotsiaaltöö</span></h3>' in card(place, "ee-ylde-social", "ru")
    assert "<h3>Ülde sotsiaaltöö</h3>" in card(place, "ee-ylde-social", "et")


def test_what_not_yet_confirmed_means_is_said_above_the_list_and_not_of_112(sample):
    place = places(sample).municipalities["ee/ylde"]
    cards = Cards(ROOT, WORDS, "et")
    listed = cards.list(place.contacts, place, "et", Audience.EVERYONE)
    assert listed.count(WORDS["et"]["contacts-unconfirmed"]) == 1
    (emergency,) = (contact for contact in place.contacts if contact.id == "ee-112")
    alone = cards.list([emergency], place, "et", Audience.EVERYONE)
    for key in ("contacts-unconfirmed", "card-unknown", "order-hours-unknown"):
        assert WORDS["et"][key] not in alone
    assert "kinnitamata" not in alone


def test_a_closed_line_names_a_number_that_is_open_then(sample):
    """The child line is open day and night; it stands in for nothing but its own role."""
    place = places(sample).municipalities["ee/ylde"]
    assert "data-then" not in card(place, "ee-ylde-social")
    sample.edit(COUNTRY, "- child-helpline", "- victim-support")
    place = places(sample).municipalities["ee/ylde"]
    then = WORDS["et"]["until-then"].replace("{number}", "116 111")
    assert f'data-then="{then}"' in card(place, "ee-ylde-social")
    (line,) = (contact for contact in place.contacts if contact.id == "ee-child")
    assert open_meanwhile(line, place.country) is None
    sample.edit(COUNTRY, '    schedule: "24/7"', '    schedule: "24/7"\n    eligibility: [men]')
    place = places(sample).municipalities["ee/ylde"]
    assert "data-then" not in card(place, "ee-ylde-social")


def test_a_build_says_how_many_have_a_number_of_their_own(level):
    last = level.build().splitlines()[-1]
    assert last == (
        "1 of 3 municipalities have a number of their own that readers see; "
        "1 more has one that serves a county or several places."
    )
    notices = {
        file.relative_to(level.root / "sites").parent.as_posix()
        for file in (level.root / "sites").glob("*/*/help.html")
        for words in WORDS.values()
        if words["contacts-none-own"] in file.read_text("utf-8")
    }
    assert len(notices) == 1 and not notices & {"ee/ylde", "ee/teine"}, "only where nobody serves the place"


def test_a_regional_number_to_call_first_is_called_one_of_this_place(level):
    place = places(level).municipalities["ee/teine"]
    environment = card_environment(ROOT)
    made = FirstContacts(environment, Cards(ROOT, WORDS, "et"), WORDS, "et")
    calls = made.calls(place, "et", Audience.EVERYONE, FIRST)
    (line,) = (line for line in calls.split("<li>") if "+372 605 48 61" in line)
    assert WORDS["et"]["first-local"] in line and WORDS["et"]["first-victim-support"] not in line
