"""The same reader in Firefox: leaving, the offer of a language, the search, paper, and nothing kept."""

from __future__ import annotations

import subprocess

import pytest

from ..firefox import ALT, ENTER, RIGHT_SHIFT, SHIFT, TAB, firefox
from ..repository import WORDS
from ..visit import TARGET


@pytest.fixture(scope="module")
def reading_russian_in_the_dark(tmp_path_factory):
    settings = {"intl.accept_languages": "ru-RU, ru", "layout.css.prefers-color-scheme.content-override": 0}
    with firefox(tmp_path_factory.mktemp("firefox"), TARGET, settings) as browser:
        yield browser


@pytest.fixture
def fox(reading_russian_in_the_dark, site):
    """Two pages read, nothing asked of the target."""
    browser = reading_russian_in_the_dark
    browser.asked.clear()
    browser.errors.clear()
    browser.answers = [200]
    browser.open(site + "youth/index.html")
    browser.open(site + "help.html")
    yield browser
    assert browser.errors == []


WAYS = {
    "click": lambda fox: fox.click(".exit"),
    "link among the skip links": lambda fox: fox.press(TAB, TAB, ENTER),
    "Shift": lambda fox: fox.press(SHIFT, RIGHT_SHIFT, SHIFT),
}


@pytest.mark.parametrize("way", WAYS)
def test_every_way_out_sends_no_referrer_and_the_back_button_does_not_return(fox, site, way):
    WAYS[way](fox)
    fox.arrives(TARGET)
    assert [headers.get("referer") for headers in fox.asked] == [None]
    fox.back()
    fox.arrives(site + "youth/index.html")


def test_shift_with_alt_or_in_a_text_field_stays(fox, site):
    fox.press(SHIFT, SHIFT, SHIFT, held=ALT)
    fox.evaluate("document.querySelector('main').insertAdjacentHTML('afterbegin', '<input>')")
    fox.evaluate("document.querySelector('main input').focus()")
    fox.press(SHIFT, SHIFT, SHIFT)
    assert fox.evaluate("document.querySelector('.told').textContent") == ""
    assert fox.asked == []
    assert fox.address == site + "help.html"


@pytest.mark.parametrize(
    "fault", ["Element.prototype.append", "NodeList.prototype.forEach", "Node.prototype.cloneNode"]
)
def test_the_reader_leaves_although_something_is_missing(fox, fault):
    fox.evaluate(f"delete {fault}")
    fox.click(".exit")
    fox.arrives(TARGET)


def test_while_the_target_does_not_come_the_page_is_covered_and_the_cover_leads_on(fox):
    fox.answers = []
    loading = fox.evaluate("document.querySelector('.exit').dataset.loading")
    fox.click(".exit")
    fox.until(lambda: len(fox.asked) == 1)
    assert fox.evaluate("document.documentElement.innerText.trim()") == loading
    assert fox.evaluate("document.title.trim()") == ""
    cover = fox.evaluate("document.querySelector('[role=alert] a').getBoundingClientRect().toJSON()")
    assert [cover["width"], cover["height"]] == fox.evaluate("[innerWidth, innerHeight]")
    fox.answers = [200]
    fox.click("[role=alert] a")
    fox.arrives(TARGET)


def test_the_bar_stays_in_view(fox):
    fox.evaluate("scrollTo(0, 1500)")
    assert fox.evaluate("scrollY") > 500
    assert fox.evaluate("document.querySelector('.exit').getBoundingClientRect().top") == 0
    assert fox.evaluate("document.elementFromPoint(innerWidth / 2, 20).className") == "exit"


def test_the_readers_language_is_offered_and_never_forced(fox, site):
    assert fox.address == site + "help.html"
    assert fox.evaluate("document.querySelector('.offer').lang") == "ru"
    fox.click(".offer a")
    fox.arrives(site + "ru/help.html")
    assert fox.evaluate("document.querySelectorAll('.offer').length") == 0


def test_the_search_finds_and_leads_on(fox, site):
    fox.click(".find")
    fox.waits_for("document.activeElement.matches('.search input')")
    fox.press(*"passi")
    fox.waits_for(
        "document.querySelector('.search li a') && document.querySelector('.search [role=status]').textContent"
    )
    found = fox.evaluate("document.querySelector('.search li a').href")
    assert found.startswith(site)
    fox.evaluate("document.querySelector('.search li a').scrollIntoView({block: 'center'})")
    fox.click(".search li a")
    fox.arrives(found)


def test_paper_has_dark_ink_and_no_exit(fox, site, tmp_path):
    """Also where the screen is dark: Firefox keeps the colours of backgrounds when asked."""
    fox.open(site + "ru/help.html")
    assert fox.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(16, 25, 28)"
    (tmp_path / "page.pdf").write_bytes(fox.paper())
    run = {"cwd": tmp_path, "capture_output": True, "check": True, "timeout": 60}
    text = " ".join(subprocess.run(["pdftotext", "page.pdf", "-"], **run).stdout.decode().split())
    words = WORDS["ru"]
    for gone in ("exit", "exit-hidden", "search", "menu", "safety-link"):
        assert words[gone] not in text, gone
    assert "116 006" in text
    subprocess.run(
        ["pdftoppm", "-r", "20", "-gray", "-f", "1", "-l", "1", "-singlefile", "page.pdf", "page"], **run
    )
    pixels = (tmp_path / "page.pgm").read_bytes().split(b"\n", 3)[3]
    assert sum(pixels) / len(pixels) > 215
    assert min(pixels) < 130


def test_nothing_is_kept(fox, site):
    for path in ("ru/index.html", "ru/easy.html", "professionals/referral.html", "404.html"):
        fox.open(site + path)
        kept = fox.evaluate(
            "Promise.all([document.cookie.length, localStorage.length, sessionStorage.length,"
            "indexedDB.databases().then(found => found.length),"
            "navigator.serviceWorker ? navigator.serviceWorker.getRegistrations().then(found => found.length) : 0,"
            "window.caches ? caches.keys().then(keys => keys.length, () => 0) : 0])"
        )
        assert kept == [0, 0, 0, 0, 0, 0]
    assert fox.command("storage.getCookies")["cookies"] == []
    assert fox.asked == []
