"""The words and places of the repository itself, read once for all tests of a process."""

from __future__ import annotations

from campaign.pages.ui_strings import read_words
from campaign.source.municipalities import read_places
from campaign.today import latest_day, now

from .project import ROOT

WORDS = read_words(ROOT)
PLACES = read_places(ROOT, WORDS, latest_day(now()))
