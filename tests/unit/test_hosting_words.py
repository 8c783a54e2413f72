"""What the doctor says: words in each language, letters, and the rows that it keeps over time."""

from __future__ import annotations

import re
from datetime import date

import pytest

from campaign.errors import CampaignError
from campaign.hosting import content_checks, privacy_checks, server_checks
from campaign.hosting.doctor import CHECKS, Health, Report
from campaign.hosting.fetch import CouldNotLook
from campaign.hosting.findings import Finding, Level
from campaign.hosting.letter_to_host import in_words, letter
from campaign.hosting.remedies import REMEDIES, SERVERS
from campaign.hosting.watch_history import Row, as_csv, as_page, read_rows, updated
from campaign.pages.words_for_hosts import read_host_words

from ..project import ROOT, small_project
from ..repository import PLACES
from ..repository import WORDS as OUR_WORDS

WORDS = read_host_words(ROOT)
URL = "https://help.example.org/"
assert content_checks and privacy_checks and server_checks  # they register their checks

FAULTS = Report(
    URL,
    Health.FAULTS,
    (
        Finding("files-unchanged", Level.FAULT, ("help.html: changed: +3727361301 is new",)),
        Finding("hsts", Level.ADVICE, ("–",)),
    ),
    municipality="ee/ylde",
    behind=12,
)
GOOD, UNSEEN = Report(URL, Health.GOOD), Report(URL, Health.UNSEEN, why=CouldNotLook("challenge", "403"))


def test_every_check_has_a_sentence_in_each_language_and_a_remedy():
    assert len(CHECKS) >= 30
    assert set(WORDS) == {"en", *(country.language for country in PLACES.countries.values())}
    assert {f"check-{name}" for name in CHECKS} == {key for key in WORDS["en"] if key.startswith("check-")}
    assert set(REMEDIES) == set(CHECKS)
    for remedy in REMEDIES.values():
        assert remedy.sentence or set(remedy.lines) <= set(SERVERS)
        assert not remedy.sentence or remedy.sentence in WORDS["en"]
        assert remedy.sentence or remedy.lines


def test_every_reason_why_the_doctor_could_not_look_has_words():
    source = "".join(path.read_text() for path in (ROOT / "src/campaign/hosting").glob("*.py"))
    reasons = set(re.findall(r'CouldNotLook\(\s*"([a-z-]+)"', source))
    assert {f"why-{reason}" for reason in reasons} == {key for key in WORDS["en"] if key.startswith("why-")}


@pytest.mark.parametrize("language", WORDS)
def test_a_letter_names_what_to_change_and_how_in_its_language(language):
    words = WORDS[language]
    text = letter(FAULTS, "Name", words)
    assert text.count(URL) >= 3
    for part in (words["check-files-unchanged"], "+3727361301", words["remedy-copy"], words["check-hsts"]):
        assert part in text
    assert text.index(words["check-files-unchanged"]) < text.index(words["letter-advice"])
    assert "{" not in text.replace("location ^~ /PATH/ {", "")
    assert words["why-challenge"] in in_words(UNSEEN, words)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (
            ("pack-up: Put it up\n", ""),
            "i18n/hosting/ru.yml:\\d+: pack-up: .* a key that en.yml does not have",
        ),
        (("pack-up: Put it up\n", "pack-new: x\npack-up: x\n"), "i18n/hosting/et.yml: pack-new: .*nothing"),
        (("{url}", "{place}"), "lt.yml:\\d+: letter-subject: expected these names in braces"),
    ],
)
def test_words_that_do_not_agree_are_a_problem(sample, change, message):
    sample.edit("i18n/hosting/en.yml", *change)
    with pytest.raises(CampaignError) as found:
        read_host_words(sample.root)
    assert re.search(message, str(found.value))


def test_a_row_keeps_the_last_good_day_and_since_when_a_copy_is_not_good():
    rows: list[Row] = []
    for day, report in enumerate([GOOD, UNSEEN, FAULTS, UNSEEN, FAULTS], 1):
        rows = updated(rows, [report], date(2026, 3, day))
    (row,) = rows
    assert (row.last_good, row.since, row.looks) == ("2026-03-01", "2026-03-03", "+?x?x")
    assert (row.state, row.behind, row.faults) == ("faults", "12", "files-unchanged")
    (row,) = updated(rows, [GOOD], date(2026, 3, 6))
    assert (row.since, row.faults, row.last_good) == ("", "", "2026-03-06")
    for day in range(7, 30):
        (row,) = updated([row], [GOOD], date(2026, 3, day))
    assert row.looks == "+" * 14


def test_rows_come_back_from_their_file_and_another_file_is_refused(tmp_path):
    rows = updated([], [FAULTS], date(2026, 3, 1))
    file = tmp_path / "watch.csv"
    file.write_text("\ufeff" + as_csv(rows), "utf-8", newline="")
    assert read_rows(file) == rows
    assert read_rows(tmp_path / "none.csv") == []
    file.write_text("a;b\n1;2\n")
    with pytest.raises(CampaignError, match="with the columns url"):
        read_rows(file)


def test_the_page_shows_every_row_and_escapes_what_a_file_holds():
    rows = [Row("https://a.example/<script>", "<b>", "faults", faults="hsts <i>")]
    page = as_page(ROOT, rows, "lt", WORDS["lt"], OUR_WORDS["lt"], date(2026, 3, 1))
    assert WORDS["lt"]["watch-title"] in page and "2026 m. kovo 1 d." in page
    assert WORDS["lt"]["check-hsts"] in page
    assert not re.search(r"<(?:script|b|i)>", page)


def test_the_command_refuses_what_it_cannot_use(tmp_path):
    sample = small_project(tmp_path / "project")
    for arguments, message in (
        ((), "campaign doctor: expected an address, --file, or addresses of copies in _coordinator.yml"),
        ((URL, "--language", "xx"), "--language: expected a language of i18n/hosting/"),
        ((URL, "--watch-file", "docs/x.csv"), "--watch-file: expected a folder outside"),
        ((URL, "--letters", "docs/x"), "--letters: expected a folder outside"),
        ((URL, "--watch-file", str(tmp_path / "x.txt")), "a name that ends in .csv"),
    ):
        done = sample.campaign("doctor", *arguments)
        assert done.returncode == 1
        assert message in done.stderr, done.stderr
