"""The one list of texts that must not be old: those about safety, the law and numbers.

A reader sees a notice at such a section if the source has changed since, and a release stops there.
"""

from __future__ import annotations

import re
from enum import StrEnum


class Concern(StrEnum):
    """Why an old text can harm."""

    SAFETY = "safety"
    LAW = "law"
    NUMBERS = "numbers"


# Whole pages and single sections. A section of another page counts if it has a digit or a number.
_LIST = {
    Concern.SAFETY: (
        "help.md",
        "calls.md",
        "health.md",
        "safety.md",
        "easy.md",
        "for-me.md",
        "for-someone-i-know.md",
        "questions.md",
        "youth/nights.md",
        "youth/online.md",
        "migrants/next-steps.md",
        "migrants/marriage-abroad.md",
        "professionals/first-conversation.md",
        "about/privacy.md",
    ),
    Concern.LAW: (
        "what-it-is.md",
        "migrants/law.md",
        "migrants/staying-here.md",
        "migrants/protection.md",
        "migrants/at-work.md",
        "professionals/referral.md",
    ),
}
_BY_NAME = {name: concern for concern, names in _LIST.items() for name in names}
_NUMBER = re.compile(r"<!-- phone: |\d")
_WORDS = ("exit", "danger", "get-help", "safety-link", "offer", "card-", "consent-", "step-", "not-found")


def concern_of(page: str, section: str, text: str) -> Concern | None:
    """Return the concern of a section (``help.md``, ``when-you-call``) with this source text, if any."""
    found = _BY_NAME.get(f"{page}#{section}") or _BY_NAME.get(page)
    return found or (Concern.NUMBERS if _NUMBER.search(text) else None)


def concern_of_word(key: str) -> Concern | None:
    """Return the concern of a word of the interface (``exit-hidden``), if any."""
    return Concern.SAFETY if key.startswith(_WORDS) else None
