"""Reading aloud: only with a voice of the device in the language of the page, and ended by the exit."""

from __future__ import annotations

import json

import pytest

# A browser's speech as far as the page uses it. `spoken` is what was heard, `voices` what the device has.
FAKE = """
(function (voices) {
  var waiting = [], now;
  function next() {
    now = waiting.shift();
    if (now) { window.spoken.push([now.text, now.voice && now.voice.name, now.lang]); if (now.onstart) { now.onstart(); } }
  }
  window.spoken = []; window.canceled = 0;
  window.SpeechSynthesisUtterance = function (text) { this.text = text; };
  window.heard = function () { var one = now; next(); if (one && one.onend) { one.onend(); } };
  Object.defineProperty(window, 'speechSynthesis', { value: {
    getVoices: function () { return voices; },
    speak: function (one) { waiting.push(one); if (!now) { next(); } },
    cancel: function () { var one = now; waiting = []; now = null; window.canceled += 1; if (one && one.onend) { one.onend(); } },
    more: function (voice) { voices.push(voice); if (this.onvoiceschanged) { this.onvoiceschanged(); } }
  } });
})(%s);
"""
LOCAL = {"name": "Mari", "lang": "et-EE", "localService": True}
REMOTE = {"name": "Cloud", "lang": "et-EE", "localService": False}
RUSSIAN = {"name": "Irina", "lang": "ru_RU", "localService": True}


@pytest.fixture
def opened(browser, site):
    """Open a page of Narva's copy on a device with these voices."""
    contexts = []

    def opened(path, *voices):
        context = browser.new_context()
        contexts.append(context)
        context.add_init_script(FAKE % json.dumps(voices))
        page = context.new_page()
        page.goto(site + path)
        return page

    yield opened
    for context in contexts:
        context.close()


def labels(page):
    return page.locator("main button:visible").all_inner_texts()


@pytest.mark.parametrize(
    ("path", "voices"),
    [
        ("questions.html", []),
        ("questions.html", [REMOTE]),
        ("questions.html", [RUSSIAN]),
        ("ru/questions.html", [LOCAL, REMOTE]),
        ("professionals/signs.html", [LOCAL]),
    ],
)
def test_nothing_is_offered_without_a_voice_of_the_device_in_the_language_or_to_professionals(
    opened, path, voices
):
    assert labels(opened(path, *voices)) == []


def test_a_voice_that_the_browser_finds_later_is_offered(opened):
    page = opened("questions.html", REMOTE)
    page.evaluate("voice => speechSynthesis.more(voice)", LOCAL)
    assert labels(page) == ["Loe ette"]


def test_it_reads_the_page_from_its_heading_with_the_local_voice_only_and_sends_nothing(opened, site):
    page = opened("ru/questions.html", REMOTE, RUSSIAN)
    asked = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(site)))
    page.get_by_role("button", name="Прочитать вслух").click()
    page.get_by_role("button", name="Пауза").wait_for()
    assert page.evaluate("spoken.length") == 1
    assert page.evaluate("spoken[0]") == [page.locator("h1").inner_text(), "Irina", "ru_RU"]
    page.evaluate("for (var i = 0; i < 400; i += 1) { heard(); }")
    assert {(name, lang) for _, name, lang in page.evaluate("spoken")} == {("Irina", "ru_RU")}
    said = " ".join(text for text, _, _ in page.evaluate("spoken"))
    for paragraph in page.locator("main > p").all_inner_texts():
        assert paragraph.split()[0] in said
    assert max(len(text) for text, _, _ in page.evaluate("spoken")) <= 200
    assert labels(page) == ["Прочитать вслух"]
    assert asked == ["assets/aloud.js"]


def test_it_pauses_goes_on_at_the_same_sentence_and_stops(opened):
    page = opened("questions.html", LOCAL)
    page.get_by_role("button", name="Loe ette").click()
    page.get_by_role("button", name="Peata").wait_for()
    page.evaluate("heard(); heard();")
    third = page.evaluate("spoken[2][0]")
    page.get_by_role("button", name="Peata").click()
    assert labels(page) == ["Jätka", "Lõpeta"]
    page.evaluate("heard()")
    assert page.evaluate("spoken.length") == 3
    page.get_by_role("button", name="Jätka").click()
    assert page.evaluate("spoken[3][0]") == third
    page.get_by_role("button", name="Lõpeta").click()
    assert labels(page) == ["Loe ette"]
    page.get_by_role("button", name="Loe ette").click()
    assert page.evaluate("spoken[4][0]") == page.evaluate("spoken[0][0]")


@pytest.mark.parametrize("way", ["tap", "shift"])
def test_the_exit_ends_the_reading_even_if_the_other_page_never_comes(opened, way):
    page = opened("questions.html", LOCAL)
    page.route("https://**", lambda route: route.fulfill(status=204))  # the page stays
    page.get_by_role("button", name="Loe ette").click()
    page.get_by_role("button", name="Peata").wait_for()
    before = page.evaluate("[canceled, spoken.length]")
    if way == "tap":
        page.evaluate("document.querySelector('a.exit').click()")
    else:
        for _ in range(3):
            page.keyboard.press("Shift")
    assert page.evaluate("[canceled, spoken.length]") == [before[0] + 1, before[1]]


def test_without_speech_the_page_works_as_before(browser, site):
    context = browser.new_context()
    context.add_init_script("Object.defineProperty(window, 'speechSynthesis', { value: undefined });")
    page = context.new_page()
    said = []
    page.on("pageerror", lambda error: said.append(str(error)))
    page.goto(site + "questions.html")
    assert page.locator(".find").get_attribute("role") == "button"
    assert (labels(page), said) == ([], [])
    context.close()
