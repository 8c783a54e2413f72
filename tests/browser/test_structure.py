"""What ears and hands need of a page: headings, lists, languages, tables, names of links, numbers."""

from __future__ import annotations

import itertools
import re
from html.parser import HTMLParser
from pathlib import Path

import markdown
import pytest

from campaign.contacts.phone_display import grouped
from campaign.pages.language_marks import direction, marked
from hooks.tables import tables

from ..project import ROOT, leads_on
from ..repository import WORDS

PLACES = ("ee/narva", "lv/riga", "lt/vilnius", "ru/kaliningrad")
LANGUAGES = ("et", "ru", "en", "lv", "lt", "uk", "ar", "uz")


class Outline(HTMLParser):
    """The headings of a page (level, words) and its lists of cards, in order; the entries of its menu."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.headings: list[list] = []
        self.inside = None
        self.feed(path.read_text("utf-8"))
        self.close()

    def handle_starttag(self, tag, attrs):
        if re.fullmatch("h[1-6]", tag):
            self.headings.append([int(tag[1]), ""])
            self.inside = tag

    def handle_data(self, data):
        if self.inside:
            self.headings[-1][1] += data

    def handle_endtag(self, tag):
        if tag == self.inside:
            self.inside = None


@pytest.mark.parametrize("place", PLACES)
def test_headings_of_every_page_go_down_one_level_at_a_time_and_cards_and_menu_have_some(sites, place):
    for path in sorted((sites / place).rglob("*.html")):
        if path.name == "404.html" or leads_on(path):
            continue
        html, levels = path.read_text("utf-8"), [level for level, _ in Outline(path).headings]
        assert levels.count(1) == 1 and levels[0] == 1, path
        assert all(low - high <= 1 for high, low in itertools.pairwise(levels)), (path, levels)
        assert html.count('<li class="card">') == html.count('<li class="card"><h3'), path
        menu = html.partition('<details class="menu">')[2].partition("</details>")[0]
        lists = menu.partition("</nav>")[0].count("<ul role")
        if '<nav class="leave"' in html:  # a reader's: the section's own pages, below its name
            name = re.match("<summary>([^<]+)</summary>", menu)[1]
            language = re.search(r'<html lang="(..)"', html)[1]
            named = {word for key, word in WORDS[language].items() if key.startswith("nav-")}
            assert (name in named, lists, menu.count("<h2>")) == (True, 1, 0), path
        else:
            assert menu.count("<h2>") == lists > 1, path


def test_every_list_without_bullets_has_the_role_of_a_list(page, sites):
    for path in sorted((sites / "ee/narva/en").rglob("*.html")):
        if leads_on(path):
            continue
        page.goto(f"file://{path}")
        page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
        bare = """[...document.querySelectorAll('ul, ol')].filter(list => list.getAttribute('role') !== 'list' &&
            [list, ...list.children].some(e => getComputedStyle(e).listStyleType === 'none')).map(list => list.outerHTML)"""
        assert page.evaluate(bare) == [], path


def written_in(path: Path) -> str:
    """The language of a page's text: where it stands in for another, its own."""
    html = path.read_text("utf-8")
    stands_in = re.search(r'<p class="notice">.*?</p><div lang="(..)">', html)
    return stands_in[1] if stands_in else re.search(r'<html lang="(..)"', html)[1]


@pytest.mark.parametrize("place", PLACES)
def test_every_link_in_menu_and_contents_to_a_page_in_another_language_says_so(sites, place):
    link = re.compile(
        r'<li><a href="([^"#]+)"( hreflang="(..)"| aria-current="page")?( hreflang="(..)")?>(<span lang="(..)">)?([^<]*)(</span> \(([^)]*)\))?</a>'
    )
    found = 0
    for path in sorted((sites / place).rglob("*.html")):
        html = path.read_text("utf-8")
        if path.name == "404.html" or leads_on(path):
            continue
        here = re.search(r'<html lang="(..)"', html)[1]
        contents = html.partition('<details class="menu">')[2] + (html if path.name == "find.html" else "")
        for entry in link.finditer(contents):
            other = written_in((path.parent / entry[1]).resolve())
            if other == here:
                assert not (entry[3] or entry[5] or entry[7]), (path, entry[0])
            else:
                found += 1
                assert (entry[3] or entry[5]) == entry[7] == other, (path, entry[0])
                assert entry[10], (path, entry[0])
    assert found > 0


@pytest.mark.parametrize(
    ("place", "title"),
    [
        ("ee/narva", "Xavfsiz yo‘l · Частые вопросы (tili: ruscha)"),
        ("lv/riga", "Xavfsiz yo‘l · Частые вопросы (tili: ruscha)"),
    ],
)
def test_the_title_of_a_page_in_another_language_begins_in_the_readers_own_and_says_so(sites, place, title):
    html = (sites / place / "uz/questions.html").read_text("utf-8")
    assert f"<title>{title}</title>" in html
    own = (sites / place / "uz/help.html").read_text("utf-8")
    assert re.search(r"<title>[^<]+ · Xavfsiz yo‘l</title>", own)


def test_the_picker_says_which_language_is_the_current_one(page, sites):
    for language in LANGUAGES:
        page.goto(f"file://{sites}/ee/narva/{'' if language == 'et' else language + '/'}help.html")
        current = page.locator(".languages [aria-current='true']")
        assert current.all_inner_texts() == [WORDS[language]["language-name"]]


# What a browser makes of each table of a page and of the box around it.
TABLES = """tables => tables.map(table => {
  const box = table.parentElement, by = box.getAttribute('aria-labelledby');
  const count = selector => table.querySelectorAll(selector).length;
  box.focus();
  return {
    role: box.getAttribute('role'), tabindex: box.getAttribute('tabindex'), focused: box === document.activeElement,
    scrolls: getComputedStyle(box).overflowX, display: getComputedStyle(table).display,
    name: by ? document.getElementById(by).textContent : box.getAttribute('aria-label'),
    columns: [count('thead th[scope=col]'), count('thead th')],
    rows: [count('tbody tr > th[scope=row]:first-child'), count('tbody tr')],
  };
})"""


def test_every_table_can_be_scrolled_by_keys_and_has_a_name_and_headings(browser, sites):
    page = browser.new_page(viewport={"width": 360, "height": 740})
    count = 0
    for path in sorted((sites / "ee/narva").rglob("professionals/*.html")):
        if "<table" not in path.read_text("utf-8"):
            continue
        page.goto(f"file://{path}")
        for table in page.eval_on_selector_all("main table", TABLES):
            count += 1
            assert (table["role"], table["tabindex"], table["focused"]) == ("region", "0", True), path
            assert table["name"], path
            for with_scope, all_of_them in (table["columns"], table["rows"]):
                assert with_scope == all_of_them > 0, path
            assert (table["scrolls"], table["display"]) == ("auto", "table"), path
    assert count >= 6 * len(LANGUAGES)
    page.close()


def test_no_two_regions_of_a_page_have_one_name():
    text = "## One {#one}\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n| c | *d* |\n|---|---|\n| 3 | 4 |\n"
    html = markdown.markdown(text, extensions=["tables", "attr_list", "toc", tables])
    assert 'aria-labelledby="one"' in html
    assert 'aria-label="c, d"' in html
    assert html.count("aria-label") == 2


def test_links_of_a_card_say_by_their_name_where_they_lead(page, sites):
    page.goto(f"file://{sites}/ee/narva/en/migrants/at-work.html")
    for name in ("WhatsApp: +372 54 64 00 07", "Telegram: +372 54 64 00 07"):
        assert page.get_by_role("link", name=name, exact=True).count() == 1
    page.goto(f"file://{sites}/ee/narva/en/help.html")
    names = [" ".join(name.split()) for name in page.locator(".card a").all_inner_texts()]
    assert "Web page: lasteabi.ee" in names and "You can write: lasteabi.ee" in names
    assert not re.search(r"[a-z], Speaks", page.locator("main").inner_text())


@pytest.mark.parametrize(
    ("number", "shown"),
    [
        ("+372 660 7320", "+372 660 73 20"),
        ("+372 5396 9834", "+372 53 96 98 34"),
        ("+371 67105048", "+371 67 105 048"),
        ("+370 616 91119", "+370 616 911 19"),
        ("+370 46 315078", "+370 46 315 078"),
        ("+7 800 200 01 22", "+7 800 200 01 22"),
        ("0 800 28888", "0 800 288 88"),
        ("116006", "116 006"),
        ("116 006", "116 006"),
        ("1247", "12 47"),
        ("112", "112"),
    ],
)
def test_a_number_is_shown_in_groups_of_at_most_three_digits(number, shown):
    assert grouped(number).replace("\N{NO-BREAK SPACE}", " ") == shown


@pytest.mark.parametrize("place", PLACES)
def test_no_number_on_any_page_has_a_longer_group_and_its_link_dials_its_digits(sites, place):
    count = 0
    for path in sorted((sites / place).rglob("*.html")):
        for href, name in re.findall(r'<a [^>]*?href="tel:([^"]+)"[^>]*>(.*?)</a>', path.read_text("utf-8")):
            count += 1
            assert re.sub(r"[^+0-9]", "", name) == href, (path, name)
            assert not re.search(r"\d{4}", name), (path, name)
    assert count > 100


def test_the_direction_of_a_language_is_that_of_cldr_and_is_marked_where_it_changes():
    assert [direction(code) for code in ("et", "ar", "he", "fa", "ka", "uk")] == [
        "ltr",
        "rtl",
        "rtl",
        "rtl",
        "ltr",
        "ltr",
    ]
    assert marked("et", "et") == ""
    assert marked("et", "ru") == ' lang="et"'
    assert marked("et", "ar") == ' lang="et" dir="ltr"'
    assert marked("ar", "et") == ' lang="ar" dir="rtl"'
    assert marked("fa", "ar") == ' lang="fa"'


@pytest.fixture
def arabic(sample):
    """The small project with a language that is written from right to left."""
    words = (sample.root / "i18n/en.yml").read_text("utf-8")
    for key, word in (
        ("falls-back-to", "et"),
        ("language-name", "العربية"),
        ("site-name", "طريق آمن"),
        ("danger", "هل أنت في خطر الآن؟"),
    ):
        words = re.sub(rf"(?m)^{key}: .*$", f"{key}: {word}", words)
    sample.write("i18n/ar.yml", words.encode())
    sample.edit("municipalities/ee/_country.yml", "time_zone", "starts:\n  - ar\ntime_zone")
    for path in ("index.md", "help.md", "safety.md"):
        text = (sample.root / "docs/et" / path).read_text("utf-8").replace("et ", "طريق ")
        sample.write(f"docs/ar/{path}", text.replace("Estonian law.", "البحر أزرق هنا.").encode())
    sample.build("ee")
    return sample


def test_a_page_of_a_language_from_right_to_left_is_one_and_other_languages_on_it_are_marked(arabic, page):
    site = f"file://{arabic.root}/sites/ee/ylde/"
    page.goto(site + "ar/help.html")
    assert page.evaluate("getComputedStyle(document.documentElement).direction") == "rtl"
    names = page.locator(".card h3 [lang='et']")
    assert names.count() > 0
    assert {name.get_attribute("dir") for name in names.all()} == {"ltr"}
    assert page.locator(".languages a[lang='et']").get_attribute("dir") == "ltr"
    assert page.evaluate("document.scrollingElement.scrollWidth <= innerWidth")
    for number in page.locator("a[href^='tel:']").all():
        assert number.evaluate("a => getComputedStyle(a).direction") == "ltr"
    page.goto(site + "ar/professionals/index.html")  # an Estonian text stands in
    assert page.locator("main > div[lang='et']").get_attribute("dir") == "ltr"
    assert page.locator("main div.contacts").get_attribute("dir") == "rtl"
    page.goto(site + "help.html")
    assert page.evaluate("getComputedStyle(document.documentElement).direction") == "ltr"
    assert page.locator(".languages a[lang='ar']").get_attribute("dir") == "rtl"


def test_a_page_of_a_language_from_right_to_left_is_found_by_its_words(arabic, page):
    page.goto(f"file://{arabic.root}/sites/ee/ylde/ar/index.html")
    page.click(".find")
    page.wait_for_selector(".search input:focus")
    page.keyboard.type("أزرق")
    page.wait_for_selector(".search li a")
    assert page.locator(".search li a").first.get_attribute("href").endswith("/ar/help.html")
    assert page.locator(".search mark").first.inner_text() == "أزرق"


STATEMENTS = sorted((ROOT / "docs").glob("*/about/accessibility.md"))


@pytest.mark.parametrize("path", STATEMENTS, ids=lambda path: path.parts[-3])
def test_the_accessibility_statement_has_the_parts_that_such_a_statement_needs(path):
    text = path.read_text("utf-8")
    for part in ("status", "how-it-was-checked", "known-limits", "tell-us", "complain"):
        assert f"{{#{part}}}" in text, part
    assert "<!-- municipality: contact-point -->" in text.partition("{#tell-us}")[2].partition("\n## ")[0]
    assert re.search(r"\b20\d\d\b", text.partition("---\n\n#")[2].partition("\n## ")[0])  # its date
    complaint = text.partition("{#complain}")[2]
    assert re.findall("<!-- only: (..) -->", complaint) == ["ee", "lv", "lt", "ru"]
