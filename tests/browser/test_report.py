"""The coordinator's page, made by the real command and read in a real browser."""

from __future__ import annotations

import html
import re

import pytest
from axe_playwright_python.sync_playwright import Axe

from campaign.contacts.card import day_in_words
from campaign.coordinator.call_list import entries
from campaign.coordinator.report import report as page_for_coordinators
from campaign.today import now

from ..project import ROOT
from ..records import PLACE, TODAY, confirmed
from ..repository import WORDS, checked


def report(sample, *arguments):
    done = sample.campaign("report", *arguments)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def cells(text, row, language="en"):
    """The row of a municipality as {name of the role: "● ? own, unconfirmed"}."""
    (found,) = re.findall(rf'<th scope="row"><span[^>]*>{row}</span></th>(.*?)</tr>', text)
    marks = re.findall(r'<td class="[^"]*">(.*?)<i> (.*?)</i></td>', found)
    roles = [words for key, words in WORDS[language].items() if key.startswith("name-")]
    return {role: f"{mark} {said}" for role, (mark, said) in zip(roles, marks, strict=True)}


def test_every_place_says_for_every_role_whose_contact_readers_get(sample):
    confirmed(sample, "ee-ylde-social", 400)
    confirmed(sample, "ee-child", 65)
    confirmed(sample, "lv-child", 1)
    assert report(sample) == "report.html is written. Open it in a browser, or print it on A4.\n"
    text = (sample.root / "report.html").read_text("utf-8")
    own = cells(text, "Ülde vald")
    assert own["Emergency"] == "○✓ country’s, fresh"
    assert own["Child helpline"] == "○! country’s, expiring"
    assert own["Social services"] == "●✗ own, expired"
    assert own["Shelter"] == "↪✗ stand-in, expired"
    assert own["Police"] == "– missing"
    other = cells(text, "Teine vald")
    assert other["Social services"] == other["Shelter"] == "– missing"
    assert cells(text, "Vietas novads")["Child helpline"] == "○✓ country’s, fresh"
    assert cells(text, "Vietas novads")["Child protection"] == "↪✓ stand-in, fresh"


def test_it_counts_each_country_and_all_countries(sample):
    confirmed(sample, "ee-ylde-social", 400)
    report(sample)
    text = (sample.root / "report.html").read_text("utf-8")
    totals = re.findall(r'<tr><th scope="row">(.*?)</th>((?:<td class="n">\d+</td>)+)', text)
    # municipalities, with their own, served by a region; contacts: all, doubted, unreachable, changed, expired, unconfirmed, expiring, fresh
    assert [(re.sub("<.*?>", "", name), re.findall(r"\d+", row)) for name, row in totals] == [
        ("Land", ["2", "1", "0", "3", "0", "0", "0", "1", "1", "0", "1"]),
        ("Land", ["1", "0", "0", "2", "0", "0", "0", "0", "1", "0", "1"]),
        ("All countries", ["3", "1", "0", "5", "0", "0", "0", "1", "2", "0", "2"]),
    ]
    foot = text.split("<tfoot>\n")[1].split("</tfoot>")[0]
    counts = [re.findall(r"<td>(\d*)</td>", row) for row in foot.splitlines()]
    assert [sum(int(count or 0) for count in row) for row in counts] == [1, 0, 4, 8, 31]
    assert all(sum(int(row[role] or 0) for row in counts) == 2 for role in range(22))


def test_what_to_ring_next_is_the_list_of_campaign_contacts_without_what_is_fresh(sample):
    confirmed(sample, "ee-ylde-social", 400)
    report(sample)
    text = (sample.root / "report.html").read_text("utf-8").split('id="ring"')[1]
    assert re.findall(r"<small>(.*?)</small>", text) == ["ee-ylde-social", "ee-child", "lv-child"]
    assert '<a href="tel:+3727361300">+372 736 1300</a>' in text
    assert '<a href="https://example.org/ylde" rel="noreferrer">example.org</a><br>25 January 2021' in text
    assert "Estonian, Russian" in text
    for contact in ("ee-child", "lv-child", "ee-ylde-social"):
        confirmed(sample, contact, 1)
    report(sample)
    assert "There is nothing to ring now." in (sample.root / "report.html").read_text("utf-8")


def test_it_lists_the_places_with_nothing_of_their_own_and_keeps_to_the_places_that_one_names(sample):
    def named(*names):
        report(sample, *names)
        text = (sample.root / "report.html").read_text("utf-8")
        none = text.split('<section id="none">')[1].split("</section>")[0]
        ring = re.findall(r"<small>(.*?)</small>", text.split('id="ring"')[1])
        return re.findall(r"<li><span[^>]*>(.*?)</span></li>", none), ring

    assert named() == (["Teine vald", "Vietas novads"], ["ee-child", "lv-child", "ee-ylde-social"])
    assert named("ee") == (["Teine vald"], ["ee-child", "ee-ylde-social"])
    assert named("lv") == (["Vietas novads"], ["lv-child"])
    assert named("ee/ylde") == ([], ["ee-ylde-social"])
    assert WORDS["en"]["report-all-own"] in (sample.root / "report.html").read_text("utf-8")
    done = sample.campaign("report", "zz")
    assert done.stderr.splitlines() == [
        "campaign report: expected COUNTRY or COUNTRY/SLUG of municipalities/, found 'zz'",
        "1 problem. Nothing was written.",
    ]


def test_it_tells_what_is_in_doubt_and_what_cannot_be_reached(sample):
    confirmed(sample, "ee-ylde-social", 1)
    sample.campaign("doubt", "ee-ylde-social", "--why", "Vale")
    for _ in range(3):
        sample.campaign("confirm", "ee-child", "--not-reached", "--by", "Amet")
    report(sample)
    own = cells((sample.root / "report.html").read_text("utf-8"), "Ülde vald")
    assert own["Social services"] == "●‽ own, in doubt"
    assert own["Child helpline"] == "○∅ country’s, cannot be reached"


@pytest.mark.parametrize("language", WORDS)
def test_it_speaks_every_language_of_the_interface(sample, language):
    report(sample, "--language", language, "--out", "x.html")
    text = (sample.root / "x.html").read_text("utf-8")
    assert f'<html lang="{language}">' in text
    words = WORDS[language]
    day = day_in_words(TODAY.isoformat(), language, words)
    assert words["report-day"].format(date=day) in text
    assert cells(text, "Ülde vald", language)[words["name-social-services"]] == (
        f"●? {words['report-own']}, {words['report-unconfirmed']}"
    )
    shown = html.unescape(text)
    for key in words:
        if key.startswith("report-") and key not in ("report-day", "report-ring-none", "report-all-own"):
            assert words[key] in shown, key
    name = '<span lang="et">Ülde vald</span>' if language != "et" else "<span>Ülde vald</span>"
    assert name in text


def test_nothing_from_a_municipality_becomes_markup(sample):
    sample.edit(PLACE, "Ülde vald", "'Ülde & \"vald\"'")
    report(sample)
    assert "Ülde &amp; &#34;vald&#34;" in (sample.root / "report.html").read_text("utf-8")


@pytest.mark.parametrize(
    "out", ["sites/report.html", "docs/et/x.html", "overrides/assets/x.html", "./a/../sites/x.html"]
)
def test_it_is_never_written_where_copies_come_from(sample, out):
    for folder in ("sites", "a"):
        (sample.root / folder).mkdir()
    done = sample.campaign("report", "--out", out)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines() == [
        "campaign report: --out: expected a folder outside every project's sources (docs/, hooks/, i18n/, "
        "municipalities/, overrides/, sites/) and copies, "
        f"found '{out.removeprefix('./')}'",
        "1 problem. Nothing was written.",
    ]
    assert not (sample.root / out).exists()


@pytest.mark.parametrize("out", ["mkdocs.yml", "README.md", "LICENSE"])
def test_it_is_never_written_over_a_file_of_the_project(sample, out):
    before = (sample.root / "mkdocs.yml").read_bytes()
    done = sample.campaign("report", "--out", out)
    assert f"campaign report: --out: expected a name that ends in .html, found '{out}'" in done.stderr
    assert (sample.root / "mkdocs.yml").read_bytes() == before


def test_an_unknown_language_and_a_folder_that_is_not_there_are_refused(sample):
    assert sample.campaign("report", "--language", "xx").stderr.splitlines()[0] == (
        "campaign report: --language: expected one of the languages ar, en, et, lt, lv, ru, uk, uz, found 'xx'"
    )
    assert sample.campaign("report", "--out", "none/x.html").stderr.splitlines()[0] == (
        "none/x.html: could not be used: No such file or directory"
    )
    assert not (sample.root / "report.html").exists()


@pytest.fixture(scope="module")
def real(tmp_path_factory):
    """The report on the repository's own places, as a file's address."""
    path = tmp_path_factory.mktemp("report") / "report.html"
    project, moment = checked().project, now()
    found = entries(project.places, project.pages, [], moment, "")
    path.write_text(page_for_coordinators(ROOT, WORDS, project.places, found, "et", moment), "utf-8")
    return path.as_uri()


# Rows whose cells are of the same kinds as those of an earlier row, whatever their words and addresses: axe takes
# long for thousands of cells.
ONE_OF_EACH = """() => document.querySelectorAll('.grid tbody, #ring tbody').forEach(body => {
  const seen = new Set();
  const kind = cell => cell.outerHTML.replace(/>[^<]*/g, '>').replace(/ (href|id)="[^"]*"/g, '');
  [...body.rows].forEach(row => [...row.cells].every(cell => seen.has(kind(cell)))
    ? row.remove()
    : [...row.cells].forEach(cell => seen.add(kind(cell))));
})"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_asks_for_nothing_and_axe_finds_nothing(browser, real, scheme):
    page = browser.new_page(color_scheme=scheme, bypass_csp=True, viewport={"width": 1366, "height": 768})
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(real)
    assert page.locator(".grid tbody tr").count() == len(list(ROOT.glob("municipalities/??/[!_]*.yml")))
    page.evaluate(ONE_OF_EACH)
    assert page.locator(".grid tbody tr").count() > 4  # the countries
    results = Axe().run(
        page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}
    )
    assert results.violations_count == 0, results.generate_report()
    assert [url for url in asked if not url.startswith(("file:", "data:"))] == []
    assert said == []
    page.close()


def test_the_names_stay_in_sight_while_one_scrolls(browser, real):
    page = browser.new_page(viewport={"width": 800, "height": 600})
    page.goto(real)
    page.evaluate("document.querySelector('#ee tbody tr:nth-child(40)').scrollIntoView(); scrollBy(300, 0)")
    row = page.locator("#ee tbody tr:nth-child(70) th").bounding_box()
    head = page.locator("#ee thead th").last.bounding_box()
    assert row["x"] == 0
    assert head["y"] == 0
    page.close()


def test_on_a_laptop_it_needs_no_scrolling_sideways(browser, real):
    page = browser.new_page(viewport={"width": 1366, "height": 768})
    page.goto(real)
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 1366
    page.close()
