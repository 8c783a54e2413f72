"""Interface words, opening hours and dates, in every language of the site."""

import pytest

from campaign.card import day_in_words
from campaign.group import SeatKind
from campaign.hours import check_hours, hours_in_words
from campaign.meeting import MeetingKind
from campaign.model import Eligibility
from campaign.problem import CampaignError
from campaign.referral import Consent, Order, StepKind
from campaign.roles import STANDS_IN, Role, chain
from campaign.word_keys import KEYS, PLACEHOLDERS
from campaign.words import filled, read_words

from .conftest import ROOT

WORDS = read_words(ROOT)


@pytest.mark.parametrize(
    ("language", "spoken"),
    [
        ("et", "E–R 09:00–15:00; L 10:00–12:00, 13:00–14:00"),
        ("lv", "Pirmd.–Piektd. 09:00–15:00; Sestd. 10:00–12:00, 13:00–14:00"),
        ("lt", "pr–pn 09:00–15:00; št 10:00–12:00, 13:00–14:00"),
        ("ru", "пн–пт 09:00–15:00; сб 10:00–12:00, 13:00–14:00"),
        ("en", "Mon–Fri 09:00–15:00; Sat 10:00–12:00, 13:00–14:00"),
    ],
)
def test_hours_read_as_the_language_writes_them(language, spoken):
    notation = "Mo-Fr 09:00-15:00; Sa 10:00-12:00,13:00-14:00"
    assert hours_in_words(notation, language, WORDS[language]) == spoken


def test_always_and_daily_have_words_of_their_own():
    assert hours_in_words("24/7", "en", WORDS["en"]) == "day and night, every day"
    assert hours_in_words("Mo-Su 12:00-22:00", "en", WORDS["en"]) == "every day 12:00–22:00"


@pytest.mark.parametrize(
    "bad", ["9-15", "Mo-Fr 09:00-15:00; PH off", "Jan Mo 09:00-10:00", "Mo-Fr", "sunrise-sunset"]
)
def test_a_notation_that_cannot_be_shown_is_refused(bad):
    with pytest.raises(ValueError, match='allowed "24/7" or days and times such as'):
        check_hours(bad)


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
        meetings = {f"meeting-{name}" for name in (*MeetingKind, "none", "venue", "organizer", "calendar")}
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
    sources = [*(ROOT / "overrides").rglob("*.html"), *(ROOT / "src").rglob("*.py")]
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
    )
    made_up += tuple(f"order-{order}" for order in Order)
    unused = [key for key in WORDS["en"] if f'"{key}"' not in text and not key.startswith(made_up)]
    unused = [key for key in unused if f"'{key}'" not in text]
    assert unused == []


def test_a_missing_word_names_its_file_and_key(sample):
    sample.edit("i18n/lt.yml", "menu: ", "menuu: ")
    text = (sample.root / "i18n/lt.yml").read_text("utf-8")
    line = text[: text.index("menuu")].count("\n") + 1
    with pytest.raises(CampaignError) as caught:
        read_words(sample.root)
    assert [str(p).split(",")[0] for p in caught.value.problems] == [
        "i18n/lt.yml: menu: found nothing",
        f"i18n/lt.yml:{line}: menuu: found a key that i18n/en.yml does not have",
    ]
