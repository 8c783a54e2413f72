"""A sentence that holds until a day says so; the check warns before that day, and a release stops after it."""

from datetime import UTC, datetime

import pytest

from campaign.contacts.card import until_note
from campaign.kit.training_handouts import blocks
from campaign.pages.page import PageSource
from campaign.pages.slots import check_markdown

from ..records import places
from ..repository import WORDS

MARKED = "Estonian law. <!-- until: 2027-03-04 -->"


def marked(sample):
    for code in ("et", "lv", "ru"):
        sample.edit(f"docs/{code}/help.md", "Estonian law.", MARKED)
    return sample


def at(monkeypatch, moment):
    monkeypatch.setattr("campaign.cli.main.now", lambda: datetime.fromisoformat(moment).replace(tzinfo=UTC))


def warnings(done):
    assert done.returncode == 0, done.stderr
    return [line for line in done.stdout.splitlines() if line.startswith("warning:") and "until" in line]


@pytest.mark.parametrize(
    ("moment", "said"),
    [
        ("2027-01-02 12:00", None),
        ("2027-01-02 22:30", "in 60 days"),  # half past midnight on the 3rd in Tallinn
        ("2027-03-04 21:30", "in 0 days"),
        ("2027-03-04 22:30", "past for 1 day"),
    ],
)
def test_the_check_warns_from_sixty_days_before(sample, monkeypatch, moment, said):
    """The passage is for Land ee, whose copies are in Estonian and Russian: the Latvian page shows it nowhere."""
    at(monkeypatch, moment)
    lines = warnings(marked(sample).campaign("check"))
    files = ("docs/et/help.md:11", "docs/ru/help.md:11") if said else ()
    assert lines == [f"warning: {file}: holds until 2027-03-04, {said}" for file in files]


@pytest.mark.parametrize(("moment", "stops"), [("2027-03-04 21:30", False), ("2027-03-04 22:30", True)])
def test_a_release_stops_once_the_day_is_past_in_the_country(sample, monkeypatch, moment, stops):
    at(monkeypatch, moment)
    done = marked(sample).campaign("check", "--release", "ee")
    found = (
        "docs/et/help.md:11: expected what holds now, with its own day, or no such sentence, "
        "found a sentence that held until 2027-03-04, in the copies of ee"
    )
    assert (found in done.stderr) == stops
    assert ("Sentences that no longer hold (2):" in done.stderr) == stops
    assert "held until" not in sample.campaign("check", "--release", "lv").stderr  # not in its copies


@pytest.mark.parametrize("language", sorted(WORDS))
def test_the_words_of_every_language_name_the_day(language):
    note = str(until_note("2027-03-04", language, WORDS[language]))
    assert note.count("2027") == 3  # the attribute, before the day and after it
    assert 'data-until="2027-03-04"' in note


@pytest.mark.parametrize(
    ("day", "more"),
    [
        ("2027-02-30", ""),
        ("2027-3-4", ""),
        ("04-03-2027", ", here 2027-03-04"),
        ("2027", ""),
        ("soon", ""),
        ("2027-03-04, 2028-03-04", ""),
    ],
)
def test_a_wrong_day_is_a_problem(day, more):
    (problem,) = check_markdown(f"\n\nA <!-- until: {day} -->", "docs/et/x.md", 4, ("ee",))
    expected = f"one day, written as YYYY-MM-DD, which the calendar has{more}"
    assert str(problem) == f"docs/et/x.md:6: expected {expected}, found '<!-- until: {day} -->'"


def test_a_day_is_not_in_a_heading():
    (problem,) = check_markdown("## A <!-- until: 2027-03-04 -->", "docs/et/x.md", 1, ("ee",))
    assert problem.expected == "this slot in a sentence, not in a heading"


def test_a_handout_says_the_day_and_holds_no_mark(sample):
    """The sheet is on paper, where no script can say that the day is past."""
    text = "A law. <!-- promise: shelter --> <!-- until: 2027-03-04 -->"
    head = "---\ntitle: x\n---\n"
    page = PageSource(
        "docs/et/professionals/signs.md", "et", "professionals/signs.md", head + text, len(head)
    )
    (block,) = blocks(page, places(sample).municipalities["ee/ylde"], "signs", WORDS["et"])
    assert block["runs"] == [{"text": "A law. See kehtib kuni: 4. märts 2027.", "bold": False}]
