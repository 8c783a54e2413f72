"""A coordinator's day by the handbook: write the sheet, correct it, take it, call, doubt, release one country."""

from __future__ import annotations

import csv
import io
import re
from datetime import date

import pytest

from campaign.coordinator.call_list import entries
from campaign.source.municipalities import read_places
from campaign.spreadsheet.take_sheet import take
from campaign.spreadsheet.writing import as_csv, sheet_rows
from campaign.today import now

from ..project import ROOT
from ..records import COUNTRY, OURS, PLACE, files, read_pages
from ..repository import WORDS

OFFICE = "Help desk of the ministry"
REGIONAL = """\
  - id: ee-south
    roles:
      - legal-aid
    service_area:
      - Lõuna
      - ylde
    organization:
      et: Lõuna õigusabi
    phones:
      - number: "+372 605 4860"
    source:
      url: https://example.org/south
      date: undated
"""


@pytest.fixture
def project(sample):
    """The small project with a county and a contact that serves it."""
    sample.edit(COUNTRY, "contacts:\n", "counties: [Põhja, Lõuna]\ncontacts:\n" + REGIONAL)
    sample.edit(PLACE, "contacts:\n", "county: Põhja\ncontacts:\n")
    sample.edit("municipalities/ee/teine.yml", "name:\n", "county: Lõuna\nname:\n")
    return sample


def say(project, *arguments):
    done = project.campaign(*arguments)
    assert done.returncode == 0, done.stderr
    return done.stdout


def changed(project, before):
    """The lines that each file has lost and gained."""
    now_there = files(project)
    return {
        name: (
            sorted(set(before.get(name, b"").splitlines()) - set(data.splitlines())),
            sorted(set(data.splitlines()) - set(before.get(name, b"").splitlines())),
        )
        for name, data in now_there.items()
        if before.get(name) != data
    }


def test_a_country_comes_from_the_sheet_to_the_release_in_one_day(project):
    text = say(project, "contacts", "ee", "--csv")
    sheet = project.root / "sheet.csv"
    sheet.write_text(text, "utf-8")
    before = files(project)
    assert "0 changed, 0 new, 4 as before" in say(project, "take", "sheet.csv")
    assert files(project) == before

    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";"))
    for contact, column, value in (
        ("ee-south", "phones 1 number", "+372 605 4861"),
        ("ee-child", "source date", "2024-06"),
        ("ee-ylde-social", "schedule", "Mo-Fr 09:00-16:00"),
    ):
        (row,) = (row for row in rows if row[0] == contact)
        row[rows[0].index(column)] = value
    out = io.StringIO()
    csv.writer(out, delimiter=";").writerows(rows)
    sheet.write_text(out.getvalue(), "utf-8")
    said = say(project, "take", "sheet.csv")
    assert "3 changed, 0 new, 1 as before" in said
    assert {name: (len(lost), len(gained)) for name, (lost, gained) in changed(project, before).items()} == {
        COUNTRY: (2, 2),
        PLACE: (1, 1),
    }

    listed = re.findall(r"ee-[a-z-]+", say(project, "ring", "ee"))
    assert sorted(listed) == ["ee-child", "ee-south", "ee-ylde-social"]
    assert "3 calls on 1 sheet" in say(project, "ring", "ee", "--sheet", "calls.html")

    before = files(project)
    say(project, "confirm", "ee-child", "ee-south", "--by", OFFICE)
    say(project, "doubt", "ee-child", "--why", "A shop answers this number")
    assert set(changed(project, before)) == {OURS}
    assert re.findall(r"ee-[a-z-]+", say(project, "ring", "ee"))[0] == "ee-child"

    refused = project.campaign("build", "ee", "--release")
    assert refused.returncode == 1 and not (project.root / "sites").exists()
    assert {line.split(": ")[1] for line in refused.stderr.splitlines() if ": ee-" in line} == {
        "ee-child",
        "ee-ylde-social",
    }
    assert "lv-" not in refused.stderr
    say(project, "confirm", "ee-child", "ee-ylde-social", "--by", OFFICE)
    say(project, "approve", "ee", "--yes")
    assert "2 sites" in say(project, "build", "ee", "--release")
    assert not (project.root / "sites/lv").exists()
    help_page = (project.root / "sites/ee/ylde/help.html").read_text("utf-8")
    assert (
        f'data-until="{date.today().year}' in help_page or f'data-until="{date.today().year + 1}' in help_page
    )
    assert WORDS["et"]["contacts-unconfirmed"] not in help_page


def test_a_sheet_of_all_real_contacts_comes_back_without_a_change(tmp_path):
    places = read_places(ROOT, WORDS, date.today())
    listed = entries(places, read_pages(ROOT), [], now())
    file = tmp_path / "sheet.csv"
    file.write_bytes(as_csv(sheet_rows(ROOT, listed)))
    taken = take(ROOT, file, now(), [])
    assert not taken.edits.files
    assert f"0 changed, 0 new, {len(listed)} as before" in taken.lines[-1]
