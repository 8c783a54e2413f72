"""A whole project that was read and is free of problems. Builds, previews and reports start from it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..model.places import Places
from .languages_of_each_country import missing_pages
from .page import PageSource
from .ui_strings import Words


@dataclass(frozen=True)
class Project:
    """Everything that editors wrote, read once and free of problems."""

    root: Path
    words: dict[str, Words]
    places: Places
    pages: list[PageSource]

    @property
    def missing(self) -> list[str]:
        """The pages that are not written yet; another language's text is shown."""
        return missing_pages(self.pages, self.places)
