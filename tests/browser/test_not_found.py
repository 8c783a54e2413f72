"""The page for wrong addresses: whatever the address was, a number, the exit, and the way back to the copy."""

from __future__ import annotations

import http.server
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest

from ..chromium import running
from ..repository import WORDS

LANGUAGES = ("et", "ru", "en", "lv", "lt", "uk", "ar", "uz")
WRONG = ("nothing", "help.htm", "ru/nothing.html", "ru/youth/x/y/nothing.html", "host/a%20b/../c")


class _Host(http.server.SimpleHTTPRequestHandler):
    """A host that has the copy under a path, and sends its 404.html for what is not there."""

    prefix = "/linn/abi/"

    def translate_path(self, path):
        inside = path.removeprefix(self.prefix) if path.startswith(self.prefix) else "elsewhere/404"
        return super().translate_path("/" + inside)

    def send_error(self, code, *_):
        body = Path(self.directory, "404.html").read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@contextmanager
def hosted(folder):
    with running(partial(_Host, directory=str(folder))) as address:
        yield address.removesuffix("/") + _Host.prefix


def ways(page, language):
    """The addresses of help and the start page, of those links that can be seen."""
    section = page.locator(f"section[lang='{language}']")
    words = WORDS[language]
    links = [section.get_by_role("link", name=words[name], exact=True) for name in ("get-help", "home")]
    return [link.evaluate("link => link.href") for link in links if link.count()]


def waits_for_ways(page):
    page.locator("main [data-page]").first.wait_for()


@pytest.mark.parametrize("wrong", WRONG)
def test_without_an_address_of_its_own_the_page_finds_where_its_copy_begins(page, sites, wrong):
    with hosted(sites / "ee/narva") as copy:
        page.goto(copy + wrong)
        waits_for_ways(page)
        for language in LANGUAGES:
            prefix = copy if language == "et" else f"{copy}{language}/"
            assert ways(page, language) == [prefix + "help.html", prefix + "index.html"]
        page.get_by_role("link", name=WORDS["ru"]["get-help"]).click()
        assert page.url == copy + "ru/help.html"
        page.locator(".card").first.wait_for()


def test_a_host_that_answers_for_others_too_gets_no_link_that_leads_nowhere(page, sites):
    """Outside the copy's own path nothing is found, and nothing is guessed."""
    with hosted(sites / "ee/narva") as copy:
        asked = []
        page.on("response", lambda response: asked.append(response.url))
        page.goto(copy.replace("/linn/abi/", "/other/x/nothing"), wait_until="networkidle")
        root = copy.removesuffix("/linn/abi/")
        assert asked[1:] == [
            f"{root}/other/x/campaign.json",
            f"{root}/other/campaign.json",
            f"{root}/campaign.json",
        ]
        assert all(ways(page, language) == [] for language in LANGUAGES)


def test_with_an_address_of_its_own_the_links_begin_with_its_path(sample, browser):
    """They hold without script, and on a copy of the copy as well: another host, the same path."""
    sample.site("ee/ylde", "https://abi.example.org/linn/abi/")
    sample.build("ee/ylde")
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    with hosted(sample.root / "sites/ee/ylde") as copy:
        page.goto(copy + "ru/x/nothing.html")
        assert ways(page, "et") == [copy + "help.html", copy + "index.html"]
        assert ways(page, "ru") == [copy + "ru/help.html", copy + "ru/index.html"]
        page.get_by_role("link", name=WORDS["ru"]["home"]).click()
        assert page.url == copy + "ru/index.html"
    context.close()
    assert "campaign.json" not in sample.read("ee/ylde/404.html")


@pytest.mark.parametrize("way", ["bar", "own language", "Shift"])
def test_the_exit_leaves_the_404_page_and_the_back_button_does_not_return(browser, sites, way):
    context = browser.new_context()
    target = "https://www.ilmateenistus.ee/"
    context.route(target + "**", lambda route: route.fulfill(content_type="text/html", body="Rain"))
    page = context.new_page()
    with hosted(sites / "ee/narva") as copy:
        page.goto(copy + "help.html")
        page.goto(copy + "ru/nothing.html")
        waits_for_ways(page)
        if way == "bar":
            page.click(".exit")
        elif way == "own language":
            page.locator("section[lang=ru] [data-exit]").click()
        else:
            for _ in range(3):
                page.keyboard.press("Shift")
        page.wait_for_url(target)
        page.go_back()
        assert page.url == copy + "help.html"
    context.close()


def test_it_has_a_title_of_its_own_and_words_in_every_language(page, site):
    page.goto(site + "404.html")
    assert page.title() == f"{WORDS['et']['not-found-title']} · {WORDS['et']['site-name']}"
    for language in LANGUAGES:
        section = page.locator(f"section[lang='{language}']")
        for key in ("not-found", "danger", "exit"):
            assert WORDS[language][key] in section.inner_text()
        assert section.locator("a[href='tel:112']").is_visible()


def test_a_page_opened_from_a_folder_says_nothing_of_links(page, sites):
    said = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"file://{sites}/ee/narva/404.html")
    assert said == []
    assert all(ways(page, language) == [] for language in LANGUAGES)


def test_an_address_of_many_folders_asks_for_nothing(page, sites):
    with hosted(sites / "ee/narva") as copy:
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(copy + "a/" * 40 + "nothing", wait_until="networkidle")
        assert len(asked) == 1
