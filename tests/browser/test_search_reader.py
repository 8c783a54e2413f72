"""A reader who searches: the exit, Back, the place's own contacts, no script, a folder."""

from __future__ import annotations

import pytest

from ..chromium import open_search, type_and_wait
from ..project import ROOT

TARGET = "https://www.ilmateenistus.ee/"  # Estonia's exit, played by the test


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


@pytest.mark.parametrize("way", ["click", "shift"])
def test_the_exit_works_while_the_search_is_open(reader, way):
    """Capitals are typed in the field: there Shift is for them."""
    if way == "click":
        reader.page.click(".exit")
    else:
        for _ in range(3):
            reader.page.keyboard.press("Shift")
        reader.page.keyboard.press("Tab")
        for _ in range(3):
            reader.page.keyboard.press("Shift")
    reader.page.wait_for_url(TARGET)
    assert reader.page.url == TARGET


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


def test_leaving_a_page_empties_its_search_also_where_the_browser_keeps_the_page(reader):
    reader.page.evaluate("dispatchEvent(new PageTransitionEvent('pagehide', {persisted: true}))")
    assert reader.page.input_value(".search input") == ""
    assert reader.page.locator(".search li").count() == 0
    assert reader.page.locator(".search [role=status]").text_content() == ""


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


def test_where_scripts_do_not_come_the_link_leads_to_all_pages(browser, site):
    context = browser.new_context()
    context.route("**/assets/search/**", lambda route: route.abort())
    page = context.new_page()
    page.goto(site + "lv/help.html")
    page.click(".find")
    page.wait_for_url(site + "lv/find.html")
    context.close()


def test_the_search_opens_from_a_folder(page, sites):
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"file://{sites}/ee/narva/lt/youth/online.html")
    open_search(page)
    assert type_and_wait(page, "nuotraukos")[0].startswith(f"file://{sites}/ee/narva/lt/youth/online.html")
    assert said == []
