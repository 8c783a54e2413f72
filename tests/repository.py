"""The words, places and pages of the repository itself, read and checked once for all tests of a process."""

from __future__ import annotations

from functools import cache

from campaign.checks.check import Checked, check_whole
from campaign.pages.ui_strings import read_words
from campaign.source.municipalities import read_places
from campaign.today import latest_day, now

from .project import ROOT

WORDS = read_words(ROOT)
PLACES = read_places(ROOT, WORDS, latest_day(now()))


@cache
def checked() -> Checked:
    """What the check finds in the repository, but for spelling."""
    return check_whole(ROOT, now())
