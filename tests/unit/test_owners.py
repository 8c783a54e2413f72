"""What a municipality's file may hold, and what is its country's or another municipality's alone."""

from __future__ import annotations

from datetime import date

import pytest

from campaign.model.contact import Audience
from campaign.model.roles import LOCAL, Role
from campaign.source.municipalities import read_places
from campaign.source.unique_ids_numbers_names import id_instead
from campaign.text.homoglyph_names import skeletons

from ..project import PLACE as PLACE_TEXT
from ..project import ROOT, Sample
from ..records import COUNTRY, LANGUAGES, PLACE, one, problems

OTHER = "municipalities/ee/teine.yml"
OWN_NUMBER = "a number of its own, because a number that serves several places belongs in _country.yml"


def second(sample: Sample, old: str = "", new: str = "") -> None:
    """The other municipality gets a contact like that of the first, changed in one thing."""
    text = PLACE_TEXT.replace("ylde", "teine").replace("Ülde", "Teine").replace("EE-001", "EE-002")
    text = text.replace("+372 736 1300", "+372 736 1301")
    assert old in text
    sample.write(OTHER, text.replace(old, new, 1).encode())


# Roles


@pytest.mark.parametrize("role", sorted(set(Role) - set(LOCAL)))
def test_a_role_for_the_whole_country_is_refused_in_a_municipality(sample, role):
    sample.edit(PLACE, "- social-services", f"- {role}")
    assert one(sample) == (
        f"{PLACE}:7: contacts[0].roles[0]: expected {', '.join(LOCAL)} "
        "(a contact for the whole country or a county belongs in _country.yml), "
        f"found '{role}'"
    )


@pytest.mark.parametrize("role", LOCAL)
def test_a_local_role_is_a_municipalitys_and_its_countrys(sample, role):
    sample.edit(PLACE, "- social-services", f"- {role}")
    sample.edit(PLACE, "    address: Raekoja plats 3\n", "")
    sample.edit(COUNTRY, "- child-helpline", f"- child-helpline\n      - {role}")
    assert problems(sample) == []


def test_a_role_for_the_whole_country_behind_a_local_one_is_refused_too(sample):
    sample.edit(PLACE, "- social-services", "- social-services\n      - emergency")
    assert one(sample) == (
        f"{PLACE}:8: contacts[0].roles[1]: expected {', '.join(LOCAL)} "
        "(a contact for the whole country or a county belongs in _country.yml), found 'emergency'"
    )


def test_every_role_is_local_with_a_reason_or_the_countrys():
    limits = (ROOT / "handbook/pages/municipalities/file.md").read_text("utf-8")
    assert f"| roles | {', '.join(LOCAL)} | all |" in limits
    assert set(LOCAL) < set(Role)
    assert all(reason.endswith(".") for reason in LOCAL.values())
    assert Role.EMERGENCY not in LOCAL


@pytest.mark.parametrize("role", LOCAL)
def test_what_a_municipality_adds_stands_before_the_national_contact_and_not_instead_of_it(sample, role):
    sample.edit(PLACE, "- social-services", f"- {role}")
    sample.edit(PLACE, "    address: Raekoja plats 3\n", "")
    sample.edit(COUNTRY, "- child-helpline", f"- child-helpline\n      - {role}")
    place = read_places(sample.root, LANGUAGES, date.today()).municipalities["ee/ylde"]
    for audience in Audience:
        found = [contact.id for contact in place.contacts_for(role, audience)]
        assert found == ["ee-ylde-social", "ee-child"]


def test_a_national_stand_in_stays_beside_a_municipalitys_own_contact(sample):
    """Child protection: the country has none, and its child line stands in."""
    sample.edit(PLACE, "- social-services", "- child-protection")
    place = read_places(sample.root, LANGUAGES, date.today()).municipalities["ee/ylde"]
    found = place.contacts_for(Role.CHILD_PROTECTION, Audience.EVERYONE)
    assert [contact.id for contact in found] == ["ee-ylde-social", "ee-child"]


def test_the_emergency_number_stays_where_it_stood_in_for_a_role(sample):
    place = read_places(sample.root, LANGUAGES, date.today()).municipalities["ee/ylde"]
    for role in (Role.SOCIAL_SERVICES, Role.SHELTER, Role.NIGHT_SHELTER):
        found = [contact.id for contact in place.contacts_for(role, Audience.EVERYONE)]
        assert found == ["ee-ylde-social", "ee-112"]
    assert [contact.id for contact in place.contacts_for(Role.POLICE, Audience.EVERYONE)] == ["ee-112"]


def test_a_file_that_claims_every_line_and_a_costly_number_is_told_all_of_it(sample):
    roles = [*Role]
    sample.edit(PLACE, "- social-services", "\n      ".join(f"- {role}" for role in roles))
    sample.edit(PLACE, '"+372 736 1300"', '"+372 900 1234"\n        free: true')
    sample.edit(PLACE, "    address: Raekoja plats 3\n", "")
    found = [line.partition(": ")[2] for line in problems(sample)]
    assert [line.split(": ")[0] for line in found] == [
        *(f"contacts[0].roles[{number}]" for number, role in enumerate(roles) if role not in LOCAL),
        "contacts[0].phones[0].number",
    ]


# Names


@pytest.mark.parametrize(
    "name",
    [
        "Child line ee", "CHILD LINE EE", "Childline-ee", "Child  line, ee.", "Chíld line ée", "Child 1ine ee",
        '"Child\\u00a0line ee"', "Child line ee (Ülde)", "Chiłd line ee", "Emergency ee", "Ernergency ee",
        "Chi1d 1ine €€", "Em€rgency ee", "Ch!ld line ee", "Child line 3e", "Cʜɪʟᴅ line ee",
        "Ülde child line EE", "Child line ee Ülde", "Chíld-line, ee – Ülde", "Emergency ee, Ülde",
    ],
)  # fmt: skip
@pytest.mark.parametrize("language", ["et", "en"])
def test_a_name_that_looks_like_a_national_contacts_is_refused(sample, name, language):
    new = f"{name}" if language == "et" else f"Ülde\n      en: {name}"
    sample.edit(PLACE, "Ülde sotsiaaltöö", new)
    line = one(sample)
    field = f"contacts[0].organization.{language}"
    assert f": {field}: expected a name that does not look like the one in {COUNTRY}:" in line


@pytest.mark.parametrize(
    ("name", "found", "expected"),
    [
        ("Сhild linе ee", "U+0421 CYRILLIC CAPITAL LETTER ES", "the letters of one alphabet in a word"),
        ("Emergencу ee", "U+0443 CYRILLIC SMALL LETTER U", "the letters of one alphabet in a word"),
        ("Εmergency ee", "U+0395 GREEK CAPITAL LETTER EPSILON", "the letters of one alphabet in a word"),
        ("ＣＨＩＬＤ line ee", "U+FF23 FULLWIDTH LATIN CAPITAL LETTER C", "'C'"),
    ],
)
@pytest.mark.parametrize("language", ["et", "en"])
def test_a_national_name_in_letters_of_another_kind_is_refused_for_its_letters(
    sample, name, found, expected, language
):
    sample.edit(PLACE, "Ülde sotsiaaltöö", f"{name}" if language == "et" else f"Ülde\n      en: {name}")
    field = f"{PLACE}:{9 if language == 'et' else 10}: contacts[0].organization.{language}"
    assert problems(sample) == [f"{field}: expected {expected}, found {found} in '{name}'"]


@pytest.mark.parametrize("name", ["ꓚꓧꓲꓡꓓ", "ᏟᎻᏆᏞᎠ line", "Ülde ⲥhild"])
def test_a_name_has_letters_of_the_languages_of_the_sites(sample, name):
    """Letters of other alphabets look like these; a word that mixes two is refused for that already."""
    sample.edit(PLACE, "Ülde sotsiaaltöö", name)
    (line, *_) = problems(sample)
    assert line.startswith(f"{PLACE}:9: contacts[0].organization.et: expected ")
    assert "letters of" in line


def test_a_branch_has_the_name_of_its_organization_but_not_that_of_a_line_with_a_short_code(sample):
    sample.edit(PLACE, "Ülde sotsiaaltöö", "Child line ee Üldes")
    assert one(sample).endswith(
        f": expected a name that does not look like the one in {COUNTRY}:23, found 'Child line ee Üldes'"
    )
    sample.edit(COUNTRY, '"116 111"\n        free: true', '"+372 736 1399"')
    assert problems(sample) == []


def test_an_office_that_answers_and_a_seat_with_an_own_number_bear_no_national_name_either(sample):
    sample.edit(
        PLACE,
        "contacts:",
        'contact_point:\n  organization:\n    et: Child line ee\n  phone: "+372 736 1302"\n'
        "working_group:\n  seats:\n    - seat: national-line\n      organization:\n        et: Child line EE\n"
        "      contact: ee-ylde-social\n    - seat: ngo\n      organization:\n        et: Child line EE\n"
        "  source:\n    url: https://example.org/\n    date: undated\ncontacts:",
    )
    assert [line.split(": expected")[0] for line in problems(sample)] == [
        f"{PLACE}:6: contact_point.organization.et",
        f"{PLACE}:12: working_group.seats[0].organization.et",
    ]


def test_the_place_itself_bears_no_national_name(sample):
    sample.edit(PLACE, "et: Ülde vald", "et: Child-line EE")
    assert one(sample) == (
        f"{PLACE}:3: name.et: expected a name that does not look like the one in {COUNTRY}:23, found 'Child-line EE'"
    )


@pytest.mark.parametrize(
    ("one_name", "other"),
    [
        ("Lasteabi", "Lasteаbi"), ("Помощь", "ПОМОЩЬ"), ("Ohvriabi kriisitelefon", "0hvriabi kriisitelefon"),
        ("Centrs MARTA", "Centrs ΜΑRТА"), ("Vaikų linija", "Vaikų Iinija"), ("Lasteabi", "Lasteabi\u3164"),
    ],
)  # fmt: skip
def test_names_that_look_alike_have_a_skeleton_in_common(one_name, other):
    assert skeletons(one_name) & skeletons(other)


@pytest.mark.parametrize(
    ("one_name", "other"),
    [("Centrs MARTA", "Centrs MARTA Liepājā"), ("Tartu linn", "Tartu vald"), ("Vaikų linija", "Jaunimo linija"), ("ABC", "АБВ")],
)  # fmt: skip
def test_names_that_differ_have_none(one_name, other):
    assert not skeletons(one_name) & skeletons(other)


# Ids

SLUGS = ("narva", "narva-joesuu", "tartu")


@pytest.mark.parametrize(
    ("name", "slug", "good"),
    [
        ("ee-narva", "narva", True), ("ee-narva-social", "narva", True), ("ee-narva-joesu", "narva", True),
        ("ee-narva-joesuu", "narva", False), ("ee-narva-joesuu-social", "narva", False),
        ("ee-narva-joesuu", "narva-joesuu", True), ("ee-narva-joesuu-x", "narva-joesuu", True),
        ("ee-narvax", "narva", False), ("narva", "narva", False), ("ee-social", "narva", False),
        ("ee-112", "narva", False), ("lv-112", "narva", False), ("ee-tartu", "narva", False),
        ("ee-narva", "narva-joesuu", False), ("ee-thb", None, True), ("ee-narvax", None, True),
        ("ee-tartu", None, False), ("ee-narva-x", None, False), ("lv-112", None, False), ("ee", None, False),
    ],
)  # fmt: skip
def test_an_id_begins_with_its_owners_prefix(name, slug, good):
    assert (id_instead(name, "ee", slug, SLUGS) is None) is good


def test_the_message_says_whose_the_longer_prefix_is():
    assert id_instead("ee-narva-joesuu-x", "ee", "narva", SLUGS) == (
        "ee-narva, or an id that begins with ee-narva- (ids with ee-narva-joesuu are narva-joesuu's)"
    )


@pytest.mark.parametrize("kind", ["contact", "meeting"])
@pytest.mark.parametrize("name", ["lv-112", "ee-112", "ee-teine", "lv-vieta-x", "ee-country-meeting"])
def test_an_id_of_another_owner_is_a_problem_of_the_file_that_took_it(sample, kind, name):
    """And never of the file whose id it is, whichever of them is read first."""
    for code in ("ee", "lv"):
        text = (
            f"meetings:\n  - id: {code}-country-meeting\n    kind: workshop\n    starts: '2027-03-04 10:00'\n"
            "    ends: '2027-03-04 12:00'\n    venue: Saal\n    organization:\n      et: Amet\n      lv: Birojs\n"
            "    announced: 2026-01-01\n"
        )
        sample.edit(f"municipalities/{code}/_country.yml", "contacts:", text + "contacts:")
        own = text.replace("country-meeting", "ylde-meeting" if code == "ee" else "vieta-meeting")
        file = PLACE if code == "ee" else "municipalities/lv/vieta.yml"
        sample.edit(file, "name:", own + "name:")
    assert problems(sample) == []
    sample.edit(PLACE, "ee-ylde-social" if kind == "contact" else "ee-ylde-meeting", name)
    line = one(sample)
    assert line.startswith(f"{PLACE}:")
    assert line.endswith(f"s[0].id: expected ee-ylde, or an id that begins with ee-ylde-, found '{name}'")


def test_a_countrys_id_with_a_municipalitys_prefix_is_the_countrys_problem(sample):
    sample.edit(COUNTRY, "ee-child", "ee-ylde-social")
    assert one(sample) == (
        f"{COUNTRY}:19: contacts[1].id: expected "
        "an id that does not begin like the ids of municipalities/ee/ylde.yml, "
        "found 'ee-ylde-social'"
    )


def test_a_file_that_the_country_does_not_know_takes_no_id_from_those_that_it_knows(sample):
    sample.edit(COUNTRY, "contacts:", "codes:\n  ylde: EE-001\n  teine: EE-002\ncontacts:")
    sample.write("municipalities/ee/ylde-social.yml", "iso_3166_2: EE-003\nname:\n  et: Uus\n")
    assert one(sample) == (
        "municipalities/ee/ylde-social.yml:1: iso_3166_2: "
        f"expected a code that {COUNTRY} has for ylde-social under codes, and it has none yet, found 'EE-003'"
    )


def test_an_id_twice_in_one_file_is_refused_with_the_line_of_the_first(sample):
    text = (sample.root / PLACE).read_text("utf-8")
    twice = text + text.partition("contacts:\n")[2].replace("736 1300", "736 1309")
    sample.write(PLACE, twice.encode())
    assert one(sample) == (
        f"{PLACE}:21: contacts[1].id: expected an id of its own (this one is in {PLACE}:5 already), "
        "found 'ee-ylde-social'"
    )


@pytest.mark.parametrize("length", [60, 61])
def test_an_id_has_at_most_sixty_characters(sample, length):
    name = "ee-ylde-" + "x" * (length - 8)
    sample.edit(PLACE, "ee-ylde-social", name)
    lines = problems(sample)
    assert len(lines) == length - 60
    expected = (
        f"{PLACE}:5: contacts[0].id: expected at most 60 characters, found 61 characters in 'ee-ylde-xxx"
    )
    assert all(line.startswith(expected) for line in lines)


def test_a_files_name_has_at_most_sixty_characters(sample):
    sample.write(f"municipalities/ee/{'x' * 61}.yml", "iso_3166_2: EE-003\nname:\n  et: X\n")
    assert one(sample).endswith(f": expected at most 60 characters, found '{'x' * 59}…'")


# What is copied and not changed


def test_the_code_of_another_municipality_is_refused_in_both_files_where_nobody_knows_whose_it_is(sample):
    sample.edit(OTHER, "EE-002", "EE-001")
    assert sorted(problems(sample)) == [
        f"{OTHER}:1: iso_3166_2: expected a code of its own ({PLACE}:1 has this one), found 'EE-001'",
        f"{PLACE}:1: iso_3166_2: expected a code of its own ({OTHER}:1 has this one), found 'EE-001'",
    ]


def test_the_countrys_list_says_which_file_has_a_wrong_code(sample):
    sample.edit(COUNTRY, "contacts:", "codes:\n  ylde: EE-001\n  teine: EE-002\ncontacts:")
    assert problems(sample) == []
    sample.edit(OTHER, "EE-002", "EE-001")
    assert one(sample) == (
        f"{OTHER}:1: iso_3166_2: expected EE-002, which {COUNTRY} has for teine under codes, found 'EE-001'"
    )
    sample.edit(OTHER, "EE-001", "EE-142")
    assert one(sample) == (
        f"{OTHER}:1: iso_3166_2: expected EE-002, which {COUNTRY} has for teine under codes, found 'EE-142'"
    )


def test_a_place_that_is_not_in_the_countrys_list_is_refused(sample):
    sample.edit(COUNTRY, "contacts:", "codes:\n  ylde: EE-001\ncontacts:")
    assert one(sample) == (
        f"{OTHER}:1: iso_3166_2: expected a code that {COUNTRY} has for teine under codes, "
        "and it has none yet, "
        "found 'EE-002'"
    )


@pytest.mark.parametrize(("first", "second_"), [("EE-001", "EE-001"), ("EE-001", "LV-001")])
def test_the_list_has_each_code_once_and_of_its_country(sample, first, second_):
    sample.edit(COUNTRY, "contacts:", f"codes:\n  ylde: {first}\n  teine: {second_}\ncontacts:")
    lines = [line for line in problems(sample) if line.startswith(COUNTRY)]
    assert lines[-1].startswith(
        f"{COUNTRY}:10: codes.teine: expected codes that begin with EE-, each of them once, found '{second_}'"
    )


def test_a_code_of_another_country_is_no_problem_of_the_file_that_has_it(sample):
    sample.edit(PLACE, "EE-001", "LV-001")
    assert one(sample) == f"{PLACE}:1: iso_3166_2: expected a code that begins with EE-, found 'LV-001'"


@pytest.mark.parametrize("code", ["ee-001", "EE-0001", "EE793", "ЕЕ-793", "EE-79З", ""])
def test_a_code_is_latin_capitals_and_digits(sample, code):
    sample.edit(PLACE, "EE-001", code)
    assert ': expected a code of ISO 3166-2, in Latin capitals and digits ("EE-793"), found ' in one(sample)


@pytest.mark.parametrize("name", ["Ülde vald", "ÜLDE VALD", "Ülde  vald"])
def test_the_same_official_name_is_refused_in_both_files(sample, name):
    sample.edit(OTHER, "Teine vald", name)
    lines = problems(sample)
    assert sorted(line.split(":")[0] for line in lines) == [OTHER, PLACE]
    assert all(": expected a name of its own (" in line for line in lines)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("+372 736 1301", "+372 736 1300"),
        ("+372 736 1301", "+3727361300"),
        (
            "contacts:\n",
            'contact_point:\n  organization:\n    et: Amet\n  phone: "+372 73 61 300"\ncontacts:\n',
        ),
    ],
)
def test_the_number_of_another_municipality_is_refused_in_both_files(sample, old, new):
    second(sample)
    assert problems(sample) == []
    second(sample, old, new)
    lines = problems(sample)
    assert sorted(line.split(":")[0] for line in lines) == [OTHER, PLACE]
    assert all(f": expected {OWN_NUMBER} (" in line for line in lines)


def test_a_number_in_two_contacts_of_one_municipality_is_good(sample):
    sample.edit(
        PLACE,
        "contacts:",
        'contact_point:\n  organization:\n    et: Amet\n  phone: "+372 736 1300"\ncontacts:',
    )
    assert problems(sample) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"+372 736 1300"', '"+372 5464 0007"'),
        ("    email:", '    chats:\n      - kind: sms\n        number: "+3725464 0007"\n    email:'),
        (
            "contacts:\n",
            'contact_point:\n  organization:\n    et: Amet\n  phone: "+372 5464 0007"\ncontacts:\n',
        ),
    ],
)
def test_a_national_number_is_the_countrys_alone(sample, old, new):
    sample.edit(COUNTRY, '"116 111"', '"116 111"\n      - number: "+372 5464 0007"')
    assert problems(sample) == []
    sample.edit(PLACE, old, new)
    line = one(sample)
    assert line.startswith(f"{PLACE}:")
    assert f": expected {OWN_NUMBER} ({COUNTRY}:26 has this one), found '" in line
    assert line.endswith("0007'")


def test_a_folder_that_is_no_country_is_refused(sample):
    sample.write("municipalities/eesti/_country.yml", "x")
    assert one(sample) == (
        "municipalities/eesti: expected two small letters of ISO 3166-1 for each country, found 'eesti'"
    )


def test_the_repositorys_own_files_have_owners():
    places = read_places(ROOT, LANGUAGES, date.today())
    for code, country in places.countries.items():
        slugs = {place.slug for place in places.of(code)}
        assert set(country.record.codes) == slugs
    for place in places.municipalities.values():
        for contact in place.record.contacts:
            assert set(contact.roles) <= set(LOCAL)
