"""Call sheets for paper, and letters that ask organisations whether their records are right."""

import html
import re

import pytest

from campaign.calls.call_sheets import MOST_CALLS

from ..records import PLACE, TODAY, confirmed, files
from ..repository import WORDS

ESTONIA = "municipalities/ee/_country.yml"


def with_lines(sample, count, extra=""):
    """Add ``count`` offices with a number to the Estonian file."""
    offices = "".join(
        f"  - id: ee-office-{number}\n    roles: [police]\n    organization: {{et: Amet {number}}}\n"
        f"    phones: [{{number: '+372 640 60{number:02}'{extra}}}]\n"
        f"    source: {{url: 'https://example.org/{number}', date: undated}}\n"
        for number in range(count)
    )
    sample.edit(ESTONIA, "contacts:\n", f"contacts:\n{offices}")


def sheet(sample, *names):
    done = sample.campaign("ring", *names, "--sheet", "sheet.html")
    assert (done.returncode, done.stderr) == (0, "")
    text = (sample.root / "sheet.html").read_text("utf-8")
    return done.stdout, [html.unescape(part) for part in text.split("<section lang=")[1:]]


def test_the_list_gives_number_organization_source_and_whom_not_to_ring(sample):
    sample.edit(
        ESTONIA,
        "contacts:\n",
        "contacts:\n  - id: ee-mail\n    roles: [police]\n    organization: {et: Muu}\n    email: info@example.ee\n"
        "    source: {url: 'https://example.org/', date: undated}\n",
    )
    assert sample.campaign("ring", "ee").stdout.splitlines() == [
        "1. 116 111  Child line ee",
        "   unconfirmed, ee-child, 24/7, only by day",
        "   https://example.org/child",
        "2. +372 736 1300  Ülde sotsiaaltöö",
        "   unconfirmed, ee-ylde-social, Mo-Fr 09:00-15:00, et ru",
        "   https://example.org/ylde",
        "2 to ring. Never ring 112 to check it. 1 more have no telephone number: campaign ask writes to them.",
    ]
    confirmed(sample, "ee-child", 1)
    assert "ee-child" not in sample.campaign("ring", "ee").stdout
    assert sample.campaign("ring", "ee/teine").stdout == "0 to ring.\n"


def test_a_sheet_has_at_most_fifteen_calls_and_the_worst_come_first(sample):
    with_lines(sample, 20)
    confirmed(sample, "ee-office-19", 400)
    sample.campaign("doubt", "ee-office-18", "--why", "Vale")
    said, sheets = sheet(sample)
    assert said == "sheet.html is written: 23 calls on 3 sheets. Print it on A4.\n"
    calls = [re.findall(r'class="phone">.*?</div>', part, re.S) for part in sheets]
    assert [len(one) for one in calls] == [MOST_CALLS, 7, 1]  # Estonia's two, then Latvia's
    first = [re.search(r"(?:ee|lv)-[a-z]+(?:-[a-z0-9]+)?(?= ·)", part)[0] for part in sheets]
    assert first[0] == "ee-office-18"
    assert first[2] == "lv-child"
    assert [part.split(">")[0] for part in sheets] == ['"et"', '"et"', '"lv"']


def test_a_sheet_has_script_boxes_source_and_whom_not_to_ring_in_the_language_of_the_line(sample):
    _, (estonian, latvian) = sheet(sample)
    for text, language in ((estonian, "et"), (latvian, "lv")):
        words = WORDS[language]
        assert words["call-hello"] in text
        assert words["call-not-night"] in text
        assert words["call-not-emergency"].format(numbers="112") in text
        assert words["call-by-day"] in text
        for key in ("answers", "name", "hours", "languages", "cost", "cases", "not-reached", "different"):
            assert f">{words[f'call-{key}']}" in text
    assert "https://example.org/ylde (25. jaanuar 2021)" in estonian
    assert '<a href="tel:+3727361300">+372 736 1300</a>' in estonian
    assert "tel:112" not in estonian


def test_a_line_that_is_known_to_speak_another_language_has_the_script_in_it(sample):
    sample.edit(PLACE, "          - et\n          - ru\n", "          - ru\n")
    _, sheets = sheet(sample, "ee")
    assert [part.split(">")[0] for part in sheets] == ['"et"', '"ru"']
    assert WORDS["ru"]["call-hello"] in sheets[1]


def letters(sample, *names):
    done = sample.campaign("ask", *names, "--out", "letters")
    assert (done.returncode, done.stderr) == (0, "")
    return {path.name: path.read_text("utf-8") for path in (sample.root / "letters").iterdir()}


def test_a_letter_shows_the_record_as_readers_see_it_and_asks_for_one_word(sample):
    found = letters(sample)
    assert sorted(found) == ["ee-child.txt", "ee-ylde-social.txt", "lv-child.txt"]
    words = WORDS["et"]
    assert found["ee-ylde-social.txt"] == (
        f"sotsiaal@example.ee\n{words['letter-subject']} [ee-ylde-social]\n\n"
        f"{words['letter-hello']}\n\n{words['letter-record']}\n\n"
        "    Ülde sotsiaaltöö\n"
        f"    {words['role-social-services']}\n"
        f"    +372 736 13 00 {words['card-languages']} eesti, vene\n"
        f"    {words['card-hours']} esmaspäevast reedeni kell 09:00 kuni 15:00\n"
        "    Allikas: example.org (25. jaanuar 2021), veel kinnitamata. "
        f"{words['card-unknown']} {words['card-unknown-free']}.\n\n"
        f"{words['letter-answer'].format(yes='JAH')}\n\n{words['letter-thanks']}\n"
    )
    assert WORDS["lv"]["letter-answer"].format(yes="JĀ") in found["lv-child.txt"]


def test_an_organization_with_two_contacts_gets_one_letter_and_fresh_ones_none(sample):
    with_lines(sample, 2)
    sample.edit(ESTONIA, "et: Amet 1", "et: Amet 0")
    confirmed(sample, "ee-child", 1)
    found = letters(sample, "ee")
    assert sorted(found) == ["ee-office-0.txt", "ee-ylde-social.txt"]
    assert "[ee-office-0, ee-office-1]" in found["ee-office-0.txt"]
    assert "\n\nKirje 2\n    Amet 0\n" in found["ee-office-0.txt"]


def test_a_municipality_that_takes_anothers_name_gets_no_letter_about_its_contacts(sample):
    """Whoever answers a letter confirms all contacts of it."""
    other = "municipalities/ee/teine.yml"
    text = (sample.root / other).read_text("utf-8")
    sample.write(
        other,
        f"{text}\ncontacts:\n  - id: ee-teine-social\n    roles: [social-services]\n"
        "    organization: {et: Ülde sotsiaaltöö}\n    email: info@example.org\n"
        "    source: {url: 'https://example.org/', date: undated}\n",
    )
    found = letters(sample, "ee")
    assert {"ee-teine-social.txt", "ee-ylde-social.txt"} <= found.keys()
    assert "ee-ylde-social" not in found["ee-teine-social.txt"]
    assert "info@example.org" not in found["ee-ylde-social.txt"]


SOURCES = "every project's sources (docs/, hooks/, i18n/, municipalities/, overrides/, sites/) and copies"


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["ring", "zz", "ee/x"], [": expected COUNTRY or COUNTRY/SLUG of municipalities/ (did you mean 'ee'?), found 'ee/x'", ": expected COUNTRY or COUNTRY/SLUG of municipalities/, found 'zz'"]),
        (["ring", "zz", "--sheet", "x.html"], [": expected COUNTRY or COUNTRY/SLUG of municipalities/, found 'zz'"]),
        (["ring", "--sheet", "x.pdf"], [": --sheet: expected a name that ends in .html, found 'x.pdf'"]),
        (["ring", "--sheet", "docs/x.html"], [f": --sheet: expected a folder outside {SOURCES}, found 'docs/x.html'"]),
        (["ask", "zz", "--out", "x"], [": expected COUNTRY or COUNTRY/SLUG of municipalities/, found 'zz'"]),
        (["ask", "--out", "docs/x"], [f": --out: expected a folder outside {SOURCES}, found 'docs/x'"]),
        (["ask", "--out", "full"], [": --out: expected a new or an empty folder, found 'full'"]),
    ],
)  # fmt: skip
def test_wrong_words_of_ring_and_ask_are_refused_and_nothing_is_written(sample, arguments, expected):
    sample.write("full/letter.txt", "old")
    before = (files(sample), sorted(sample.root.iterdir()), sorted((sample.root / "full").iterdir()))
    done = sample.campaign(*arguments)
    *lines, last = done.stderr.splitlines()
    assert (done.returncode, done.stdout) == (1, "")
    assert lines == [f"campaign {arguments[0]}{line}" for line in expected]
    assert last == f"{len(lines)} problem{'s' * (len(lines) > 1)}. Nothing was written."
    after = (files(sample), sorted(sample.root.iterdir()), sorted((sample.root / "full").iterdir()))
    assert after == before


def test_a_file_that_cannot_be_written_is_one_problem(sample):
    done = sample.campaign("ring", "--sheet", "none/x.html")
    assert done.stderr.splitlines() == [
        "none/x.html: could not be used: No such file or directory",
        "1 problem. Nothing was written.",
    ]


def test_nothing_from_a_record_becomes_markup_on_a_sheet(sample):
    sample.edit(PLACE, "et: Ülde sotsiaaltöö", "et: 'Ülde & \"töö\"'")
    sample.campaign("ring", "--sheet", "sheet.html")
    text = (sample.root / "sheet.html").read_text("utf-8")
    assert "Ülde &amp; &#34;töö&#34;" in text
    assert str(TODAY.year) in text
