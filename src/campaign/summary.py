"""What every build ends with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


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
        gaps = f", {self.missing} pages are missing" if self.missing else ""
        return f"{self.unconfirmed} of {self.contacts} contacts are unconfirmed, {expired} expired{gaps}"
