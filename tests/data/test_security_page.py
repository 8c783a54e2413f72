"""What SECURITY.md says is held by the tests that it names."""

import re

from ..project import ROOT

PAGE = (ROOT / "SECURITY.md").read_text("utf-8")


def test_every_test_that_the_page_names_is_there():
    named = set(re.findall(r"`(test_\w+)`", PAGE))
    there = {
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"(?m)^def (test_\w+)", path.read_text("utf-8"))
    }
    assert named
    assert named <= there


def test_every_cell_of_the_table_names_a_test_or_says_that_it_is_untested():
    rows = [line.strip("|").split("|")[1:] for line in PAGE.splitlines() if line.startswith("| **")]
    assert len(rows) == 7
    for cell in (cell for row in rows for cell in row):
        assert "`test_" in cell or "untested" in cell, cell
