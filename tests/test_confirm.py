"""Confirming a contact changes its two keys and not one other byte."""

import os
import shutil
import stat
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign.confirm import confirmed_text
from campaign.document import parse_document
from campaign.problem import CampaignError

from .conftest import ROOT
from .test_repository import PLACES

PLACE = "municipalities/ee/ylde.yml"
ESTONIA = "municipalities/ee/_country.yml"
TODAY = date.today()
WHO = "Ülde vald, valveametnik"


def confirm(sample, *arguments):
    return sample.campaign("confirm", *arguments)


def refused(sample, *arguments):
    before = {
        path: path.read_bytes() for path in (sample.root / "municipalities").rglob("*") if path.is_file()
    }
    done = confirm(sample, *arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert {
        path: path.read_bytes() for path in (sample.root / "municipalities").rglob("*") if path.is_file()
    } == before
    *lines, last = done.stderr.splitlines()
    assert last == f"{len(lines)} problem{'s' * (len(lines) != 1)}. Nothing was written."
    return lines


def test_two_lines_are_added_after_the_contacts_last(sample):
    done = confirm(sample, "ee-ylde-social", "--by", WHO)
    assert done.stderr == ""
    assert done.stdout == f"ee-ylde-social: confirmed on {TODAY} by {WHO}, in {PLACE}.\n"
    text = (sample.root / PLACE).read_text("utf-8")
    assert text.endswith(
        f'      url: https://example.org/ylde\n      date: 2021-01-25\n    assured_date: {TODAY}\n    assurer: "{WHO}"\n'
    )
    assert (
        sample.campaign("contacts", "ee/ylde")
        .stdout.splitlines()[1]
        .startswith("fresh  365   1       ee-ylde-social")
    )


ODD = """\
# yaml-language-server: $schema=../municipality.schema.json
iso_3166_2:   EE-001   # code
name: {et: 'Ülde  vald', "ru": Юльде}

contacts:
# first
-   id: ee-ylde-a   # its id
    roles: [social-services,
            police]
    organization:
        et:   "A: \\u00c4"
    phones:
    -   number: '+372 736 1300' # by day
    assurer:   'Vana ''amet'''   # who
    assured_date:   2020-02-01   # when
    source: {url: https://example.org/a, date: 2021}   # where
    # a closing remark of the first

    # and another
-   id: ee-ylde-b
    source:
        url: https://example.org/b
        date: undated
    roles:
    -   shelter
    web: https://example.org/
    organization:
        et: >-
          Kaks
          rida
# the end
site_url: https://ylde.example.org/   # last
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_comments_quotes_order_and_line_ends_stay_byte_for_byte(sample, newline, bom):
    text = (bom + ODD).replace("\n", newline)
    sample.write(PLACE, text.encode())
    done = confirm(sample, "ee-ylde-a", "ee-ylde-b", "--by", WHO, "--on", "2026-01-31")
    assert done.stderr == ""
    expected = (bom + ODD).replace("'Vana ''amet'''", f'"{WHO}"').replace("2020-02-01", "2026-01-31")
    expected = expected.replace(
        "          rida\n", f'          rida\n    assured_date: 2026-01-31\n    assurer: "{WHO}"\n'
    )
    assert (sample.root / PLACE).read_bytes() == expected.replace("\n", newline).encode()
    again = (sample.root / PLACE).read_bytes()
    confirm(sample, "ee-ylde-b", "ee-ylde-a", "--by", WHO, "--on", "2026-01-31")
    assert (sample.root / PLACE).read_bytes() == again


def test_a_file_without_a_last_line_end_gets_one(sample):
    text = (sample.root / PLACE).read_bytes().rstrip(b"\n")
    sample.write(PLACE, text)
    confirm(sample, "ee-ylde-social", "--by", "A")
    added = f'\n    assured_date: {TODAY}\n    assurer: "A"\n'
    assert (sample.root / PLACE).read_bytes() == text + added.encode()


def test_several_are_confirmed_in_all_their_files_or_none(sample):
    lines = refused(sample, "ee-ylde-social", "ee-chidl", "zzz", "--by", "<b>x</b>", "--on", "2999-01-01")
    assert lines == [
        "campaign confirm: found 'ee-chidl', allowed an id such as ee-child, lv-child",
        "campaign confirm: found 'zzz', allowed an id that campaign contacts lists",
        "campaign confirm: --by: found '<b>x</b>', allowed plain text on one line, without markup, braces or links",
        f"campaign confirm: --on: found '2999-01-01', allowed a date up to today, {TODAY}",
    ]
    done = confirm(sample, "ee-ylde-social", "ee-child", "lv-child", "--by", WHO)
    assert done.stdout == (
        f"ee-ylde-social, ee-child, lv-child: confirmed on {TODAY} by {WHO}, in {PLACE}, {ESTONIA}, "
        "municipalities/lv/_country.yml.\n"
    )
    assert sample.campaign("check", "--release").returncode == 0


@pytest.mark.parametrize(
    ("who", "allowed"),
    [
        ("", "1 to 300 characters"),
        ("x" * 301, "1 to 300 characters"),
        ("A\nid: ee-x", "plain text on one line, without markup, braces or links"),
        ("A\x85B", "characters that everyone can see"),
        ("{{ x }}", "plain text on one line, without markup, braces or links"),
        ("https://example.org", "plain text on one line, without markup, braces or links"),
        (os.fsdecode(b"\xff"), "UTF-8 text"),
    ],
)
def test_who_confirmed_must_be_plain_text(sample, who, allowed):
    (line,) = refused(sample, "ee-ylde-social", "--by", who)
    assert line.startswith("campaign confirm: --by: found '")
    assert line.endswith(f", allowed {allowed}")


@pytest.mark.parametrize(
    ("line", "contacts"),
    [
        (
            4,
            "contacts: [{id: ee-ylde-f, roles: [police], organization: {et: F}, web: 'https://example.org/', "
            "source: {url: 'https://example.org/', date: undated}}]\n",
        ),
        (
            5,
            "contacts:\n  - {id: ee-ylde-f, roles: [police], organization: {et: F}, web: 'https://example.org/',\n"
            "     source: {url: 'https://example.org/', date: undated}}\n",
        ),
    ],
)
def test_a_form_without_a_safe_place_is_refused(sample, line, contacts):
    sample.write(PLACE, ("iso_3166_2: EE-001\nname:\n  et: Ülde\n" + contacts).encode())
    (found,) = refused(sample, "ee-ylde-f", "--by", WHO)
    assert found == (
        f"{PLACE}:{line}: ee-ylde-f: found a form that no line can be "
        "added to safely, allowed one key a line, indented"
    )


def test_what_would_land_in_another_contact_is_refused(sample):
    """Lines that end in a lone CR: YAML knows them, and the end of the first contact is not found."""
    contact = (
        "  - id: ee-ylde-{}\n    roles: [police]\n    organization: {{et: F}}\n    web: https://example.org/\n"
        "    source: {{url: 'https://example.org/', date: undated}}\n"
    )
    text = "iso_3166_2: EE-001\nname: {et: Ülde}\ncontacts:\n" + contact.format("a") + contact.format("b")
    sample.write(PLACE, text.replace("\n", "\r").encode())
    assert refused(sample, "ee-ylde-a", "--by", WHO) == [
        f"{PLACE}:4: ee-ylde-a: found a form that no line can be added to safely, allowed one key a line, indented"
    ]


def test_the_files_mode_stays_and_nothing_is_left_beside_it(sample):
    (sample.root / PLACE).chmod(0o640)
    confirm(sample, "ee-ylde-social", "--by", WHO)
    assert stat.S_IMODE((sample.root / PLACE).stat().st_mode) == 0o640
    assert sorted(path.name for path in (sample.root / PLACE).parent.iterdir()) == [
        "_country.yml",
        "teine.yml",
        "ylde.yml",
    ]


def test_without_a_name_or_with_a_day_that_is_none_the_command_says_so(sample):
    done = confirm(sample, "ee-ylde-social")
    assert (done.returncode, done.stderr.splitlines()[-1]) == (2, "Error: Missing option '--by'.")
    done = confirm(sample, "ee-ylde-social", "--by", WHO, "--on", "31.01.2026")
    assert done.stderr.splitlines()[-1] == (
        "Error: Invalid value for '--on': '31.01.2026' does not match the format '%Y-%m-%d'."
    )


def test_the_repositorys_own_files_change_by_two_lines(sample):
    shutil.rmtree(sample.root / "municipalities")
    shutil.copytree(ROOT / "municipalities", sample.root / "municipalities")
    ids = ["ee-thb", "ee-tartu", "lv-riga", "ru-child"]
    assert confirm(sample, *ids, "--by", WHO).stderr == ""
    for path in sorted((ROOT / "municipalities").rglob("*.yml")):
        old = path.read_text("utf-8").splitlines()
        new = (sample.root / path.relative_to(ROOT)).read_text("utf-8").splitlines()
        added = [line for line in new if line not in old]
        named = any(f"  - id: {name}" in old for name in ids)
        assert added == ([f"    assured_date: {TODAY}", f'    assurer: "{WHO}"'] if named else [])
        assert [line for line in new if line not in added] == old


OWNERS = [(owner, contact) for owner in PLACES.owners for contact in owner.record.contacts]


@pytest.mark.parametrize(("owner", "contact"), OWNERS, ids=[contact.id for _, contact in OWNERS])
def test_each_real_contact_can_be_confirmed_twice_and_nothing_else_changes(owner, contact):
    original = text = (ROOT / owner.file).read_bytes().decode()
    before = parse_document(text, owner.file).value
    for day in (TODAY - timedelta(400), TODAY):
        values = {"assured_date": day.isoformat(), "assurer": "Amet"}
        text = confirmed_text(text, owner, contact.id, values, TODAY)
        after = parse_document(text, owner.file).value
        (changed,) = [c for c in after["contacts"] if c["id"] == contact.id]
        assert {key: changed.pop(key) for key in values} == values
        assert after == before
        assert text.replace(f'    assured_date: {day}\n    assurer: "Amet"\n', "", 1) == original


@settings(deadline=None)
@given(st.text(min_size=1, max_size=40))
def test_whoever_confirms_stands_in_the_file_as_given_or_not_at_all(who):
    owner, contact = next((o, c) for o, c in OWNERS if c.id == "ee-tartu")
    text = (ROOT / owner.file).read_bytes().decode()
    values = {"assured_date": TODAY.isoformat(), "assurer": who}
    try:
        edited = confirmed_text(text, owner, contact.id, values, TODAY)
    except CampaignError:
        return
    (changed,) = [c for c in parse_document(edited, owner.file).value["contacts"] if c["id"] == contact.id]
    assert changed["assurer"] == who
    assert len(edited.splitlines()) == len(text.splitlines()) + 2
