"""What a municipality's own words may not say: numbers, addresses, and where people are sheltered."""

from __future__ import annotations

from datetime import date

import pytest

from campaign.files.yaml_document import read_document
from campaign.page_checks import stray_contacts as fit
from campaign.page_checks.stray_contacts import StrayContacts
from campaign.source.municipalities import read_places
from campaign.text.words_revealing_shelter_location import says_where

from ..project import ROOT

PLACE = "municipalities/ee/ylde.yml"
COUNTRY = "municipalities/ee/_country.yml"
FIELDS = (
    "expected numbers and addresses in phones, chats, email or web of a contact, where they are confirmed"
)
DIGITS = "expected at most 2 digits in a municipality's text: numbers in phones, hours in schedule, ages in eligibility"
DOTS = "expected a space after a full stop, and addresses in web, email or chats, where they are confirmed"
WHERE = "expected no word and no number that says where people are sheltered"
SHELTER = """\
  - id: ee-ylde-shelter
    roles:
      - shelter
    organization:
      et: "{}"
    phones:
      - number: "+372 736 1301"
    source:
      url: https://example.org/ylde
      date: undated
      publisher: Ülde vald
"""


def told(sample):
    """What is wrong with the texts of the sample's places, without another process."""
    places = read_places(sample.root, ("et", "lv", "ru"), date(2026, 11, 28))
    return [str(problem) for problem in StrayContacts(places).place_problems(sample.root)]


def described(sample, text):
    sample.edit(PLACE, "    phones:\n", f'    description:\n      et: "{text}"\n    phones:\n')
    return [line.removeprefix(f"{PLACE}:11: contacts[0].description.et: ") for line in told(sample)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Helista 1182", "Helista 1182"), ("Helista 900-12", "Helista 900-12"), ("Helista 900=12", "Helista 900=12"),
        ("Helista 900~12", "Helista 900~12"), ("Helista 9OO kohe", "Helista 9OO kohe"), ("Helista 9 siis 0 siis 0", "Helista 9 siis 0 siis 0"),
         ("Helista ٩٠٠", "Helista ٩٠٠"), ("Helista ①⑧②", "Helista ①⑧②"), ("Helista ⅠⅧⅡ", "Helista ⅠⅧⅡ"), ("Helista 一一八二", "Helista 一一八二"),
        ("Aastast 2019", "Aastast 2019"), ("Avatud 24/7", "Avatud 24/7"), ("Lastele 7–17", "Lastele 7–17"), ("Avatud 9.00", "Avatud 9.00"),
    ],
)  # fmt: skip
def test_three_digits_in_any_form_are_a_problem(sample, text, found):
    assert described(sample, text) == [f"{DIGITS}, found '{found}'"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Helista 900,1234", "900,1234"), ("Helista 9OO 1234", "9OO 1234"), ("Helista 1·1·2", "1·1·2"),
        ("Helista 736—1300", "736—1300"), ("Kirjuta @abi_ee", "@abi_ee"), ("Vaata evil.app/abi", "evil.app/abi"),
        ("Vaata evil.ee", "evil.ee"), ("Vaata evil．ee", None),
    ],
)  # fmt: skip
def test_numbers_and_addresses_are_told_with_the_field_for_them(sample, text, found):
    if found is None:
        found = "evil．ee"
    assert described(sample, text) == [f"{FIELDS}, found '{found}'"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Vaata evil.xyz", "l.xyz"), ("Vaata evil[.]xyz", "l[.]xyz"), ("Vaata evil(.)xyz", "l(.)xyz"), ("Vaata evil .xyz", "l .xyz"),
        ("Vaata evil․xyz", "l․xyz"), ("Vaata evil punkt ee", "l punkt ee"), ("Vaata evil dot com", "l dot com"),
        ("Vaata evil (dot) com", "l (dot) com"), ("Смотри evil точка ru", "l точка ru"),
        ("Vaata evil . xyz", "l . xyz"), ("Vaata evil  .xyz", "l  .xyz"), ("Vaata evil·xyz", "l·xyz"), ("Vaata evil dot site", "l dot site"),
        ("Vaata evil punkt site", "l punkt site"), ("Vaata evil,xyz", "l,xyz"), ("Vaata evil_xyz", "l_xyz"),
        ("Vaata evil˙xyz", "l˙xyz"), ("Vaata evil•xyz", "l•xyz"), ("Vaata evil:xyz", "l:xyz"), ("Vaata evil●ee", "l●ee"),
        ("Vaata evil.e e", "il.e"), ("Vaata e.v.i.l", "e.v.i.l"), ("Vaata evil. ee", "l. ee"),
        ("Vaata evil-dot-xyz", "l-dot-xyz"), ("Vaata evil(punkt)ee", "l(punkt)ee"), ("Vaata evil täpp ee", "l täpp ee"),
        ("Vaata evil nuqta uz", "l nuqta uz"), ("Vaata evil punkt onion", "l punkt onion"), ("Telegram abi_narva", "i_narva"),
    ],
)  # fmt: skip
def test_a_word_with_dots_like_an_address_is_a_problem_in_any_form(sample, text, found):
    assert described(sample, text) == [f"{DOTS}, found '{found}'"]


@pytest.mark.parametrize(
    "text",
    [
        "Alla 0 °C avatud", "Tuba 12", "E. Veidenbauma nimeline", "t.i. abi, s.o. nõu, u.c.", "Abi. Nõu. Tugi.", "Jah – või ei; nii… ja naa",
        "Laps(ed) ja vanem/hooldaja", "J.R.R. Tolkieni tänav", "Vene- ja inglise keeles", "Jah; ei: vahel", "«Abi», „Nõu“", "O’Neill’i abi",
        "Kolmas punkt on see", "Ühtne 5. kool", "Abi · nõu · tugi", "Nõuanne (tasuta)",
    ],
)  # fmt: skip
def test_ordinary_sentences_are_accepted(sample, text):
    assert described(sample, text) == []


def test_a_countrys_text_may_name_a_year(sample):
    sample.edit(COUNTRY, "    phones:\n", '    description:\n      et: "Andmed: 2022. aasta"\n    phones:\n')
    assert told(sample) == []
    sample.edit(COUNTRY, "2022. aasta", "116 111")
    assert told(sample) == [f"{COUNTRY}:15: contacts[0].description.et: {FIELDS}, found '116 111'"]


@pytest.mark.parametrize(
    ("address", "found"),
    [
        ("Malmi 5A, 20309 Narva", None), ("Narva mnt 67, 10127 Tallinn", None), ("Vasario 16-osios g. 62, LT-76295 Šiauliai", None),
        ("Kalpaka iela 9, Jelgava, LV-3001", None), ("Turu 112", None), ("Невский пр. 12, 191186", None),
        ("Helista 736 1300", "736 1300"), ("Turu 1, helista +372 5555 1234", "+372 5555 1234"), ("Turu 1, vaata evil.ee", "evil.ee"), ("Turu 1, 73613 00", "73613 00"),
        ("Helista 1182", "1182"), ("Helista 1182, Narva", "1182"), ("Turu 1, tel 116 111", "116 111"), ("Turu 1, tel 1 16 111", "1 16 111"),
        ("Abi 900123", "900123"), ("Abi 900, siis 1234", "1234"),
    ],
)  # fmt: skip
def test_an_address_has_the_numbers_of_houses_and_no_others(sample, address, found):
    sample.edit(PLACE, "Raekoja plats 3", address)
    assert told(sample) == ([f"{PLACE}:16: contacts[0].address: {FIELDS}, found '{found}'"] if found else [])


MEETING = """\
meetings:
  - id: {}-meeting
    kind: round-table
    starts: 2026-12-01 10:00
    ends: 2026-12-01 12:00
    venue: "{}"
    contact: {}
    announced: 2026-11-01
contacts:"""


@pytest.mark.parametrize(
    ("venue", "found"),
    [
        ("Saal 116 006", "116 006"), ("Saal, 116006", "116006"), ("Saal 116-006", "116-006"), ("Saal 116 / 006", "116 / 006"),
        ("Saal 116.00.6", "116.00.6"), ("Saal 116\u00a0006", "116\u00a0006"), ("Saal ١١٦ ٠٠٦", "١١٦ ٠٠٦"), ("Saal 116,006", "116,006"),
        ("Saal 11 60 06", "11 60 06"), ("Saal 1 2 4 7", "1 2 4 7"), ("Saal 12 47", "12 47"), ("Saal 1 1 2", "1 1 2"),
        ("Saal 116", None), ("Turu 12/14-5, saal 112", None), ("Turu 11, 11611 Tallinn", None), ("Turu 1 112", None),
        ("Saal 12 48", None), ("Narva mnt 116-12", None),
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    ("file", "name", "contact"), [(PLACE, "ee-ylde", "ee-ylde-social"), (COUNTRY, "ee", "ee-112")]
)
def test_a_venue_has_no_number_in_the_form_of_a_short_code(sample, file, name, contact, venue, found):
    sample.edit(COUNTRY, '    "116111": Child line', '    "116111": Child line\n    "1247": Info')
    sample.edit(file, "contacts:", MEETING.format(name, venue, contact))
    problem = f"meetings[0].venue: {FIELDS}, found {found!r}"
    assert [line.partition(": ")[2] for line in told(sample)] == ([problem] if found else [])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Varjupaik asub Kerese tänav viis, teine korrus, uksekell Tamm", "tänav"), ("Kerese 5, Narva. Küsi abi", "5"),
        ("Varjupaik Kesktänaval", "Kesktänaval"), ("Varjupaik suures majas", "majas"), ("Varjupaik, Narva mnt", "mnt"),
        ("Patversme Brīvības ielā", "ielā"), ("Patversme otrajā stāvā", "stāvā"), ("Prieglauda Laisvės gatvėje", "gatvėje"),
        ("Prieglauda antrame aukšte", "aukšte"), ("Приют на улице Мира", "улице"), ("Приют, второй этаж", "этаж"), ("Приют, ул. Мира", "ул"),
        ("Притулок на вулиці Миру", "вулиці"), ("Притулок, під’їзд два", "під’їзд"), ("Shelter in High Street", "Street"), ("Shelter, second floor", "floor"),
        ("Varjupaik Kooli allee", "allee"), ("Patversme Brīvības gatvē", "gatvē"), ("Patversme Pils šķērsielā", "šķērsielā"),
        ("Prieglauda Kranto krantinė", "krantinė"), ("Приют, пр-т Мира", "пр"), ("Приют в микрорайоне Ахтме", "микрорайоне"),
        ("Приют на аллее Мира", "аллее"), ("Приют, наб. Невы", "наб"),
    ],
)  # fmt: skip
def test_a_shelters_words_do_not_say_where_it_is(sample, text, found):
    with (sample.root / PLACE).open("a", encoding="utf-8") as file:
        file.write(SHELTER.format(text))
    assert told(sample) == [f"{PLACE}:25: contacts[1].organization.et: {WHERE}, found '{found}'"]


def test_the_same_words_are_accepted_where_no_address_is_kept_back(sample):
    assert described(sample, "Teisel korrusel, sissepääs tänavalt") == []


def test_the_seat_of_a_shelter_in_a_working_group_does_not_say_it_either(sample):
    sample.edit(
        PLACE,
        "contacts:\n",
        "working_group:\n  source:\n    url: https://example.org/\n    date: undated\n  seats:\n    - seat: shelter\n"
        "      organization:\n        et: Varjupaik Kesktänaval\n    - seat: school\n      organization:\n        et: Kesktänava kool\n"
        "contacts:\n",
    )
    assert told(sample) == [
        f"{PLACE}:11: working_group.seats[0].organization.et: {WHERE}, found 'Kesktänaval'"
    ]


@pytest.mark.parametrize(
    "name",
    ["Biedrība „Patvērums „Drošā māja””", "NGO Shelter “Safe House”", "Tartu Laste Turvakodu", "Vaikų namai", "Детский дом", "Saugus būstas"],
)  # fmt: skip
def test_names_of_real_services_are_not_taken_for_locations(name):
    assert says_where(name) is None


def test_a_file_with_many_faults_is_read_once_for_its_lines(sample, monkeypatch):
    texts = "".join(f'      {language}: "Helista 1182"\n' for language in ("et", "lv", "ru"))
    sample.edit(PLACE, "    phones:\n", f"    description:\n{texts}    phones:\n")
    read = []
    monkeypatch.setattr(
        fit, "read_document", lambda path, root: read.append(path) or read_document(path, root)
    )
    assert len(told(sample)) == 3
    assert read == [sample.root / PLACE]


def test_no_text_of_the_repository_is_a_problem():
    languages = [path.stem for path in (ROOT / "i18n").glob("*.yml")]
    places = read_places(ROOT, languages, date.max)
    assert list(StrayContacts(places).place_problems(ROOT)) == []
