"""What a municipality says in words of its own is short, and waits for the coordinator's yes."""

import re

import pytest

from campaign.model.place_files import MunicipalityFile
from campaign.model.texts_to_approve import free_texts

from ..records import OURS, PLACE, files, places
from ..records import all_problems as problems

GROUP = """\
working_group:
  seats:
    - seat: chair
      organization:
        et: Abivallavanem
  source:
    url: https://example.org/group
    date: 2025-02
"""
MEETING = """\
meetings:
  - id: ee-ylde-round-table
    kind: round-table
    starts: "2027-03-04 10:00"
    ends: "2027-03-04 12:30"
    venue: Raekoja saal
    organization:
      et: Vallavalitsus
    announced: 2026-02-01
    web: https://example.org/round-table
"""
POINT = """\
contact_point:
  organization:
    et: Vallavalitsus
  phone: "+372 736 1300"
  email: info@example.ee
  web: https://ylde.example.org/
"""
ORDER = """\
referral:
  adult:
    - step: call
      who: [emergency, ee-ylde-social]
      consent: for-names
      does:
        et: Helista ja räägi.
        ru: Позвоните.
      next:
        et: Tead, kes tuleb.
"""
DESCRIPTION = "    description:\n      et: Abi kõigile.\n    email:"


@pytest.fixture
def full(sample):
    """A place that says all that it may."""
    sample.edit(PLACE, "contacts:", f"{POINT}{GROUP}{MEETING}{ORDER}contacts:")
    sample.edit(PLACE, "    email: sots", f"{DESCRIPTION} sots")
    return sample


def approved(sample, name="ee/ylde"):
    return places(sample).municipalities[name].approved


TEXTS = {
    "name.et": "Ülde vald",
    "contact_point.organization.et": "Vallavalitsus",
    "contact_point.phone": "+372 736 1300",
    "contact_point.email": "info@example.ee",
    "contact_point.web": "https://ylde.example.org/",
    "contacts[0].organization.et": "Ülde sotsiaaltöö",
    "contacts[0].description.et": "Abi kõigile.",
    "contacts[0].address": "Raekoja plats 3",
    "contacts[0].source.url": "https://example.org/ylde",
    "referral.adult[0].does.et": "Helista ja räägi.",
    "referral.adult[0].does.ru": "Позвоните.",
    "referral.adult[0].next.et": "Tead, kes tuleb.",
    "working_group.seats[0].organization.et": "Abivallavanem",
    "working_group.source.url": "https://example.org/group",
    "meetings[0].venue": "Raekoja saal",
    "meetings[0].organization.et": "Vallavalitsus",
    "meetings[0].web": "https://example.org/round-table",
}


def test_every_text_is_shown_with_its_place_before_it_is_approved(full):
    done = full.campaign("approve", "ee/ylde", "--yes")
    assert done.stderr == ""
    *lines, said, written = done.stdout.splitlines()
    shown = dict(line.split(": ", 1)[1].split(": ", 1) for line in lines)
    assert shown == TEXTS
    assert lines[0] == f"{PLACE}:3: name.et: Ülde vald"
    assert (said, written) == ("ee/ylde: texts approved.", f"Written into {OURS}.")
    assert approved(full)
    assert not approved(full, "ee/teine")


CHANGES = [
    *((text, f"{text[:-1]}{'ъ' if re.search('[а-я]', text) else 'x'}") for text in TEXTS.values() if "://" not in text and "@" not in text and "+" not in text),
    ("info@example.ee", "inf0@example.ee"),
    ("https://ylde.example.org/", "https://evil.example/"),
    ("https://example.org/round-table", "https://evil.example/"),
    ("https://example.org/group", "https://evil.example/"),
    ("https://example.org/ylde", "https://evil.example/"),
    ('  phone: "+372 736 1300"', '  phone: "+372 736 1301"'),
    ("name:", "name:\n  ru: Юльде"),
    ("        ru: Позвоните.\n", ""),
    ("        ru: Позвоните.\n", "        lv: Позвоните.\n"),
    ("name:", "time_zone: Europe/Tallinn\nname:"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new"), CHANGES)
def test_a_text_that_changes_is_no_longer_approved(full, old, new):
    full.approve()
    assert approved(full)
    before = (full.root / PLACE).read_bytes()
    full.edit(PLACE, old, new)
    assert not approved(full)
    full.write(PLACE, before)
    assert approved(full)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("date: 2021-01-25", "date: 2021-01-26"),
        ("Mo-Fr 09:00-15:00", "Mo-Fr 09:00-16:00"),
        ("contacts:", "# a remark\ncontacts:"),
        ("announced: 2026-02-01", "announced: 2026-02-02"),
        ("          - ru\n", ""),
    ],
)
def test_a_change_of_something_else_than_text_leaves_the_approval(full, old, new):
    full.approve()
    full.edit(PLACE, old, new)
    assert approved(full)


def test_text_that_moves_to_another_contact_is_not_the_same_text(full):
    before = full.root / PLACE
    two = before.read_text("utf-8").split("contacts:\n")[1].replace("ee-ylde-social", "ee-ylde-other")
    full.write(PLACE, (before.read_text("utf-8") + two.replace("Abi kõigile.", "Abi öösel.")).encode())
    full.approve()
    text = before.read_text("utf-8")
    swapped = (
        text.replace("Abi kõigile.", "\0").replace("Abi öösel.", "Abi kõigile.").replace("\0", "Abi öösel.")
    )
    full.write(PLACE, swapped.encode())
    assert not approved(full)


def test_the_approval_of_one_place_is_none_of_another_with_the_same_file(sample):
    sample.write("municipalities/ee/teine.yml", (sample.root / "municipalities/ee/teine.yml").read_bytes())
    sample.campaign("approve", "ee/teine", "--yes")
    sample.write(
        "municipalities/ee/kolmas.yml",
        (sample.root / "municipalities/ee/teine.yml")
        .read_bytes()
        .replace(b"EE-002", b"EE-003")
        .replace(b"Teine", b"Kolmas"),
    )
    assert approved(sample, "ee/teine")
    assert not approved(sample, "ee/kolmas")


def test_a_release_refuses_texts_that_nobody_approved_and_names_the_file(sample):
    for name in ("ee-child", "ee-ylde-social"):
        sample.confirm(name, "2026-11-01")
    asked = sample.campaign("check", "--release", "ee").stderr.splitlines()
    new = "has approved, found texts that nobody has approved"
    assert [line for line in asked if ": expected texts" in line] == [
        f"municipalities/ee/teine.yml: expected texts that campaign approve ee/teine {new}",
        f"{PLACE}: expected texts that campaign approve ee/ylde {new}",
    ]
    assert sample.campaign("approve", "ee", "--yes").returncode == 0
    sample.edit(PLACE, "Ülde vald", "Helista üks-üks-kaheksa-kaks")
    (line,) = (
        line
        for line in sample.campaign("check", "--release", "ee").stderr.splitlines()
        if ": expected texts" in line
    )
    assert line == (
        f"{PLACE}: expected texts that campaign approve "
        "ee/ylde has approved, "
        "found texts that changed since they were approved"
    )


def test_every_build_says_how_many_wait(sample):
    assert sample.build("ee/ylde").count(", the texts of 3 municipalities are not approved.\n") == 1
    sample.campaign("approve", "ee", "--yes")
    assert sample.build("ee/ylde").count(", the texts of 1 municipality are not approved.\n") == 1
    sample.campaign("approve", "lv", "--yes")
    assert sample.build("ee/ylde").count(" 0 expired.\n") == 1


@pytest.mark.parametrize(("answer", "returned"), [("y\n", 0), ("n\n", 1), ("", 1)])
def test_without_the_option_yes_the_command_asks_before_it_writes(sample, answer, returned):
    before = files(sample)
    done = sample.campaign("approve", "ee/ylde", input=answer)
    assert done.returncode == returned
    assert "Approve the texts of ee/ylde? [y/N]: " in done.stdout
    assert (files(sample) == before) == (returned == 1)


def test_a_dry_run_shows_texts_and_lines_and_writes_nothing(sample):
    before = files(sample)
    done = sample.campaign("approve", "ee/ylde", "--dry-run")
    assert "name.et: Ülde vald\n" in done.stdout
    assert "\n+texts:\n+  ylde: " in done.stdout
    assert files(sample) == before


def test_an_approved_place_needs_no_second_approval_and_an_unknown_place_is_refused(sample):
    sample.approve()
    before = files(sample)
    assert sample.campaign("approve", "ee", "lv").stdout == "Nothing waits for approval there.\n"
    done = sample.campaign("approve", "ee/nowhere", "--yes")
    assert (done.returncode, done.stderr.splitlines()[0]) == (
        1,
        "campaign approve: expected COUNTRY or COUNTRY/SLUG of municipalities/, found 'ee/nowhere'",
    )
    assert files(sample) == before


@pytest.mark.parametrize(
    ("old", "field"),
    [
        ("  et: Ülde vald", "name.et"),
        ("    et: Vallavalitsus\n  phone", "contact_point.organization.et"),
        ("      et: Ülde sotsiaaltöö", "contacts[0].organization.et"),
        ("      et: Abi kõigile.", "contacts[0].description.et"),
        ("    address: Raekoja plats 3", "contacts[0].address"),
        ("        et: Helista ja räägi.", "referral.adult[0].does.et"),
        ("        et: Tead, kes tuleb.", "referral.adult[0].next.et"),
        ("        et: Abivallavanem", "working_group.seats[0].organization.et"),
        ("    venue: Raekoja saal", "meetings[0].venue"),
    ],
)
def test_a_text_of_a_municipality_is_at_most_160_characters(full, old, field):
    first = old.split("\n")[0]
    key = first.partition(":")[0]
    full.edit(PLACE, old, old.replace(first, f"{key}: {'a' * 160}"))
    assert places(full)
    full.edit(PLACE, f"{key}: {'a' * 160}", f"{key}: {'a' * 161}")
    (line,) = problems(full)
    assert line.startswith(f"{PLACE}:")
    assert line.endswith(f": {field}: expected at most 160 characters in a municipality's file, found 161")


def test_a_country_may_say_more(sample):
    sample.edit("municipalities/ee/_country.yml", "Child line ee", "a" * 300)
    assert places(sample)


class Wider(MunicipalityFile):
    """The model with keys that somebody adds later."""

    motto: str
    mottoes: dict[str, str]


def test_a_key_that_is_added_to_the_model_is_a_text_until_somebody_says_that_it_is_none():
    wider = {
        "iso_3166_2": "EE-001",
        "name": {"et": "Ülde"},
        "motto": "Helista 1182",
        "mottoes": {"et": "1182"},
    }
    assert [text for _, text in free_texts(Wider.model_validate(wider))] == ["Ülde", "Helista 1182", "1182"]
