"""Pages in browsers of old phones: Chromium without all that `old_browsers` lists."""

from __future__ import annotations

import pytest

from campaign.site.page_scripts import text_source

from ..old_browsers import OLD_BROWSERS
from ..visit import TARGET, Visit, three_shifts

SMALL = {"width": 360, "height": 640}


@pytest.fixture(scope="module", params=OLD_BROWSERS, ids=str)
def old(request):
    return request.param


def sent(route):
    return route.fetch().body().decode("utf-8-sig")


def as_read(route, old):
    """A page with the style inside it as the browser reads it; the page's policy allows that one instead."""
    html = sent(route)
    whole = html.partition("<style>")[2].partition("</style>")[0]
    read = old.style(whole)
    assert read != whole
    assert html.count(text_source(whole)) == 1
    return html.replace(text_source(whole), text_source(read)).replace(whole, read)


@pytest.fixture(scope="module")
def visitor(browser, site, old):
    """A visit in that browser, whose languages are Russian ones. A page keeps nothing, so one is enough."""
    context = browser.new_context(viewport=SMALL, locale="ru-RU")
    context.add_init_script(old.script)
    context.route(
        "**/*.css", lambda route: route.fulfill(content_type="text/css", body=old.style(sent(route)))
    )
    context.route(
        "**/*.html", lambda route: route.fulfill(content_type="text/html", body=as_read(route, old))
    )
    yield Visit(context, site)
    context.close()


@pytest.fixture
def visit(visitor):
    """The page Help, opened anew; what a test does to the answers of the site is gone after it."""
    visitor.open()
    yield visitor
    visitor.page.unroute_all()


def test_every_feature_of_the_list_is_missing_in_the_old_browser(visit, old):
    there = "paths => paths.filter(path => path.split('.').reduce((found, name) => found && found[name], window)).join()"
    assert visit.page.evaluate(there, old.members) == ""
    position = "getComputedStyle(document.querySelector('.leave')).position"
    assert visit.page.evaluate(position) == old.position


def leave(visit, way):
    visit.page.click(".exit") if way == "tap" else three_shifts(visit.page)


@pytest.mark.parametrize("way", ["tap", "Shift"])
def test_the_exit_leaves_and_the_back_button_does_not_return(visit, old, way):
    if way == "Shift" and not old.keys:
        way = "tap"
    visit.come_from_another_page()
    leave(visit, way)
    visit.left()
    visit.page.go_back()
    assert visit.page.url == visit.before


def test_while_the_target_does_not_come_the_page_is_covered_and_the_cover_leads_on(visit):
    answers = [204, 200]
    visit.page.route(
        TARGET + "**",
        lambda route: route.fulfill(status=answers.pop(0), content_type="text/html", body="Rain"),
    )
    loading = visit.page.locator(".exit").get_attribute("data-loading")
    with visit.page.expect_event("requestfailed"):
        visit.page.click(".exit")
    assert visit.page.locator("body").is_hidden()
    assert visit.page.locator("html").inner_text().strip() == loading
    visit.page.get_by_role("alert").get_by_role("link").click()
    visit.page.wait_for_url(TARGET)


def test_the_exit_is_at_the_top_and_stays_in_view_where_anything_can(visit, old):
    for scrolled in (0, 900):
        visit.page.evaluate(f"scrollTo(0, {scrolled})")
        box = visit.page.locator(".exit").bounding_box()
        assert box["height"] >= 48
        assert box["width"] >= 320
        if old.position != "static" or not scrolled:
            assert box["y"] == 0
            assert visit.page.evaluate("document.elementFromPoint(180, 20).className") == "exit"


def test_the_bar_covers_nothing_of_the_header(visit):
    bar, home = (visit.page.locator(name).bounding_box() for name in (".exit", ".home"))
    assert home["y"] >= bar["y"] + bar["height"]


def test_the_readers_language_is_offered(visit):
    offer = visit.page.locator(".offer")
    assert offer.is_visible()
    assert offer.get_attribute("lang") == "ru"
    offer.locator("a").click()
    visit.page.wait_for_url(visit.site + "ru/help.html")


def test_every_card_shows_its_name_and_its_numbers(visit):
    cards = visit.page.locator(".card").all()
    assert cards
    for card in cards:
        card.scroll_into_view_if_needed()
        assert card.inner_text().strip()
        for line in card.locator(".call a").all():
            assert line.is_visible()
            box = line.bounding_box()
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= SMALL["width"]
            assert line.get_attribute("href")
    assert visit.page.locator(".card a[href^='tel:']").count() > 2
    assert visit.page.evaluate("document.scrollingElement.scrollWidth") <= SMALL["width"]


def search_for(page, words):
    page.click(".find")
    page.locator(".search input").wait_for()
    page.locator(".search input").fill(words)
    page.keyboard.press("Enter")  # where a page hears no key, the form is still sent


def test_the_search_finds_and_what_it_finds_opens(visit):
    search_for(visit.page, "pass")
    found = visit.page.locator(".search li a").first
    found.wait_for()
    assert visit.page.locator(".search [role=status]").inner_text().strip()
    box = found.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= SMALL["width"]
    to = found.evaluate("a => a.href")
    assert to.startswith(visit.site)
    found.click()
    visit.page.wait_for_url(to)


def test_the_search_closes_and_opens_again(visit):
    search_for(visit.page, "pass")
    visit.page.locator(".search li a").first.wait_for()
    visit.page.locator(".search button").click()
    visit.page.locator(".search").wait_for(state="hidden")
    search_for(visit.page, "pass")
    visit.page.locator(".search li a").first.wait_for()


def test_somebody_who_finds_nothing_is_led_to_help_and_to_the_emergency_number(visit):
    search_for(visit.page, "qxqxqx")
    help_link = visit.page.locator(".search div a").first
    help_link.wait_for()
    assert visit.page.locator(".search a[href^='tel:']").is_visible()
    assert help_link.evaluate("a => a.href") == visit.site + "help.html"


@pytest.mark.parametrize("missing", ["et", "contacts", "engine", "box"])
def test_where_the_search_fails_the_page_of_contents_opens_and_leads_on(visit, missing):
    visit.page.route(f"**/assets/search/{missing}.js", lambda route: route.abort())
    visit.page.click(".find")
    visit.page.wait_for_url(visit.site + "find.html")
    pages = visit.page.locator(".contents > li > a").all()
    assert len(pages) > 10
    for page in pages:
        assert page.is_visible()
        box = page.bounding_box()
        assert box["x"] + box["width"] <= SMALL["width"]
    link = visit.page.locator(".contents a[href^='safety.html']").first
    to = link.evaluate("a => a.href")
    link.click()
    visit.page.wait_for_url(to)


def test_where_a_script_of_the_search_throws_the_page_of_contents_opens(visit):
    visit.page.route(
        "**/assets/search/engine.js",
        lambda route: route.fulfill(content_type="text/javascript", body="throw Error()"),
    )
    visit.page.click(".find")
    visit.page.wait_for_url(visit.site + "find.html")
