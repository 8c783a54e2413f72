"""Who has read a text: the key ``reviewed``, the list of what to have read next, and the count of a release."""

import pytest

from campaign.claims.reviewed_texts import counted_readings, readings, review_digest
from campaign.today import latest_day, now

from ..project import ROOT
from ..records import places, read_pages

TODAY = latest_day(now())
READ = "reviewed: {{date: {day}, by: {by}, scope: [{scope}]}}\n"


def read(sample, page, day="2026-01-15", by="Keelekeskus", scope="language", more=""):
    done = READ.format(day=day, by=by, scope=scope).replace("}\n", f"{more}}}\n")
    sample.edit(page, "---\ntitle", f"---\n{done}title")


def listed(sample):
    return readings(read_pages(sample.root), [*places(sample).countries.values()])


def names(found):
    return [reading.page.file.removeprefix("docs/") for reading in found]


def test_nobody_has_read_anything_yet():
    """In the repository: only an office that has read a page may write a review."""
    assert [page.file for page in read_pages(ROOT) if page.meta.reviewed] == []


def test_the_most_urgent_come_first(sample):
    sample.edit("municipalities/ee/_country.yml", "  - et\n  - ru\n", "  - et\nstarts:\n  - ru\n")
    sample.edit("municipalities/lv/_country.yml", "  - lv\n  - ru\n", "  - lv\nstarts:\n  - ru\n")
    first = ["help.md", "index.md", "safety.md"]
    rest = ["about/site.md", "find.md", "professionals/index.md"]
    assert names(listed(sample)) == [
        *(f"ru/{page}" for page in [*first, *rest]),
        *(f"{code}/{page}" for code in ("et", "lv") for page in first),
        *(f"{code}/{page}" for code in ("et", "lv") for page in rest),
    ]
    sample.edit("municipalities/lv/_country.yml", "  - lv\nstarts:\n  - ru\n", "  - lv\n  - ru\n")
    assert names(listed(sample))[:2] == ["et/help.md", "et/index.md"]  # Russian is whole in one country


def test_what_is_read_comes_last_and_the_oldest_reading_first(sample):
    read(sample, "docs/et/find.md", "2026-02-01")
    read(sample, "docs/lv/find.md", "2026-01-01")
    read(sample, "docs/et/help.md")  # nobody has read whether what it advises is safe
    read(sample, "docs/lv/help.md", scope="safety, language")
    found = listed(sample)
    assert names(found)[-3:] == ["lv/help.md", "lv/find.md", "et/find.md"]
    (half,) = (reading for reading in found if reading.page.file == "docs/et/help.md")
    assert str(half).endswith("read on 2026-01-15 by Keelekeskus (language); to read: safety")
    assert counted_readings(found) == "Of 18 texts, nobody has read 14 as they are now."


def test_a_review_that_names_its_text_ends_with_it(sample):
    (page,) = (page for page in read_pages(sample.root) if page.file == "docs/et/find.md")
    read(sample, page.file, more=f", text: {review_digest(page)}")
    done = listed(sample)[-1]
    assert (done.page.file, done.changed, done.open) == (page.file, False, ())
    sample.edit(page.file, "title: et contents", "title: et everything")
    (changed,) = (reading for reading in listed(sample) if reading.page.file == page.file)
    assert (changed.changed, changed.open) == (True, ("language",))
    assert str(changed).endswith("read on 2026-01-15 by Keelekeskus (language), and changed since")


def test_the_command_lists_them_by_language(sample):
    done = sample.campaign("texts", "-l", "et")
    assert done.returncode == 0, done.stderr
    first, *_, last = done.stdout.splitlines()
    assert first.split()[:4] == ["docs/et/help.md", "help", "and", "safety"]
    assert last == "Of 6 texts, nobody has read 6 as they are now."
    done = sample.campaign("texts", "-l", "xx")
    assert done.stderr.splitlines()[0] == (
        "campaign texts: --language: expected a language with pages (et, lv, ru), found 'xx'"
    )


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("{}", ".by: expected"),
        ("yes", ": expected"),
        ("{date: 2999-01-01, by: Amet, scope: [law]}", f".date: expected a date up to today, {TODAY}, found '2999-01-01'"),
        ("{date: 15.01.2026, by: Amet, scope: [law]}", ".date: expected a date as YYYY-MM-DD, here 2026-01-15, found '15.01.2026'"),
        ("{date: 2026-01-15, by: 'A. Tamm', scope: [law]}", ".by: expected an office or a post, without a person's name, phone or e-mail, found 'A. Tamm' (initials and a surname)"),
        ("{date: 2026-01-15, by: a@b.ee, scope: [law]}", ".by: expected an office or a post, without a person's name, phone or e-mail, found 'a@b.ee' (an e-mail address)"),
        ("{date: 2026-01-15, by: Amet, scope: [lang]}", ".scope[0]: expected"),
        ("{date: 2026-01-15, by: Amet, scope: []}", ".scope: expected"),
        ("{date: 2026-01-15, by: Amet, scope: law}", ".scope: expected"),
        ("{date: 2026-01-15, by: Amet, scope: [law, law]}", ".scope: expected each entry once, found law twice"),
        ("{date: 2026-01-15, by: Amet, scope: [law], text: x}", ".text: expected"),
        ("{date: 2026-01-15, by: Amet, scope: [law], name: x}", ".name: expected"),
    ],
)  # fmt: skip
def test_a_wrong_review_is_a_problem(sample, written, problem):
    sample.edit("docs/et/help.md", "---\ntitle", f"---\nreviewed: {written}\ntitle")
    said = sample.problems()
    assert f"docs/et/help.md:2: reviewed{problem}" in said[0], said
