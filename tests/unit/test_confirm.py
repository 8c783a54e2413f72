"""What somebody finds out about a contact is one more entry in its history; no other byte changes."""

import os
import shutil
import stat
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaign.errors import CampaignError
from campaign.files.change_yaml_values import updated
from campaign.files.yaml_document import parse_document

from ..project import ROOT
from ..records import OURS, PLACE, TODAY, files, places

LATVIAN = "municipalities/lv/_coordinator.yml"
WHO = "Ülde vald, valveametnik"
DIGEST = "0" * 64


def on(days):
    return (TODAY + timedelta(days)).isoformat()


def refused(sample, *arguments):
    before = files(sample)
    done = sample.campaign(*arguments)
    assert (done.returncode, done.stdout) == (1, "")
    assert files(sample) == before
    *lines, last = done.stderr.splitlines()
    assert last == f"{len(lines)} problem{'s' * (len(lines) != 1)}. Nothing was written."
    return lines


def entry(sample, name, file=OURS):
    """The last entry of the history of a contact."""
    return parse_document((sample.root / file).read_text("utf-8"), file).value["history"][name][-1]


def test_the_first_confirmation_makes_the_file_and_changes_no_other(sample):
    before = files(sample)
    done = sample.campaign("confirm", "ee-ylde-social", "--by", WHO)
    assert done.stderr == ""
    assert done.stdout == (
        f"ee-ylde-social: confirmed on {TODAY} by {WHO} (rung), good until {on(365)}: +372 736 1300, "
        f"sotsiaal@example.ee, Raekoja plats 3, Mo-Fr 09:00-15:00.\nWritten into {OURS}.\n"
    )
    after = files(sample)
    text = after.pop(OURS).decode()
    assert after == before
    digest = entry(sample, "ee-ylde-social")["digest"]
    assert text.startswith("# yaml-language-server: $schema=../coordinator.schema.json\n# ")
    assert text.endswith(
        f"\nhistory:\n  ee-ylde-social:\n    - result: confirmed\n      date: {TODAY}\n"
        f"      office: {WHO}\n      digest: {digest}\n      how: rung\n"
    )
    assert (
        sample.campaign("contacts", "ee/ylde")
        .stdout.splitlines()[1]
        .startswith("fresh  365   1       ee-ylde-social")
    )


ODD = f"""\
# yaml-language-server: $schema=../coordinator.schema.json
sites: {{ylde: 'https://ylde.example.org/'}}   # typed

history:
# first
    ee-child:   # its id
      # the oldest
      - how:    rung   # in person
        digest: '{DIGEST}'
        result: confirmed
        office:   'Vana ''amet'''   # who
        date:   2020-02-01   # when
        # a closing remark of the first

    # and another
    ee-112:
    -   {{digest: "{DIGEST}", result: confirmed, date: 2021-01-01, office: Kaks, how: rung}} # the only one
# the end of them
texts:
  ylde: {DIGEST} # read
# the end
"""


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("bom", ["", "\ufeff"])
def test_all_that_is_in_the_file_stays_byte_for_byte_and_entries_come_after_the_last(sample, newline, bom):
    sample.write(OURS, (bom + ODD).replace("\n", newline).encode())
    names = ["ee-child", "ee-112", "ee-ylde-social"]
    done = sample.campaign("confirm", *names, "--by", WHO, "--checked", "answers, hours")
    assert done.stderr == ""

    def new(name, indent):
        lines = [
            "- result: confirmed", f"  date: {TODAY}", f"  office: {WHO}",
            f"  digest: {entry(sample, name)['digest']}", "  how: rung", "  checked:", "    - answers", "    - hours",
        ]  # fmt: skip
        return "".join(f"{' ' * indent}{line}\n" for line in lines)

    expected = (bom + ODD).replace("# when\n", "# when\n" + new(names[0], 6))
    expected = expected.replace(
        "# the only one\n",
        "# the only one\n" + new(names[1], 4) + "    ee-ylde-social:\n" + new(names[2], 6),
    )
    assert (sample.root / OURS).read_bytes() == expected.replace("\n", newline).encode()


@pytest.mark.parametrize("text", [ODD, ODD.rstrip("\n"), "sites: {}\n", "history: {}  # none yet\nsites: {}"])
def test_what_is_taken_back_stays_in_the_file_and_counts_no_more(sample, text):
    sample.write(OURS, text.encode())
    assert sample.campaign("confirm", "ee-ylde-social", "--by", WHO).stderr == ""
    before = files(sample)[OURS].decode().splitlines()
    done = sample.campaign("confirm", "--undo", "ee-ylde-social")
    assert (done.stderr, done.stdout) == (
        "",
        f"ee-ylde-social: confirmed on {TODAY} is taken back. Now it is unconfirmed.\nWritten into {OURS}.\n",
    )
    after = files(sample)[OURS].decode().splitlines()
    undone = after.index(next(line for line in after if line.endswith("- result: undone")))
    assert after[:undone] + after[undone + 2 :] == before
    assert entry(sample, "ee-ylde-social") == {"result": "undone", "date": str(TODAY)}
    assert contact(sample, "ee-ylde-social").state(TODAY) == "unconfirmed"
    assert sample.campaign("check").returncode == 0


def contact(sample, name):
    return next(one for _, _, one in places(sample).contacts() if one.id == name)


def test_several_are_confirmed_in_all_their_files_or_none(sample):
    lines = refused(
        sample, "confirm", "ee-ylde-social", "ee-chidl", "zzz", "--by", "<b>x</b>", "--on", "31.01.2026"
    )
    assert lines == [
        "campaign confirm: expected an id such as ee-child, lv-child, found 'ee-chidl'",
        "campaign confirm: expected an id that campaign contacts lists, found 'zzz'",
        "campaign confirm: --by: expected plain text on one line, without markup, braces or links, found '<b>x</b>'",
        "campaign confirm: --on: expected a date as YYYY-MM-DD, here 2026-01-31, found '31.01.2026'",
    ]
    done = sample.campaign("confirm", "ee-ylde-social", "ee-child", "lv-child", "--by", WHO)
    assert done.stdout.splitlines()[-1] == f"Written into {OURS}, {LATVIAN}."
    assert sample.campaign("contacts").stdout.splitlines()[-1] == (
        "5 contacts: 0 doubted, 0 unreachable, 0 changed, 0 expired, 0 unconfirmed, 0 expiring, 5 fresh."
    )


def test_a_file_that_cannot_be_edited_leaves_the_other_country_alone(sample):
    sample.write(
        LATVIAN,
        f"history: {{lv-child: [ # the first\n {{result: confirmed, digest: {DIGEST}, date: 2026-01-01, office: A, how: rung}}]}}\n".encode(),
    )
    (line,) = refused(sample, "confirm", "ee-child", "lv-child", "--by", WHO)
    assert line == (
        f"{LATVIAN}: history.lv-child: expected each key on a line of its own, indented, where a value changes, "
        "found a form that has no safe place for the change"
    )


def test_lines_that_end_in_a_lone_return_are_refused(sample):
    sample.write(OURS, ODD.replace("\n", "\r").encode())
    (line,) = refused(sample, "confirm", "ee-ylde-social", "--by", WHO)
    assert line == (
        f"{OURS}: expected each key on a line of its own, indented, where a value changes, "
        "found a form that has no safe place for the change"
    )


PHONE, EMAIL, FORM, INITIALS = SIGNS = (
    "a phone number", "an e-mail address", "a form of address", "initials and a surname"
)  # fmt: skip
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
        ("Mari Maasikas +372 5555555", PHONE),
        ("info@narva.ee, Mari", EMAIL),
        ("Sotsiaalosakond, tel 56.55.55.55", PHONE),
        ("Sotsiaalosakond (5655 5555)", PHONE),
        ("hr Tamm", FORM),
        ("Sotsiaalosakond, pr Mari Maasikas", FORM),
        ("proua Maasikas", FORM),
        ("Sociālais dienests, Bērziņas kundze", FORM),
        ("г-н Иванов", FORM),
        ("Mrs Jones", FORM),
        ("M. Maasikas", INITIALS),
        ("Sotsiaalosakond, M. Maasikas", INITIALS),
        ("Maasikas M.", INITIALS),
        ("Иванов И. И.", INITIALS),
    ],
)
def test_who_confirmed_is_an_office_in_plain_text_and_no_person(sample, who, expected):
    (line,) = refused(sample, "confirm", "ee-ylde-social", "--by", who)
    sign = f" ({expected})" if expected in SIGNS else ""
    expected = PERSON if expected in SIGNS else expected
    assert line.startswith(f"campaign confirm: --by: expected {expected}, found ")
    assert line.endswith(sign)


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


@pytest.mark.parametrize(
    ("before", "day", "expected"),
    [
        (None, on(1), f"a date up to today, {TODAY}"),
        (None, "2999-01-01", f"a date up to today, {TODAY}"),
        (None, on(-91), "one of the last 90 days, because a confirmation of ee-child is good for no longer"),
        (
            None,
            "2020-01-01",
            "one of the last 90 days, because a confirmation of ee-child is good for no longer",
        ),
        (
            on(-10),
            on(-11),
            f"{on(-10)} or later, as ee-child has an entry of that day (confirm --undo takes it back)",
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


def test_a_contact_that_changed_since_keeps_its_day_until_that_is_taken_back(sample):
    sample.confirm("ee-ylde-social", on(-10))
    sample.edit(PLACE, "736 1300", "736 1301")
    (line,) = refused(sample, "confirm", "ee-ylde-social", "--by", WHO, "--on", on(-20))
    assert line.endswith(f"has an entry of that day (confirm --undo takes it back), found '{on(-20)}'")
    sample.campaign("confirm", "--undo", "ee-ylde-social")
    assert sample.campaign("confirm", "ee-ylde-social", "--by", WHO, "--on", on(-20)).stderr == ""


@pytest.mark.parametrize(
    ("name", "day"),
    [("ee-child", on(0)), ("ee-child", on(-90)), ("ee-ylde-social", on(-365)), ("ee-112", on(-4000))],
)
def test_the_oldest_day_depends_on_how_grave_a_wrong_number_is(sample, name, day):
    sample.confirm(name, on(-4000))
    assert sample.campaign("confirm", name, "--by", WHO, "--on", day).stderr == ""
    assert entry(sample, name)["date"] == day


WAYS = "rung, wrote-back, page-opened"
WORDS = "answers, name, hours, languages, cost, cases"
UNDO = "--undo without this option"


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["ee-child", "--how", "sms"], [f"--how: expected one of {WAYS}, found 'sms'"]),
        (["ee-child", "--how", "page-opened"], ["--how: expected one of rung, wrote-back, as people in danger ring ee-child, found 'page-opened'"]),
        (["ee-ylde-social", "--how", "page-opened", "--checked", "hours,name,answers"], ["--checked: expected only what an opened page can show, found 'answers, name'"]),
        (["lv-web"], ["--how: expected one of wrote-back, page-opened, as lv-web has no telephone number, found 'rung'"]),
        (["ee-child", "--checked", "hours,mood,hours"], ["--checked: expected each word once, found 'hours' twice", f"--checked: expected one of {WORDS}, found 'mood'"]),
        (["ee-child", "--checked", ","], [f"--checked: expected one of {WORDS}, found ''"]),
        (["ee-child", "--not-reached", "--how", "rung", "--checked", "hours"], ["--checked: expected --not-reached without this option, found both", "--how: expected --not-reached without this option, found both"]),
        (["ee-112", "--not-reached"], ["expected a contact that needs a confirmation, which an emergency number does not, found 'ee-112'"]),
        (["ee-child", "--not-reached", "--on", on(1)], [f"--on: expected a date up to today, {TODAY}, found '{on(1)}'"]),
        (["zzz", "--not-reached", "--on", "x"], ["expected an id that campaign contacts lists, found 'zzz'", "--on: expected a date as YYYY-MM-DD, found 'x'"]),
        (["ee-child", "--undo", "--on", on(0), "--not-reached"], [f"--by: expected {UNDO}, found both", f"--not-reached: expected {UNDO}, found both", f"--on: expected {UNDO}, found both"]),
    ],
)  # fmt: skip
def test_a_wrong_word_of_confirm_is_refused_with_all_others(sample, arguments, expected):
    sample.edit(
        "municipalities/lv/_country.yml",
        "  - id: lv-child",
        "  - id: lv-web\n    roles: [legal-aid]\n    organization: {lv: Veb}\n    web: https://example.org/\n"
        "    source: {url: 'https://example.org/', date: undated}\n  - id: lv-child",
    )
    lines = refused(sample, "confirm", *arguments, "--by", WHO)
    assert lines == [f"campaign confirm: {line}" for line in expected]


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["ee-chidl", "ee-112", "--why", "Vale"], ["expected a contact that needs a confirmation, which an emergency number does not, found 'ee-112'", "expected an id such as ee-child, lv-child, found 'ee-chidl'"]),
        (["ee-child", "--why", ""], ["--why: expected 1 to 300 characters, found ''"]),
        (["ee-child", "--why", "<b>vale</b>"], [f"--why: expected {PLAIN}, found '<b>vale</b>'"]),
        (["ee-child", "--why", "Mari, 5655 5555"], ["--why: expected a reason in words, without a person's name, phone or e-mail, found 'Mari, 5655 5555' (a phone number)"]),
    ],
)  # fmt: skip
def test_a_wrong_word_of_doubt_is_refused_with_all_others(sample, arguments, expected):
    lines = refused(sample, "doubt", *arguments)
    assert sorted(lines) == sorted(f"campaign doubt: {line}" for line in expected)


def test_without_an_office_and_without_a_reason_the_commands_say_so(sample):
    assert refused(sample, "confirm", "ee-child") == [
        "campaign confirm: --by: expected the office or role that called, found nothing"
    ]
    assert refused(sample, "doubt", "ee-child") == [
        "campaign doubt: --why: expected the reason in words, found nothing"
    ]


def test_a_page_that_somebody_opened_confirms_an_office_but_does_not_assure_it(sample):
    options = ["--by", WHO, "--how", "page-opened", "--checked", "hours,cost"]
    done = sample.campaign("confirm", "ee-ylde-social", *options)
    assert done.stdout.startswith(
        f"ee-ylde-social: confirmed on {TODAY} by {WHO} (page-opened, hours, cost), "
    )
    found = contact(sample, "ee-ylde-social")
    assert found.state(TODAY) == "confirmed"
    assert (found.confirmed_on, found.assured_date, found.assurer) == (TODAY, None, None)
    sample.campaign("confirm", "ee-ylde-social", "--by", WHO, "--how", "wrote-back")
    assert contact(sample, "ee-ylde-social").assured_date == TODAY


def test_three_calls_that_nobody_answers_end_the_confirmation(sample):
    sample.campaign("confirm", "ee-child", "--by", WHO)
    said = [sample.campaign("confirm", "ee-child", "--not-reached", "--by", WHO).stdout for _ in range(3)]
    assert [line.splitlines()[0] for line in said] == [
        f"ee-child: not reached on {TODAY}, 1 of 3 times.",
        f"ee-child: not reached on {TODAY}, 2 of 3 times.",
        f"ee-child: not reached on {TODAY}, 3 of 3 times: its card now says that it cannot be reached.",
    ]
    assert contact(sample, "ee-child").state(TODAY) == "unreachable"
    done = sample.campaign("confirm", "ee-child", "--undo")
    assert done.stdout.startswith(f"ee-child: not-reached on {TODAY} is taken back. Now it is confirmed.")
    assert contact(sample, "ee-child").state(TODAY) == "confirmed"
    sample.campaign("confirm", "ee-child", "--not-reached", "--by", WHO)
    sample.campaign("confirm", "ee-child", "--by", WHO)
    sample.campaign("confirm", "ee-child", "--not-reached", "--by", WHO)
    assert contact(sample, "ee-child").state(TODAY) == "confirmed"  # an answer begins the count again


def test_calls_to_a_number_that_was_corrected_since_do_not_count(sample):
    for _ in range(3):
        sample.campaign("confirm", "ee-ylde-social", "--not-reached", "--by", WHO)
    assert contact(sample, "ee-ylde-social").state(TODAY) == "unreachable"
    sample.edit(PLACE, "736 1300", "736 1301")
    assert contact(sample, "ee-ylde-social").state(TODAY) == "unconfirmed"


def test_a_doubt_ends_the_confirmation_until_the_next_one(sample):
    sample.campaign("confirm", "ee-child", "--by", WHO)
    done = sample.campaign("doubt", "ee-child", "--why", "Vastab pagariäri")
    assert done.stdout == (
        "ee-child: doubted. From the next build on its card says that it is not confirmed.\n"
        f"Written into {OURS}.\n"
    )
    found = contact(sample, "ee-child")
    assert (found.state(TODAY), found.assured_date, found.good_until) == ("doubted", None, None)
    assert entry(sample, "ee-child") == {"result": "doubted", "date": str(TODAY), "why": "Vastab pagariäri"}
    sample.campaign("confirm", "ee-child", "--by", WHO)
    assert contact(sample, "ee-child").state(TODAY) == "confirmed"
    sample.campaign("confirm", "ee-child", "--undo")
    assert contact(sample, "ee-child").state(TODAY) == "doubted"


@pytest.mark.parametrize(
    "arguments",
    [
        ["confirm", "--by", WHO],
        ["confirm", "--not-reached", "--by", WHO],
        ["confirm", "--undo"],
        ["doubt", "--why", "Vale"],
    ],
)
def test_a_dry_run_shows_the_new_lines_and_writes_nothing(sample, arguments):
    sample.confirm("ee-child", TODAY)
    before = files(sample)
    done = sample.campaign(*arguments, "ee-child", "--dry-run")
    assert done.stderr == ""
    assert "\n+    - result: " in done.stdout
    assert [line for line in done.stdout.splitlines()[1:] if line.startswith("-")] == []
    assert done.stdout.endswith("\nNothing was written.\n")
    assert files(sample) == before


def test_only_what_counts_is_taken_back_all_or_none(sample):
    sample.confirm("ee-child", TODAY)
    lines = refused(sample, "confirm", "--undo", "ee-child", "ee-112", "zzz")
    expected = (
        "campaign confirm: --undo: expected the id of a contact with an entry in its history that can be "
        "taken back, found "
    )
    assert lines == [f"{expected}'ee-112'", f"{expected}'zzz'"]
    sample.campaign("confirm", "--undo", "ee-child")
    assert refused(sample, "confirm", "--undo", "ee-child") == [f"{expected}'ee-child'"]


def test_the_history_of_a_contact_that_is_no_more_names_the_coordinators_file_and_is_closed(sample):
    sample.confirm("ee-ylde-social", on(-1))
    sample.confirm("ee-ylde-social", TODAY)
    sample.without_contacts("ee/ylde")
    assert sample.problems() == [
        f"{OURS}:4: history.ee-ylde-social: expected the id of a contact of this "
        "country (campaign confirm --undo ee-ylde-social closes this), "
        "found 'ee-ylde-social'"
    ]
    done = sample.campaign("confirm", "--undo", "ee-ylde-social")
    assert done.stdout.startswith("ee-ylde-social: everything is taken back, as no file has this contact any")
    assert sample.campaign("check").returncode == 0


def test_a_municipality_that_cannot_be_read_is_not_said_to_have_lost_its_contacts(sample):
    sample.confirm("ee-ylde-social", TODAY)
    sample.edit(PLACE, "roles:", "rolls:")
    assert [line.split(":")[0] for line in sample.problems()] == [PLACE]


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
some_items = st.fixed_dictionaries(
    {"date": st.just("2026-01-01"), "office": st.text(max_size=40)},
    optional={"checked": st.lists(some_name, min_size=1, max_size=3).map(tuple)},
)
START = "# above\nsites:\n  x: y   # beside\n# below\n"


@settings(deadline=None, max_examples=200)
@given(st.lists(st.tuples(some_name, some_items), max_size=6), st.booleans())
def test_entries_of_any_text_are_added_and_no_other_line_changes(entries, crlf):
    text, wanted = START.replace("\n", "\r\n" if crlf else "\n"), {}
    for name, one in entries:
        item = {key: list(value) if isinstance(value, tuple) else value for key, value in one.items()}
        more = {**wanted, name: [*wanted.get(name, ()), item]}
        edited = updated(text, {"sites": {"x": "y"}, "history": more}, "x.yml")
        try:
            found = parse_document(edited, "x.yml").value
        except CampaignError:  # an odd character: the check of the words of the command refuses it
            continue
        wanted = more
        assert found == {"sites": {"x": "y"}, "history": wanted}
        left = iter(edited.split("\n"))
        assert all(line in left for line in text.split("\n"))  # every earlier line is there, in its order
        text = edited


@settings(deadline=None)
@given(st.lists(st.tuples(some_name, st.text(min_size=1, max_size=30)), max_size=6))
def test_values_of_any_text_replace_one_another(entries):
    text, wanted = START, {}
    for name, value in entries:
        more = {**wanted, name: value}
        edited = updated(text, {"sites": {"x": "y"}, "texts": more}, "x.yml")
        try:
            found = parse_document(edited, "x.yml").value
        except CampaignError:
            continue
        wanted, text = more, edited
        assert found == {"sites": {"x": "y"}, "texts": wanted}
        left = iter(edited.split("\n"))
        assert all(line in left for line in START.split("\n"))
