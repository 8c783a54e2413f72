"""Leaving the page, in a real browser: every line of reader-safety that a browser can show."""

from __future__ import annotations

import html
import re
from contextlib import contextmanager

import pytest

from campaign.site.page_scripts import read_scripts

from ..chromium import silent_host
from ..project import ROOT
from ..repository import WORDS
from ..visit import TARGET, WAYS, Visit, three_shifts


@pytest.mark.parametrize("way", WAYS)
def test_every_way_out_lands_on_the_target_in_the_same_tab_without_referrer(visit, way):
    WAYS[way](visit.page)
    visit.left()


@pytest.mark.parametrize("way", WAYS)
def test_the_back_button_after_an_exit_does_not_return_to_the_page(visit, way):
    visit.come_from_another_page()
    WAYS[way](visit.page)
    visit.left()
    visit.page.go_back()
    assert visit.page.url == visit.before


def test_without_javascript_the_link_is_a_link(whole_browser, site):
    context = whole_browser.new_context(java_script_enabled=False)
    visit = Visit(context, site)
    visit.page.click(".exit")
    visit.left()
    context.close()


@contextmanager
def exit_to_a_slow_target(visit):
    """Leave by a click in a second window while the target does not answer, and give a way to look into it
    from the first: Chromium answers no question about a page that is on its way to another, and Playwright
    waits for ever if the request is held back by a route. So a real host stays silent."""
    with silent_host() as slow:
        visit.context.unroute_all()
        with visit.context.expect_page() as opened:
            visit.page.evaluate("window.other = open(location.href)")
        second = opened.value
        second.wait_for_load_state()
        second.evaluate(f"document.querySelectorAll('[data-exit]').forEach(a => a.href = '{slow}')")
        with second.expect_request(slow):
            second.mouse.click(600, 20)
        yield lambda expression: visit.page.evaluate(f"(document => {expression})(other.document)")


RENDERED = """[...document.querySelectorAll("*")].filter(e => e.getClientRects().length
  && [...e.childNodes].some(n => n.nodeType === 3 && n.data.trim())).map(e => e.textContent)"""


def test_while_the_target_is_slow_the_page_is_gone_from_eyes_and_ears(visit):
    loading = visit.page.locator(".exit").get_attribute("data-loading")
    with exit_to_a_slow_target(visit) as look:
        assert look(RENDERED) == [loading]  # what is not rendered is not in the accessibility tree either
        assert look("document.querySelector('[role=alert]').textContent") == loading
        box = look("document.querySelector('[role=alert]').getBoundingClientRect().toJSON()")
        assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, 1280, 720)
        assert look("document.title").strip() == ""


@pytest.mark.parametrize("again", ["click", "shift three times"])
def test_where_the_target_does_not_come_the_reader_can_try_again(visit, again):
    """204 stops a navigation as the stop button does: the page stays, covered, and the cover leads on."""
    visit.come_from_another_page()
    visit.fail_to_leave()
    assert visit.page.url == visit.site + "help.html"
    assert visit.page.locator("main").is_hidden()
    if again == "click":
        visit.page.mouse.click(600, 500)
    else:
        three_shifts(visit.page)
    visit.page.wait_for_url(TARGET)
    visit.page.go_back()
    assert visit.page.url == visit.before


def test_a_page_that_comes_back_is_usable_again(visit):
    title = visit.page.title()
    with exit_to_a_slow_target(visit) as look:
        assert look("document.body.hidden") is True
        visit.page.evaluate("other.dispatchEvent(new PageTransitionEvent('pageshow', {persisted: true}))")
        assert look("document.body.hidden") is False
        assert look("document.querySelectorAll('[role=alert]').length") == 0
        assert look("document.title") == title


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
    for gone in (".exit", ".told", ".menu", ".languages", "footer"):
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
    for language in ("et", "lv", "lt", "ru", "en", "uk"):
        path = "help.html" if language == "et" else f"{language}/help.html"
        text = html.unescape((sites / "ee/narva" / path).read_text("utf-8"))
        for key in [key for key in WORDS["en"] if key.startswith("exit")]:
            assert WORDS[language][key] in text, (language, key)


@pytest.mark.parametrize("language", ["et", "lv", "lt", "ru", "en", "uk"])
def test_both_exit_links_have_one_wording_and_their_landmark_another(browser, site, language):
    page = browser.new_page()
    page.goto(site + ("help.html" if language == "et" else f"{language}/help.html"))
    words = WORDS[language]
    name = f"{words['exit-hidden']}: {words['exit']}"
    links = page.get_by_role("navigation", name=words["exit-hidden"], exact=True).get_by_role("link")
    assert links.count() == page.get_by_role("link", name=name, exact=True).count() == 2
    page.close()


def test_the_bar_shows_its_whole_focus_ring(browser, site):
    """The ring is drawn inside the bar, which reaches to three edges of the window."""
    page = browser.new_page()
    page.goto(site + "help.html")
    for _ in range(3):
        page.keyboard.press("Tab")
    ring = page.evaluate(
        "(() => { const s = getComputedStyle(document.activeElement);"
        "return [document.activeElement.className, s.outlineStyle, parseFloat(s.outlineWidth),"
        "parseFloat(s.outlineOffset), s.outlineColor === s.backgroundColor] })()"
    )
    assert ring[:2] == ["exit", "solid"]
    assert ring[2] >= 2
    assert ring[3] <= -ring[2]
    assert ring[4] is False
    page.close()


def test_the_exit_is_ready_before_the_text_of_the_page_has_arrived(sites):
    """On a slow line the bar is seen long before the end of the page: its script comes with the header."""
    script = read_scripts(ROOT, "exit.js")
    for path in ("help.html", "ru/youth/online.html"):
        text = (sites / "ee/narva" / path).read_text("utf-8")
        assert text.index('class="exit"') < text.index(script) < text.index("<main")
