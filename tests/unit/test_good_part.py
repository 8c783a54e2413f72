"""A file with a wrong value is compared with the other files all the same: an editor learns of all mistakes at once,
with the file's own lines and names."""

from __future__ import annotations

import pytest

from ..records import COUNTRY, OURS, PLACE

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


DATE = (COUNTRY, "date: 2023-06", "date: 2023-6")
DATE_TOLD = f"{COUNTRY}:30: contacts[1].source.date: expected YYYY-MM-DD, YYYY-MM, YYYY, YYYY/YYYY or undated, found '2023-6'"
A_NUMBER = (
    'expected a number in quotes: international ("+372 …"), a short code of EE ("116 006") or a national freephone '
    '("0 800 …")'
)
LANGUAGE = "a two-letter language code of ISO 639-1"
EXIT = '{weather: "https://weather.example.org/"}'
ROUND_TABLE = """\
meetings:
  - id: ee-meeting
    kind: round-table
    starts: 2026-12-01 10:00
    ends: 2026-12-01 12:00
    venue: Saal
    contact: {0}
    announced: 2026-11-01
contacts:"""


@pytest.mark.parametrize(
    ("edits", "told"),
    [
        # The country's own cross checks, and those of its places
        (
            [DATE, (COUNTRY, "id: ee-child", "id: child"), (PLACE, "name:", "exit: wether\nname:")],
            [f"{COUNTRY}:19: contacts[1].id: expected an id that begins with ee-, found 'child'",
             DATE_TOLD,
             f"{PLACE}:2: exit: expected one of the country's exits: weather, found 'wether'"],
        ),
        (
            [DATE, (COUNTRY, "name:\n  et: Land", "name:\n  ru: Land"), (PLACE, "EE-001", "LV-001")],
            [f"{COUNTRY}:1: name: expected at least et, the country's first language, found ru",
             DATE_TOLD,
             f"{PLACE}:1: iso_3166_2: expected a code that begins with EE-, found 'LV-001'"],
        ),
        (
            [DATE, (COUNTRY, "weather.example.org", "example.org"), (COUNTRY, "  - ru\n", "  - ru\n  - et\n"),
             (COUNTRY, "numbers:", "codes: {ylde: EE-001, teine: LV-002}\nnumbers:")],
            [f"{COUNTRY}:6: languages[2]: expected each language once, and only languages of i18n/: ar, en, et, lt, lv, "
             "ru, uk, uz, found 'et'",
             f"{COUNTRY}:8: exits.weather: expected a quiet page that has nothing to do with help; ee-112 has a page on "
             "this host, found 'https://example.org/'",
             f"{COUNTRY}:31: contacts[1].source.date: {DATE_TOLD.partition('date: ')[2]}",
             f"{COUNTRY}:32: codes.teine: expected codes that begin with EE-, each of them once, found 'LV-002'",
             "municipalities/ee/teine.yml:1: iso_3166_2: expected LV-002, which municipalities/ee/_country.yml has for "
             "teine under codes, found 'EE-002'"],
        ),
        (
            [DATE, (COUNTRY, "  - id: ee-child", "  - id: ee-child\n    service_area: [nowhere]"),
             (COUNTRY, "contacts:", ROUND_TABLE.format("ee-none")), (PLACE, *TAKEN)],
            [f"{COUNTRY}:14: meetings[0].contact: expected the id of a contact in this file or in _country.yml, "
             "found 'ee-none'",
             f"{COUNTRY}:28: contacts[1].service_area[0]: expected the name of a municipality's file, without .yml, "
             "found 'nowhere'",
             f"{COUNTRY}:39: contacts[1].source.date: {DATE_TOLD.partition('date: ')[2]}",
             f"{PLACE}:11: contacts[0].phones[0].number: expected {OWN} ({COUNTRY}:34 has this one), found '116 111'"],
        ),
        # What is left out is not missed: no problem follows from it
        ([(COUNTRY, "  - et\n", "  - ET\n")], [f"{COUNTRY}:4: languages[0]: expected {LANGUAGE}, found 'ET'"]),
        ([(COUNTRY, "  - et\n", "  - er\n")], [f"{COUNTRY}:4: languages[0]: expected {LANGUAGE}, found 'er'"]),
        (
            [(COUNTRY, "  - et\n", "  - fi\n")],
            [f"{COUNTRY}:4: languages[0]: expected each language once, and only languages of i18n/: ar, en, et, lt, lv, "
             "ru, uk, uz, found 'fi'"],
        ),
        (
            [(COUNTRY, EXIT, EXIT.replace("https", "http")), (PLACE, "name:", "exit: weather\nname:")],
            [f"{COUNTRY}:7: exits.weather: expected https:// and a full address, found 'http://weather.example.org/'"],
        ),
        (
            [(COUNTRY, "numbers:", 'codes: {ylde: EE-001, teine: "002"}\ncounties: [Tartumaa, "1"]\nnumbers:'),
             (PLACE, "name:", "county: Harjumaa\nname:")],
            [f"{COUNTRY}:31: codes.teine: expected a code of ISO 3166-2, in Latin capitals and digits (\"EE-793\"), "
             "found '002'",
             f"{COUNTRY}:32: counties[1]: expected text with at least one letter, found '1'"],
        ),
        (
            [(COUNTRY, '"112"\n    source', '"1I2"\n    source'), (COUNTRY, "id: ee-child", "id: ee-child-line"),
             (PLACE, "contacts:", GROUP.replace("ee-ylde-nobody", "ee-112"))],
            [f"{COUNTRY}:15: contacts[0].phones[0].number: {A_NUMBER}, with one space at a time between digits, found '1I2'"],
        ),
        # If one of the numbers is wrong, any contact may be meant
        (
            [(COUNTRY, '"116111":', '"1161x":'), (COUNTRY, "contacts:", 'contacts:\n  - id: ee-info\n    roles: [police]\n'
              '    organization: {et: Info}\n    phones: [{number: "11"}]\n    source: {url: "https://example.org/", '
              "date: undated}"),
             (COUNTRY, "numbers:", 'numbers:\n  exceptions: {"11": Info}'), (PLACE, "+372 736 1300", "+372 73"),
             (PLACE, "name:", "exit: wether\nname:")],
            [f"{COUNTRY}:41: numbers.short_codes.1161x: expected the digits of a short code, without spaces (\"116006\"), "
             "found the key '1161x'",
             f"{PLACE}:2: exit: expected one of the country's exits: weather, found 'wether'",
             f"{PLACE}:12: contacts[0].phones[0].number: {A_NUMBER}, found '+372 73'"],
        ),
    ],
)  # fmt: skip
def test_every_mistake_of_a_country_and_its_places_is_told_at_once(sample, edits, told):
    for edit in edits:
        sample.edit(*edit)
    assert sample.problems() == told


def test_what_a_countrys_wrong_file_says_of_texts_of_pages_and_places_is_told_at_once(sample):
    """Its own numbers are found in pages, and its and its places' texts are searched."""
    sample.edit(*DATE)
    sample.edit(COUNTRY, "Emergency ee", "Helista 736 1305")
    sample.edit(PLACE, "Raekoja plats 3", "Raekoja plats 3 tel 736 1306")
    sample.edit("docs/et/index.md", "Place:", "Helista 112. Place:")
    elsewhere = (
        "expected numbers and addresses in phones, chats, email or web of a contact, where they are confirmed"
    )
    assert sample.problems() == [
        "docs/et/index.md:7: expected <!-- phone: emergency -->, which is lv-112, found '112'",
        f"{COUNTRY}:13: contacts[0].organization.et: {elsewhere}, found '736 1305'",
        DATE_TOLD,
        f"{PLACE}:16: contacts[0].address: {elsewhere}, found '736 1306'",
    ]


def test_a_place_of_a_country_without_a_readable_file_is_still_read(sample):
    sample.edit(COUNTRY, "name:", "name: [")
    sample.edit(PLACE, *EMAIL)
    sample.edit(PLACE, "+372 736 1300", "+372 73")
    assert sample.problems()[1:] == [
        f"{PLACE}:11: contacts[0].phones[0].number: {A_NUMBER}, found '+372 73'",
        f"{PLACE}:15: {EMAIL_TOLD}",
    ]


def test_every_mistake_of_a_coordinators_file_is_told_at_once(sample):
    """A history with a wrong entry is not judged: an undone entry may be among the wrong ones."""
    sample.write(OURS, """\
        history:
          ee-ylde-gone:
            - {result: doubted, date: 2026-1-1, why: Vana}
          ee-teine-gone:
            - {result: doubted, date: 2026-01-01, why: Vana}
        sites:
          ylde: http://ylde.example.org/
          teine: https://weather.example.org/
          narva: https://narva.example.org/
        """)  # fmt: skip
    sample.edit(PLACE, *EMAIL)
    assert sample.problems() == [
        f"{OURS}:3: history.ee-ylde-gone[0].date: expected a date as YYYY-MM-DD, found '2026-1-1'",
        f"{OURS}:4: history.ee-teine-gone: expected the id of a contact of this country (campaign confirm --undo "
        "ee-teine-gone closes this), found 'ee-teine-gone'",
        f"{OURS}:7: sites.ylde: expected https:// and a full address, found 'http://ylde.example.org/'",
        f"{OURS}:8: sites.teine: expected another host than that of the exit weather, which would lead back here, "
        "found 'https://weather.example.org/'",
        f"{OURS}:9: sites.narva: expected the name of a municipality's file in this folder, without .yml, found 'narva'",
        f"{PLACE}:15: {EMAIL_TOLD}",
    ]


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
