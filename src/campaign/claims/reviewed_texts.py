"""Which texts somebody has read, as ``reviewed`` in their front matter says, and which to read next."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from ..errors import Problem, counted, shown
from ..files.yaml_document import parse_document
from ..model.places import Country
from ..pages.page import PageSource, Reviewed, Scope
from ..translation.must_be_current import Concern, concern_of
from ..translation.sections import text_digest

# Why a text comes early in the list, the most urgent first, and which scope it needs besides its language.
_SAFETY, _LAW, _REST = "help and safety", "the law", ""
_RANKS = (_SAFETY, _LAW, _REST)
_CONCERNS = {Concern.SAFETY: (_SAFETY, Scope.SAFETY), Concern.LAW: (_LAW, Scope.LAW)}
_FIRST_PAGE = "index.md"  # where readers begin: with help and safety


@dataclass(frozen=True)
class Reading:
    """One text. ``open`` has each `Scope` for which nobody has read it yet. ``changed`` says that the text
    has changed since it was read; this is known only if the review names the digest of its text."""

    page: PageSource
    start: bool  # whether its language is only begun in every country that shows it
    why: str
    reviewed: Reviewed | None
    open: tuple[Scope, ...]
    changed: bool

    @property
    def digest(self) -> str:
        return review_digest(self.page)

    def __str__(self) -> str:
        said = "nobody has read it"
        if done := self.reviewed:
            said = f"read on {done.date} by {done.by} ({', '.join(done.scope)})"
            said += ", and changed since" if self.changed else ""
            said += f"; to read: {', '.join(self.open)}" if self.open and not self.changed else ""
        why = ", ".join(filter(None, ("a start" if self.start else "", self.why)))
        return f"{self.page.file:46} {why:24} {self.digest}  {said}"


def review_digest(page: PageSource) -> str:
    """Return the digest of a page's text that ``text`` of a review may name. Spaces do not count in it."""
    return text_digest(f"{page.meta.title}\n\n{page.text}")


def readings(pages: Iterable[PageSource], countries: Collection[Country]) -> list[Reading]:
    """Return each page that one of the countries shows. Pages that somebody still has to read come first. In
    each part the order is: languages that are only begun, help and safety, the law, the rest. The front
    matter of the pages must be right."""
    whole = {language for country in countries for language in country.record.languages}
    offered = {language for country in countries for language in country.languages}
    found = [
        _reading(page, page.language not in whole)
        for page in pages
        if page.language in offered
        and any(page.stands_in(c.code) for c in countries if page.language in c.languages)
    ]
    return sorted(found, key=_urgency)


def counted_readings(found: Collection[Reading]) -> str:
    """Return a sentence that counts the texts which nobody has read as they are now."""
    unread = sum(reading.changed or Scope.LANGUAGE in reading.open for reading in found)
    return f"Of {counted(len(found), 'text')}, nobody has read {unread:,} as they are now."


def future_reviews(pages: Iterable[PageSource], today: date) -> Iterator[Problem]:
    """Yield a problem for each review of a later day. The front matter of the pages must be right."""
    for page in pages:
        if "reviewed" in page.front_matter and (done := page.meta.reviewed) and done.date > today:
            document = parse_document(page.front_matter, page.file, first_line=2)
            yield document.problem(
                ("reviewed", "date"), shown(str(done.date)), f"a date up to today, {today}"
            )


def _reading(page: PageSource, start: bool) -> Reading:
    concern = concern_of(page.path, "", "")
    if page.path == _FIRST_PAGE:
        concern = Concern.SAFETY
    why, *more = _CONCERNS.get(concern, (_REST,)) if concern else (_REST,)
    needed = [Scope.LANGUAGE, *map(Scope, more)]
    done = page.meta.reviewed
    changed = bool(done and done.text and done.text != review_digest(page))
    left = tuple(scope for scope in needed if changed or not done or scope not in done.scope)
    return Reading(page, start, why, done, left, changed)


def _urgency(reading: Reading) -> tuple[bool, bool, int, date, str]:
    day = reading.reviewed.date if reading.reviewed else date.min
    return not reading.open, not reading.start, _RANKS.index(reading.why), day, reading.page.file
