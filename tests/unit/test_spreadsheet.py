"""Contacts leave as a spreadsheet and come back: only corrected cells become lines, and accidents have names."""

from __future__ import annotations

import csv
import datetime
import io
import os
import random
import re
import tracemalloc
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign.errors import CampaignError
from campaign.files.csv_guard import guarded, unguarded
from campaign.model.place_files import CountryContact
from campaign.spreadsheet.columns import Kind, all_paths, cells_of, column, contact_of, named
from campaign.spreadsheet.take_sheet import take
from campaign.today import now

from ..project import COUNTRY as BASE
from ..project import small_project
from ..records import COUNTRY, PLACE, PLACE_FILE, TODAY, files

OTHER = "municipalities/ee/teine.yml"
SHELTER = """\
  # rung in spring
  - id: ee-ylde-shelter   # its id
    roles: [shelter, night-shelter]
    organization: {et: Ülde varjupaik, en: Shelter}
    phones:
      - number: "+372 800 2008"   # free
        free: true
      - number: '+372 736 1302'
        languages: [et]
    schedule: "24/7"
    source:
      url: https://example.org/ylde
      date: 2021-01
# the end
"""


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """One project for all sheets that are refused or only looked at: none of them changes it."""
    sample = small_project(tmp_path_factory.mktemp("sheets") / "project")
    text = (sample.root / PLACE).read_text("utf-8")
    sample.write(PLACE, (text + SHELTER).encode())
    lithuania = BASE.format(code="lt", first="lv", second="ru")
    sample.write("municipalities/lt/_country.yml", lithuania.replace('"116 111"', '"0 800 66366"'))
    return sample


@pytest.fixture(scope="module")
def sheet(project):
    """The sheet as CSV, as the command prints it."""
    done = project.campaign("contacts", "--csv")
    assert done.stderr == ""
    return done.stdout


@pytest.fixture(scope="module")
def workbook(project, tmp_path_factory):
    path = tmp_path_factory.mktemp("workbook") / "contacts.xlsx"
    done = project.campaign("contacts", "--xlsx", str(path))
    assert (done.stdout, done.stderr) == (f"{path} is written, with 8 contacts.\n", "")
    return path.read_bytes()


def rows_of(sheet):
    return list(csv.reader(io.StringIO(sheet.removeprefix("\ufeff"), newline=""), delimiter=";"))


def text_of(rows, delimiter=";"):
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue()


def at(rows, name, heading):
    """The position of a cell, by the id of its contact and the name of its column."""
    number = next(index for index, row in enumerate(rows) if row[0] == name)
    return number, rows[0].index(heading)


def with_cell(rows, name, heading, value):
    number, place = at(rows, name, heading)
    rows[number][place] = value
    return rows


def new_row(rows, **cells):
    row = [""] * len(rows[0])
    for heading, value in cells.items():
        row[rows[0].index(heading.replace("_", " "))] = value
    rows.append(row)
    return rows


SOCIAL, NIGHT = "ee-ylde-social", "ee-ylde-shelter"


def taken(project, content, *options, name="sheet.csv"):
    """Take a sheet; nothing may change unless it is taken without a fault and without ``--dry-run``."""
    file = project.root.parent / name
    file.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    before = files(project)
    with_name = os.path.relpath(file, project.root)
    done = project.campaign("take", with_name, *options)
    if done.returncode or options:
        assert files(project) == before
    said = [
        line.replace(with_name, "SHEET")
        for line in (done.stderr if done.returncode else done.stdout).splitlines()
    ]
    if done.returncode:
        assert done.stdout == ""
        assert re.fullmatch(rf"{len(said) - 1} problems?\. Nothing was written\.", said[-1])
        return said[:-1]
    return said


# --- What stays, and what changes


@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("order", ["as written", "sorted"])
def test_an_unchanged_csv_changes_nothing(project, sheet, delimiter, encoding, order):
    first, *others = rows_of(sheet)
    if order == "sorted":
        random.Random(1).shuffle(others)
    said = taken(project, text_of([first, *others], delimiter).encode(encoding))
    assert said == ["8 contacts in the sheet: 0 changed, 0 new, 8 as before.", "Nothing was written."]


def test_an_unchanged_workbook_changes_nothing_and_its_cells_are_text(project, workbook):
    said = taken(project, workbook, name="sheet.xlsx")
    assert said == ["8 contacts in the sheet: 0 changed, 0 new, 8 as before.", "Nothing was written."]
    (page,) = openpyxl.load_workbook(io.BytesIO(workbook)).worksheets
    assert {cell.number_format for row in page.iter_rows() for cell in row} == {"@"}
    assert {cell.data_type for row in page.iter_rows(min_row=2, max_col=3) for cell in row} == {"s"}
    assert page.freeze_panes == "C2"


CORRECTIONS = [
    (SOCIAL, "phones 1 number", "+372 736 1301", "'+372 736 1300' becomes '+372 736 1301'", ['-      - number: "+372 736 1300"', '+      - number: "+372 736 1301"']),
    (SOCIAL, "email", "abi@example.ee", "'sotsiaal@example.ee' becomes 'abi@example.ee'", ["-    email: sotsiaal@example.ee", "+    email: abi@example.ee"]),
    (SOCIAL, "address", "", "'Raekoja plats 3' is removed", ["-    address: Raekoja plats 3"]),
    (SOCIAL, "web", "https://example.org/abi", "'https://example.org/abi' is added", ["+    web: https://example.org/abi"]),
    (SOCIAL, "phones 1 languages", "et; ru;en", "'et, ru' becomes 'et, ru, en'", ["+          - en"]),
    (NIGHT, "phones 1 free", "FALSE", "'true' becomes 'false'", ["-        free: true", "+        free: false"]),
    (NIGHT, "organization en", "Ylde's shelter", "'Shelter' becomes \"Ylde's shelter\"",
     ["-    organization: {et: Ülde varjupaik, en: Shelter}", '+    organization: {et: Ülde varjupaik, en: "Ylde\'s shelter"}']),
    (NIGHT, "phones 2 number", "+372 736 1303", "'+372 736 1302' becomes '+372 736 1303'", ["-      - number: '+372 736 1302'", "+      - number: '+372 736 1303'"]),
    (NIGHT, "source date", "2021-02", "'2021-01' becomes '2021-02'", ["-      date: 2021-01", "+      date: 2021-02"]),
    ("ee-child", "description ru", "Дети", "'Дети' is added", ["+    description:", "+      ru: Дети"]),
]  # fmt: skip


@pytest.mark.parametrize(("name", "heading", "value", "words", "diff"), CORRECTIONS)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_one_corrected_cell_is_its_line_alone(
    project, sheet, workbook, kind, name, heading, value, words, diff
):
    rows = rows_of(sheet)
    number, place = at(rows, name, heading)
    if kind == "csv":
        said = taken(project, text_of(with_cell(rows, name, heading, value)), "--dry-run")
    else:
        book = openpyxl.load_workbook(io.BytesIO(workbook))
        book.active.cell(number + 1, place + 1).value = value or None
        said = taken(project, saved(book), "--dry-run", name="sheet.xlsx")
    assert said[:2] == [
        f"row {number + 1}, {name}: {heading}: {words}.",
        "8 contacts in the sheet: 1 changed, 0 new, 7 as before.",
    ]
    assert said[-1] == "Nothing was written."
    assert [line for line in said[4:-1] if line[0] in "+-"] == diff


def saved(book):
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_what_is_taken_is_written_and_taken_again_changes_nothing(sample):
    sample.write(PLACE, ((sample.root / PLACE).read_text("utf-8") + SHELTER).encode())
    sample.confirm(SOCIAL, TODAY)
    before = files(sample)
    rows = rows_of(sample.campaign("contacts", "ee", "--csv").stdout)
    with_cell(rows, SOCIAL, "phones 1 number", "'+372 736 1301")
    with_cell(rows, NIGHT, "phones 1 number", "")
    with_cell(rows, NIGHT, "phones 1 free", "")
    with_cell(rows, "ee-child", "answer", "Jah. +372 000, Mari")
    new_row(rows, place="ee/teine", roles="police", organization_et="Teise politsei", phones_1_number="+372 640 6000",
            phones_1_languages="et, ru", source_url="https://example.org/teine", source_date="undated")  # fmt: skip
    new_row(rows, place="ee/ylde", roles="shelter", organization_et="Ülde öömaja", phones_1_number="+372 612 3500",
            source_url="https://example.org/ylde", source_date="2022")  # fmt: skip
    new_row(rows, place="ee", roles="legal-aid", organization_et="Õigusabi", phones_1_number="+372 611 6088",
            source_url="https://example.org/abi", source_date="2022")  # fmt: skip
    numbers = {name: at(rows, name, "id")[0] + 1 for name in (SOCIAL, NIGHT)}
    said = taken(sample, text_of(rows))
    changes = {
        SOCIAL: ["phones 1 number: '+372 736 1300' becomes '+372 736 1301'."],
        NIGHT: ["phones 1 number: '+372 800 2008' is removed.", "phones 1 free: 'true' is removed."],
    }
    assert said == [
        *(f"row {numbers[name]}, {name}: {line}" for name in sorted(numbers, key=numbers.get) for line in changes[name]),
        f"row {len(rows) - 2}, ee-teine-police: a new contact in {OTHER}.",
        f"row {len(rows) - 1}, ee-ylde-shelter-2: a new contact in {PLACE}.",
        f"row {len(rows)}, ee-legal-aid: a new contact in {COUNTRY}.",
        f"{SOCIAL}: the confirmation of {TODAY} ends, because the contact has changed.",
        "7 contacts in the sheet: 2 changed, 3 new, 2 as before. Answers in 1 row are not taken: campaign confirm records who was reached.",
        f"Written into {COUNTRY}, {PLACE}, {OTHER}.",
    ]  # fmt: skip
    after = files(sample)
    assert {path for path in after if after[path] != before[path]} == {PLACE, OTHER, COUNTRY}
    place = before[PLACE].decode()
    place = place.replace('"+372 736 1300"', '"+372 736 1301"')
    place = place.replace('      - number: "+372 800 2008"   # free\n        free: true\n', "")
    place = place.replace(
        "# the end\n",
        '  - id: ee-ylde-shelter-2\n    roles:\n      - shelter\n    organization:\n      et: Ülde öömaja\n    phones:\n      - number: "+372 612 3500"\n'
        "    source:\n      url: https://example.org/ylde\n      date: 2022\n# the end\n",
    )
    assert after[PLACE].decode() == place
    assert after[OTHER].decode() == before[OTHER].decode() + (
        "contacts:\n  - id: ee-teine-police\n    roles:\n      - police\n    organization:\n      et: Teise politsei\n    phones:\n"
        '      - number: "+372 640 6000"\n        languages:\n          - et\n          - ru\n'
        "    source:\n      url: https://example.org/teine\n      date: undated\n"
    )
    assert sample.campaign("check").returncode == 0
    assert taken(sample, sample.campaign("contacts", "ee", "--csv").stdout)[-1] == "Nothing was written."
    del rows[-3:]
    assert taken(sample, text_of(with_cell(rows, NIGHT, "phones 1 number", "'+372 736 1302")))[-1].startswith(
        "SHEET:"
    )


def test_a_sheet_of_a_municipality_changes_no_other_place(project, sheet):
    rows = with_cell(rows_of(sheet), SOCIAL, "address", "Turu 1")
    assert (
        taken(project, text_of(rows), "ee/ylde", "--dry-run")[1]
        == "8 contacts in the sheet: 1 changed, 0 new, 7 as before."
    )
    with_cell(rows, "ee-child", "web", "https://example.org/")
    new_row(rows, **GOOD)
    assert taken(project, text_of(rows), "ee", "--dry-run")[-1] == "Nothing was written."
    outside = "expected changes and new contacts only in ee/ylde, as the command says, found"
    assert taken(project, text_of(rows), "ee/ylde") == [
        f"SHEET:{at(rows, 'ee-child', 'id')[0] + 1}: place: {outside} 'ee'",
        f"SHEET:10: place: {outside} 'ee/teine'",
    ]
    assert taken(project, text_of(rows), "ee/yldee") == [
        "campaign take: expected COUNTRY or COUNTRY/SLUG of municipalities/ (did you mean 'ee/ylde'?), found 'ee/yldee'"
    ]


def test_a_contact_without_a_row_stays(project, sheet):
    rows = [row for row in rows_of(sheet) if row[0] in ("id", SOCIAL)]
    said = taken(project, text_of(rows))
    assert said == ["1 contact in the sheet: 0 changed, 0 new, 1 as before.", "Nothing was written."]


# --- Accidents. Each is read rightly (then these are the words) or refused (then these are the problems).


def cell(name, heading, value):
    return lambda rows: text_of(with_cell(rows, name, heading, value))


def change(function, *arguments, **cells):
    def changed(rows):
        function(rows, *arguments, **cells)
        return text_of(rows)

    return changed


def without_column(rows, heading):
    place = rows[0].index(heading)
    for row in rows:
        del row[place]


def renamed(rows, heading, name):
    rows[0][rows[0].index(heading)] = name


def swapped_ids(rows):
    first, second = (at(rows, name, "id")[0] for name in (SOCIAL, NIGHT))
    rows[first][0], rows[second][0] = rows[second][0], rows[first][0]
    with_cell(rows, SOCIAL, "web", "https://example.org/")


def doubled(rows):
    rows.append([*rows[at(rows, SOCIAL, "id")[0]]])


GOOD = {
    "place": "ee/teine", "roles": "police", "organization_et": "Politsei", "phones_1_number": "+372 640 6000",
    "source_url": "https://example.org/", "source_date": "undated",
}  # fmt: skip
DATE = "expected YYYY-MM-DD, YYYY-MM, YYYY, YYYY/YYYY or undated, as text, found"
NUMBER = 'expected a number in quotes: international ("+372 …"), a short code of EE ("116 006") or a national freephone ("0 800 …")'
NOT_UTF_8 = "which is not UTF-8 (text in Windows-1257 or Windows-1251 has such bytes)"
SAVE = "expected UTF-8 text: save the sheet as “CSV UTF-8” or as .xlsx"
SAME = ["8 contacts in the sheet: 0 changed, 0 new, 8 as before.", "Nothing was written."]

ACCIDENTS = {
    "a number that is rounded": (cell(SOCIAL, "phones 1 number", "3.7E+11"), [
        "SHEET:{social}: phones 1 number: expected every digit of the phone number, as text, found '3.7E+11': a spreadsheet has rounded it"]),
    "a number that is rounded with a comma": (cell(SOCIAL, "phones 1 number", "3,72736E+11"), [
        "SHEET:{social}: phones 1 number: expected every digit of the phone number, as text, found '3,72736E+11': a spreadsheet has rounded it"]),
    "a lost plus": (cell(SOCIAL, "phones 1 number", "3727361300"), [
        "SHEET:{social}: phones 1 number: expected '+3727361300', found '3727361300', which has lost the + at its start"]),
    "a lost zero": (cell("lt-child", "phones 1 number", "80066366"), [
        "SHEET:{free}: phones 1 number: expected '080066366', found '80066366', which has lost the 0 at its start"]),
    "a lost zero with spaces": (cell("lt-child", "phones 1 number", "800 66366"), [
        "SHEET:{free}: phones 1 number: expected '0 800 66366', found '800 66366', which has lost the 0 at its start"]),
    "a date in local order": (cell(SOCIAL, "source date", "25.01.2021"), [f"SHEET:{{social}}: source date: {DATE} '25.01.2021', a date in local order"]),
    "a date in American order": (cell(SOCIAL, "source date", "1/25/2021"), [f"SHEET:{{social}}: source date: {DATE} '1/25/2021', a date in local order"]),
    "a date as in Lithuania": (cell(SOCIAL, "source date", "2021.01.25."), [f"SHEET:{{social}}: source date: {DATE} '2021.01.25.', a date in local order"]),
    "a date as a serial number": (cell(SOCIAL, "source date", "44221"), [
        f"SHEET:{{social}}: source date: {DATE} '44221', a spreadsheet's number for the day 2021-01-25"]),
    "no-break spaces in a number": (cell(SOCIAL, "phones 1 number", "+372\u00a0736\u202f1300\u00a0"), SAME),
    "no-break spaces at the end of a text": (cell(SOCIAL, "address", "\u00a0Raekoja plats 3 \u00a0"), SAME),
    "two no-break spaces in a text": (cell(SOCIAL, "address", "Raekoja\u00a0 plats 3"), [
        "SHEET:{social}: address: expected an ordinary space, or a no-break space between two words, found U+00A0 NO-BREAK SPACE in 'Raekoja\\xa0 plats 3'"]),
    "a formula": (cell(SOCIAL, "address", "=A1&B1"), ["SHEET:{social}: address: expected a value, because formulas are never computed, found the formula '=A1&B1'"]),
    "an error": (cell(SOCIAL, "phones 1 number", "#NAME?"), ["SHEET:{social}: phones 1 number: expected a value, found '#NAME?', a spreadsheet's sign for an error"]),
    "a deleted column": (change(without_column, "email"), ["SHEET:1: email: expected this column in the first row, because ee-ylde-social has a value in it, found none"]),
    "a deleted column without values": (change(without_column, "anonymous"), SAME),
    "a deleted column of ids": (change(without_column, "id"), ["SHEET:1: id: expected this column in the first row, as campaign contacts has written it, found none"]),
    "a renamed column": (change(renamed, "source url", "sources url"), [
        "SHEET:1: source url: expected this column in the first row, because {first} has a value in it, found none",
        "SHEET:1: sources url: expected a column of campaign contacts (did you mean 'source url'?), found an unknown column"]),
    "a column twice": (change(renamed, "email", "web"), [
        "SHEET:1: email: expected this column in the first row, because ee-ylde-social has a value in it, found none",
        "SHEET:1: web: expected each column once, found the column a second time"]),
    "capitals in the names of columns": (change(renamed, "source url", " Source  URL "), SAME),
    "a cell without a column": (lambda rows: text_of([*rows[:1], *([*row, "x"] for row in rows[1:2]), *rows[2:]]), [
        "SHEET:2: column {beyond}: expected no cell without the name of a column in the first row, found 'x'"]),
    "sorted ids alone": (change(swapped_ids), [
        "SHEET:{social}: version: expected {version}, as ee-ylde-shelter is now; write the sheet again, then change it, found '{other}'",
        "SHEET:{night}: version: expected {other}, as ee-ylde-social is now; write the sheet again, then change it, found '{version}'"]),
    "a duplicate id": (change(doubled), ["SHEET:10: id: expected each contact once (row {social} has this one), found 'ee-ylde-social' a second time"]),
    "an unknown id": (cell(SOCIAL, "id", "ee-ylde-socail"), [
        "SHEET:{social}: id: expected the id of a contact, or an empty cell for a new one (did you mean 'ee-ylde-social'?), found 'ee-ylde-socail'"]),
    "a lost id": (cell(SOCIAL, "id", ""), ["SHEET:{social}: id: expected the id of the contact that this row had, or an empty version as well, found nothing"]),
    "an unknown place": (change(new_row, **GOOD | {"place": "ee/teinee"}), [
        "SHEET:10: place: expected COUNTRY or COUNTRY/SLUG of municipalities/ (did you mean 'ee/teine'?), found 'ee/teinee'"]),
    "a new contact without a place": (change(new_row, **GOOD | {"place": ""}), ["SHEET:10: place: expected COUNTRY or COUNTRY/SLUG of municipalities/, found nothing"]),
    "an id of another place": (cell(SOCIAL, "place", "ee/teine"), [
        "SHEET:{social}: place: expected ee/ylde, which has ee-ylde-social: a sheet cannot move a contact to another place, found 'ee/teine'"]),
    "a line break in a text": (cell(SOCIAL, "organization et", "Ülde\nsotsiaaltöö"), [
        "SHEET:{social}: organization et: expected plain text on one line, without markup, braces or links, found 'Ülde\\nsotsiaaltöö'"]),
    "a line break in a list": (cell(SOCIAL, "phones 1 languages", "et\r\nru\n"), SAME),
    "smart quotes in a text": (cell(SOCIAL, "organization et", "„Ülde” sotsiaaltöö"), [
        "row {social}, ee-ylde-social: organization et: 'Ülde sotsiaaltöö' becomes '„Ülde” sotsiaaltöö'.",
        "8 contacts in the sheet: 1 changed, 0 new, 7 as before."]),
    "a smart apostrophe before a number": (cell(SOCIAL, "phones 1 number", "’+372 736 1301"), [
        f"SHEET:{{social}}: phones 1 number: {NUMBER}, with one space at a time between digits (did you mean +3727361301?), found '’+372 736 1301' with U+2019 RIGHT SINGLE QUOTATION MARK"]),
    "smart quotes around cells": (lambda rows: "\n".join(";".join(f"“{part}”" for part in row) for row in rows), [
        f"SHEET:1: {key}: expected this column in the first row, as campaign contacts has written it, found none" for key in ("id", "place", "version")]),
    "a smart dash in hours": (cell(SOCIAL, "schedule", "Mo–Fr 09:00–15:00"), [
        "SHEET:{social}: schedule: expected {hours}, found 'Mo–Fr 09:00–15:00' with U+2013 EN DASH"]),
    "trailing blank rows": (lambda rows: text_of([*rows, [], [""] * 70, [" ", "\u00a0"]]), SAME),
    "a row of separators alone": (lambda rows: text_of(rows) + ";;;;;;\n" * 20, SAME),
    "Windows-1257": (lambda rows: "id;place;version\n;;\xdclde\n".encode("cp1257"), [f"SHEET:2: {SAVE}, found the byte 0xdc, {NOT_UTF_8}"]),
    "Windows-1251": (lambda rows: "id;place;version\n;;Дети\n".encode("cp1251"), [f"SHEET:2: {SAVE}, found the byte 0xc4, {NOT_UTF_8}"]),
    "UTF-8 that was read as Windows-1252": (cell(SOCIAL, "organization et", "Ãœlde sotsiaaltÃ¶Ã¶"), [
        "SHEET:{social}: organization et: expected 'Ülde sotsiaaltöö', found 'Ãœlde sotsiaaltÃ¶Ã¶', because UTF-8 was read as cp1252"]),
    "letters that became question marks": (cell(SOCIAL, "organization et", "?lde sotsiaalt??"), [
        "SHEET:{social}: organization et: expected 'Ülde sotsiaaltöö', found '?lde sotsiaalt??', which lost letters when the sheet was saved"]),
    "a truth value in capitals": (cell(NIGHT, "phones 1 free", "TRUE"), SAME),
    "a truth value in another language": (cell(NIGHT, "phones 1 free", "ИСТИНА"), [
        "SHEET:{night}: phones 1 free: expected true or false, found 'ИСТИНА' with U+0418 CYRILLIC CAPITAL LETTER I"]),
    "Excel's line with the separator": (lambda rows: "sep=;\r\n" + text_of(rows), SAME),
    "a quote that is not closed": (lambda rows: text_of(rows) + '"x', ["SHEET:10: expected CSV, found a row that is not CSV (unexpected end of data)"]),
    "the number of another place": (change(new_row, **GOOD | {"phones_1_number": "+372 736 1300"}), [
        "SHEET:{social}: phones 1 number: expected a number of its own, because a number that serves several places belongs in _country.yml (municipalities/ee/teine.yml:11 has this one), found '+372 736 1300'",
        "SHEET:10: phones 1 number: expected a number of its own, because a number that serves several places belongs in _country.yml (municipalities/ee/ylde.yml:11 has this one), found '+372 736 1300'"]),
    "a role of the country in a place": (change(new_row, **GOOD | {"roles": "police, emergency"}), [
        "SHEET:10: roles: expected police, child-protection, social-services, municipal-office, family-centre, shelter, night-shelter, legal-aid, migrant-advice, referral-coordinator (a contact for the whole country or a county belongs in _country.yml), found 'emergency'"]),
    "nothing to reach a contact": (change(new_row, **GOOD | {"phones_1_number": ""}), ["SHEET:10: id: expected at least one of phones, chats, web, email, address, found {keys}"]),
    "an empty sheet": (lambda rows: "", ["SHEET: expected a sheet that campaign contacts has written, found an empty sheet"]),
    "a date in local order in a new row": (change(new_row, **GOOD | {"source_date": "1.2.2021"}), [f"SHEET:10: source date: {DATE} '1.2.2021', a date in local order"]),
    "two faults in two rows": (lambda rows: text_of(with_cell(with_cell(rows, SOCIAL, "email", "a@b"), NIGHT, "source date", "1.2.21")), [
        "SHEET:{social}: email: {email}",
        f"SHEET:{{night}}: source date: {DATE} '1.2.21', a date in local order"]),
}  # fmt: skip


@pytest.mark.parametrize("name", ACCIDENTS)
def test_an_accident_of_a_csv_is_read_rightly_or_refused_by_its_name(project, sheet, name):
    make, expected = ACCIDENTS[name]
    rows = rows_of(sheet)
    values = dict(
        zip(
            ("version", "other"),
            (rows[at(rows, one, "version")[0]][2] for one in (NIGHT, SOCIAL)),
            strict=True,
        )
    )
    values |= {
        "social": at(rows, SOCIAL, "id")[0] + 1,
        "night": at(rows, NIGHT, "id")[0] + 1,
        "free": at(rows, "lt-child", "id")[0] + 1,
    }
    values |= {"first": rows[1][0], "beyond": len(rows[0]) + 1}
    said = taken(project, make(rows), *(["--dry-run"] if expected[0].startswith("row") else []))
    if expected[0].startswith("row"):
        said = said[: len(expected)]
    assert [re.sub("  ", " ", line) for line in said] == sorted(
        (line.format(**values, **LONG) for line in expected), key=order_of
    )


LONG = {
    "hours": '"24/7" or days and times such as "Mo-Fr 09:00-17:00" or "Mo,We 08:30-12:00; Th 08:30-12:00,14:00-17:00"',
    "keys": "the keys id, roles, organization, source",
    "email": "expected an e-mail address such as info@example.org, found 'a@b'",
}


def order_of(line):
    """Problems come by row, then by column."""
    match = re.match(r"SHEET:(\d+): (.*)", line)
    return (int(match[1]), match[2]) if match else (0, "")


# --- Workbooks


def book_cell(name, heading, value):
    def change(page, rows):
        number, place = at(rows, name, heading)
        cell = page.cell(number + 1, place + 1)
        cell.number_format = "General"
        cell.value = value

    return change


def merged(page, rows):
    page.merge_cells("D2:D3")


def second_sheet(page, rows):
    page.parent.create_sheet("Sheet2")["A1"] = "x"


def empty_second_sheet(page, rows):
    page.parent.create_sheet("Sheet2")


def far_cell(page, rows):
    page["XFD9"] = "x"


def far_row(page, rows):
    page.cell(1_048_576, 1).value = "x"


def blank_rows(page, rows):
    for number in range(len(rows) + 1, len(rows) + 50):
        page.cell(number, 3).value = " "
        page.cell(number, 4).number_format = "@"


def sorted_rows(page, rows):
    first, second = ([cell.value for cell in page[number]] for number in (3, 4))
    for number, values in ((4, first), (3, second)):
        for place, value in enumerate(values, 1):
            page.cell(number, place).value = value


def deleted_column(page, rows):
    page.delete_cols(rows[0].index("source date") + 1)


TEXT = "typed as text"

BOOK_ACCIDENTS = {
    "a number that was typed": (book_cell(SOCIAL, "phones 1 number", 3727361300), ["SHEET:{social}: phones 1 number: expected '+3727361300', found '3727361300', which has lost the + at its start"]),
    "a rounded number": (book_cell(SOCIAL, "phones 1 number", 3.7e11), ["SHEET:{social}: phones 1 number: expected a phone number as text, with its + or its 0, found the number 370000000000"]),
    "a short code that was typed": (book_cell("ee-child", "phones 1 number", 116111), ["row {child}, ee-child: phones 1 number: '116 111' becomes '116111'."]),
    "a formula": (book_cell(SOCIAL, "address", "=SUM(A1:A9)"), ["SHEET:{social}: address: expected a value, because formulas are never computed, found the formula '=SUM(A1:A9)'"]),
    "a plus that made a formula": (book_cell(SOCIAL, "phones 1 number", "=+372 7361300"), [
        "SHEET:{social}: phones 1 number: expected a value, because formulas are never computed, found the formula '=+372 7361300'"]),
    "a date": (book_cell(SOCIAL, "source date", datetime.date(2021, 1, 25)), SAME),
    "a date with a time": (book_cell(SOCIAL, "source date", datetime.datetime(2021, 1, 25, 10, 30)), [
        "SHEET:{social}: source date: expected a date, typed as text, found the date or time 2021-01-25 10:30:00"]),
    "hours that became a date": (book_cell(NIGHT, "schedule", datetime.date(2026, 7, 24)), [
        f"SHEET:{{night}}: schedule: expected opening hours, {TEXT}, found the date or time 2026-07-24"]),
    "hours that became a number": (book_cell(NIGHT, "schedule", 24 / 7), [f"SHEET:{{night}}: schedule: expected opening hours, {TEXT}, found the number 3.42857"]),
    "hours that became a time": (book_cell(NIGHT, "schedule", datetime.time(9, 0)), [f"SHEET:{{night}}: schedule: expected opening hours, {TEXT}, found the date or time 09:00:00"]),
    "a day as a serial number": (book_cell(SOCIAL, "source date", 44221), [f"SHEET:{{social}}: source date: {DATE} '44221', a spreadsheet's number for the day 2021-01-25"]),
    "a year as a number": (book_cell(SOCIAL, "source date", 2021), ["row {social}, ee-ylde-social: source date: '2021-01-25' becomes '2021'."]),
    "a truth value": (book_cell(NIGHT, "phones 1 free", True), SAME),
    "a truth value in a text": (book_cell(SOCIAL, "address", True), ["SHEET:{social}: address: expected text, found the truth value TRUE"]),
    "an error": (book_cell(SOCIAL, "email", "#REF!"), ["SHEET:{social}: email: expected a value, found '#REF!', a spreadsheet's sign for an error"]),
    "a number as an id": (book_cell(SOCIAL, "id", 5), [f"SHEET:{{social}}: id: expected a value, {TEXT}, found the number 5"]),
    "merged cells": (merged, ["SHEET: expected one contact in each row, without merged cells, found the merged cells D2:D3"]),
    "a second sheet": (second_sheet, ["SHEET: expected one sheet with contacts; the others empty or deleted, found a second sheet, 'Sheet2', with 1 rows"]),
    "an empty second sheet": (empty_second_sheet, SAME),
    "a cell far to the right": (far_cell, ["SHEET: expected at most 5,000 rows and 400 columns, found a cell XFD9"]),
    "a cell far below": (far_row, ["SHEET: expected at most 5,000 rows and 400 columns, found a cell A1048576"]),
    "trailing blank rows": (blank_rows, SAME),
    "sorted rows": (sorted_rows, SAME),
    "a deleted column": (deleted_column, ["SHEET:1: source date: expected this column in the first row, because {first} has a value in it, found none"]),
}  # fmt: skip


@pytest.mark.parametrize("name", BOOK_ACCIDENTS)
def test_an_accident_of_a_workbook_is_read_rightly_or_refused_by_its_name(project, sheet, workbook, name):
    make, expected = BOOK_ACCIDENTS[name]
    rows = rows_of(sheet)
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    make(book.active, rows)
    words = expected[0].startswith("row")
    said = taken(project, saved(book), *(["--dry-run"] if words else []), name="sheet.xlsx")
    numbers = {
        key: at(rows, one, "id")[0] + 1
        for key, one in (("social", SOCIAL), ("night", NIGHT), ("child", "ee-child"))
    }
    assert said[: 1 if words else None] == [line.format(**numbers, first=rows[1][0]) for line in expected]


def parts_of(workbook):
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        return {part.filename: archive.read(part) for part in archive.infolist()}


def zipped(parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


PAGE = "xl/worksheets/sheet1.xml"
DOCTYPE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
MANY_LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha">' + b"".join(
    b'<!ENTITY %c "%s">' % (b + 1, b"&%c;" % b * 10) for b in range(ord("a"), ord("k"))
) + b"]>"  # fmt: skip


def with_part(change, part=PAGE):
    def made(workbook):
        parts = parts_of(workbook)
        return zipped({**parts, part: change(parts.get(part, b""))})

    return made


def declared(content, word):
    return (
        b'<?xml version="1.0"?>' + word + content.partition(b"?>")[2]
        if content.startswith(b"<?xml")
        else b'<?xml version="1.0"?>' + word + content
    )


def a_bomb(size):
    """The parts declare a small size and unpack to a large one."""

    def made(workbook):
        data = zipped({**parts_of(workbook), "xl/bomb.xml": b"<" + b"\0" * size})
        place = data.rindex(b"PK\x01\x02", 0, data.rindex(b"xl/bomb.xml"))
        return data[: place + 24] + (100).to_bytes(4, "little") + data[place + 28 :]

    return made


HOSTILE = {
    "a zip bomb": (with_part(lambda _: b" " * 30_000_000, "xl/bomb.xml"), r"SHEET: expected a workbook of at most 10,000,000 bytes unpacked, found 30,\d{3},\d{3}"),
    "a zip bomb that declares a small size": (a_bomb(50_000_000), r"SHEET: expected a workbook \(\.xlsx\) or CSV in UTF-8, found a workbook that cannot be read \(BadZipFile\)"),
    "a workbook of formats": (with_part(lambda part: part.replace(b"</cellXfs>", b"<xf/>" * 400_000 + b"</cellXfs>"), "xl/styles.xml"), r"SHEET: expected a workbook of at most 300,000, found 40\d,\d{3} tags of XML"),
    "thousands of parts": (lambda workbook: zipped({str(number): b"" for number in range(300)}), r"SHEET: expected a workbook of at most 200, found 300 parts"),
    "an external entity": (with_part(lambda page: declared(page, DOCTYPE)), rf"SHEET: expected XML without entities, found a document type in '{PAGE}'"),
    "a billion laughs": (with_part(lambda page: declared(page, MANY_LAUGHS)), rf"SHEET: expected XML without entities, found a document type in '{PAGE}'"),
    "entities in the shared strings": (with_part(lambda part: declared(part, DOCTYPE), "xl/sharedStrings.xml"), "SHEET: expected XML without entities, found a document type in 'xl/sharedStrings.xml'"),
    "entities in UTF-16": (with_part(lambda page: declared(page, DOCTYPE).decode().encode("utf-16")), rf"SHEET: expected XML in UTF-8, found another encoding in '{PAGE}'"),
    "entities after blanks": (with_part(lambda page: b" " * 9 + DOCTYPE + page[page.index(b"<worksheet") :]), rf"SHEET: expected XML without entities, found a document type in '{PAGE}'"),
    "merged cells after blanks": (with_part(lambda page: b"\n" * 9 + page[page.index(b"<worksheet") :].replace(b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:B9"/></mergeCells>')), "SHEET: expected one contact in each row, without merged cells, found the merged cells A1:B9"),
    "another encoding": (with_part(lambda page: b'<?xml version="1.0" encoding="cp037"?>' + page), rf"SHEET: expected XML in UTF-8, found another encoding in '{PAGE}'"),
    "huge dimensions": (with_part(lambda page: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', page)), None),
    "formats down to the last row": (with_part(lambda page: page.replace(b"</sheetData>", b'<row r="1048576"><c r="A1048576" s="1"/><c r="XFD1048576"></c></row></sheetData>')), None),
    "a range of merged cells": (with_part(lambda page: page.replace(b"</sheetData>", b'</sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>')), "SHEET: expected one contact in each row, without merged cells, found the merged cells A1:XFD1048576"),
    "a link for all cells": (with_part(lambda page: page.replace(b"</sheetData>", b'</sheetData><hyperlinks><hyperlink ref="A1:XFD1048576" location="x"/></hyperlinks>')), None),
    "an old workbook": (lambda _: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, r"SHEET: expected a workbook \(\.xlsx\) without a password, or CSV in UTF-8, found an old or encrypted workbook"),
    "a zip of other things": (lambda _: zipped({"a.txt": b"x"}), r"SHEET: expected a workbook \(\.xlsx\) or CSV in UTF-8, found a workbook that cannot be read \(KeyError\)"),
    "half a workbook": (lambda workbook: workbook[:2000], r"SHEET: expected a workbook \(\.xlsx\) or CSV in UTF-8, found a workbook that cannot be read \(BadZipFile\)"),
    "a page that is not XML": (with_part(lambda _: b"<a><b"), r"SHEET: expected a workbook \(\.xlsx\) or CSV in UTF-8, found a workbook that cannot be read \(\w+\)"),
    "too large": (lambda _: b"PK" * 3_000_000, "SHEET: expected at most 5,000,000 bytes, found 6,000,000"),
    "too many rows": (lambda _: b"id;place;version\n" * 6000, "SHEET: expected at most 5,000, found 5,001 rows"),
    "too many columns": (lambda _: b"id;place;version" + b";" * 500, "SHEET:1: expected at most 400, found 503 columns"),
    "a cell without end": (lambda _: b'id;place;version\n;;"' + b"x" * 200_000, r"SHEET:2: expected CSV, found a row that is not CSV \(field larger than field limit \(131072\)\)"),
    "bytes of no text": (lambda _: b"id;place;version\n\0;\0;\0", r"SHEET: expected CSV in UTF-8, or a workbook \(\.xlsx\), found no text"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_sheet_is_bounded(project, workbook, name):
    make, expected = HOSTILE[name]
    content = make(workbook)
    tracemalloc.start()
    said = taken(project, content, name="sheet.xlsx")
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 40_000_000
    if expected is None:
        assert said == SAME
    else:
        (line,) = said
        assert re.fullmatch(expected, line)


@pytest.mark.parametrize("kind", ["none", "folder", "pipe", "device"])
def test_a_sheet_that_is_no_plain_file_is_refused_and_never_waited_for(project, tmp_path, kind):
    path = {"device": "/dev/zero"}.get(kind, tmp_path / "sheet.csv")
    if kind == "folder":
        path.mkdir()
    if kind == "pipe":
        os.mkfifo(path)
    done = project.campaign("take", str(path))
    found = {
        "none": "could not be used: No such file or directory",
        "folder": "expected a plain file, found a folder",
        "pipe": "expected a plain file, found a pipe",
        "device": "expected a plain file, found a device",
    }[kind]
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [f"{path}: {found}", "1 problem. Nothing was written."]


def test_a_workbook_is_never_written_over_another_nor_among_the_sources(project, tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"answers")
    for name, expected in (
        (str(path), "the name of a new file: this one exists"),
        (str(tmp_path / "a.csv"), "a name that ends in .xlsx"),
    ):
        done = project.campaign("contacts", "--xlsx", name)
        assert done.returncode == 1
        assert done.stderr.splitlines()[0].startswith(
            f"campaign contacts: --xlsx: expected {expected}, found "
        )
    assert project.campaign("contacts", "--xlsx", "docs/a.xlsx").returncode == 1
    assert path.read_bytes() == b"answers"
    assert not (project.root / "docs/a.xlsx").exists()


# --- Any bytes


def answered(project, content):
    """Take any bytes: the answer is changes or problems, and no file changes."""
    file = project.root.parent / "any"
    file.write_bytes(content)
    before = files(project)
    try:
        take(project.root, file, now())
    except CampaignError as error:
        assert error.problems
        for problem in error.problems:
            assert str(problem).isprintable()
    assert files(project) == before


def examples(count):
    """``EXAMPLES=2000 pytest -n 0 tests/unit/test_spreadsheet.py`` throws other ones, and as many as you like."""
    given_ = os.environ.get("EXAMPLES")
    return settings(max_examples=int(given_ or count), derandomize=not given_, database=None, deadline=None)


thrown = examples(40)
checked = examples(15)  # each of them checks the whole project
some_cell = st.one_of(
    st.text(max_size=12),
    st.sampled_from(["+372 736 1301", "=1", "'=1", "25.1.2021", "3,7E+11", "et;ru", "a\nb", "\ud800", "TRUE", "ee", "ee/ylde", "police", SOCIAL]),
)  # fmt: skip
some_typed = st.one_of(
    some_cell.map(lambda text: re.sub(r"[\x00-\x1f\ud800-\udfff\ufffe\uffff]", "", text)),
    st.integers(-(10**20), 10**20), st.floats(allow_nan=False, allow_infinity=False), st.booleans(),
    st.dates(datetime.date(1901, 1, 1)), st.times(), st.none(),
)  # fmt: skip
places = st.tuples(st.integers(0, 9), st.integers(0, 70))


@thrown
@given(st.binary(max_size=300))
def test_any_bytes_as_a_sheet_are_answered_with_problems(project, content):
    answered(project, content)
    answered(project, b"id;place;version\n" + content)
    answered(project, b"PK\x03\x04" + content)


@checked
@given(st.lists(st.tuples(places, some_cell), min_size=1, max_size=4), st.sampled_from(";,\t"))
def test_any_cells_of_a_csv_are_taken_or_answered_with_problems(project, sheet, changes, delimiter):
    rows = rows_of(sheet)
    for (number, place), text in changes:
        row = rows[number % len(rows)]
        row[place % len(row)] = text
    answered(project, text_of(rows, delimiter).encode("utf-8", "surrogatepass"))


@checked
@given(st.lists(st.tuples(places, some_typed), min_size=1, max_size=4))
def test_any_cells_of_a_workbook_are_taken_or_answered_with_problems(project, sheet, workbook, changes):
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    for (number, place), value in changes:
        cell = book.active.cell(number % len(rows_of(sheet)) + 1, place + 1)
        cell.value = value
    answered(project, saved(book))


@thrown
@given(st.data())
def test_any_spoiled_part_of_a_workbook_is_answered_with_problems(project, workbook, data):
    parts = parts_of(workbook)
    name = data.draw(st.sampled_from([*parts]))
    content = bytearray(parts[name])
    for _ in range(data.draw(st.integers(1, 5))):
        start = data.draw(st.integers(0, len(content) - 1))
        content[start : start + data.draw(st.integers(0, 20))] = data.draw(
            st.binary(max_size=8) | st.sampled_from([b"<", b">", b'"', b"/", b"9999999999", b"t='e'", b"t='s'", b"<c/>", b"<row/>"])
        )  # fmt: skip
    answered(project, zipped({**parts, name: bytes(content)}))


@thrown
@given(st.text(max_size=20) | st.lists(st.sampled_from("'=+-@;,\t \"0/12a"), max_size=8).map("".join))
def test_a_guarded_cell_comes_back_as_it_was(text):
    if not (text.startswith("'") and guarded(text[1:]) != text[1:]):  # the file says whether that is its text
        assert unguarded(guarded(text)) == text


# --- Columns


def test_every_key_of_a_contact_has_a_column_and_comes_back():
    """A new key of the record needs no line of its own: the columns are made from the record."""
    (full, _) = PLACE_FILE["contacts"]
    assert set(full) | {"show", "service_area"} >= set(CountryContact.model_fields) - {"id"}
    cells = cells_of(full)
    assert contact_of(cells, {})[0] == full
    assert contact_of(cells, full)[0] == full
    names = [column(path).name for path in all_paths([cells], ["et"])]
    assert {named(name).path for name in names} >= cells.keys() - {("id",)}
    assert len({*names}) == len(names)
    assert {name.split()[0] for name in names} == set(CountryContact.model_fields) - {"id"}


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("phones 2 number", Kind.NUMBER), ("roles", Kind.LIST), ("organization ru", Kind.TEXT), ("source date", Kind.DATE),
        ("chats 1 free", Kind.FLAG), ("phones 3 schedule", Kind.HOURS), ("web", Kind.CODE), ("address", Kind.TEXT),
    ],
)  # fmt: skip
def test_a_column_knows_what_a_spreadsheet_may_do_to_it(name, kind):
    assert (named(name).name, named(name).kind) == (name, kind)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "phones",
        "phones 0 number",
        "phones 100 number",
        "phones 1",
        "organization",
        "organization x",
        "source",
        "web 1",
    ],
)
def test_other_names_are_no_columns(name):
    assert named(name) is None


# --- Single cells


def test_a_problem_of_a_phone_names_its_column_also_if_the_first_phone_is_removed(project, sheet):
    rows = rows_of(sheet)
    for heading, value in (("phones 1 number", ""), ("phones 1 free", ""), ("phones 2 number", "+372 1")):
        with_cell(rows, NIGHT, heading, value)
    (line,) = taken(project, text_of(rows))
    assert line.startswith(
        f"SHEET:{at(rows, NIGHT, 'id')[0] + 1}: phones 2 number: expected a number in quotes"
    )


def test_an_empty_list_of_the_file_is_left_in_place(sample):
    sample.edit(PLACE, "    email:", "    chats: []\n    email:")
    rows = rows_of(sample.campaign("contacts", "ee/ylde", "--csv").stdout)
    taken(sample, text_of(with_cell(rows, SOCIAL, "address", "Turu 1")))
    assert (
        "    chats: []\n    email: sotsiaal@example.ee\n    address: Turu 1\n"
        in (sample.root / PLACE).read_text()
    )


def test_a_text_that_looks_like_a_formula_in_a_workbook_is_text_and_comes_back(sample, tmp_path):
    sample.edit(PLACE, "Raekoja plats 3", '"=SUM(A1)"')
    path = tmp_path / "a.xlsx"
    assert sample.campaign("contacts", "--xlsx", str(path)).stderr == ""
    assert "=SUM(A1)" in [
        cell.value for cell in openpyxl.load_workbook(path).active[4] if cell.data_type == "s"
    ]
    assert taken(sample, path.read_bytes(), name="b.xlsx")[-1] == "Nothing was written."


def test_a_new_contact_gets_an_id_that_no_other_place_owns(sample):
    """The ids ee-police… belong to a municipality with the slug police."""
    sample.write("municipalities/ee/police.yml", "iso_3166_2: EE-003\nname:\n  et: Kolmas vald\n")
    rows = rows_of(sample.campaign("contacts", "ee", "--csv").stdout)
    new_row(rows, **GOOD | {"place": "ee"})
    assert (
        taken(sample, text_of(rows))[0] == f"row {len(rows)}, ee-service-police: a new contact in {COUNTRY}."
    )
