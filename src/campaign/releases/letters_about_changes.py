"""Letters, texts and feeds about what has changed since a release: the work of ``campaign since``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from ..checks.check import read_project
from ..errors import CampaignError, Problem, shown
from ..pages.words_for_hosts import read_host_words
from ..site.list_package_versions import PACKAGE, package_versions
from ..source.select_municipalities import check_names, in_scope
from ..today import latest_day
from .changes_since_release import Section, changes_since, for_place, letter
from .feed import feed
from .release_file import named, read_releases, release_of


class SinceLetters:
    """Tells what changed in a project. ``language`` is that of all texts; each country's first if None."""

    def __init__(self, root: Path, language: str | None, moment: datetime) -> None:
        self._root = root
        self._language = language or ""
        self._project = read_project(root, moment)
        self._words = read_host_words(root)
        if language is not None and language not in self._words:
            expected = f"one of the languages {', '.join(self._words)}"
            raise CampaignError([Problem("campaign since", 0, "--language", shown(language), expected)])
        copies = dict.fromkeys(self._project.places.municipalities, "")
        day = latest_day(moment).isoformat()
        self._now = release_of(self._project, day, package_versions()[PACKAGE], copies)

    def text(self, release: str, names: Sequence[str]) -> str:
        """Return what changed for the named places (none means all), country by country."""
        sections = self._sections(release, names)
        parts = []
        for code, country in self._project.places.countries.items():
            found = [section for section in sections if section.name.partition("/")[0] == code]
            if found:
                parts.append(self._letter(found, release, self._language or country.language))
        language = self._language or "en"
        return "\n".join(parts) or self._letter([], release, language)

    def letters(self, release: str, names: Sequence[str], folder: Path) -> Iterator[Path]:
        """Write ``ee-narva.txt`` for each place for which something changed, and yield the paths."""
        sections = self._sections(release, ())
        folder.mkdir(parents=True, exist_ok=True)
        for name, place in self._project.places.municipalities.items():
            found = for_place(sections, name)
            if found and in_scope(name, names):
                file = folder / f"{name.replace('/', '-')}.txt"
                language = self._language or place.country.language
                file.write_text(self._letter(found, release, language), "utf-8")
                yield file

    def feeds(self, folder: Path) -> Iterator[Path]:
        """Write ``feed-ee.xml`` for each country, and yield the paths."""
        releases = read_releases(self._root)
        sites = {code: words["site-name"] for code, words in self._project.words.items()}
        folder.mkdir(parents=True, exist_ok=True)
        for code in self._project.places.countries:
            file = folder / f"feed-{code}.xml"
            file.write_bytes(feed(releases, self._project.places, code, self._words, sites))
            yield file

    def _sections(self, release: str, names: Sequence[str]) -> list[Section]:
        places = self._project.places
        check_names(places, names, "campaign since")
        old = named(self._root, release, "campaign since")
        return changes_since(old, self._now, places.only(names), self._words, self._language)

    def _letter(self, sections: Sequence[Section], release: str, language: str) -> str:
        known = language if language in self._words else "en"
        return letter(sections, release, self._project.words[known]["site-name"], self._words[known])
