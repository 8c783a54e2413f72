"""The first screen of a small phone: the header, and the numbers to call first."""

from __future__ import annotations

import re
from datetime import datetime

import pytest

from campaign.pages.page import address

PHONE = {"width": 360, "height": 740}
PLACES = {"ee/narva": "et", "lv/riga": "lv", "lt/vilnius": "lt", "ru/pskov": "ru"}
LANGUAGES = ("et", "lv", "lt", "ru", "en", "uk", "ar", "uz")
TALLEST_HEADER = 190  # px, with the exit above it
SMALLEST_DOOR, SMALLEST_PICTOGRAM = 96, 32  # px
MOST_WORDS = 4  # beside a pictogram
TYPES = (
    "index", "help", "easy", "find", "youth/online", "migrants/at-work", "professionals/referral", "about/site",
)  # fmt: skip
FRIDAY_NIGHT = datetime(2026, 11, 27, 20)  # UTC


BOTTOMS = "selector => [...document.querySelectorAll(selector)].map(e => e.getBoundingClientRect().bottom)"
PARTS = [f"header {part}" for part in (".home", ".danger .tel", ".languages", ".find")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_header_of_every_type_of_page_leaves_the_first_screen_to_the_text(browser, sites, language):
    """Every type of page in Estonia, and half of the types in each other country: a header differs between countries
    only in the names of the place and of its languages."""
    page = browser.new_page(viewport=PHONE, locale="lv-LV")
    for number, (place, first) in enumerate(PLACES.items()):
        if place == "ru/pskov" and language == "uk":  # which Russia does not offer
            continue
        for path in TYPES if number == 0 else TYPES[number % 2 :: 2]:
            page.goto(f"file://{sites / place / address(f'{path}.html', language, first)}")
            (bottom,), *parts = page.evaluate(f"selectors => selectors.map({BOTTOMS})", ["header", *PARTS])
            assert bottom <= TALLEST_HEADER, (place, path)
            for part, found in zip(PARTS, parts, strict=True):
                assert 0 < found[0] <= bottom, (place, path, part)
    page.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_begins_with_whole_numbers_and_the_way_to_write(browser, sites, language):
    page = browser.new_page(viewport=PHONE, locale="et-EE")
    page.clock.install(time=FRIDAY_NIGHT)
    for place, first in PLACES.items():
        if place == "ru/pskov" and language == "uk":  # which Russia does not offer
            continue
        page.goto(f"file://{sites / place / address('help.html', language, first)}")
        found = page.evaluate(BOTTOMS, ".first li")
        assert 2 <= len(found) <= 4, place
        assert max(found) <= PHONE["height"], (place, found)
        hrefs = page.evaluate(
            "[...document.querySelectorAll('.first .tel')].map(a => a.getAttribute('href'))"
        )
        assert "tel:112" not in hrefs  # that is in the header
    page.close()


def test_lines_that_are_closed_now_come_after_the_others(browser, sites):
    page = browser.new_page(viewport=PHONE)
    page.clock.install(time=FRIDAY_NIGHT)
    page.goto(f"file://{sites / 'lv/riga/help.html'}")
    shut = page.evaluate(
        "[...document.querySelectorAll('.first li:not(.write)')].map(e => !!e.querySelector('.shut'))"
    )
    assert shut == sorted(shut)
    assert True in shut
    page.close()


# The address of the link that a finger meets at a point of an element.
TAPPED = """(element, [x, y]) => {
  element.scrollIntoView();
  const box = element.getBoundingClientRect();
  return document.elementFromPoint(box.left + x, box.top + y)?.closest("a")?.getAttribute("href");
}"""


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_three_doors_are_large_and_open_wherever_they_are_tapped(browser, sites, language):
    page = browser.new_page(viewport={"width": 320, "height": 740})
    start = f"file://{sites / 'ee/narva' / address('index.html', language, 'et')}"
    page.goto(start)
    doors = page.locator(".door")
    links = [door.get_attribute("href") for door in doors.locator("a").all()]
    assert links == ["youth/index.html", "migrants/index.html", "for-someone-i-know.html"]
    for number, link in enumerate(links):
        box = doors.nth(number).bounding_box()
        assert box["height"] >= SMALLEST_DOOR and box["width"] >= SMALLEST_DOOR
        corners = ((3, 3), (box["width"] - 3, 3), (3, box["height"] - 3), (box["width"] / 2, 40))
        for x, y in corners:
            assert doors.nth(number).evaluate(TAPPED, [x, y]) == link, (x, y)
        doors.nth(number).click(position={"x": 3, "y": 3})
        page.wait_for_url(f"**/{link}")
        page.goto(start)
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_pictograms_are_large_enough_to_know_them_and_stand_out(browser, sites, scheme):
    page = browser.new_page(viewport={"width": 320, "height": 740}, color_scheme=scheme)
    for path in ("index", "for-me", "what-it-is", "easy", "migrants/signs", "pictures"):
        page.goto(f"file://{sites / 'lv/riga' / path}.html")
        drawn = page.evaluate(
            """[...document.querySelectorAll('svg.pictogram')].map(svg => {
                const box = svg.getBoundingClientRect(), style = getComputedStyle(svg);
                return [Math.min(box.width, box.height), box.left >= 0 && box.right <= innerWidth,
                    svg.getAttribute('aria-hidden'), style.fill, style.stroke, getComputedStyle(document.body).backgroundColor];
            })"""
        )
        assert len(drawn) >= 2, path
        for size, inside, hidden, fill, stroke, ground in drawn:
            assert (size >= SMALLEST_PICTOGRAM, inside, hidden, fill) == (True, True, "true", "none"), path
            assert stroke not in ("none", ground), path
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
    page.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_in_pictures_has_few_words_and_the_numbers_of_the_place(browser, sites, language):
    page = browser.new_page(viewport=PHONE)
    for place, first in PLACES.items():
        if place == "ru/pskov" and language == "uk":
            continue
        page.goto(f"file://{sites / place / address('pictures.html', language, first)}")
        said = page.locator(".pictured").all_inner_texts()
        assert len(said) >= 12, place
        assert [words for words in said if len(re.findall(r"[^\W\d]\S*", words)) > MOST_WORDS] == [], place
        assert page.locator(".first .tel").count() >= 1, place
        assert page.locator("#write-instead").count() == 1, place
    page.close()
