"""Pages for readers on paper: few sheets, with the numbers to call on the first."""

from __future__ import annotations

import re
import subprocess

import pytest

from campaign.pages.page import address

MARGINS = dict.fromkeys(("top", "right", "bottom", "left"), "12mm")
PLACES = {"ee/narva": "et", "lv/riga": "lv", "lt/vilnius": "lt", "ru/pskov": "ru"}
LONGEST = {"lt/neringa": "lt"}  # its Help has the most cards


def printed(page, folder) -> list[str]:
    """The text of each sheet of A4."""
    folder.joinpath("page.pdf").write_bytes(page.pdf(format="A4", margin=MARGINS))
    text = subprocess.run(["pdftotext", "page.pdf", "-"], cwd=folder, check=True, capture_output=True)
    return text.stdout.decode().split("\f")[:-1]


@pytest.mark.parametrize("language", ["et", "lv", "lt", "ru", "en"])
def test_help_and_the_questions_fit_on_two_pages_and_the_numbers_are_on_the_first(
    browser, sites, tmp_path, language
):
    page = browser.new_page()
    for place, first in {**PLACES, **LONGEST}.items():
        page.goto(f"file://{sites / place / address('help.html', language, first)}")
        numbers = page.evaluate("[...document.querySelectorAll('.first .tel')].map(a => a.textContent)")
        sheets = printed(page, tmp_path)
        assert len(sheets) <= 2, place
        for number in numbers:
            assert re.sub(r"\D", "", number) in re.sub(r"\D", "", sheets[0]), (place, number)
        page.goto(f"file://{sites / place / address('for-me.html', language, first)}")
        assert len(printed(page, tmp_path)) <= 2, place
    page.close()
