"""On each of 400 days nothing calls a contact confirmed whose confirmation has run out."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from campaign.checks.release_check import release_problems
from campaign.contacts.card import day_in_words, source_note
from campaign.coordinator.call_list import State, entries
from campaign.model.confirmations_and_approvals import HistoryEntry
from campaign.model.contact import Contact
from campaign.model.roles import GOOD_FOR_DAYS, Role, good_for_days
from campaign.source.municipalities import read_places

from ..records import read_pages
from ..repository import WORDS

FIRST = date(2024, 2, 29)  # a leap day: 365 days later it is 28 February
DANGER = [
    "trafficking-helpline",
    "victim-support",
    "child-helpline",
    "youth-helpline",
    "women-helpline",
    "missing-children",
    "shelter",
]


def contact(*roles):
    record = {
        "id": "x-line",
        "roles": list(roles),
        "organization": dict.fromkeys(WORDS, "Liin"),
        "phones": [{"number": "112" if "emergency" in roles else "+372 660 7320"}],
        "source": {"url": "https://example.org/x", "date": "undated"},
    }
    return Contact.model_validate(record)


def confirmed(one, how="rung"):
    said = {"result": "confirmed", "digest": one.digest, "date": str(FIRST), "office": "Amet", "how": how}
    return one.with_history([HistoryEntry.model_validate(said)])


def test_every_role_has_its_time_and_the_shortest_of_a_contacts_roles_counts():
    assert set(GOOD_FOR_DAYS) == set(Role)
    assert all(GOOD_FOR_DAYS[Role(role)] == 90 for role in DANGER)
    assert [role for role in Role if GOOD_FOR_DAYS[role] is None] == [Role.EMERGENCY]
    assert set(GOOD_FOR_DAYS.values()) == {None, 90, 365}
    assert good_for_days([Role.POLICE]) == 365
    assert good_for_days([Role.POLICE, Role.SHELTER]) == good_for_days([Role.SHELTER, Role.POLICE]) == 90
    assert good_for_days([Role.EMERGENCY, Role.POLICE]) is None


@pytest.mark.parametrize("how", ["rung", "page-opened"])
@pytest.mark.parametrize("role", Role)
def test_on_each_of_four_hundred_days_a_contact_is_confirmed_up_to_its_last_day_and_never_after(role, how):
    one, days = confirmed(contact(role), how), GOOD_FOR_DAYS[role]
    states = [one.state(FIRST + timedelta(day)) for day in range(401)]
    good = 401 if days is None else days + 1
    assert states == ["confirmed"] * good + ["expired"] * (401 - good)


@pytest.mark.parametrize("how", ["rung", "page-opened"])
@pytest.mark.parametrize("language", WORDS)
def test_the_card_never_says_confirmed_without_its_last_day_so_it_stays_true_without_a_script(language, how):
    words = WORDS[language]
    for role in ("child-helpline", "police"):
        one = confirmed(contact(role), how)
        until = day_in_words(str(FIRST + timedelta(GOOD_FOR_DAYS[Role(role)])), language, words)
        assert until in source_note(one, language, words)
    assert until not in source_note(contact("police"), language, words)


def test_on_each_of_four_hundred_days_list_and_release_agree_with_the_card(sample):
    names = {"ee-child": 90, "ee-ylde-social": 365}
    for name in names:
        sample.confirm(name, FIRST)
    places, pages = read_places(sample.root, WORDS, date.today()), read_pages(sample.root)
    for day in range(401):
        moment = datetime.combine(FIRST + timedelta(day), time(12), ZoneInfo("Europe/Tallinn"))
        states = {entry.contact.id: entry.state for entry in entries(places, pages, ["ee"], moment)}
        refused = {problem.field for problem in release_problems(places.only(["ee"]), pages, moment)}
        for name, days in names.items():
            good = day <= days
            assert (states[name] in (State.FRESH, State.EXPIRING)) == good, (name, day)
            assert (name in refused) != good, (name, day)
        assert states["ee-112"] is State.FRESH
