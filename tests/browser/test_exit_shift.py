"""Shift pressed three times leaves; Shift in any other use does not, and nothing is said of it."""

from __future__ import annotations

import pytest

from ..repository import WORDS
from ..visit import Visit, three_shifts


def said(page):
    return page.locator(".told").text_content()


def stays(visit):
    """Nobody left and nothing was said; three plain presses still leave."""
    assert visit.asked == []
    assert said(visit.page) == ""
    three_shifts(visit.page)
    visit.left()


@pytest.mark.parametrize("held", ["Alt", "Control", "Meta"])
def test_shift_with_another_modifier_does_not_count_as_a_press(visit, held):
    """As people with three keyboard layouts step through them, or a screen reader is commanded."""
    visit.page.keyboard.down(held)
    three_shifts(visit.page)
    visit.page.keyboard.up(held)
    stays(visit)


@pytest.mark.parametrize("key", ["Alt", "Control", "a", "Tab", "ArrowDown"])
def test_shift_does_not_count_if_another_key_is_pressed_while_it_is_down(visit, key):
    for _ in range(3):
        visit.page.keyboard.down("Shift")
        visit.page.keyboard.press(key)
        visit.page.keyboard.up("Shift")
    stays(visit)


def test_a_modifier_counts_as_held_if_only_the_state_of_the_event_reports_it(visit):
    """A system may keep the key's own events to itself."""
    visit.page.evaluate(
        "for (const type of ['keydown', 'keyup', 'keydown', 'keyup', 'keydown', 'keyup'])"
        "dispatchEvent(new KeyboardEvent(type, {key: 'Shift', modifierAltGraph: true}))"
    )
    stays(visit)


POINTERS = {
    "click": lambda page: page.mouse.click(700, 400),
    "wheel": lambda page: page.mouse.wheel(0, 100),
    "drag": lambda page: (page.mouse.move(300, 300), page.mouse.down(), page.mouse.move(600, 400)),
    "end of a drag": lambda page: page.mouse.up(),
}


@pytest.mark.parametrize("pointer", POINTERS)
def test_shift_with_a_click_or_a_scroll_does_not_count(visit, pointer):
    page = visit.page
    if pointer == "end of a drag":
        POINTERS["drag"](page)
    for _ in range(3):
        page.keyboard.down("Shift")
        page.evaluate("void (window.wheel = new Promise(seen => addEventListener('wheel', seen)))")
        POINTERS[pointer](page)
        if pointer == "wheel":  # it comes to the page later than the call returns
            page.evaluate("wheel.then(() => 0)")
        page.keyboard.up("Shift")
    page.mouse.up()
    stays(visit)


@pytest.mark.parametrize(
    "field", ["<input>", "<input type=search>", "<textarea></textarea>", "<p contenteditable>x</p>"]
)
def test_somebody_who_writes_capitals_stays(visit, field):
    visit.page.evaluate(
        f"document.querySelector('main').innerHTML = '{field}'; document.querySelector('main > *').focus()"
    )
    three_shifts(visit.page)
    assert visit.asked == []
    assert said(visit.page) == ""
    visit.page.evaluate("document.activeElement.blur()")
    three_shifts(visit.page)
    visit.left()


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


@pytest.fixture
def timed(whole_browser, site):
    """A visit whose clock stands still until the test moves it on."""
    context = whole_browser.new_context()
    visit = Visit(context, site)
    visit.page.clock.install()
    visit.page.reload()
    visit.page.clock.pause_at(visit.page.evaluate("Date.now()") + 1000)
    yield visit
    context.close()


@pytest.mark.parametrize(
    ("pauses", "leaves"),
    [((900, 900), True), ((100, 1800), True), ((1100, 1100), False), ((100, 2000), False)],
)
def test_the_three_presses_come_within_two_seconds(timed, pauses, leaves):
    timed.page.keyboard.press("Shift")
    for pause in pauses:
        timed.page.clock.run_for(pause)
        timed.page.keyboard.press("Shift")
    if leaves:
        timed.left()
    else:
        assert timed.asked == []
        timed.page.clock.run_for(100)
        timed.page.keyboard.press("Shift")
        timed.page.keyboard.press("Shift")
        timed.left()


def test_a_pause_of_six_seconds_resets_the_count_and_the_message_goes(timed):
    page = timed.page
    page.keyboard.press("Shift")
    page.keyboard.press("Shift")
    last = said(page)
    page.clock.run_for(2100)
    expired = said(page)
    assert expired not in (last, "")
    page.clock.run_for(3900)
    assert said(page) == ""
    page.keyboard.press("Shift")
    assert timed.asked == []
    assert said(page) not in (last, expired, "")


def test_the_status_is_in_the_page_from_the_start_and_stays_the_same(visit):
    """A screen reader speaks what is put into a status that it knows."""
    page = visit.page
    assert page.content().count('role="status"') == 1
    page.evaluate("window.known = document.querySelector('[role=status]')")
    assert page.evaluate("getComputedStyle(known).display !== 'none' && known.textContent === ''")
    page.keyboard.press("Shift")
    assert page.evaluate("known.isConnected && known.textContent.length > 0")


@pytest.mark.parametrize("language", ["et", "lv", "lt", "ru", "en", "uk", "ar", "uz"])
def test_the_message_covers_no_more_than_the_bar_does(browser, site, language):
    """At 320 by 256, which is a desktop at 400 %: the focus stays in view, and a tap on the bar still leaves."""
    page = browser.new_page(viewport={"width": 320, "height": 256})
    page.goto(site + ("help.html" if language == "et" else f"{language}/help.html"))
    bar = page.locator(".exit").bounding_box()
    for key in ("exit-two-more", "exit-one-more"):
        page.keyboard.press("Shift")
        message = page.locator(".told")
        assert message.inner_text() == WORDS[language][key]
        box = message.bounding_box()
        assert box["y"] == 0
        assert box["height"] <= bar["height"] + 1
    assert page.evaluate("document.elementFromPoint(160, 20).className") == "exit"
    page.close()
