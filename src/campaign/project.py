"""A project as it was read, whole and found good: what a build, a preview and a report begin with."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from .page import PageSource
from .parity import missing_pages
from .place import Municipality, Places
from .problem import counted
from .prose import average_length
from .summary import Summary
from .today import end_of
from .words import Words


@dataclass(frozen=True)
class Project:
    """Everything that editors wrote, read once and found good."""

    root: Path
    words: dict[str, Words]
    places: Places
    pages: list[PageSource]

    @property
    def missing(self) -> list[str]:
        return missing_pages(self.pages, self.places)

    def summary(self, copies: int) -> Summary:
        """What a build of that many copies ends with."""
        found: Counter[str] = Counter()
        ends = []
        for owner in self.places.owners:
            found["texts"] += isinstance(owner, Municipality) and not owner.approved
            for contact in owner.record.contacts:
                found["contacts"] += 1
                found["unconfirmed"] += contact.unconfirmed
                found["changed"] += contact.unconfirmed and contact.changed_since is not None
                if contact.good_until:
                    ends.append(end_of(contact.good_until, owner.time_zone).isoformat())
        return Summary(
            copies=copies,
            contacts=found["contacts"],
            unconfirmed=found["unconfirmed"],
            changed=found["changed"],
            texts=found["texts"],
            ends=tuple(ends),
            missing=len(self.missing),
        )

    def __str__(self) -> str:
        """What ``campaign check`` prints: each language, each missing page, the totals."""
        by_language = {
            language: [page for page in self.pages if page.language == language] for language in self.words
        }
        lines = [
            f"{language}: {counted(len(own), 'page')}, {average_length(own):.1f} words a sentence"
            for language, own in by_language.items()
            if own
        ]
        return "\n".join(
            [
                *lines,
                *(
                    f"warning: docs/{page} is missing; another language's text is shown"
                    for page in self.missing
                ),
                f"{counted(len(self.places.municipalities), 'municipality')}, "
                f"{counted(sum(1 for _ in self.places.contacts()), 'contact')}, "
                f"{counted(len(self.pages), 'page')} in {counted(len(lines), 'language')}: no problem.",
            ]
        )
