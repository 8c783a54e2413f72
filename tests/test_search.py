"""The search: what it finds for words as people type them, what it costs, and that it keeps nothing."""

from __future__ import annotations

import gzip
import re

import pytest
import yaml
from axe_playwright_python.sync_playwright import Axe

from .conftest import ROOT

LANGUAGES = ("et", "lv", "lt", "ru", "en", "uk")
FIRST_SEARCH = 40_000  # bytes, compressed
TARGET = "https://www.ilmateenistus.ee/"  # Estonia's exit, played by the test
in_sites = pytest.mark.xdist_group("sites")


def searches(language: str) -> dict[str, dict[str, list[str]]]:
    """``{"tuned": {"abi": ["help"]}, "held-out": …}``"""
    text = (ROOT / "tests" / "searches" / f"{language}.yml").read_text("utf-8")
    lists = yaml.load(text, yaml.BaseLoader)
    return {
        name: {words: pages.split() for words, pages in entries.items()} for name, entries in lists.items()
    }


def home(language: str) -> str:
    return "index.html" if language == "et" else f"{language}/index.html"


def open_search(page):
    page.click(".find")
    page.wait_for_selector(".search input:focus")


def type_and_wait(page, words: str) -> list[str]:
    """Types into the open search and returns the addresses found once a screen reader has been told."""
    page.keyboard.type(words)
    page.wait_for_selector(".search [role=status]:not(:empty)")
    return page.eval_on_selector_all(".search li a", "links => links.map(a => a.href)")


@pytest.fixture
def page(browser):
    page = browser.new_page()
    yield page
    page.close()


@in_sites
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_people_type_finds_what_they_mean_in_the_first_three(page, site, language):
    page.goto(site + home(language))
    open_search(page)
    lists = searches(language)
    assert language == "uk" or sum(map(len, lists.values())) >= 40
    for name, wanted in lists.items():
        missed = []
        for words, pages in wanted.items():
            found = page.evaluate(
                "words => searchFor(words, 3).map(f => f.entry.path + (f.entry.of || ''))", words
            )
            if not {f"{name}.html" for name in pages} & set(found):
                missed.append((words, found))
        assert len(missed) <= 0.05 * len(wanted), (name, missed)


@in_sites
@pytest.mark.parametrize("place", ["ee/narva", "lv/riga", "lt/kaunas", "ru/pskov"])
def test_the_first_search_is_light(sites, place):
    folder = sites / place / "assets" / "search"
    sizes = {file.name: len(gzip.compress(file.read_bytes(), 9, mtime=0)) for file in folder.iterdir()}
    shared = sum(sizes.pop(name) for name in ("contacts.js", "engine.js", "box.js"))
    assert {"et.js", "lv.js", "lt.js", "ru.js", "en.js"} <= sizes.keys()
    for name, size in sizes.items():
        assert shared + size <= FIRST_SEARCH, name


@in_sites
def test_nothing_is_fetched_before_the_search_opens_and_nothing_twice(browser, site):
    context = browser.new_context()
    page = context.new_page()
    asked, said = [], []
    page.on("request", lambda request: asked.append(request.url.removeprefix(site)))
    page.on("console", lambda message: said.append(message.text))
    page.goto(site + "ru/youth/online.html", wait_until="networkidle")
    assert asked == ["ru/youth/online.html", "assets/site.css"]
    del asked[:]
    open_search(page)
    assert sorted(asked) == [f"assets/search/{name}.js" for name in ("box", "contacts", "engine", "ru")]
    length = page.evaluate("history.length")
    del asked[:]
    for words in ("паспорт", "qqqq"):
        page.fill(".search input", "")
        type_and_wait(page, words)
        page.keyboard.press("Enter")
    assert (asked, said) == ([], [])
    assert page.url == site + "ru/youth/online.html"
    assert page.evaluate("history.length") == length
    assert page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]") == [0, 0, ""]
    context.close()


@in_sites
@pytest.mark.parametrize("language", ["et", "ru", "en"])
def test_a_language_finds_its_own_pages_only(page, site, language):
    page.goto(site + home(language))
    folder = page.url.removesuffix("index.html")
    open_search(page)
    for words in ("help abi помощь pagalba palidziba", "STROM", "politsei полиция police"):
        page.fill(".search input", "")
        found = type_and_wait(page, words)
        assert found
        for address in found:
            assert re.fullmatch(
                re.escape(folder) + r"(youth/|migrants/|professionals/|about/)?[a-z-]+\.html(#[\w-]+)?",
                address,
            )


@in_sites
def test_results_say_where_they_belong_and_mark_what_was_found(page, site):
    page.goto(site + "en/index.html")
    open_search(page)
    type_and_wait(page, "unpayed wages contract")
    first = page.locator(".search li").first
    assert first.locator("a").inner_text() == "At work"
    assert first.locator("small").inner_text().startswith("Coming here, working here")
    assert "contract" in [mark.lower() for mark in page.locator(".search mark").all_inner_texts()]
    assert all(len(text) < 260 for text in page.locator(".search li p").all_inner_texts())
    first.locator("a").click()
    assert page.url.startswith(site + "en/migrants/at-work.html")


@in_sites
@pytest.mark.parametrize("path", ["help.html", "ru/professionals/referral.html"])
def test_the_search_works_by_keyboard_and_tells_what_it_found(page, site, path):
    page.goto(site + path)
    page.locator(".find").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".search input:focus")
    assert page.get_by_role("search").get_by_role("searchbox").get_attribute("autocomplete") == "off"
    found = type_and_wait(page, "112 STROM")
    assert page.locator(".search").get_by_role("status").inner_text().endswith(f": {len(found)}")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.href") == found[0]
    page.keyboard.press("Escape")
    assert not page.locator(".search").is_visible()
    assert page.evaluate("document.activeElement.className") == "find"
    page.keyboard.press("Enter")
    assert page.input_value(".search input") == ""
    page.keyboard.type("zzxxqq")
    page.wait_for_selector(".search [role=status]:not(:empty)")
    assert page.locator(".search li").count() == 0
    page.get_by_role("search").get_by_role("button").click()
    assert not page.locator(".search").is_visible()


@in_sites
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["index.html", "ru/help.html", "lv/professionals/training.html"])
def test_axe_finds_nothing_in_the_open_search(browser, site, path, scheme):
    page = browser.new_page(color_scheme=scheme, viewport={"width": 320, "height": 700}, bypass_csp=True)
    page.goto(site + path)
    open_search(page)
    type_and_wait(page, "112")
    options = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}
    results = Axe().run(page, options=options)
    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 320
    page.close()


class Reader:
    """Somebody who searched on one page and reads another; the exit's target is played."""

    def __init__(self, browser, site):
        self.context = browser.new_context()
        self.context.route(TARGET + "**", lambda route: route.fulfill(content_type="text/html", body="Rain"))
        self.page = self.context.new_page()
        self.page.goto(site + "youth/index.html")
        open_search(self.page)
        self.found = type_and_wait(self.page, "passi võeti")


@pytest.fixture
def reader(browser, site):
    reader = Reader(browser, site)
    yield reader
    reader.context.close()


@in_sites
@pytest.mark.parametrize("way", ["click", "shift"])
def test_the_exit_works_while_the_search_is_open(reader, way):
    if way == "click":
        reader.page.click(".exit")
    else:
        for _ in range(3):
            reader.page.keyboard.press("Shift")
    reader.page.wait_for_url(TARGET)
    assert reader.page.url == TARGET


@in_sites
def test_a_page_that_comes_back_shows_no_words(reader):
    """After a result and an exit there, Back shows the page of the search: without what was typed."""
    reader.page.click(".search li a")
    reader.page.wait_for_url(reader.found[0])
    reader.page.click(".exit")
    reader.page.wait_for_url(TARGET)
    reader.page.go_back()
    assert reader.page.url.endswith("youth/index.html")
    assert reader.page.locator(".search input").count() == 0 or reader.page.input_value(".search input") == ""
    assert "passi võeti" not in reader.page.content()


@in_sites
def test_leaving_a_page_empties_its_search_also_where_the_browser_keeps_the_page(reader):
    reader.page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")
    assert reader.page.input_value(".search input") == ""
    assert reader.page.locator(".search li").count() == 0
    assert reader.page.locator(".search [role=status]").text_content() == ""


@in_sites
def test_the_places_own_contacts_are_found(browser, sites, page, site):
    page.goto(site + "en/youth/online.html")
    open_search(page)
    assert type_and_wait(page, "narva social assistance")[0] == site + "en/help.html#in-your-municipality"
    assert page.locator(".search li small").first.inner_text() == "Social services"
    page.fill(".search input", "")
    night = site + "en/professionals/referral.html#own-contacts"  # it has nothing that a reader could ring
    assert night in type_and_wait(page, "night shelter narva")
    page.locator(f".search li a[href='{night}']").click()
    assert page.locator("#own-contacts").is_visible()
    others = (sites / "ee/tartu/assets/search/contacts.js").read_text("utf-8")
    assert "Narva" not in others
    assert "Tartu" in others


@in_sites
def test_without_javascript_the_link_leads_to_all_pages_by_audience_and_topic(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site + "ru/youth/online.html")
    page.click(".find")
    assert page.url == site + "ru/find.html"
    assert page.locator("main h2").count() == 5
    links = page.locator("main a").evaluate_all("links => links.map(a => a.href)")
    pages = {
        path.relative_to(ROOT / "docs/ru").with_suffix(".html").as_posix()
        for path in (ROOT / "docs/ru").rglob("*.md")
    }
    assert {link.removeprefix(site + "ru/").partition("#")[0] for link in links} == pages - {"find.html"}
    assert site + "ru/youth/online.html#if-you-sent-a-picture" in links
    page.click("main a[href$='at-work.html#the-pay']")
    assert page.locator("#the-pay").is_visible()
    context.close()


@in_sites
def test_where_scripts_do_not_come_the_link_leads_to_all_pages(browser, site):
    context = browser.new_context()
    context.route("**/assets/search/**", lambda route: route.abort())
    page = context.new_page()
    page.goto(site + "lv/help.html")
    page.click(".find")
    page.wait_for_url(site + "lv/find.html")
    context.close()


@in_sites
def test_the_search_opens_from_a_folder(page, sites):
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"file://{sites}/ee/narva/lt/youth/online.html")
    open_search(page)
    assert type_and_wait(page, "nuotraukos")[0].startswith(f"file://{sites}/ee/narva/lt/youth/online.html")
    assert said == []
