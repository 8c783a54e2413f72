"""The last lines of every build."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Self

from ..errors import counted
from ..model.places import Municipality
from ..pages.project import Project
from ..today import end_of
from ..translation.translation_problems import behind


@dataclass(frozen=True)
class Summary:
    """The state of the contacts and pages of a build."""

    copies: int
    contacts: int
    unconfirmed: int
    changed: int  # of the unconfirmed contacts, those that changed after a confirmation
    texts: int  # municipalities whose texts nobody has approved
    ends: tuple[str, ...]  # the ends of all confirmations that end, in UTC, in ISO 8601
    missing: int  # pages
    behind: int  # sections and words whose source has changed since they were translated
    places: int  # municipalities
    own: int  # municipalities with a number of their own that readers see
    regional: int  # of the others, those that a number of their county or of several places serves

    @classmethod
    def of(cls, project: Project, copies: int) -> Self:
        """Make the summary of a build of ``copies`` copies."""
        found: Counter[str] = Counter()
        ends = []
        for owner in project.places.owners:
            found["texts"] += isinstance(owner, Municipality) and not owner.approved
            if isinstance(owner, Municipality):
                found["own"] += owner.has_number
                found["regional"] += owner.has_regional_number
            for contact in owner.record.contacts:
                found["contacts"] += 1
                found["unconfirmed"] += contact.unconfirmed
                found["changed"] += contact.unconfirmed and contact.changed_since is not None
                if contact.good_until:
                    ends.append(end_of(contact.good_until, owner.time_zone).isoformat())
        return cls(
            copies=copies,
            contacts=found["contacts"],
            unconfirmed=found["unconfirmed"],
            changed=found["changed"],
            texts=found["texts"],
            ends=tuple(ends),
            missing=len(project.missing),
            behind=behind(project.root, project.pages, project.words),
            places=len(project.places.municipalities),
            own=found["own"],
            regional=found["regional"],
        )

    def at(self, moment: datetime) -> str:
        expired = sum(datetime.fromisoformat(end) <= moment for end in self.ends)
        changed = f" ({self.changed} changed since)" if self.changed else ""
        texts = f", the texts of {counted(self.texts, 'municipality')} are not approved" if self.texts else ""
        are = "is" if self.missing == 1 else "are"
        gaps = f", {counted(self.missing, 'page')} {are} missing" if self.missing else ""
        are = "is" if self.behind == 1 else "are"
        old = f", {counted(self.behind, 'text')} {are} behind their source" if self.behind else ""
        are = "is" if self.unconfirmed == 1 else "are"
        contacts = counted(self.contacts, "contact")
        found = f"{self.unconfirmed} of {contacts} {are} unconfirmed{changed}, {expired} expired"
        return found + texts + gaps + old

    @property
    def numbers(self) -> str:
        """The last line: how many municipalities have a number of their own."""
        have = "has" if self.regional == 1 else "have"
        more = (
            f"; {self.regional} more {have} one that serves a county or several places"
            if self.regional
            else ""
        )
        places = counted(self.places, "municipality")
        return f"{self.own} of {places} have a number of their own that readers see{more}."
