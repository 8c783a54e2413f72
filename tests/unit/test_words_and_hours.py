"""Interface words, opening hours and dates, in every language of the site."""

import re

import pytest

from campaign.contacts.card import day_in_words
from campaign.errors import CampaignError
from campaign.model.contact import Eligibility
from campaign.model.referral_order import Consent, Order, StepKind
from campaign.model.roles import STANDS_IN, Role, chain
from campaign.model.working_group import MeetingKind, SeatKind
from campaign.pages.required_strings import KEYS, PLACEHOLDERS
from campaign.pages.ui_strings import read_words
from campaign.text.interpolation import filled
from campaign.text.opening_hours import check_hours, clock_name, comma, hours_in_words

from ..project import ROOT
from ..repository import WORDS


@pytest.mark.parametrize(
    ("language", "spoken"),
    [
        ("et", "esmaspäevast reedeni kell 09:00 kuni 15:00; laupäeval kell 10:00 kuni 12:00 ja kell 13:00 kuni 14:00"),
        ("lv", "no pirmdienas līdz piektdienai no 09:00 līdz 15:00; sestdien no 10:00 līdz 12:00 un no 13:00 līdz 14:00"),
        ("lt", "nuo pirmadienio iki penktadienio nuo 09:00 iki 15:00; šeštadienį nuo 10:00 iki 12:00 ir nuo 13:00 iki 14:00"),
        ("ru", "с понедельника по пятницу с 09:00 до 15:00; в субботу с 10:00 до 12:00 и с 13:00 до 14:00"),
        ("en", "Monday to Friday from 09:00 to 15:00; on Saturday from 10:00 to 12:00 and from 13:00 to 14:00"),
        ("uk", "з понеділка по п’ятницю з 09:00 до 15:00; у суботу з 10:00 до 12:00 і з 13:00 до 14:00"),
    ],
)  # fmt: skip
def test_hours_are_whole_words_that_a_voice_reads(language, spoken):
    notation = "Mo-Fr 09:00-15:00; Sa 10:00-12:00,13:00-14:00"
    assert hours_in_words(notation, language, WORDS[language]) == spoken


def test_hours_in_arabic_have_the_arabic_semicolon():
    said = hours_in_words("Mo-Fr 09:00-15:00; Sa 10:00-12:00", "ar", WORDS["ar"])
    assert "؛ " in said and ";" not in said


def test_always_and_daily_have_words_of_their_own():
    assert hours_in_words("24/7", "en", WORDS["en"]) == "day and night, every day"
    assert hours_in_words("Mo-Su 12:00-22:00", "en", WORDS["en"]) == "every day from 12:00 to 22:00"
    assert hours_in_words("Mo-Th,Fr-Su 18:00-08:00", "en", WORDS["en"]) == "every day from 18:00 to 08:00"
    assert (
        hours_in_words("Mo,Tu,Th 08:30-12:00", "en", WORDS["en"])
        == "on Monday, on Tuesday and on Thursday from 08:30 to 12:00"
    )


@pytest.mark.parametrize("language", WORDS)
def test_no_hours_in_words_hold_a_sign_that_a_voice_passes_over(language):
    for notation in (
        "Mo-Fr 09:00-15:00",
        "Fr-Mo,We 10:00-24:00",
        "Tu 00:00-06:00,22:00-24:00; Su 12:00-13:00",
    ):
        said = hours_in_words(notation, language, WORDS[language])
        assert not re.search("[–—-]", re.sub("[;؛] ", " ", said))
        assert re.findall(r"\d\d:\d\d", said) == re.findall(r"\d\d:\d\d", notation)


@pytest.mark.parametrize(
    ("language", "clock"),
    [("en", "Moscow Time"), ("et", "Moskva aeg"), ("lt", "Maskvos laikas"), ("ru", "время: Москва")],
)
def test_another_clock_is_named_after_the_hours(language, clock):
    name = clock_name("Europe/Moscow", language, WORDS[language])
    said = hours_in_words("Mo-Fr 09:00-18:00", language, WORDS[language], name)
    assert said.endswith(f"18:00 ({clock})")


@pytest.mark.parametrize(
    "bad",
    ["9-15", "Mo-Fr 09:00-15:00; PH off", "Jan Mo 09:00-10:00", "Mo-Fr", "sunrise-sunset",
     "Mo 24:00-25:00", "Mo 29:30-10:00", "Mo 09:60-10:00", "Mo 09:00-24:30", "Mo-Mo 09:00-10:00", "Mo 09:00-09:00"],
)  # fmt: skip
def test_a_notation_that_cannot_be_shown_is_refused(bad):
    with pytest.raises(ValueError, match=r'^"24/7" or days and times such as'):
        check_hours(bad)


@pytest.mark.parametrize(
    "twice",
    [
        "Mo-Fr 09:00-12:00; Mo-Fr 13:00-17:00",
        "Mo-Fr 09:00-12:00; We 13:00-17:00",
        "Sa-Mo 09:00-12:00; Su 13:00-17:00",
        "Mo-Fr,We 09:00-12:00",
        "Mo-Su 09:00-12:00; Mo-Su 09:00-12:00",
    ],
)
def test_a_day_of_two_rules_is_refused_with_the_remedy(twice):
    with pytest.raises(ValueError, match="join times of one day with a comma"):
        check_hours(twice)


@pytest.mark.parametrize(
    "spans", ["09:00-12:00,11:00-13:00", "13:00-17:00,09:00-13:30", "18:00-08:00,20:00-22:00"]
)
def test_times_of_one_day_that_overlap_are_refused(spans):
    with pytest.raises(ValueError, match="times of one day that do not overlap"):
        check_hours(f"Mo-Fr {spans}")


@pytest.mark.parametrize(
    "hours",
    ["Mo 22:00-06:00; Tu 05:00-09:00", "Mo-Tu 05:00-09:00,22:00-06:00", "Su 22:00-06:00; Mo 05:59-06:00", "Fr-Mo 18:00-08:00,07:00-12:00"],
)  # fmt: skip
def test_a_night_that_reaches_into_the_times_of_the_next_day_is_refused(hours):
    with pytest.raises(ValueError, match="times that end before those of the next day begin"):
        check_hours(hours)


@pytest.mark.parametrize(
    "good",
    ["Mo 22:00-06:00; Tu 06:00-09:00", "Mo 22:00-06:00; We 05:00-09:00", "Mo 20:00-00:00; Tu 00:00-05:00", "24/7", "Mo-Fr 09:00-12:00,13:00-17:00", "Mo-Fr 13:00-17:00,09:00-12:00", "Mo-Su 18:00-08:00",
     "Fr-Mo 00:00-24:00; Tu 09:00-09:01", "Mo 09:00-12:00,12:00-13:00"],
)  # fmt: skip
def test_hours_that_have_one_reading_are_accepted(good):
    assert check_hours(good) == good


def test_the_check_of_a_file_says_how_times_of_one_day_are_joined(sample):
    sample.edit("municipalities/ee/ylde.yml", "Mo-Fr 09:00-15:00", "Mo-Fr 09:00-12:00; Mo-Fr 13:00-17:00")
    assert sample.problems() == [
        "municipalities/ee/ylde.yml:17: contacts[0].schedule: expected "
        'each day in one rule: join times of one day with a comma ("Mo 09:00-12:00,13:00-17:00"), '
        "found 'Mo-Fr 09:00-12:00; Mo-Fr 13:00-17:00'"
    ]


@pytest.mark.parametrize(
    ("day", "spoken"),
    [
        ("2023-06-14", "14. juuni 2023"),
        ("2023-06", "juuni 2023"),
        ("2023", "2023"),
        ("2020/2021", "2020–2021"),
    ],
)
def test_a_date_is_as_precise_as_its_source(day, spoken):
    assert day_in_words(day, "et", WORDS["et"]) == spoken


def test_every_chain_of_roles_ends_at_the_emergency_number():
    for role in Role:
        assert chain(role)[-1] is Role.EMERGENCY
    assert set(STANDS_IN) == set(Role) - {Role.EMERGENCY}


def test_every_role_and_every_kind_of_person_has_words():
    for words in WORDS.values():
        assert {f"role-{role}" for role in Role} == {key for key in words if key.startswith("role-")}
        assert {f"for-{kind}" for kind in Eligibility} == {key for key in words if key.startswith("for-")}
        parts = ("title", "who", "does", "next")
        steps = {f"step-{kind}-{part}" for kind in StepKind for part in parts}
        assert steps == {key for key in words if key.startswith("step-")}
        consents = {f"consent-{consent}" for consent in Consent}
        assert consents == {key for key in words if key.startswith("consent-")}
        assert {f"seat-{kind}" for kind in SeatKind} == {key for key in words if key.startswith("seat-")}
        meetings = {
            f"meeting-{name}" for name in (*MeetingKind, "none", "venue", "organizer", "calendar", "over")
        }
        assert meetings == {key for key in words if key.startswith("meeting-")}


def test_the_check_knows_every_key_of_the_words():
    assert KEYS | {key for key in WORDS["en"] if key.startswith("nav-")} == WORDS["en"].keys()
    assert PLACEHOLDERS.keys() <= KEYS


def test_a_word_is_filled_with_plain_names_alone():
    assert filled("{source} ({date})", source="a", date="b") == "a (b)"
    assert filled("{source.__class__} {0} {sorce} {{date}}", source="a", date="b") == (
        "{source.__class__} {0} {sorce} {b}"
    )


def test_every_word_is_used():
    sources = [
        *(ROOT / "overrides").rglob("*.html"),
        *(ROOT / "src").rglob("*.py"),
        *(ROOT / "src").rglob("*.typ"),
    ]
    text = "".join(path.read_text("utf-8") for path in sources)
    # test_report reads the words of the report
    made_up = (
        "role-",
        "name-",
        "for-",
        "nav-",
        "card-chat-",
        "report-",
        "step-",
        "consent-",
        "seat-",
        "meeting-",
        "first-",
        "translations-",
        "day-",
        "search-found-",
        "kit-sign-",
        "kit-call-",
        "call-",
        "kit-desk-",
        "kit-hang-good-",
        "kit-hang-bad-",
        "kit-item-",  # f"kit-item-{name}" of quiet items
    )
    made_up += tuple(f"order-{order}" for order in Order)
    unused = [key for key in WORDS["en"] if f'"{key}"' not in text and not key.startswith(made_up)]
    unused = [key for key in unused if f"'{key}'" not in text and f"words.{key}" not in text]
    assert unused == []


def test_a_missing_word_names_its_file_and_key(sample):
    sample.edit("i18n/lt.yml", "menu: ", "menuu: ")
    text = (sample.root / "i18n/lt.yml").read_text("utf-8")
    line = text[: text.index("menuu")].count("\n") + 1
    with pytest.raises(CampaignError) as caught:
        read_words(sample.root)
    missing, unknown = map(str, caught.value.problems)
    assert missing.startswith("i18n/lt.yml: menu: expected a text (as in i18n/en.yml:")
    assert missing.endswith("), found nothing")
    assert unknown == (
        f"i18n/lt.yml:{line}: menuu: expected the same keys in every language, "
        "found a key that i18n/en.yml does not have"
    )


def test_an_enumeration_has_the_comma_of_its_script():
    assert [comma(language) for language in ("en", "uz", "ar", "fa")] == [", ", ", ", "، ", "، "]
