"""The first screen of a small phone: the header, and the numbers to call first."""

from __future__ import annotations

from datetime import datetime

import pytest

from campaign.pages.page import address

PHONE = {"width": 360, "height": 740}
PLACES = {"ee/narva": "et", "lv/riga": "lv", "lt/vilnius": "lt", "ru/pskov": "ru"}
LANGUAGES = ("et", "lv", "lt", "ru", "en", "uk", "ar", "uz")
TALLEST_HEADER = 190  # px, with the exit above it
TYPES = (
    "index", "help", "easy", "find", "youth/online", "migrants/at-work", "professionals/referral", "about/site",
)  # fmt: skip
FRIDAY_NIGHT = datetime(2026, 11, 27, 20)  # UTC


def bottoms(page, selector: str) -> list[float]:
    return page.evaluate(
        "selector => [...document.querySelectorAll(selector)].map(e => e.getBoundingClientRect().bottom)",
        selector,
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_header_of_every_type_of_page_leaves_the_first_screen_to_the_text(browser, sites, language):
    page = browser.new_page(viewport=PHONE, locale="lv-LV")
    for place, first in PLACES.items():
        if place == "ru/pskov" and language == "uk":  # which Russia does not offer
            continue
        for path in TYPES:
            page.goto(f"file://{sites / place / address(f'{path}.html', language, first)}")
            (bottom,) = bottoms(page, "header")
            assert bottom <= TALLEST_HEADER, (place, path)
            for part in (".home", ".danger .tel", ".languages", ".find"):
                assert 0 < bottoms(page, f"header {part}")[0] <= bottom, (place, path, part)
    page.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_begins_with_whole_numbers_and_the_way_to_write(browser, sites, language):
    page = browser.new_page(viewport=PHONE, locale="et-EE")
    page.clock.install(time=FRIDAY_NIGHT)
    for place, first in PLACES.items():
        if place == "ru/pskov" and language == "uk":  # which Russia does not offer
            continue
        page.goto(f"file://{sites / place / address('help.html', language, first)}")
        found = bottoms(page, ".first li")
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
