"""Leaving the page, in a real browser: every line of reader-safety that a browser can show."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page

from .conftest import ROOT

pytestmark = pytest.mark.xdist_group("sites")
TARGET = "https://www.ilmateenistus.ee/"  # Estonia's exit, played by the test


class Visit:
    """One visitor with a fresh profile; the target's requests are kept and may be held back."""

    def __init__(self, context, site):
        self.context, self.site = context, site
        self.asked = []
        self.held = []
        context.route("**/*", self._route)
        self.page: Page = context.new_page()
        self.page.goto(site + "youth/index.html")
        self.page.goto(site + "help.html")

    def _route(self, route):
        if route.request.url.startswith(self.site):
            route.continue_()
        else:
            self.asked.append(route.request)
            route.fulfill(content_type="text/html", body="<title>Weather</title>Rain")

    def release(self):
        """Let the target answer at last; a context with a request in the air never closes."""
        for route in self.held:
            route.fulfill(content_type="text/html", body="Rain")
        self.held = []

    def left(self):
        self.page.wait_for_url(TARGET)
        assert self.page.url == TARGET
        assert len(self.context.pages) == 1
        assert [request.all_headers().get("referer") for request in self.asked] == [None]


@pytest.fixture
def visit(browser, site):
    context = browser.new_context()
    visit = Visit(context, site)
    yield visit
    visit.release()
    context.close()


def three_shifts(page):
    for key in ("ShiftLeft", "ShiftRight", "ShiftLeft"):
        page.keyboard.press(key)


WAYS = {
    "click": lambda page: page.click(".exit"),
    "ctrl click": lambda page: page.click(".exit", modifiers=["Control"]),
    "middle click": lambda page: page.click(".exit", button="middle"),
    "second link": lambda page: (
        page.keyboard.press("Tab"),
        page.keyboard.press("Tab"),
        page.keyboard.press("Enter"),
    ),
    "shift three times": three_shifts,
}


@pytest.mark.parametrize("way", WAYS)
def test_every_way_out_lands_on_the_target_in_the_same_tab_without_referrer(visit, way):
    WAYS[way](visit.page)
    visit.left()


@pytest.mark.parametrize("way", WAYS)
def test_back_after_an_exit_is_not_the_page_left(visit, way):
    WAYS[way](visit.page)
    visit.left()
    visit.page.go_back()
    assert visit.page.url == visit.site + "youth/index.html"


def test_without_javascript_the_link_is_a_link(browser, site):
    context = browser.new_context(java_script_enabled=False)
    visit = Visit(context, site)
    visit.page.click(".exit")
    visit.left()
    context.close()


def exit_to_a_slow_target(visit):
    """Leave by a click in a second window while the target does not answer, and return a way to look
    into it from the first: Chromium answers no question about a page that is on its way to another."""
    slow = visit.site + "slow"
    visit.context.route(slow, lambda route: visit.held.append(route))
    with visit.context.expect_page() as opened:
        visit.page.evaluate("window.other = open(location.href)")
    second = opened.value
    second.wait_for_load_state()
    second.evaluate(f"document.querySelectorAll('[data-exit]').forEach(a => a.href = '{slow}')")
    with second.expect_request(slow):
        second.mouse.click(600, 20)
    return lambda expression: visit.page.evaluate(f"(document => {expression})(other.document)")


RENDERED = """[...document.querySelectorAll("*")].filter(e => e.getClientRects().length
  && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())).map(e => e.textContent)"""


def test_while_the_target_is_slow_the_page_is_gone_from_eyes_and_ears(visit):
    loading = visit.page.locator(".exit").get_attribute("data-loading")
    look = exit_to_a_slow_target(visit)
    assert look(RENDERED) == [loading]  # what is not rendered is not in the accessibility tree either
    assert look("document.querySelector('[role=alert]').textContent") == loading
    box = look("document.querySelector('[role=alert]').getBoundingClientRect().toJSON()")
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 1280, 720)
    assert look("document.title").strip() == ""


def test_a_page_that_comes_back_is_usable_again(visit):
    title = visit.page.title()
    look = exit_to_a_slow_target(visit)
    assert look("document.body.hidden") is True
    visit.page.evaluate("other.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
    assert look("document.body.hidden") is False
    assert look("document.querySelectorAll('[role=alert]').length") == 0
    assert look("document.title") == title


def test_shift_that_modified_another_key_does_not_count(visit):
    for _ in range(3):
        visit.page.keyboard.press("Shift+A")
    visit.page.keyboard.press("Shift")
    visit.page.keyboard.press("Shift")
    assert visit.page.get_by_role("status").is_visible()
    assert visit.asked == []


def test_another_key_between_resets_the_count(visit):
    for key in ("Shift", "Shift", "x", "Shift", "Shift"):
        visit.page.keyboard.press(key)
    assert visit.asked == []
    visit.page.keyboard.press("Shift")
    visit.left()


def test_a_pause_of_six_seconds_resets_the_count(browser, site):
    context = browser.new_context()
    visit = Visit(context, site)
    visit.page.clock.install()
    visit.page.reload()
    visit.page.keyboard.press("Shift")
    visit.page.keyboard.press("Shift")
    status = visit.page.get_by_role("status")
    last = status.inner_text()
    visit.page.clock.fast_forward(6000)
    assert status.inner_text() != last
    visit.page.keyboard.press("Shift")
    assert visit.asked == []
    assert status.inner_text() not in (last, "")
    context.close()


@pytest.mark.parametrize("size", [(320, 480), (160, 240), (1280, 800)], ids=str)
def test_the_exit_stays_in_view_and_is_large_enough(browser, site, size):
    page = browser.new_page(viewport={"width": size[0], "height": size[1]})
    page.goto(site + "help.html")
    for _ in range(2):
        box = page.locator(".exit").bounding_box()
        assert box["y"] == 0
        assert box["height"] >= 48
        assert box["width"] >= min(size[0], 320)
        top = page.evaluate("document.elementFromPoint(innerWidth / 2, 20).className")
        assert top == "exit"
        assert page.evaluate("scrollTo(0, 4000), scrollY") > 500
    page.close()


def test_the_second_exit_is_second_in_the_tab_order_and_focus_is_not_hidden(browser, site):
    page = browser.new_page(viewport={"width": 320, "height": 480})
    page.goto(site + "help.html")
    seen = []
    while True:
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement === document.body"):
            break
        seen.append(
            page.evaluate(
                "(() => { const e = document.activeElement, r = e.getBoundingClientRect();"
                "const bar = document.querySelector('.exit');"
                "return [e.className, e.hasAttribute('data-exit'), e === bar || e.closest('.skip') !== null"
                " || r.top >= bar.getBoundingClientRect().bottom - 1 && r.top < innerHeight] })()"
            )
        )
    assert len(seen) > 20
    assert seen[0][:2] == ["skip", False]
    assert seen[1][:2] == ["skip", True]
    assert all(clear for _, _, clear in seen)
    page.close()


def test_paper_shows_no_exit_and_no_menu(browser, site):
    page = browser.new_page()
    page.goto(site + "help.html")
    page.emulate_media(media="print")
    for gone in (".exit", ".menu", ".languages", "footer"):
        assert not page.locator(gone).first.is_visible()
    assert page.locator(".card .call a").first.is_visible()
    page.close()


def test_professionals_pages_have_no_exit_and_readers_pages_all_do(sites):
    for page in (sites / "ee/narva").rglob("*.html"):
        name = page.relative_to(sites / "ee/narva").as_posix()
        if name == "404.html":
            continue
        readers = not re.search(r"(^|/)(professionals|about)/", name)
        text = page.read_text("utf-8")
        assert ('class="exit"' in text) == readers, name
        assert text.count('rel="nofollow noreferrer noopener"') == (2 if readers else 0), name


def test_the_exit_speaks_every_language(sites):
    keys = (
        "exit",
        "exit-hidden",
        "exit-skip",
        "exit-loading",
        "exit-two-more",
        "exit-one-more",
        "exit-expired",
    )
    import html

    from campaign.words import read_words

    words = read_words(ROOT)
    for language in ("et", "lv", "lt", "ru", "en"):
        path = "help.html" if language == "et" else f"{language}/help.html"
        text = html.unescape((sites / "ee/narva" / path).read_text("utf-8"))
        for key in keys:
            assert words[language][key] in text, (language, key)
