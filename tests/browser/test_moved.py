"""A page that has moved to a quieter address: the old address leads on in every language."""

from __future__ import annotations

import re

from axe_playwright_python.sync_playwright import Axe

from campaign.pages.ui_strings import read_words

from ..chromium import serve
from ..project import tree
from ..visit import three_shifts

OLD, NEW = "youth/leaving-home.html", "help.html"


def test_an_old_address_leads_on_quietly_with_the_exit(sample, browser, tmp_path):
    for code in ("et", "lv", "ru"):
        sample.edit(f"docs/{code}/help.md", "title:", "moved_from:\n  - youth/leaving-home.md\ntitle:")
    sample.site("ee/ylde", "https://ylde.example.org/")
    sample.build("ee/ylde")
    copy = sample.root / "sites/ee/ylde"
    words = read_words(sample.root)
    for language, folder in (("et", ""), ("ru", "ru/")):
        text = (copy / folder / OLD).read_text("utf-8-sig")
        assert f"<title>{words[language]['site-name']}</title>" in text
        assert '<meta name="robots" content="noindex">' in text
        assert '<meta http-equiv="refresh" content="0; url=../help.html">' in text
        assert '<a href="../help.html">' in text and 'href="tel:112"' in text
        assert not re.search("⟦|⟧|{[{%]", text)
    # In no list that leads there: sitemap, menu, contents, search.
    others = {
        path: data
        for path, data in tree(copy).items()
        if not path.endswith(("leaving-home.html", "manifest.json"))
    }
    assert [path for path, data in others.items() if b"leaving-home" in data] == []

    context = browser.new_context()
    context.route(
        "https://weather.example.org/**", lambda route: route.fulfill(content_type="text/html", body="Rain")
    )
    page = context.new_page()
    with serve(copy) as site:
        page.goto(site + "ru/index.html")
        page.evaluate(f"location.href = '../{OLD}'.replace('../', '')")
        page.wait_for_url(site + "ru/" + NEW)
        page.go_back()
        page.wait_for_url(site + "ru/index.html")  # and not the old address, which would lead on again
        # Where a browser does not lead on by itself, the page has its link and its exit.
        context.route(
            site + OLD,
            lambda route: route.fulfill(
                body=(copy / OLD).read_text("utf-8-sig").replace('http-equiv="refresh"', 'name="x"'),
                content_type="text/html; charset=utf-8",
            ),
        )
        page.goto(site + OLD)
        assert page.locator("main a[href$='help.html']").is_visible()
        three_shifts(page)
        page.wait_for_url("https://weather.example.org/")
        bare = browser.new_page(viewport={"width": 320, "height": 480}, bypass_csp=True)
        bare.set_content((copy / OLD).read_text("utf-8-sig").replace('http-equiv="refresh"', 'name="x"'))
        assert bare.evaluate("document.scrollingElement.scrollWidth") <= 320
        found = Axe().run(bare).response["violations"]
        assert found == [], found
        bare.close()
    context.close()
