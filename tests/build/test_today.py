"""The day that dates are compared with is the country's, wherever the machine is."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest

from campaign.build.summary import Summary
from campaign.checks.release_check import release_problems
from campaign.coordinator.call_list import entries
from campaign.pages.project import Project
from campaign.source.municipalities import read_places
from campaign.today import day_in, end_of, is_in, latest_day, now

from ..forked_commands import forked_in
from ..project import ROOT
from ..records import read_pages
from ..repository import WORDS

OURS = "municipalities/ee/_coordinator.yml"


@pytest.fixture(scope="module")
def clock():
    """A process whose clock libfaketime sets before each command."""
    environment = {"PATH": "/usr/bin:/bin", "LC_ALL": "C.UTF-8", "FAKETIME_NO_CACHE": "1"}
    with forked_in(environment, "faketime", "-f", "+0") as clock:
        yield clock


@pytest.fixture
def at(sample, clock):
    """The command at a moment (of UTC) on a machine whose clock is of ``zone``."""

    def run(moment, zone, *arguments):
        away = datetime.fromisoformat(f"{moment}+00:00") - now()
        return clock.campaign(sample.root, *arguments, TZ=zone, FAKETIME=f"{away.total_seconds():+}")

    return run


ZONES = ["America/Anchorage", "Pacific/Kiritimati"]  # far behind the countries, and far ahead of them


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(
    ("moment", "day"), [("2026-11-28 21:59:30", "2026-11-28"), ("2026-11-28 22:00:30", "2026-11-29")]
)
def test_without_a_day_it_is_the_day_of_the_contacts_country(sample, at, zone, moment, day):
    done = at(moment, zone, "confirm", "ee-child", "lv-child", "--by", "Amet")
    assert (done.returncode, done.stderr) == (0, "")
    for country in ("ee", "lv"):
        text = (sample.root / f"municipalities/{country}/_coordinator.yml").read_text("utf-8")
        assert f"    date: {day}\n" in text


@pytest.mark.parametrize("zone", ZONES)
def test_what_was_confirmed_after_midnight_there_is_good_everywhere_at_once(sample, at, zone):
    """Half past midnight on the 29th in Tallinn is still the 28th in UTC and in Alaska."""
    moment = "2026-11-28 22:30:00"
    at(moment, "Europe/Tallinn", "confirm", "ee-child", "--by", "Amet", "--on", "2026-11-29")
    moment = "2026-11-28 22:31:00"
    done = at(moment, zone, "check")
    assert (done.returncode, done.stderr) == (0, "")
    done = at(moment, zone, "contacts", "ee")
    assert "fresh        90    2       ee-child" in done.stdout


@pytest.mark.parametrize("zone", ZONES)
def test_a_day_that_has_not_begun_in_the_country_is_refused_on_every_machine(sample, at, zone):
    done = at("2026-11-28 21:00:00", zone, "confirm", "ee-child", "--by", "A", "--on", "2026-11-29")
    assert done.stderr.splitlines()[0] == (
        "campaign confirm: --on: expected a date up to today, 2026-11-28, found '2026-11-29'"
    )


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(("moment", "good"), [("2026-11-28 09:59:30", False), ("2026-11-28 10:00:30", True)])
def test_a_file_may_bear_a_day_that_has_begun_somewhere_on_earth(sample, at, zone, moment, good):
    sample.edit("municipalities/ee/ylde.yml", "2021-01-25", "2026-11-29")
    done = at(moment, zone, "check")
    assert done.returncode == (0 if good else 1)


def project(sample):
    places = read_places(sample.root, WORDS, latest_day(now()))
    return Project(sample.root, WORDS, places, read_pages(sample.root))


LAST = date(2026, 11, 28)  # on which the confirmation still holds


@pytest.mark.parametrize(
    ("zone", "offset"), [("Europe/Tallinn", 2), ("Europe/Moscow", 3), ("Europe/Lisbon", 0), ("Asia/Tokyo", 9)]
)
def test_a_confirmation_ends_when_its_last_day_ends_in_the_country(sample, zone, offset):
    sample.edit("municipalities/ee/_country.yml", "Europe/Tallinn", zone)
    sample.confirm("ee-child", LAST - timedelta(90))
    made = project(sample)
    end = datetime(2026, 11, 29, tzinfo=UTC) - timedelta(hours=offset)
    for moment, state in ((end - timedelta(seconds=1), "expiring"), (end, "expired")):
        (entry,) = (
            one for one in entries(made.places, made.pages, ["ee"], moment) if one.contact.id == "ee-child"
        )
        assert entry.state == state
        found = [str(problem) for problem in release_problems(made.places, made.pages, moment)]
        expired = (
            "expected a confirmation that is good today, found a confirmation that was good until 2026-11-28"
        )
        assert (f"municipalities/ee/_country.yml:19: ee-child: {expired}" in found) == (state == "expired")
        assert f" {int(state == 'expired')} expired" in Summary.of(made, 3).at(moment)


def test_each_country_has_its_own_day(sample):
    sample.edit("municipalities/ee/_country.yml", "Europe/Tallinn", "Asia/Tokyo")
    for name in ("ee-child", "lv-child"):
        sample.confirm(name, LAST - timedelta(90))
    made = project(sample)
    moment = datetime(2026, 11, 28, 18, tzinfo=UTC)  # the 29th in Tokyo, the 28th in Tallinn's zone
    states = {one.contact.id: one.state.value for one in entries(made.places, made.pages, [], moment)}
    assert (states["ee-child"], states["lv-child"]) == ("expired", "expiring")
    assert ", 1 expired" in Summary.of(made, 3).at(moment)


def test_a_municipality_with_a_clock_of_its_own_has_its_own_day():
    moment = datetime(2026, 11, 28, 21, 30, tzinfo=UTC)
    assert day_in("Europe/Moscow", moment) == date(2026, 11, 29)
    assert day_in("Europe/Kaliningrad", moment) == date(2026, 11, 28)
    places = read_places(ROOT, WORDS, latest_day(now())).municipalities
    assert places["ru/kaliningrad"].time_zone == "Europe/Kaliningrad"


def test_the_latest_day_is_kiritimatis_and_the_end_of_a_day_the_next_midnight():
    moment = datetime(2026, 11, 28, 10, tzinfo=UTC)
    assert latest_day(moment) == day_in("Pacific/Kiritimati", moment) == date(2026, 11, 29)
    assert end_of(date(2026, 3, 28), "Europe/Tallinn") == datetime(2026, 3, 28, 22, tzinfo=UTC)
    assert end_of(date(2026, 3, 29), "Europe/Tallinn") == datetime(
        2026, 3, 29, 21, tzinfo=UTC
    )  # summer begins
    assert is_in("Europe/Kaliningrad", "ru")
    assert not is_in("Europe/Kaliningrad", "ee")


@pytest.mark.parametrize("zone", ZONES)
def test_the_report_bears_the_day_of_the_countries(sample, at, zone):
    at("2026-11-28 22:30:00", zone, "report")
    assert "29 November 2026" in (sample.root / "report.html").read_text("utf-8")


def test_the_end_of_a_build_that_had_nothing_to_do_counts_by_the_countrys_clock_too(sample, at):
    sample.confirm("ee-child", LAST - timedelta(90))
    at("2026-11-28 20:00:00", "UTC", "build", "ee")
    for moment, expired in (("2026-11-28 21:59:00", 0), ("2026-11-28 22:01:00", 1)):
        done = at(moment, "America/Anchorage", "build", "ee")
        assert "0 built, 2 unchanged" in done.stdout
        assert f", {expired} expired" in done.stdout
    assert json.loads(sample.read("ee/ylde/campaign.json"))["oldest_assured_date"] == "2026-08-30"


def test_the_machines_own_day_is_asked_for_nowhere():
    for folder in ("src", "hooks", "bench"):
        for path in (ROOT / folder).rglob("*.py"):
            assert "date.today" not in path.read_text("utf-8"), path
            assert ".now()" not in path.read_text("utf-8"), path
