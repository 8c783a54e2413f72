"""A municipality's file with a wrong value is compared with the other files all the same: an editor learns of all
mistakes at once, with the file's own lines and names."""

from __future__ import annotations

import pytest

from ..records import PLACE

OTHER = "municipalities/ee/teine.yml"
POLICE = """\
  - id: {0}
    roles:
      - police
    organization:
      et: Politsei
    phones:
      - number: "{1}"
    source:
      url: https://example.org/ylde
      date: 2021-01-25
"""
EMAIL = ("sotsiaal@example.ee", "sotsiaal")
TAKEN = ('"+372 736 1300"', '"116 111"')
GROUP = """\
working_group:
  seats:
    - seat: ngo
      contact: ee-ylde-social
    - seat: police
      contact: ee-ylde-nobody
  source:
    url: https://example.org/
    date: undated
contacts:"""
OWN = "a number of its own, because a number that serves several places belongs in _country.yml"
EMAIL_TOLD = "contacts[0].email: expected an e-mail address such as info@example.org, found 'sotsiaal'"


def taken(line, index=0):
    return (
        f"{line}: contacts[{index}].phones[0].number: expected {OWN} "
        "(municipalities/ee/_country.yml:25 has this one), found '116 111'"
    )


@pytest.mark.parametrize(
    ("edits", "told"),
    [
        ([EMAIL, TAKEN], [taken(11), f"15: {EMAIL_TOLD}"]),
        (
            [EMAIL, ("EE-001", "LV-001")],
            ["1: iso_3166_2: expected a code that begins with EE-, found 'LV-001'", f"15: {EMAIL_TOLD}"],
        ),
        (
            [EMAIL, ("Raekoja plats 3", "Raekoja plats 3 tel 736 1305")],
            [f"15: {EMAIL_TOLD}",
             "16: contacts[0].address: expected numbers and addresses in phones, chats, email or web of a contact, "
             "where they are confirmed, found '736 1305'"],
        ),
        (
            [EMAIL, ("Ülde sotsiaaltöö", "a" * 200)],
            ["9: contacts[0].organization.et: expected at most 160 characters in a municipality's file, found 200",
             f"15: {EMAIL_TOLD}"],
        ),
        # A value that every file must have
        (
            [("EE-001", "EE"), TAKEN],
            ["1: iso_3166_2: expected a code of ISO 3166-2, in Latin capitals and digits (\"EE-793\"), found 'EE'",
             taken(11)],
        ),
        ([("name:\n  et: Ülde vald\n", ""), TAKEN], ["1: name: expected a value, which is required, found nothing", taken(9)]),
        # A contact that lacks something is left out whole, and those after it keep their lines and names
        (
            [("      date: 2021-01-25\n", POLICE.format("ee-teine-x", "116 111"))],
            ["18: contacts[0].source.date: expected a value, which is required, found nothing",
             "20: contacts[1].id: expected ee-ylde, or an id that begins with ee-ylde-, found 'ee-teine-x'",
             taken(26, 1)],
        ),
        (
            [("- social-services", "- socail-services"), ("contacts:", GROUP)],
            ["9: working_group.seats[1].contact: expected the id of a contact in this file or in _country.yml, "
             "found 'ee-ylde-nobody'",
             "16: contacts[0].roles[0]: expected police, child-protection, social-services, municipal-office, family-centre, "
             "shelter, night-shelter, legal-aid, migrant-advice, referral-coordinator (did you mean 'social-services'?), "
             "found 'socail-services'"],
        ),
        # What is left out is not told a second time as missing
        (
            [("Ülde vald", "<b>x</b>\n  ru: Юльде")],
            ["3: name.et: expected plain text on one line, without markup, braces or links, found '<b>x</b>'"],
        ),
        (
            [("Ülde sotsiaaltöö", "<b>x</b>\n      ru: Юльде")],
            ["9: contacts[0].organization.et: expected plain text on one line, without markup, braces or links, "
             "found '<b>x</b>'"],
        ),
        ([("name:", "exit: Weather\nname:")], ["2: exit: expected small letters a-z, digits and single hyphens, found 'Weather'"]),
    ],
)  # fmt: skip
def test_every_mistake_of_a_file_is_told_at_once(sample, edits, told):
    for edit in edits:
        sample.edit(PLACE, *edit)
    assert sample.problems() == [f"{PLACE}:{line}" for line in told]


def test_a_wrong_file_still_has_its_numbers_and_another_file_cannot_take_them(sample):
    sample.edit(PLACE, *EMAIL)
    text = (sample.root / OTHER).read_text("utf-8")
    sample.write(OTHER, f"{text}contacts:\n{POLICE.format('ee-teine-x', '+372 736 1300')}".encode())
    number = "contacts[0].phones[0].number"
    assert sample.problems() == [
        f"{OTHER}:11: {number}: expected {OWN} ({PLACE}:11 has this one), found '+372 736 1300'",
        f"{PLACE}:11: {number}: expected {OWN} ({OTHER}:11 has this one), found '+372 736 1300'",
        f"{PLACE}:15: {EMAIL_TOLD}",
    ]


def test_two_wrong_codes_are_not_told_as_the_same_code(sample):
    for path, code in ((PLACE, "EE-001"), (OTHER, "EE-002")):
        sample.edit(path, code, "EE")
    assert len(sample.problems()) == 2
