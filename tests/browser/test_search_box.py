"""The box of the search: a button that says its state, focus that is kept, and a way out of every failure."""

from __future__ import annotations

from functools import partial

import pytest

from ..chromium import open_search, type_and_wait
from ..old_browsers import OLD_BROWSERS
from ..repository import WORDS

LANGUAGES = ("et", "lv", "lt", "ru", "en", "uk", "ar", "uz")


def home(language: str) -> str:
    return "index.html" if language == "et" else f"{language}/index.html"


def answer(content: str | None, route) -> None:
    if content is None:
        route.abort()
    else:
        route.fulfill(body=content, content_type="text/javascript")


@pytest.fixture
def visit(browser, site):
    """Opens a page in a context of its own, in which some files are other ones."""
    contexts = []

    def visit(path: str, init: str = "", **files: str | None):
        context = browser.new_context(viewport={"width": 360, "height": 740})
        contexts.append(context)
        if init:
            context.add_init_script(init)
        for name, content in files.items():
            context.route(f"**/assets/search/{name}.js", partial(answer, content))
        page = context.new_page()
        page.goto(site + path)
        return page

    yield visit
    for context in contexts:
        context.close()


@pytest.mark.parametrize("old", OLD_BROWSERS, ids=str)
def test_the_search_works_without_what_old_browsers_lack(visit, site, old):
    page = visit("en/youth/online.html", old.script)
    open_search(page)
    page.keyboard.type("passport")
    page.keyboard.press("Enter")
    page.wait_for_selector(".search li a")
    assert page.locator(".search li a").first.evaluate("a => a.href").startswith(site + "en/")
    assert page.locator(".search mark").count() > 0
    page.get_by_role("button", name=WORDS["en"]["search-close"]).click()
    assert not page.locator(".search").is_visible()
    page.click(".find")
    page.keyboard.type("zzxxqq")
    page.keyboard.press("Enter")
    page.wait_for_selector(".found:not(:empty)")
    assert page.locator(".search li").count() == 0


@pytest.mark.parametrize("name", ["ru", "contacts", "engine", "box"])
@pytest.mark.parametrize(
    "content", [None, "throw new Error('cut');", "(function () {", "window.searchIndex = {};"]
)
def test_a_file_that_is_missing_cut_or_wrong_leads_to_the_page_of_contents(visit, site, name, content):
    page = visit("ru/youth/online.html", **{name: content})
    page.click(".find")
    page.wait_for_url(site + "ru/find.html")


NO_LINKS = """(create => { Document.prototype.createElement = function (name) {
  if (name === 'link') { throw new Error('no style'); }
  return create.call(this, name);
}; })(Document.prototype.createElement)"""


@pytest.mark.parametrize("fault", ["delete String.prototype.normalize", "delete window.JSON", NO_LINKS])
def test_a_call_that_the_browser_lacks_leads_to_the_page_of_contents(visit, site, fault):
    page = visit("ru/youth/online.html", fault)
    page.click(".find")
    page.wait_for_url(site + "ru/find.html")


@pytest.mark.parametrize("act", ["type", "enter"])
def test_an_error_in_an_answer_leads_to_the_page_of_contents(visit, site, act):
    page = visit("en/help.html")
    open_search(page)
    if act == "enter":
        type_and_wait(page, "police")
    page.evaluate("void (searchFor = () => { throw new Error('no answer') })")
    page.keyboard.type("x") if act == "type" else page.keyboard.press("Enter")
    page.wait_for_url(site + "en/find.html")


@pytest.mark.parametrize("way", ["Escape", "button", "again"])
def test_the_box_closes_also_where_the_search_is_broken(visit, way):
    page = visit("en/help.html")
    open_search(page)
    type_and_wait(page, "police")
    page.evaluate("void (searchFor = () => { throw new Error('no answer') })")
    if way == "Escape":
        page.keyboard.press("Escape")
    elif way == "button":
        page.get_by_role("button", name=WORDS["en"]["search-close"]).click()
    else:
        page.click(".find")
    assert not page.locator(".search").is_visible()
    assert page.input_value(".search input") == ""
    assert page.evaluate("document.activeElement.className") == "find"
    assert page.url.endswith("en/help.html")


def test_a_second_tap_while_the_search_loads_does_not_leave(visit, site):
    page = visit("en/help.html")
    held = []
    page.context.route("**/assets/search/engine.js", lambda route: held.append(route))
    with page.expect_request("**/assets/search/engine.js"):
        page.click(".find")
    page.click(".find")
    page.keyboard.press("Enter")
    (route,) = held
    route.continue_()
    page.wait_for_selector(".search input:focus")
    assert page.url == site + "en/help.html"
    assert page.locator(".search").count() == 1
    assert page.locator(".find").inner_text() == WORDS["en"]["search"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_search_is_a_button_that_says_whether_it_is_open(visit, language):
    page = visit(home(language))
    button = page.get_by_role("button", name=WORDS[language]["search"])
    assert button.get_attribute("aria-expanded") == "false"
    button.focus()
    page.keyboard.press("Space")
    page.wait_for_selector(".search input:focus")
    assert button.get_attribute("aria-expanded") == "true"
    assert page.locator(f"#{button.get_attribute('aria-controls')}").get_attribute("role") == "search"
    page.keyboard.press("Escape")
    assert button.get_attribute("aria-expanded") == "false"
    assert page.evaluate("document.activeElement.className") == "find"


def test_without_script_the_search_is_a_link_and_its_page_begins_with_its_name(browser, site):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    for language in LANGUAGES:
        page.goto(site + home(language))
        page.get_by_role("link", name=WORDS[language]["search"], exact=True).first.click()
        assert page.locator("h1").inner_text().startswith(WORDS[language]["search"] + " ")
    context.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_enter_puts_the_focus_on_the_count_which_is_a_sentence(visit, language):
    page = visit(home(language))
    open_search(page)
    page.keyboard.type({"ar": "مساعدة", "uz": "yordam"}.get(language, "112 strom"))
    page.keyboard.press("Enter")
    focused = page.locator(":focus")
    count = page.locator(".search li").count()
    assert count > 0
    assert focused.get_attribute("role") == "status"
    assert focused.inner_text() in [
        WORDS[language][f"search-found-{form}"].format(count=count) for form in ("one", "few", "other")
    ]
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement === document.querySelector('.search li a')")


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_answer_links_to_help_and_to_the_emergency_number(visit, language):
    page = visit(home(language))
    open_search(page)
    page.keyboard.type("zzxxqq")
    page.keyboard.press("Enter")
    assert page.locator(":focus").inner_text() == WORDS[language]["search-none"]
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')").endswith("help.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "tel:112"
    folder = page.url.rpartition("/")[0]
    assert (
        page.locator(".search a", has_text=WORDS[language]["menu"]).evaluate("a => a.href")
        == f"{folder}/find.html"
    )


def test_enter_without_words_keeps_the_focus_in_the_field(visit):
    page = visit("en/index.html")
    open_search(page)
    page.keyboard.press("Enter")
    assert page.locator(":focus").get_attribute("id") == "search-words"


@pytest.mark.parametrize("lang", ["uz", "kk", "zh-CN", "x"])
def test_a_page_that_a_tool_has_translated_is_searched_in_its_own_language(visit, site, lang):
    page = visit("ru/youth/online.html")
    asked = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    page.evaluate(
        """lang => {
            document.documentElement.lang = lang;
            document.querySelectorAll('a, p').forEach(e => { e.innerHTML = `<font><font>${e.innerHTML}</font></font>` })
        }""",
        lang,
    )
    open_search(page)
    assert "ru.js" in asked and f"{lang}.js" not in asked
    assert type_and_wait(page, "паспорт")[0].startswith(site + "ru/")
    assert page.locator(".search").get_attribute("lang") == "ru"
