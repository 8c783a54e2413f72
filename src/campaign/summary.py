"""What every build ends with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .problem import counted


@dataclass(frozen=True)
class Summary:
    """What every build ends with: how far its contacts and pages can be relied upon."""

    copies: int
    contacts: int
    unconfirmed: int
    good_until: tuple[str, ...]  # YYYY-MM-DD of every confirmation that ends
    missing: int  # pages

    def on(self, today: date) -> str:
        expired = sum(day < today.isoformat() for day in self.good_until)
        are = "is" if self.missing == 1 else "are"
        gaps = f", {counted(self.missing, 'page')} {are} missing" if self.missing else ""
        are = "is" if self.unconfirmed == 1 else "are"
        contacts = counted(self.contacts, "contact")
        return f"{self.unconfirmed} of {contacts} {are} unconfirmed, {expired} expired{gaps}"
