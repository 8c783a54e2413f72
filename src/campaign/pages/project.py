"""A project as it was read, whole and found good: what a build, a preview and a report begin with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..model.places import Places
from .offered_languages import missing_pages
from .page import PageSource
from .ui_strings import Words


@dataclass(frozen=True)
class Project:
    """Everything that editors wrote, read once and found good."""

    root: Path
    words: dict[str, Words]
    places: Places
    pages: list[PageSource]

    @property
    def missing(self) -> list[str]:
        """Pages that are not written yet; another language's text is shown."""
        return missing_pages(self.pages, self.places)
