"""What to ring next, as a coordinator sees it on the terminal and in a spreadsheet; and what a release asks."""

import csv
import io
from datetime import timedelta

import pytest

from campaign.files.csv_guard import guarded

from ..records import PHONES, PLACE, TODAY, confirmed

ESTONIA = "municipalities/ee/_country.yml"


def rows(sample, *names):
    """The table as Excel reads it in these countries: the mark says UTF-8, semicolons part the cells."""
    done = sample.campaign("contacts", *names, "--csv")
    assert (done.returncode, done.stderr) == (0, "")
    mark, table = done.stdout[0], io.StringIO(done.stdout[1:], newline="")
    assert mark == "\ufeff"
    return list(csv.DictReader(table, delimiter=";", strict=True))


def test_the_most_urgent_contact_comes_first(sample):
    """Expired longest; unconfirmed of most places; expiring; unseen by readers; fresh."""
    for name, roles, reach in (
        ("ee-old", "police", 'phones:\n      - number: "+372 640 6000"'),
        ("ee-older", "police", 'phones:\n      - number: "+372 660 7320"'),
        ("ee-new", "police", 'phones:\n      - number: "+372 612 3500"'),
        ("ee-ending", "police", 'phones:\n      - number: "+372 611 6088"'),
        ("ee-unseen", "police", "email: info@example.ee"),
    ):
        sample.edit(
            ESTONIA,
            "contacts:\n",
            f"contacts:\n  - id: {name}\n    roles:\n      - {roles}\n    organization:\n      et: {name}\n"
            f"    {reach}\n    source:\n      url: https://example.org/\n      date: undated\n",
        )
    for name, days in (("ee-old", 366), ("ee-older", 400), ("ee-ending", 340), ("ee-new", 10)):
        confirmed(sample, name, days)
    found = [(row["id"], row["state"], row["days"], row["places"]) for row in rows(sample, "ee")]
    assert found == [
        ("ee-older", "expired", "35", "0"),
        ("ee-old", "expired", "1", "0"),
        ("ee-child", "unconfirmed", "", "2"),
        ("ee-ylde-social", "unconfirmed", "", "1"),
        ("ee-ending", "expiring", "25", "0"),
        ("ee-unseen", "unconfirmed", "", "0"),
        ("ee-112", "fresh", "", "2"),
        ("ee-new", "fresh", "355", "0"),
    ]


@pytest.mark.parametrize(
    ("days", "state"), [(365, "expiring"), (366, "expired"), (335, "expiring"), (334, "fresh"), (0, "fresh")]
)
def test_a_state_begins_on_its_day(sample, days, state):
    confirmed(sample, "ee-ylde-social", days)
    (row,) = rows(sample, "ee/ylde")
    assert (row["state"], row["days"]) == (state, str(abs(365 - days)))


def test_the_table_is_aligned_and_counted(sample):
    assert sample.campaign("contacts", "ee").stdout.splitlines() == [
        "state        days  places  id              country  municipality  role             phones         hours              file",
        "unconfirmed        2       ee-child        ee       all           child-helpline   116 111        24/7               municipalities/ee/_country.yml:19",
        "unconfirmed        1       ee-ylde-social  ee       ylde          social-services  +372 736 1300  Mo-Fr 09:00-15:00  municipalities/ee/ylde.yml:5",
        "fresh              2       ee-112          ee       all           emergency        112                               municipalities/ee/_country.yml:9",
        "3 contacts: 0 doubted, 0 unreachable, 0 changed, 0 expired, 2 unconfirmed, 0 expiring, 1 fresh.",
    ]
    assert sample.campaign("contacts", "ee/teine").stdout == (
        "0 contacts: 0 doubted, 0 unreachable, 0 changed, 0 expired, 0 unconfirmed, 0 expiring, 0 fresh.\n"
    )


def test_a_contact_without_a_phone_shows_what_can_be_tried(sample):
    sample.edit(PLACE, PHONES, "")
    assert "  sotsiaal@example.ee  " in sample.campaign("contacts", "ee/ylde").stdout


def test_the_csv_has_every_column_and_no_cell_that_is_a_formula(sample):
    sample.edit(PLACE, "et: Ülde sotsiaaltöö", 'et: "=HYPERLINK(A1;\'x\'),\\"y\\""')
    sample.edit(PLACE, "Raekoja plats 3", '"=SUM(A1)"')
    sample.edit(
        PLACE,
        "    source:",
        '    chats:\n      - kind: whatsapp\n        number: "+372 5464 0007"\n    source:',
    )
    sample.confirm("ee-ylde-social", TODAY, "-1+cmd|calc")
    (row,) = rows(sample, "ee/ylde")
    assert {name: value for name, value in row.items() if value and name != "version"} == {
        "id": "ee-ylde-social", "place": "ee/ylde", "state": "fresh", "days": "365", "places": "1",
        "ask": "Name, number and address right? Open Mo-Fr 09:00-15:00? Languages et, ru? What does a call cost? Do you still take such cases?",
        "roles": "social-services", "organization et": "'=HYPERLINK(A1;'x'),\"y\"", "phones 1 number": "'+372 736 1300",
        "phones 1 languages": "et, ru", "chats 1 kind": "whatsapp", "chats 1 number": "'+372 5464 0007",
        "email": "sotsiaal@example.ee", "address": "'=SUM(A1)", "schedule": "Mo-Fr 09:00-15:00",
        "source url": "https://example.org/ylde", "source date": "'2021-01-25",
    }  # fmt: skip


FORMULAS = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


HOSTILE = [
    "=1+1",
    ";=1+1;x",
    "a,@SUM(A1), ＝1",
    "a;\t-2; '+3",
    "a\n=1",
    "a\r\n+1",
    ' "=1"',
    "＋1 'a', \"-1\";＠A1",
]


@pytest.mark.parametrize("separator", [";", ",", "\t", "\n"])
@pytest.mark.parametrize("quotes", [csv.QUOTE_MINIMAL, csv.QUOTE_NONE], ids=["with-quotes", "without-quotes"])
@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_is_a_formula_whatever_a_program_takes_for_the_separator(text, separator, quotes):
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL).writerow(["before", guarded(text), "after"])
    line = out.getvalue()
    if separator == "\n":
        cells = line.splitlines()
    else:
        rows = csv.reader(io.StringIO(line, newline=""), delimiter=separator, quoting=quotes)
        cells = [cell for row in rows for cell in row]
    begun = [part.lstrip(' "') for cell in cells for part in cell.splitlines()]
    assert [cell for cell in begun if cell.startswith(FORMULAS)] == []


@pytest.mark.parametrize(
    "text",
    [
        "0 800 500 123",
        "08001234",
        "116 006",
        "24/7",
        "116 006 / 116 111",
        "2026-03-10",
        "2026-03",
        "2015/2016",
        "true",
    ],
)
def test_a_spreadsheet_loses_no_digit(text):
    assert guarded(text) == f"'{text}"


@pytest.mark.parametrize(
    "text", ["112", "2026", "Mo-Fr 09:00-15:00", "a-b; c", "Tartu 5-1", "a / b", 5, None]
)
def test_what_a_spreadsheet_reads_rightly_stays_as_it_is(text):
    assert guarded(text) == text


def test_a_name_that_is_not_a_place_is_refused(sample):
    done = sample.campaign("contacts", "ee", "xx", "ee/nowhere")
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [
        "campaign contacts: expected COUNTRY or COUNTRY/SLUG of municipalities/, found 'ee/nowhere'",
        "campaign contacts: expected COUNTRY or COUNTRY/SLUG of municipalities/, found 'xx'",
        "2 problems.",
    ]


def released(sample, *names):
    """The problems of a release without the headings of their groups, in the order of files and lines."""
    *lines, _ = sample.campaign("check", "--release", *names).stderr.splitlines() or [""]
    return sorted(line for line in lines if not line.endswith("):"))


def test_a_release_asks_only_for_contacts_that_readers_pages_show(sample):
    """The child line of a country whose pages do not show it, or show it to professionals alone."""
    for code in ("et", "lv", "ru"):
        sample.edit(f"docs/{code}/help.md", "child-helpline, shelter", "shelter")
        sample.edit(f"docs/{code}/professionals/index.md", "contacts: own", "contacts: child-helpline")
    sample.approve()
    asked = [
        "municipalities/ee/ylde.yml:5: ee-ylde-social: expected a contact that somebody has confirmed, found no confirmation"
    ]
    assert released(sample) == asked  # it stands in for the shelter there
    for code in ("et", "lv", "ru"):
        sample.edit(
            f"docs/{code}/help.md", "Call <!-- phone: emergency -->", "Call <!-- phone: child-helpline -->"
        )
    assert [line.split(": ")[1] for line in released(sample)] == ["ee-child", "ee-ylde-social", "lv-child"]


def test_a_passage_for_one_country_asks_for_that_countrys_contact_alone(sample):
    for code in ("et", "lv", "ru"):
        sample.edit(f"docs/{code}/help.md", "child-helpline, shelter", "shelter")
        sample.edit(f"docs/{code}/help.md", "Latvian law.", "Latvian <!-- phone: child-helpline -->.")
    sample.approve()
    assert [line.split(": ")[1] for line in released(sample)] == ["ee-ylde-social", "lv-child"]


def test_a_wrong_slot_is_a_problem_also_for_a_release(sample):
    for code in ("et", "lv", "ru"):
        sample.edit(f"docs/{code}/help.md", "phone: emergency", "phone: emergncy")
    *found, _ = sample.campaign("check", "--release").stderr.splitlines()
    assert [line.split(": ")[0] for line in found][:3] == [
        "docs/et/help.md:7",
        "docs/lv/help.md:7",
        "docs/ru/help.md:7",
    ]


def test_a_release_lists_what_is_missing_by_urgency_and_says_where_every_contact_is_counted(sample):
    sample.edit(
        ESTONIA,
        "contacts:\n",
        "contacts:\n  - id: ee-unseen\n    roles: [police]\n    organization: {et: Muu}\n    email: info@example.ee\n"
        "    source: {url: 'https://example.org/', date: undated}\n",
    )
    (sample.root / "docs/ru/professionals/index.md").unlink()
    sample.campaign("approve", "ee/teine", "--yes")

    def release(*names):
        return sample.campaign("check", "--release", *names).stderr.splitlines()

    danger = f"{ESTONIA}:24: ee-child: expected a contact that somebody has confirmed, found no confirmation"
    texts = [
        "Texts that nobody has approved (1):",
        f"{PLACE}: expected texts that campaign approve ee/ylde has approved, found texts that nobody has approved",
        "Missing pages (1):",
        "docs/ru/professionals/index.md: expected a page in every language that offers it, found none",
    ]
    assert release("ee") == [
        "Lines that people ring in danger (1):",
        danger,
        "Offices (1):",
        f"{PLACE}:5: ee-ylde-social: expected a contact that somebody has confirmed, found no confirmation",
        *texts,
        "4 problems. Of 4 contacts, 2 are in this list, 0 are confirmed, 1 need no confirmation, "
        "1 are on no page for readers. Of 11 texts, nobody has read 11 as they are now.",
    ]
    confirmed(sample, "ee-child", 91)
    confirmed(sample, "ee-ylde-social", 1)
    sample.campaign("doubt", "ee-ylde-social", "--why", "Vastab keegi teine")
    first, doubt, second, expired, *rest, _ = release("ee")
    assert (first, second) == (
        "In doubt, or not reached by three calls (1):", "Lines that people ring in danger (1):"
    )  # fmt: skip
    assert doubt == (
        f"{PLACE}:5: ee-ylde-social: expected a contact that somebody rang after the doubt, "
        f"found a doubt of {TODAY}: Vastab keegi teine"
    )
    yesterday = TODAY - timedelta(1)
    assert expired.endswith(
        f"expected a confirmation that is good today, found a confirmation that was good until {yesterday}"
    )
    assert rest == texts
    for _ in range(3):
        sample.campaign("confirm", "ee-child", "--not-reached", "--by", "Amet")
    first, gone, *_ = release("ee/teine")
    assert first == "In doubt, or not reached by three calls (1):"
    assert gone.endswith(
        f"expected a contact that can be reached, found 3 calls that nobody answered, the last on {TODAY}"
    )
    sample.campaign("confirm", "ee-child", "ee-ylde-social", "--by", "Amet")
    assert release("ee/ylde")[-1] == (
        "2 problems. Of 4 contacts, 0 are in this list, 2 are confirmed, 1 need no confirmation, "
        "1 are on no page for readers. Of 11 texts, nobody has read 11 as they are now."
    )
    done = sample.campaign("build", "ee/ylde", "--release")
    assert done.stderr.splitlines()[-1].endswith("nobody has read 11 as they are now. Nothing was written.")


def asked(sample, *names):
    """What ``campaign check --release`` says of these places: files and contacts."""
    lines = released(sample, *names)
    return [line.split(": ")[1] if "ee-" in line or "lv-" in line else line.split(":")[0] for line in lines]


def test_a_release_of_one_country_or_place_looks_at_nothing_else(sample):
    sample.edit("municipalities/ee/_country.yml", "  - et\n  - ru\n", "  - et\n")
    (sample.root / "docs/ru/professionals/index.md").unlink()
    sample.approve()
    assert asked(sample, "ee") == ["ee-child", "ee-ylde-social"]
    assert asked(sample, "ee/ylde") == ["ee-child", "ee-ylde-social"]
    assert asked(sample, "ee/teine") == ["ee-child"]
    assert asked(sample, "lv/vieta") == ["docs/ru/professionals/index.md", "lv-child"]
    assert asked(sample, "ee/teine", "lv") == ["docs/ru/professionals/index.md", "ee-child", "lv-child"]
    assert asked(sample) == asked(sample, "ee", "lv") == [
        "docs/ru/professionals/index.md", "ee-child", "ee-ylde-social", "lv-child",
    ]  # fmt: skip
    sample.confirm("ee-child", TODAY)
    assert asked(sample, "ee/teine") == []
    assert sample.build("ee/teine", "--release").startswith("1 site in ")
    done = sample.campaign("build", "ee", "--release")
    assert (done.returncode, done.stderr.splitlines()[1].split(": ")[1]) == (1, "ee-ylde-social")
    sample.confirm("ee-ylde-social", TODAY)
    assert sample.build("ee", "--release").startswith("2 sites in ")
    assert sample.campaign("build", "--release").returncode == 1


@pytest.mark.parametrize("names", [["ee", "xx"], ["ee/nrava"], ["Narva"]])
def test_a_release_of_an_unknown_place_is_refused(sample, names):
    sample.approve()
    for name in ("ee-child", "ee-ylde-social"):
        sample.confirm(name, TODAY)
    for command in (["check"], ["build"]):
        done = sample.campaign(*command, "--release", *names)
        assert done.returncode == 1
        assert done.stderr.splitlines()[0] == (
            f"campaign {command[0]}: expected COUNTRY or COUNTRY/SLUG of municipalities/, found '{names[-1]}'"
        )


def test_a_check_of_one_country_or_place_only_counts_the_problems_of_other_places(sample):
    wrong = "iso_3166_2: EE-002\nname:\n  et: <b>\n"
    sample.write("municipalities/ee/teine.yml", wrong)
    sample.write("municipalities/lv/vieta.yml", wrong.replace("EE-002", "LV-001").replace("et:", "lv:"))
    line = (
        "municipalities/{}.yml:3: name.{}: expected plain text on one line, without markup, braces or links, "
        "found '<b>'"
    )
    here, there = line.format("ee/teine", "et"), line.format("lv/vieta", "lv")
    assert sample.campaign("check").stderr.splitlines() == [here, there, "2 problems."]
    one_more = "1 problem. 1 more problem in files of other places."
    assert sample.campaign("check", "ee").stderr.splitlines() == [here, one_more]
    assert sample.campaign("check", "ee/teine").stderr.splitlines() == [here, one_more]
    done = sample.campaign("check", "ee/ylde")
    assert (done.returncode, done.stderr) == (0, "")
    assert sample.campaign("check", "lv", "ee/ylde").stderr.splitlines() == [there, one_more]
    assert sample.campaign("check", "zz").stderr.splitlines()[0] == (
        "campaign check: expected COUNTRY or COUNTRY/SLUG of municipalities/, found 'zz'"
    )
