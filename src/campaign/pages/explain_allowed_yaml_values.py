"""The values that keys of the files in municipalities/ accept, each with what it means."""

from __future__ import annotations

from collections.abc import Iterable

from ..model.contact import Audience, Eligibility
from ..model.referral_order import Consent, StepKind
from ..model.roles import LOCAL, STANDS_IN, Role
from ..model.working_group import MeetingKind, SeatKind
from .ui_strings import Words


def closed_lists(words: Words) -> dict[str, str]:
    """Return each list by its name, as lines of an entry and its words."""
    return {
        "roles": _table((role, f"{words[f'name-{role}']}; {_whose(role)}") for role in Role),
        "steps": _table((kind, words[f"step-{kind}-title"]) for kind in StepKind),
        "consent": _table((consent, words[f"consent-{consent}"]) for consent in Consent),
        "seats": _table((kind, words[f"seat-{kind}"]) for kind in SeatKind),
        "meetings": _table((kind, words[f"meeting-{kind}"]) for kind in MeetingKind),
        "eligibility": _table((kind, words[f"for-{kind}"]) for kind in Eligibility),
        "audiences": _table((audience, words[f"nav-{audience}"]) for audience in Audience),
    }


def _whose(role: Role) -> str:
    owner = "also a municipality's" if role in LOCAL else "only a country's"
    other = f"; without one, {STANDS_IN[role]}" if role in STANDS_IN else ""
    return owner + other


def _table(entries: Iterable[tuple[str, str]]) -> str:
    rows = list(entries)
    width = max(len(entry) for entry, _ in rows)
    return "\n".join(f"{entry:{width}}  {said}" for entry, said in rows)
