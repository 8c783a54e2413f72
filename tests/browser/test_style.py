"""What the style sheet promises on paper and under a thumb."""

from __future__ import annotations

import subprocess

import pytest

PLACES = (("ee/narva", "et"), ("lv/riga", "lv"), ("lt/vilnius", "lt"), ("ru/pskov", "ru"))

COLOURS = """() => {
  const light = colour => {
    const [r, g, b, a] = colour.match(/[\\d.]+/g).map(Number).concat(1);
    return a === 0 ? null : (0.2126 * r + 0.7152 * g + 0.0722 * b) / 255;
  };
  return [...document.querySelectorAll('body, body *')].filter(e => e.getClientRects().length).map(e => {
    const style = getComputedStyle(e);
    return [e.tagName + '.' + e.className, light(style.color), light(style.backgroundColor)];
  });
}"""


@pytest.mark.parametrize("path", ["help.html", "ru/index.html", "professionals/referral.html", "404.html"])
def test_paper_has_dark_ink_on_white_also_where_the_screen_is_dark(browser, site, path):
    page = browser.new_page(color_scheme="dark")
    page.goto(site + path)
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(16, 25, 28)"
    page.emulate_media(media="print", color_scheme="dark")
    seen = page.evaluate(COLOURS)
    assert len(seen) > 20
    assert [name for name, ink, _ in seen if ink > 0.35] == []
    assert [name for name, _, ground in seen if ground is not None and ground < 0.9] == []
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"
    page.close()


def test_what_holds_now_is_not_printed(page, site):
    """A sheet hangs for months: whether a line is open today is for the screen."""
    page.goto(site + "help.html")
    page.evaluate(
        "document.querySelector('.hours').insertAdjacentHTML('afterend',"
        "'<b class=open>now</b><b class=shut>later</b>')"
    )
    page.emulate_media(media="print")
    assert [page.locator(name).first.is_visible() for name in (".hours", "b.open", "b.shut")] == [
        True,
        False,
        False,
    ]


def test_a_note_on_a_number_is_not_louder_than_the_number(page, site):
    page.goto(site + "help.html")
    page.evaluate(
        "document.querySelector('.call small').insertAdjacentHTML('beforeend', '<b class=shut>later</b>')"
    )
    sizes = page.evaluate(
        "['.call a', '.call small b'].map(name => parseFloat(getComputedStyle(document.querySelector(name)).fontSize))"
    )
    assert sizes[1] < sizes[0]


@pytest.mark.parametrize(("place", "first"), PLACES)
def test_links_of_a_card_are_large_enough_for_a_thumb(browser, sites, place, first):
    page = browser.new_page(viewport={"width": 320, "height": 640})
    small = """() => [...document.querySelectorAll('.card a')]
      .filter(link => link.getBoundingClientRect().height < 44).map(link => link.outerHTML)"""
    seen = 0
    for language in ("et", "lv", "lt", "ru", "en"):
        for path in ("help", "youth/online", "professionals/index", "professionals/meetings", "easy"):
            file = sites / place / f"{'' if language == first else language + '/'}{path}.html"
            if file.exists():
                page.goto(f"file://{file}")
                assert page.evaluate(small) == [], file
                seen += page.locator(".card a").count()
    assert seen > 20
    page.close()


def text(file, *command):
    done = subprocess.run([*command, file], capture_output=True, text=True, check=True, timeout=60)
    return [line.strip() for line in done.stdout.replace("\N{NO-BREAK SPACE}", " ").splitlines()]


@pytest.mark.parametrize(
    "command",
    [("w3m", "-dump", "-cols", "70"), ("lynx", "-dump", "-nolist", "-width=70")],
    ids=lambda c: c[0],
)
def test_a_text_browser_shows_the_ways_out_and_the_name_of_place_and_site_apart(sites, command):
    lines = text(sites / "ee/narva/en/help.html", *command)[:12]
    assert [line for line in lines if line][:4] == [
        "Skip to the text",
        "Quick exit: Leave this page",
        "Quick exit: Leave this page",
        "Narva Safe Path",
    ]


def test_a_text_browser_shows_the_words_of_a_flow_apart(sites):
    words = " ".join(
        text(sites / "ee/narva/en/professionals/referral.html", "w3m", "-dump", "-cols", "70")
    ).split()
    assert "112" in words
    assert "+372" in words
    assert not [word for word in words if word[:1].isdigit() and word[-1:].isalpha() and len(word) > 6]


@pytest.mark.parametrize("media", ["screen", "print"])
@pytest.mark.parametrize(
    ("path", "selector"), [("professionals/referral.html", ".flow"), ("find.html", ".contents ul")]
)
def test_a_list_is_indented_where_the_language_begins_and_only_there(page, site, path, selector, media):
    page.emulate_media(media=media)
    indents = {}
    for language in ("", "ar/"):
        page.goto(f"{site}{language}{path}")
        indents[language] = page.locator(selector).first.evaluate(
            "list => [getComputedStyle(list).paddingLeft, getComputedStyle(list).paddingRight]"
        )
    assert indents[""] == indents["ar/"][::-1]
    assert indents[""][1] == "0px" != indents[""][0]
