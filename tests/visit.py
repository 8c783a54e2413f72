"""One reader who visits Narva's copy and leaves it; the exit's target is played by the test."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Page

TARGET = "https://www.ilmateenistus.ee/"  # Estonia's exit


class Visit:
    """One visitor with a fresh profile on the page Help; the target's requests are kept."""

    def __init__(self, context, site):
        self.context, self.site = context, site
        self.before = site + "youth/index.html"
        context.route("**/*", self._route)
        self.page: Page = context.new_page()
        self.open()

    def open(self):
        """Begin again on the page Help."""
        self.asked = []
        self.page.goto(self.site + "help.html")

    def come_from_another_page(self):
        """Begin again, and read the page ``before`` first."""
        self.page.goto(self.before)
        self.open()

    def _route(self, route):
        if route.request.url.startswith(self.site):
            route.fallback()
        else:
            self.asked.append(route.request)
            route.fulfill(content_type="text/html", body="<title>Weather</title>Rain")

    def fail_to_leave(self):
        """Tap the exit while its target answers 204, which stops a navigation; later the target comes."""
        answers = [204, 200]
        self.context.route(
            TARGET + "**",
            lambda route: route.fulfill(status=answers.pop(0), content_type="text/html", body="Rain"),
            times=2,
        )
        with self.page.expect_event("requestfailed"):
            self.page.click(".exit")

    def left(self):
        self.page.wait_for_url(TARGET)
        assert self.page.url == TARGET
        assert len(self.context.pages) == 1
        assert [request.all_headers().get("referer") for request in self.asked] == [None]


def three_shifts(page):
    for key in ("ShiftLeft", "ShiftRight", "ShiftLeft"):
        page.keyboard.press(key)


WAYS = {
    "click": lambda page: page.click(".exit"),
    "ctrl click": lambda page: page.click(".exit", modifiers=["Control"]),
    "middle click": lambda page: page.click(".exit", button="middle"),
    "second link": lambda page: (
        page.keyboard.press("Tab"),
        page.keyboard.press("Tab"),
        page.keyboard.press("Enter"),
    ),
    "shift three times": three_shifts,
}
