"""The working group and the meetings of a place: what may be written, and what becomes of it."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest
from icalendar import Calendar

from campaign.model.working_group import SeatKind
from campaign.today import latest_day, now

from ..project import tree
from ..records import problems
from ..repository import PLACES, WORDS

PLACE = "municipalities/ee/ylde.yml"
COUNTRY = "municipalities/ee/_country.yml"
OFFICE = "an office or a post, without a person's name, phone or e-mail"
MEETING_KEYS = "id, kind, starts, ends, venue, organization, contact, announced, changed, web"

OWN = """\
working_group:
  seats:
    - seat: chair
      organization:
        et: Abivallavanem
        ru: Заместитель старосты
    - seat: social-services
      contact: ee-ylde-social
  source:
    url: https://example.org/group
    date: 2025-02
meetings:
  - id: ee-ylde-round-table
    kind: round-table
    starts: "2027-03-04 10:00"
    ends: "2027-03-04 12:30"
    venue: Raekoda; saal 1, teine korrus
    contact: ee-ylde-social
    announced: 2026-02-01
    web: https://example.org/round-table
"""
COUNTRYS = """\
meetings:
  - id: ee-national
    kind: national-meeting
    starts: "2027-07-01 09:00"
    ends: "2027-07-02 16:00"
    venue: Tallinn
    organization:
      et: Ministeerium
    announced: 2026-01-15
"""


@pytest.fixture
def meeting(sample):
    """The small project with a group, two meetings and the pages for them."""
    sample.edit(PLACE, "contacts:", OWN + "contacts:")
    sample.edit(COUNTRY, "contacts:", COUNTRYS + "contacts:")
    for page, slot in (("working-group", "working-group"), ("meetings", "meetings")):
        for code in ("et", "lv", "ru"):
            text = f"---\ntitle: {code} {page}\n---\n\n# Page\n\n<!-- municipality: {slot} -->\n"
            sample.write(f"docs/{code}/professionals/{page}.md", text)
        sample.edit(
            "mkdocs.yml", "- professionals/index.md", f"- professionals/index.md\n  - professionals/{page}.md"
        )
    return sample


def plain(html: str) -> str:
    body = html.partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", f"<main{body}").replace("\N{NO-BREAK SPACE}", " ").split())


def events(path: Path) -> list[dict[str, object]]:
    """The events of a calendar file, as an outside reader understands them."""
    found = Calendar.from_ical(path.read_bytes())
    assert not found.errors
    return [dict(event.items()) | {"DTSTART": event.start, "DTEND": event.end} for event in found.events]


def test_a_group_shows_its_seats_in_the_readers_language_and_its_source(meeting):
    meeting.build("ee/ylde", "ee/teine")
    words = WORDS["ru"]
    text = plain(meeting.read("ee/ylde/ru/professionals/working-group.html"))
    assert (
        f"{words['group-is']} {words['seat-chair']}: Заместитель старосты "
        f"{words['seat-social-services']}: Ülde sotsiaaltöö +372 736 13 00 "
        + words["card-source"].format(source="example.org", date="февраль 2025 г.")
    ) in text
    assert WORDS["et"]["group-none"] in plain(meeting.read("ee/teine/professionals/working-group.html"))


def test_meetings_stand_in_the_order_of_their_dates_which_are_words(meeting):
    meeting.build("ee")
    text = plain(meeting.read("ee/ylde/professionals/meetings.html"))
    words = WORDS["et"]
    assert (
        f"{words['meeting-round-table']} neljapäev, 4. märts 2027, 10:00–12:30 "
        f"{words['meeting-venue']} Raekoda; saal 1, teine korrus {words['meeting-organizer']} Ülde sotsiaaltöö "
        f"Veebileht: example.org {words['meeting-calendar']} "
        f"{words['meeting-national-meeting']} neljapäev, 1. juuli 2027, 09:00 – reede, 2. juuli 2027, 16:00 "
    ) in text
    other = meeting.read("ee/teine/ru/professionals/meetings.html")
    assert "Raekoda" not in other
    assert "четверг, 1 июля 2027" in other
    assert '<span lang="et">Ministeerium</span>' in other


def test_a_place_without_meetings_says_so_and_has_no_calendar_file(meeting):
    meeting.build("lv")
    assert WORDS["lv"]["meeting-none"] in plain(meeting.read("lv/vieta/professionals/meetings.html"))
    assert not list((meeting.root / "sites/lv").rglob("*.ics"))


def test_every_meeting_has_a_calendar_file_that_the_page_links(meeting):
    meeting.build("ee")
    for folder, language in (("", "et"), ("ru/", "ru")):
        page = meeting.root / f"sites/ee/ylde/{folder}professionals/meetings.html"
        links = re.findall(r'href="([^"]+\.ics)"', page.read_text("utf-8"))
        assert links == ["../meetings/ee-ylde-round-table.ics", "../meetings/ee-national.ics"]
        (event,) = events(page.parent / links[0])
        assert event["DTSTART"] == datetime(2027, 3, 4, 8, 0, tzinfo=UTC)  # ten o'clock in Tallinn, in winter
        assert event["DTEND"] == datetime(2027, 3, 4, 10, 30, tzinfo=UTC)
        assert event["DTSTAMP"].dt == datetime(2026, 2, 1, tzinfo=UTC)
        assert event["SUMMARY"] == f"{WORDS[language]['meeting-round-table']}: Ülde sotsiaaltöö"
        assert event["LOCATION"] == "Raekoda; saal 1, teine korrus"
        assert event["URL"] == "https://example.org/round-table"
        (national,) = events(page.parent / links[1])
        assert national["DTSTART"] == datetime(2027, 7, 1, 6, 0, tzinfo=UTC)  # nine o'clock, in summer
        assert national["UID"] != event["UID"]
    both = [
        events(meeting.root / f"sites/ee/{slug}/meetings/ee-national.ics")[0]["UID"]
        for slug in ("ylde", "teine")
    ]
    assert both[0] == both[1]
    assert not (meeting.root / "sites/ee/teine/meetings/ee-ylde-round-table.ics").exists()


def moved(meeting, changes):
    """The event of the meeting's calendar file after the changes, ``{old: new}``."""
    for old, new in changes.items():
        meeting.edit(PLACE, old, new)
    meeting.build("ee/ylde")
    path = meeting.root / "sites/ee/ylde/meetings/ee-ylde-round-table.ics"
    assert Calendar.from_ical(path.read_bytes())["METHOD"] == "PUBLISH"
    (event,) = events(path)
    return event


@pytest.mark.parametrize(
    ("first", "then"),
    [
        (  # to a later day, and then to an earlier one
            {"2027-03-04 10:00": "2027-03-06 10:00", "2027-03-04 12:30": "2027-03-06 12:30"},
            {"2027-03-06 10:00": "2027-03-05 10:00", "2027-03-06 12:30": "2027-03-05 12:30"},
        ),
        ({"Raekoda; saal 1, teine korrus": "Raamatukogu"}, {"Raamatukogu": "Kool"}),
    ],
    ids=["time", "venue"],
)
def test_a_calendar_can_tell_that_a_changed_meeting_is_the_newer(meeting, first, then):
    announced = "announced: 2026-02-01"
    one = moved(meeting, {})
    two = moved(meeting, {**first, announced: f"{announced}\n    changed: 2026-02-20"})
    three = moved(meeting, {**then, "changed: 2026-02-20": "changed: 2026-03-01"})
    anew = moved(meeting, {announced: "announced: 2026-03-02", "    changed: 2026-03-01\n": ""})
    versions = (one, two, three, anew)
    assert len({event["UID"] for event in versions}) == 1
    for older, newer in pairwise(versions):
        assert newer["SEQUENCE"] > older["SEQUENCE"] >= 0
        assert newer["LAST-MODIFIED"].dt > older["LAST-MODIFIED"].dt
        assert newer["DTSTAMP"].dt > older["DTSTAMP"].dt


MOVED = {"2027-03-04 10:00": "2027-03-06 10:00", "2027-03-04 12:30": "2027-03-06 12:30"}


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        (MOVED, 16),
        ({"Raekoda; saal 1, teine korrus": "Raamatukogu"}, 16),
        ({**MOVED, "announced: 2026-02-01": "announced: 2026-02-01\n    changed: 2026-02-01"}, 16),
    ],
    ids=["time", "venue", "no later day"],
)
def test_a_meeting_that_moved_without_a_later_day_keeps_its_old_copy_and_is_told(meeting, changes, line):
    before = moved(meeting, {})
    for old, new in changes.items():
        meeting.edit(PLACE, old, new)
    done = meeting.campaign("build", "ee/ylde", "ee/teine")
    assert done.returncode == 1
    assert (
        f"{PLACE}:{line}: meetings: expected the day of the change under changed, so that calendars take the "
        "new file, found ee-ylde-round-table with another time or venue than in the last build"
    ) in done.stderr
    (still,) = events(meeting.root / "sites/ee/ylde/meetings/ee-ylde-round-table.ics")
    assert still == before
    assert done.stderr.endswith("The copies of ee/ylde are as they were; all others are built.\n")
    meeting.edit("municipalities/ee/_country.yml", "2023-06", "2023-07")
    assert meeting.campaign("build", "ee", "--all-or-nothing").returncode == 1
    assert "июнь 2023" in meeting.read("ee/teine/ru/help.html")  # it is known before anything is written
    assert meeting.campaign("build", "ee").returncode == 1
    assert "июль 2023" in meeting.read("ee/teine/ru/help.html")


def test_a_meeting_that_moves_twice_on_one_day_is_published(meeting):
    today = f"announced: {latest_day(now())}"
    moved(meeting, {"announced: 2026-02-01": today})
    assert moved(meeting, MOVED)["DTSTART"] == datetime(2027, 3, 6, 8, tzinfo=UTC)


def test_what_somebody_wrote_into_a_calendar_file_from_outside_holds_up_nothing(meeting):
    moved(meeting, {})
    file = meeting.root / "sites/ee/ylde/meetings/ee-ylde-round-table.ics"
    file.write_bytes(file.read_bytes().replace(b"SEQUENCE:2026", b"SEQUENCE:2099"))
    changes = {**MOVED, "announced: 2026-02-01": "announced: 2026-02-01\n    changed: 2026-02-20"}
    assert moved(meeting, changes)["SEQUENCE"] == 20260220


def test_calendar_files_are_part_of_what_a_direct_build_writes(meeting, tmp_path):
    meeting.build("ee/ylde")
    meeting.mkdocs("ee/ylde", tmp_path / "direct")
    copy = tree(meeting.root / "sites/ee/ylde")
    assert tree(tmp_path / "direct") == copy
    assert sorted(name for name in copy if name.endswith(".ics")) == [
        "meetings/ee-national.ics",
        "meetings/ee-ylde-round-table.ics",
        "ru/meetings/ee-national.ics",
        "ru/meetings/ee-ylde-round-table.ics",
    ]


def test_a_meetings_time_is_that_of_its_own_place(meeting):
    meeting.edit(COUNTRY, "time_zone: Europe/Tallinn", "time_zone: Europe/Berlin")
    meeting.edit(PLACE, "name:", "time_zone: Europe/Tallinn\nname:")
    meeting.build("ee/ylde")
    (own,) = events(meeting.root / "sites/ee/ylde/meetings/ee-ylde-round-table.ics")
    (countrys,) = events(meeting.root / "sites/ee/ylde/meetings/ee-national.ics")
    assert (own["DTSTART"].hour, countrys["DTSTART"].hour) == (8, 7)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("seat: chair", "seat: mayor", f"6: working_group.seats[0].seat: expected {', '.join(SeatKind)}, found 'mayor'"),
        ("Abivallavanem", "M. Maasikas", f"8: working_group.seats[0].organization.et: expected {OFFICE}, found 'M. Maasikas' (initials and a surname)"),
        ("Abivallavanem", "Pr Mari Maasikas", f"8: working_group.seats[0].organization.et: expected {OFFICE}, found 'Pr Mari Maasikas' (a form of address)"),
        ("Abivallavanem", "abi@vald.ee", f"8: working_group.seats[0].organization.et: expected {OFFICE}, found 'abi@vald.ee' (an e-mail address)"),
        ("Abivallavanem", "Tel 736 1300", f"8: working_group.seats[0].organization.et: expected {OFFICE}, found 'Tel 736 1300' (a phone number)"),
        ("        et: Abivallavanem\n", "", "7: working_group.seats[0].organization: expected at least et, the country's first language, found ru"),
        ("      contact: ee-ylde-social\n", "", "10: working_group.seats[1]: expected at least one of organization, contact, found the keys seat"),
        ("      contact: ee-ylde-social\n", "      contact: ee-nobody\n", "11: working_group.seats[1].contact: expected the id of a contact in this file or in _country.yml, found 'ee-nobody'"),
        ("  source:\n    url: https://example.org/group\n    date: 2025-02\n", "", "4: working_group.source: expected a value, which is required, found nothing"),
        ("kind: round-table", "kind: party", "17: meetings[0].kind: expected round-table, workshop, training, national-meeting, regional-meeting, found 'party'"),
        ('    starts: "2027-03-04 10:00"\n', "", "16: meetings[0].starts: expected a value, which is required, found nothing"),
        ("2027-03-04 10:00", "in March", "18: meetings[0].starts: expected YYYY-MM-DD HH:MM, found 'in March'"),
        ("2027-03-04 10:00", "2027-02-30 10:00", "18: meetings[0].starts: expected YYYY-MM-DD HH:MM, found '2027-02-30 10:00'"),
        ("2027-03-04 12:30", "2027-03-04 09:00", f"16: meetings[0]: expected an end that is later than the start, found the keys {MEETING_KEYS.replace(' organization,', '').replace(' changed,', '')}"),
        ("ee-ylde-round-table", "../../x", "16: meetings[0].id: expected small letters a-z, digits and single hyphens, found '../../x'"),
        ("ee-ylde-round-table", "ee-national", "16: meetings[0].id: expected ee-ylde, or an id that begins with ee-ylde-, found 'ee-national'"),
        ("announced: 2026-02-01", "announced: 2999-02-01", f"22: meetings[0].announced: expected a date up to today, {latest_day(now())}, found '2999-02-01'"),
        ("announced: 2026-02-01", "announced: 2026-02-01\n    changed: 2999-02-01", f"23: meetings[0].changed: expected a date up to today, {latest_day(now())}, found '2999-02-01'"),
        ("announced: 2026-02-01", "announced: 2026-02-01\n    changed: 2026-01-31", "16: meetings[0]: expected a day under changed that is not before the day under announced, found the keys id, kind, starts, ends, venue, contact, announced, changed, web"),
        ("    contact: ee-ylde-social\n    announced", "    announced", "16: meetings[0]: expected at least one of organization, contact, found the keys id, kind, starts, ends, venue, announced, web"),
        ("web: https", "web: ftp", "23: meetings[0].web: expected https:// and a full address, found 'ftp://example.org/round-table'"),
        ("saal 1,", "<b>1</b>", "20: meetings[0].venue: expected plain text on one line, without markup, braces or links, found 'Raekoda; <b>1</b> teine korrus'"),
        ("web:", "wep:", f"23: meetings[0].wep: expected {MEETING_KEYS} (did you mean 'web'?), found the key 'wep'"),
    ],
)  # fmt: skip
def test_a_wrong_group_or_meeting_is_told_with_place_expected_and_found(meeting, old, new, message):
    assert meeting.told(PLACE, old, new) == [f"{PLACE}:{message}"]


NEVER = "expected another time, because on this day the clocks in Europe/Tallinn are put forward, so it never comes"
TWICE = (
    "expected another time, because on this day the clocks in Europe/Tallinn are put back, so it comes twice"
)


@pytest.mark.parametrize(
    ("starts", "ends", "wrong"),
    [
        ("2027-03-28 02:30", "2027-03-28 03:30", {"ends": NEVER}),
        ("2027-03-28 03:00", "2027-03-28 04:00", {"starts": NEVER}),
        ("2027-10-31 03:30", "2027-10-31 03:40", {"starts": TWICE, "ends": TWICE}),
        ("2027-03-28 02:59", "2027-03-28 04:00", {}),
        ("2027-10-31 02:59", "2027-10-31 04:00", {}),
    ],
)
@pytest.mark.parametrize("file", [PLACE, COUNTRY])
def test_a_meeting_is_at_times_that_the_clocks_show_once(meeting, file, starts, ends, wrong):
    """Its calendar file says one moment, and nobody could know whether that is the one meant."""
    old = (
        ("2027-03-04 10:00", "2027-03-04 12:30")
        if file == PLACE
        else ("2027-07-01 09:00", "2027-07-02 16:00")
    )
    for before, after in zip(old, (starts, ends), strict=True):
        meeting.edit(file, before, after)
    at = {"starts": starts, "ends": ends}
    assert [re.sub(r":\d+:", ":", problem) for problem in problems(meeting)] == [
        f"{file}: meetings[0].{key}: {expected}, found '{at[key]}'" for key, expected in wrong.items()
    ]


def test_the_clocks_are_those_of_the_place(meeting):
    meeting.edit(COUNTRY, "Europe/Tallinn", "Europe/Moscow")
    meeting.edit(PLACE, "2027-03-04 10:00", "2027-03-28 03:30")
    meeting.edit(PLACE, "2027-03-04 12:30", "2027-03-28 12:30")
    assert problems(meeting) == []
    meeting.edit(PLACE, "meetings:", "time_zone: Europe/Tallinn\nmeetings:")
    assert problems(meeting) == [f"{PLACE}:19: meetings[0].starts: {NEVER}, found '2027-03-28 03:30'"]


@pytest.mark.parametrize(
    "office", ["J. Jablonskio gimnazija", "HR osakond", "Tartu Linnavalitsus", "Nodaļa Nr. 2", "Mrija"]
)
def test_an_office_named_after_a_person_is_accepted_as_an_office(meeting, office):
    meeting.edit(PLACE, "Abivallavanem", office)
    assert meeting.campaign("check").returncode == 0


def test_the_only_group_known_is_that_of_sakiai_and_no_date_is_invented():
    groups = {str(place): place.record.working_group for place in PLACES.municipalities.values()}
    assert [name for name, group in groups.items() if group] == ["lt/sakiai"]
    seats = groups["lt/sakiai"].seats
    assert [(seat.seat, seat.organization["lt"]) for seat in seats] == [
        ("chair", "Savivaldybės administracijos direktoriaus pavaduotojas"),
        ("coordinator", "Socialinės paramos skyrius"),
    ]
    assert not any(place.record.meetings for place in PLACES.municipalities.values())
    assert not any(country.record.meetings for country in PLACES.countries.values())


def test_a_start_of_the_command_does_not_load_what_only_meetings_need():
    code = "import campaign.copies.fill, sys; print('icalendar' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
