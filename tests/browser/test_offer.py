"""The offer of the reader's language: languages are compared as values, and no entry stops it."""

from __future__ import annotations

import pytest

SET = "Object.defineProperty(navigator, '%s', {configurable: true, get: () => %s});"


def offered(browser, site, path, script):
    """What the page offers (None for nothing) and the errors of its scripts."""
    page = browser.new_page()
    errors = []
    page.on("pageerror", lambda error: errors.append(error))
    page.add_init_script(script)
    page.goto(site + path)
    offer = page.locator(".offer")
    language = offer.get_attribute("lang") if offer.count() else None
    if language:
        assert offer.locator("a").get_attribute("lang") == language
    page.close()
    return language, errors


@pytest.mark.parametrize(
    ("path", "languages", "language"),
    [
        ("lv/help.html", "['ltg', 'lv']", None),  # Latgalian, whose reader reads Latvian too
        ("help.html", "['ltg', 'lv']", "lv"),
        ("help.html", "['rup-RO', 'en-GB']", "en"),  # Aromanian is no Russian
        ("help.html", "['ru-RU', 'et']", "ru"),
        ("help.html", "['RU']", "ru"),
        ("help.html", "['ru_RU']", "ru"),  # as an Android WebView writes it
        ("help.html", "['et-EE', 'ru']", None),
        ("help.html", "['*', 'ru']", "ru"),
        ("help.html", "['', 'ru']", "ru"),
        ("help.html", "['-', '_', ' ', 'ru']", "ru"),
        ("help.html", "[null, undefined, 7, {}, Symbol('x'), ['lv'], Object.create(null), 'ru']", "ru"),
        ("help.html", "['\\']', '] *', 'a[b=c]', '\\\\', '\\n', 'ru']", "ru"),
        ("help.html", "['constructor', '__proto__', 'ru']", "ru"),
        ("help.html", "['zh-Hant-TW', 'tlh']", None),
        ("help.html", "[]", None),
        ("help.html", "Object.freeze(['uk'])", "uk"),
        ("uk/help.html", "['ru', 'uk']", "ru"),
    ],
)
def test_a_language_is_offered_for_what_it_is_and_nothing_throws(browser, site, path, languages, language):
    assert offered(browser, site, path, SET % ("languages", languages)) == (language, [])


@pytest.mark.parametrize(("only", "language"), [("'ru-RU'", "ru"), ("undefined", None), ("null", None)])
def test_a_browser_may_name_one_language_or_none(browser, site, only, language):
    script = SET % ("languages", "undefined") + SET % ("language", only)
    assert offered(browser, site, "help.html", script) == (language, [])


def test_a_page_that_lacks_the_language_does_not_offer_it(browser, site):
    """Most pages are not yet written in Arabic."""
    assert offered(browser, site, "youth/online.html", SET % ("languages", "['ar', 'ru']")) == ("ru", [])
