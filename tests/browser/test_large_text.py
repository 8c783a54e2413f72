"""Letters at twice their size on a phone, as a reader's own settings make them: nothing leaves the screen."""

from __future__ import annotations

import pytest

from ..chromium import SHELL

LANGUAGES = ("et", "lv", "lt", "ru", "en", "uk", "ar", "uz")
KINDS = (
    "index",
    "help",
    "safety",
    "easy",
    "pictures",
    "find",
    "questions",
    "youth/online",
    "migrants/at-work",
    "migrants/marriage-abroad",
    "professionals/index",
    "professionals/referral",
    "professionals/meetings",
    "professionals/training",
    "about/sources",
    "about/site",
)
WIDTHS = (320, 360)

# Digits that share no space with others stand on one line, inside the window and inside their card.
WIDE_OR_CUT = """() => [document.scrollingElement.scrollWidth, [...document.querySelectorAll("a[href^='tel:'], .call b, .call a")].flatMap(link => {
  const all = document.createRange(), wrong = [];
  for (const text of [...link.childNodes].filter(node => node.nodeType === 3)) {
    for (const group of text.data.matchAll(/[+\\d]+/g)) {
      all.setStart(text, group.index);
      all.setEnd(text, group.index + group[0].length);
      const lines = [...all.getClientRects()].filter(box => box.width), end = all.getBoundingClientRect().right;
      const card = link.closest('.card'), edge = card ? card.getBoundingClientRect().right : innerWidth;
      if (lines.length > 1 || end > Math.min(edge, innerWidth)) wrong.push(link.textContent);
    }
  }
  return wrong;
})]"""


@pytest.fixture(scope="module")
def large(browser):
    """A browser whose letters are 32 pixels high where a page does not say otherwise."""
    settings = [*SHELL["args"], "--blink-settings=defaultFontSize=32"]
    large = browser.browser_type.launch(executable_path=SHELL["executable_path"], args=settings)
    yield large
    large.close()


def addresses(sites, language):
    """Every kind of page of a copy in the language, and where most cards are: the other countries' help."""
    for place, first in (("ee/narva", "et"), ("lv/riga", "lv"), ("lt/vilnius", "lt"), ("ru/pskov", "ru")):
        prefix = "" if language == first else f"{language}/"
        for kind in KINDS if place == "ee/narva" else ("help", "youth/online", "professionals/referral"):
            path = sites / place / f"{prefix}{kind}.html"
            if path.exists():  # not every country offers every language
                yield f"file://{path}"
    yield f"file://{sites}/ee/narva/404.html"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_scrolls_sideways_and_no_number_is_cut(large, sites, language):
    page = large.new_page()
    seen = 0
    for number, address in enumerate(addresses(sites, language)):
        page.goto(address)
        assert page.evaluate("parseFloat(getComputedStyle(document.body).fontSize)") == 36
        page.evaluate("document.querySelectorAll('details').forEach(details => { details.open = true })")
        for width in WIDTHS[:: 1 if number % 2 else -1]:  # the first is that of the page before
            page.set_viewport_size({"width": width, "height": 640})
            scrolled, cut = page.evaluate(WIDE_OR_CUT)
            assert (scrolled <= width, cut) == (True, []), (address, width)
        seen += page.locator("a[href^='tel:']").count()
    assert seen > 50
    page.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_bar_of_the_exit_takes_at_most_a_sixth_of_the_height(large, site, language):
    page = large.new_page()
    page.goto(site + ("help.html" if language == "et" else f"{language}/help.html"))
    for width in WIDTHS:
        for height in (480, 640, 740):
            page.set_viewport_size({"width": width, "height": height})
            box = page.locator(".exit").bounding_box()
            assert 48 <= box["height"] <= height / 6, (width, height)
            assert box["width"] == width
            inside = (
                "document.querySelector('.exit').scrollWidth <= document.querySelector('.exit').clientWidth"
            )
            assert page.evaluate(inside)
    page.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_open_search_scrolls_nothing_sideways(large, site, language):
    page = large.new_page(viewport={"width": 320, "height": 640})
    page.goto(site + ("index.html" if language == "et" else f"{language}/index.html"))
    page.click(".find")
    page.wait_for_selector(".search input:focus")
    assert page.evaluate("document.scrollingElement.scrollWidth") <= 320
    page.close()
