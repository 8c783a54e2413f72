"""Confirming a contact writes one entry into the coordinator's file, and touches not one other byte."""

import os
import shutil
import stat
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign.errors import CampaignError
from campaign.files.yaml_document import parse_document
from campaign.files.yaml_edit import with_entry, without_entry

from ..project import ROOT
from ..records import OURS, PLACE, TODAY, files

LATVIAN = "municipalities/lv/_coordinator.yml"
WHO = "Ülde vald, valveametnik"
DIGEST = "0" * 64


def refused(sample, *arguments):
    before = files(sample)
    done = sample.campaign(*arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert files(sample) == before
    *lines, last = done.stderr.splitlines()
    assert last == f"{len(lines)} problem{'s' * (len(lines) != 1)}. Nothing was written."
    return lines


def entry(sample, name, file=OURS):
    return parse_document((sample.root / file).read_text("utf-8"), file).value["confirmations"][name]


def test_the_first_confirmation_makes_the_file_and_changes_no_other(sample):
    before = files(sample)
    done = sample.campaign("confirm", "ee-ylde-social", "--by", WHO)
    assert done.stderr == ""
    assert done.stdout == (
        f"ee-ylde-social: confirmed on {TODAY} by {WHO} (call): +372 736 1300, sotsiaal@example.ee, "
        f"Raekoja plats 3, Mo-Fr 09:00-15:00.\nWritten into {OURS}.\n"
    )
    after = files(sample)
    text = after.pop(OURS).decode()
    assert after == before
    digest = entry(sample, "ee-ylde-social")["digest"]
    assert text.startswith("# yaml-language-server: $schema=../coordinator.schema.json\n# ")
    assert text.endswith(
        f"\nconfirmations:\n  ee-ylde-social:\n    digest: {digest}\n    date: {TODAY}\n"
        f'    office: "{WHO}"\n    how: call\n'
    )
    assert (
        sample.campaign("contacts", "ee/ylde")
        .stdout.splitlines()[1]
        .startswith("fresh  365   1       ee-ylde-social")
    )


ODD = f"""\
# yaml-language-server: $schema=../coordinator.schema.json
sites: {{ylde: 'https://ylde.example.org/'}}   # typed

confirmations:
# first
    ee-child:   # its id
        how:    visit   # in person
        digest: '{DIGEST}'
        office:   'Vana ''amet'''   # who
        date:   2020-02-01   # when
        # a closing remark of the first

    # and another
    ee-112: {{digest: "{DIGEST}", date: 2021-01-01, office: >-
        Kaks, how: call}}
# the end of them
texts:
  ylde: {DIGEST} # read
# the end
""".replace("office: >-\n        Kaks", "office: Kaks")


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_comments_quotes_order_and_line_ends_stay_byte_for_byte(sample, newline, bom):
    sample.write(OURS, (bom + ODD).replace("\n", newline).encode())
    names = ["ee-child", "ee-112", "ee-ylde-social"]
    done = sample.campaign("confirm", *names, "--by", WHO, "--on", str(TODAY), "--how", "call")
    assert done.stderr == ""
    digests = [entry(sample, name)["digest"] for name in names]
    expected = (bom + ODD).replace("how:    visit", "how:    call").replace(f"'{DIGEST}'", digests[0], 1)
    expected = expected.replace("'Vana ''amet'''", f'"{WHO}"').replace("2020-02-01", str(TODAY))
    expected = expected.replace(f'"{DIGEST}"', digests[1]).replace("2021-01-01", str(TODAY))
    expected = expected.replace("office: Kaks", f'office: "{WHO}"')
    new = f"    ee-ylde-social:\n        digest: {digests[2]}\n        date: {TODAY}\n"
    expected = expected.replace(
        "# the end of them", f'{new}        office: "{WHO}"\n        how: call\n# the end of them'
    )
    assert (sample.root / OURS).read_bytes() == expected.replace("\n", newline).encode()
    again = files(sample)
    sample.campaign("confirm", *reversed(names), "--by", WHO, "--on", str(TODAY))
    assert files(sample) == again


@pytest.mark.parametrize(
    "text", [ODD, ODD.rstrip("\n"), "sites: {}\n", "confirmations: {}  # none yet\nsites: {}"]
)
def test_what_is_confirmed_and_then_unconfirmed_leaves_the_file_as_it_was(sample, text):
    sample.write(OURS, text.encode())
    done = sample.campaign("confirm", "ee-ylde-social", "--by", WHO)
    assert done.stderr == ""
    done = sample.campaign("unconfirm", "ee-ylde-social")
    assert (done.stderr, done.stdout) == ("", f"ee-ylde-social: no longer confirmed.\nWritten into {OURS}.\n")
    left = (sample.root / OURS).read_text("utf-8")
    if "confirmations:" not in text:
        text += "confirmations: {}\n"
    assert left == text + "\n" * (text[-1] != "\n" and left[-1] == "\n")
    assert sample.campaign("check").returncode == 0


def test_several_are_confirmed_in_all_their_files_or_none(sample):
    lines = refused(
        sample, "confirm", "ee-ylde-social", "ee-chidl", "zzz", "--by", "<b>x</b>", "--on", "31.01.2026"
    )
    assert lines == [
        "campaign confirm: expected an id such as ee-child, lv-child, found 'ee-chidl'",
        "campaign confirm: expected an id that campaign contacts lists, found 'zzz'",
        "campaign confirm: --by: expected plain text on one line, without markup, braces or links, found '<b>x</b>'",
        "campaign confirm: --on: expected a date as YYYY-MM-DD, found '31.01.2026'",
    ]
    done = sample.campaign("confirm", "ee-ylde-social", "ee-child", "lv-child", "--by", WHO)
    assert done.stdout.splitlines()[-1] == f"Written into {OURS}, {LATVIAN}."
    assert sample.campaign("contacts").stdout.splitlines()[-1] == (
        "5 contacts: 0 changed, 0 expired, 0 unconfirmed, 0 expiring, 5 fresh."
    )


def test_a_file_that_cannot_be_edited_leaves_the_other_country_alone(sample):
    sample.write(
        LATVIAN,
        f"confirmations: {{lv-112: {{digest: {DIGEST}, date: 2026-01-01, office: A, how: call}}}}\n".encode(),
    )
    (line,) = refused(sample, "confirm", "ee-child", "lv-child", "--by", WHO)
    assert line == (
        f"{LATVIAN}: confirmations: expected "
        "each key on a line of its own, below its section and indented, "
        "found another form, into which lv-child cannot be written safely"
    )


def test_lines_that_end_in_a_lone_return_are_refused(sample):
    sample.write(OURS, ODD.replace("\n", "\r").encode())
    (line,) = refused(sample, "confirm", "ee-ylde-social", "--by", WHO)
    assert line == (
        f"{OURS}: confirmations: expected each key on a line of its own, below its section and indented, "
        "found another form, into which ee-ylde-social cannot be written safely"
    )


PERSON = "an office or a post, without a person's name, phone or e-mail"
PLAIN = "plain text on one line, without markup, braces or links"


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("", "1 to 300 characters"),
        ("x" * 301, "1 to 300 characters"),
        ("A\nid: ee-x", PLAIN),
        ("A\x85B", "characters that everyone can see"),
        ("{{ x }}", PLAIN),
        ("https://example.org", PLAIN),
        (os.fsdecode(b"\xff"), "UTF-8 text"),
        ("Mari Maasikas +372 5555555", PERSON),
        ("info@narva.ee, Mari", PERSON),
        ("Sotsiaalosakond, tel 56.55.55.55", PERSON),
        ("Sotsiaalosakond (5655 5555)", PERSON),
        ("hr Tamm", PERSON),
        ("Sotsiaalosakond, pr Mari Maasikas", PERSON),
        ("proua Maasikas", PERSON),
        ("Sociālais dienests, Bērziņas kundze", PERSON),
        ("г-н Иванов", PERSON),
        ("Mrs Jones", PERSON),
        ("M. Maasikas", PERSON),
        ("Sotsiaalosakond, M. Maasikas", PERSON),
        ("Maasikas M.", PERSON),
        ("Иванов И. И.", PERSON),
    ],
)
def test_who_confirmed_is_an_office_in_plain_text_and_no_person(sample, who, expected):
    (line,) = refused(sample, "confirm", "ee-ylde-social", "--by", who)
    assert line.startswith(f"campaign confirm: --by: expected {expected}, found '")


@pytest.mark.parametrize(
    "who",
    [
        "Tartu social department, duty officer",
        "Politsei- ja Piirivalveamet, 24/7 valve",
        "Narva Linna Sotsiaalabiamet",
        "L. Tolstoi nimeline kool",
        "Социальный отдел, дежурный",
    ],
)
def test_offices_that_look_a_little_like_persons_are_accepted(sample, who):
    assert sample.campaign("confirm", "ee-ylde-social", "--by", who).stderr == ""
    assert entry(sample, "ee-ylde-social")["office"] == who


def on(days):
    return (TODAY + timedelta(days)).isoformat()


@pytest.mark.parametrize(
    ("before", "day", "expected"),
    [
        (None, on(1), f"a date up to today, {TODAY}"),
        (None, "2999-01-01", f"a date up to today, {TODAY}"),
        (None, on(-366), "one of the last 365 days, because a confirmation is good for no longer"),
        (None, "2020-01-01", "one of the last 365 days, because a confirmation is good for no longer"),
        (
            on(-10),
            on(-11),
            f"{on(-10)} or later: ee-child was confirmed on that day (campaign unconfirm removes that)",
        ),
        (None, "0000-01-01", "a date as YYYY-MM-DD"),
        (None, "2026-02-30", "a date as YYYY-MM-DD"),
    ],
)
def test_a_day_in_the_future_or_too_long_ago_or_before_the_last_confirmation_is_refused(
    sample, before, day, expected
):
    if before:
        sample.confirm("ee-child", before)
    (line,) = refused(sample, "confirm", "ee-child", "--by", WHO, "--on", day)
    assert line == f"campaign confirm: --on: expected {expected}, found '{day}'"


def test_also_a_contact_that_changed_since_keeps_its_day_until_it_is_unconfirmed(sample):
    sample.confirm("ee-ylde-social", on(-10))
    sample.edit(PLACE, "736 1300", "736 1301")
    (line,) = refused(sample, "confirm", "ee-ylde-social", "--by", WHO, "--on", on(-20))
    assert line.endswith(f"was confirmed on that day (campaign unconfirm removes that), found '{on(-20)}'")
    sample.campaign("unconfirm", "ee-ylde-social")
    assert sample.campaign("confirm", "ee-ylde-social", "--by", WHO, "--on", on(-20)).stderr == ""


@pytest.mark.parametrize("day", [on(0), on(-365), on(-10)])
def test_a_day_of_the_last_year_is_written(sample, day):
    sample.confirm("ee-child", on(-365))
    assert sample.campaign("confirm", "ee-child", "--by", WHO, "--on", day).stderr == ""
    assert entry(sample, "ee-child")["date"] == day


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ("call", "one of the ways to reach ee-child: visit, chat, web"),
        ("sms", None),
    ],
)
def test_a_call_needs_a_number(sample, how, expected):
    file = "municipalities/ee/_country.yml"
    sample.edit(
        file,
        '    phones:\n      - number: "116 111"\n        free: true\n',
        "    web: https://child.example.org/\n    email: a@example.org\n",
    )
    if expected is None:
        assert (
            "'sms' is not one of" in sample.campaign("confirm", "ee-child", "--by", WHO, "--how", how).stderr
        )
        return
    (line,) = refused(sample, "confirm", "ee-child", "--by", WHO, "--how", how)
    assert line == f"campaign confirm: --how: expected {expected}, found '{how}'"
    assert sample.campaign("confirm", "ee-child", "--by", WHO, "--how", "web").stderr == ""
    assert entry(sample, "ee-child")["how"] == "web"


@pytest.mark.parametrize("command", ["confirm", "unconfirm"])
def test_a_dry_run_shows_the_lines_and_writes_nothing(sample, command):
    if command == "unconfirm":
        sample.confirm("ee-child", TODAY)
    before = files(sample)
    options = ["--by", WHO] if command == "confirm" else []
    done = sample.campaign(command, "ee-child", *options, "--dry-run")
    assert done.stderr == ""
    sign = "+" if command == "confirm" else "-"
    assert f"\n{sign}  ee-child:\n{sign}    digest: " in done.stdout
    assert done.stdout.endswith("\nNothing was written.\n")
    assert files(sample) == before


def test_only_confirmed_contacts_are_unconfirmed_and_all_of_them_or_none(sample):
    sample.confirm("ee-child", TODAY)
    lines = refused(sample, "unconfirm", "ee-child", "ee-112", "zzz")
    assert lines == [
        "campaign unconfirm: expected the id of a confirmed contact, found 'ee-112'",
        "campaign unconfirm: expected the id of a confirmed contact, found 'zzz'",
    ]


def test_the_confirmation_of_a_removed_contact_is_reported_and_can_be_removed(sample):
    sample.confirm("ee-ylde-social", TODAY)
    sample.without_contacts("ee/ylde")
    assert sample.problems() == [
        f"{OURS}:4: confirmations.ee-ylde-social: expected the id of a contact of this "
        "country (campaign unconfirm ee-ylde-social removes this one), "
        "found 'ee-ylde-social'"
    ]
    assert sample.campaign("unconfirm", "ee-ylde-social").stderr == ""
    assert sample.campaign("check").returncode == 0


def test_a_municipality_that_cannot_be_read_is_not_said_to_have_lost_its_contacts(sample):
    sample.confirm("ee-ylde-social", TODAY)
    sample.edit(PLACE, "roles:", "rolls:")
    assert [line.split(":")[0] for line in sample.problems()] == [PLACE, PLACE]


def test_the_files_mode_stays_and_nothing_is_left_beside_it(sample):
    sample.confirm("ee-child", TODAY)
    (sample.root / OURS).chmod(0o640)
    sample.campaign("confirm", "ee-ylde-social", "--by", WHO)
    assert stat.S_IMODE((sample.root / OURS).stat().st_mode) == 0o640
    assert sorted(path.name for path in (sample.root / OURS).parent.iterdir()) == [
        "_coordinator.yml",
        "_country.yml",
        "teine.yml",
        "ylde.yml",
    ]


def test_without_an_office_the_command_says_so(sample):
    done = sample.campaign("confirm", "ee-ylde-social")
    assert (done.returncode, done.stderr.splitlines()[-1]) == (2, "Error: Missing option '--by'.")


def test_contacts_of_the_repository_are_confirmed_and_no_file_of_theirs_changes(sample):
    shutil.rmtree(sample.root / "municipalities")
    shutil.copytree(ROOT / "municipalities", sample.root / "municipalities")
    before = files(sample)
    done = sample.campaign("confirm", "ee-thb", "ee-tartu", "lv-riga", "ru-child", "--by", WHO)
    assert done.stderr == ""
    after = files(sample)
    assert {path for path in after if before.get(path) != after[path]} == {
        f"municipalities/{code}/_coordinator.yml" for code in ("ee", "lv", "ru")
    }


some_name = st.from_regex("[a-z]{1,4}(-[a-z0-9]{1,3})?", fullmatch=True)
some_entries = st.dictionaries(
    some_name, st.text(min_size=1, max_size=30) | st.fixed_dictionaries({"date": st.just("2026-01-01"), "office": st.text(max_size=40)}),
    max_size=5,
)  # fmt: skip


@settings(deadline=None, max_examples=200)
@given(some_entries, st.booleans())
def test_entries_of_any_text_come_and_go_and_no_other_line_changes(entries, crlf):
    text = "# above\nsites:\n  x: y   # beside\n# below\n".replace("\n", "\r\n" if crlf else "\n")
    start, wanted = text, {}
    for name, one in entries.items():
        edited = with_entry(text, "confirmations", name, one)
        try:
            found = parse_document(edited, "x.yml").value
        except CampaignError:  # YAML has no way to write it: the command says so
            continue
        wanted[name] = one
        assert found == {"sites": {"x": "y"}, "confirmations": wanted}
        assert edited.startswith(start)
        text = edited
    for name in list(wanted):
        text = without_entry(text, "confirmations", name)
    assert text == start + ("confirmations: {}\r\n" if crlf else "confirmations: {}\n") * bool(wanted)
