"""A reader's visit in a real browser: privacy, weight, languages, accessibility, without script."""

from __future__ import annotations

import gzip
import re
import subprocess
from datetime import datetime

import pytest
from axe_playwright_python.sync_playwright import Axe

from ..project import leads_on

LANGUAGES = ("et", "ru", "en", "lv", "lt", "uk")
TYPES = ("index", "help", "safety", "easy", "find", "youth/online", "migrants/at-work", "professionals/index",
         "professionals/referral", "professionals/local-mapping", "professionals/working-group",
         "professionals/meetings", "professionals/training", "about/accessibility", "about/site")  # fmt: skip


def address(page: str, language: str) -> str:
    return f"{page}.html" if language == "et" else f"{language}/{page}.html"


PAGES = [address(page, language) for language in LANGUAGES for page in TYPES]
# Of languages that are only begun: pages of their own, and one that another language stands in for.
STARTS = ("ar/index.html", "ar/help.html", "ar/find.html", "ar/professionals/referral.html", "uz/index.html",
          "uz/easy.html", "uz/migrants/at-work.html")  # fmt: skip


def test_nothing_leaves_the_site_and_nothing_is_stored(browser, site):
    context = browser.new_context()
    page = context.new_page()
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    for path in (*PAGES, "404.html"):
        page.goto(site + path)
    assert [url for url in asked if not url.startswith(site)] == []
    assert said == []  # a breach of the content policy would stand here
    assert context.cookies() == []
    stored = page.evaluate(
        "Promise.all([localStorage.length, sessionStorage.length, caches.keys().then(k => k.length),"
        "navigator.serviceWorker.getRegistrations().then(r => r.length),"
        "indexedDB.databases().then(d => d.length)])"
    )
    assert stored == [0, 0, 0, 0, 0]
    context.close()


def test_the_first_view_is_light(sites):
    """Every page of a place of each country, and the help page, which is the heaviest, of every place."""
    one_place = {country: sorted(country.iterdir())[0] for country in sites.iterdir() if country.is_dir()}
    pages = {page for folder in one_place.values() for page in folder.rglob("*.html")}
    for page in sorted(pages.union(sites.glob("*/*/help.html"), sites.glob("*/*/??/help.html"))):
        text = page.read_bytes()
        size = len(gzip.compress(text, 9, mtime=0))
        name = page.relative_to(sites).as_posix()
        limit = 14_600 if re.search(r"(^|/)(professionals|about)/", name) else 10_000
        assert size <= limit, (name, size)
        needed = re.findall(rb'<(?:link rel="stylesheet"|script|img|iframe)[^>]*(?:href|src)="', text)
        assert needed == [], name


# Each type of page in both schemes of colours, in two languages; every language has its share, and its help page. The
# elements are the same in all of them, and tests/browser/test_structure.py and the checks hold the words.
LIGHT = [address(page, LANGUAGES[number % 6]) for number, page in enumerate(TYPES)]
DARK = [address(page, LANGUAGES[(number + 3) % 6]) for number, page in enumerate(TYPES)]
HELP = [address("help", language) for language in LANGUAGES]


@pytest.fixture(scope="module")
def phones(browser):
    """A phone in light and one in dark colours, in which axe may run."""
    size = {"width": 360, "height": 740}
    phones = {
        scheme: browser.new_page(color_scheme=scheme, viewport=size, bypass_csp=True)
        for scheme in ("light", "dark")
    }
    yield phones
    for page in phones.values():
        page.close()


@pytest.mark.parametrize(
    ("path", "scheme"),
    [
        *((path, "light") for path in dict.fromkeys([*LIGHT, *HELP, *STARTS, "404.html"])),
        *((path, "dark") for path in [*DARK, "ar/help.html", "404.html"]),
    ],
)
def test_axe_finds_nothing(phones, site, path, scheme):
    page = phones[scheme]
    page.goto(site + path)
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}
    results = Axe().run(page, options=options)
    assert results.violations_count == 0, results.generate_report()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_number_and_the_way_to_help_stand_above_the_fold(browser, site, language):
    page = browser.new_page(viewport={"width": 320, "height": 480}, locale="lv-LV")
    page.goto(site + address("youth/online", language))
    for selector in (".danger .tel", ".help"):
        box = page.locator(selector).bounding_box()
        assert box["y"] + box["height"] <= 480
        assert box["height"] >= 48
    page.close()


TAPPED = """links => links.map(link => {
  const item = link.closest(".first li");
  const whole = !item || getComputedStyle(link, "::after").position === "absolute";
  return [link.innerText, whole ? (item || link).getBoundingClientRect().height : 0];
})"""


def test_numbers_are_large_enough_to_tap(browser, site):
    """Of the first numbers the whole item is tapped: an overlay of the link covers it."""
    page = browser.new_page(viewport={"width": 320, "height": 480})
    for language in LANGUAGES:
        page.goto(site + address("help", language))
        tapped = page.eval_on_selector_all("a[href^='tel:']", TAPPED)
        assert tapped
        for number, height in tapped:
            assert height >= 48, number
    page.close()


# The width of the page, the numbers that stand on two lines, and, of each sign that follows a number, whether it stands
# alone at the beginning of a line. For the last one the text becomes so narrow that it breaks wherever it may: what holds
# together there does so on every screen.
CUT_BROKEN_OR_ALONE = """() => {
  const width = document.scrollingElement.scrollWidth, links = [...document.querySelectorAll("a[href^='tel:']")];
  const lines = link => {
    const all = document.createRange();
    all.selectNodeContents(link);
    return [...all.getClientRects()];
  };
  const broken = links.filter(link => new Set(lines(link).map(box => Math.round(box.top))).size > 1);
  const main = document.querySelector("main"), followed = [...main.querySelectorAll(".tel")];
  main.style.overflowWrap = "normal"; // no word is cut that is wider than its line
  main.style.width = "1px";
  return [width, broken.map(link => link.textContent), followed
    .filter(link => /^[.,;:!?)]/.test(link.nextSibling?.data ?? ""))
    .map(link => {
      const sign = document.createRange();
      sign.setStart(link.nextSibling, 0);
      sign.setEnd(link.nextSibling, 1);
      return sign.getBoundingClientRect().top >= lines(link).pop().bottom;
    })];
}"""


def test_on_a_narrow_screen_nothing_is_cut_and_every_number_is_on_one_line_with_its_full_stop(browser, sites):
    page = browser.new_page(viewport={"width": 320, "height": 480})
    found = []
    for path in sorted((sites / "ee/narva").rglob("*.html")):
        if leads_on(path):
            continue
        page.goto(f"file://{path}")
        width, broken, alone = page.evaluate(CUT_BROKEN_OR_ALONE)
        assert (width <= 320, broken) == (True, []), path
        found += [(path, each) for each in alone]
    assert len(found) > 100
    assert [path for path, alone in found if alone] == []
    page.close()


def test_a_line_that_one_can_write_to_is_marked(page, site):
    page.goto(site + "ru/help.html")
    assert page.locator(".call a[href='https://www.palunabi.ee/']").count() >= 1


def test_the_browsers_language_is_offered_and_never_forced(browser, site):
    page = browser.new_page(locale="ru-RU")
    page.goto(site + "help.html")
    assert page.url == site + "help.html"
    offer = page.locator(".offer")
    assert offer.get_attribute("lang") == "ru"
    offer.locator("a").click()
    assert page.url == site + "ru/help.html"
    assert page.locator(".offer").count() == 0
    page.close()


@pytest.mark.parametrize(
    ("now", "open_now"),
    [
        (datetime(2026, 11, 24, 10, 0), True),  # a Tuesday, 10:00 UTC is 12:00 in Tallinn
        (datetime(2026, 11, 24, 13, 30), False),  # 15:30 in Tallinn
        (datetime(2026, 11, 28, 10, 0), False),  # a Saturday
    ],
)
def test_open_now_is_worked_out_in_the_time_of_the_place(browser, site, now, open_now):
    context = browser.new_context(timezone_id="America/New_York")
    page = context.new_page()
    page.clock.set_fixed_time(now.strftime("%Y-%m-%dT%H:%M:%SZ"))
    page.goto(site + "en/migrants/at-work.html")
    hours = page.locator("[data-hours='Mo-Fr 09:00-15:00']").first
    note = hours.locator("xpath=following-sibling::*[1]")
    assert note.get_attribute("class") == ("open" if open_now else "shut")
    if not open_now:
        day = "Wednesday" if now.day == 24 else "Monday"
        assert note.inner_text() == f"Opens on {day} at 09:00. Until then ring: 116 006."
    context.close()


def test_without_javascript_everything_is_there(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + "ru/help.html")
    assert page.locator(".card").first.is_visible()
    page.keyboard.press("Tab")
    page.locator(".menu summary").focus()
    page.keyboard.press("Enter")
    assert page.locator(".menu a").first.is_visible()
    page.locator(".languages a").first.click()
    assert page.url == site + "help.html"
    context.close()


def test_a_copy_opens_from_a_folder(page, sites):
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"file://{sites}/ee/narva/ru/youth/online.html")
    page.locator(".help").click()
    assert page.url.endswith("/ee/narva/ru/help.html")
    assert page.evaluate("getComputedStyle(document.querySelector('.leave')).position") == "sticky"
    assert said == []


def test_a_text_browser_reads_the_numbers_first(sites):
    done = subprocess.run(
        ["/usr/bin/w3m", "-dump", "-cols", "60", sites / "ee/narva/en/help.html"],
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    assert "112" in "".join(done.stdout.splitlines(keepends=True)[:8])
    assert "116 006" in done.stdout.replace("\N{NO-BREAK SPACE}", " ")


def test_the_page_follows_forced_colours_and_reduced_motion(browser, site):
    context = browser.new_context(forced_colors="active", reduced_motion="reduce")
    page = context.new_page()
    page.goto(site + "help.html")
    assert page.evaluate("getComputedStyle(document.querySelector('.exit')).borderTopWidth") == "2px"
    moving = "[...document.querySelectorAll('*')].filter(e => { const s = getComputedStyle(e);"
    moving += "return s.animationName !== 'none' || parseFloat(s.transitionDuration) > 0 }).length"
    assert page.evaluate(moving) == 0
    context.close()
