"""Writes down that the coordinator has read the texts of municipalities and says yes to them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..files.yaml_document import read_document
from ..model.approved_texts import free_texts, texts_digest
from ..model.places import Municipality, Places
from ..source.selection import check_names
from .edits import Edits


def waiting(places: Places, names: Sequence[str]) -> list[Municipality]:
    """The municipalities whose texts nobody has approved as they are now, of those that ``names`` (``ee``,
    ``ee/tartu``) name. `CampaignError` for names of no place."""
    check_names(places, names, "campaign approve")
    return [place for place in places.only(names).municipalities.values() if not place.approved]


def said(root: Path, place: Municipality) -> str:
    """Every text of the municipality, one a line, with its file, line and field."""
    document = read_document(root / place.file, root)
    lines = (document.problem(path, text, "") for path, text in free_texts(place.record))
    return "\n".join(map(str, lines))


def approve(root: Path, places: Sequence[Municipality]) -> Edits:
    """The edits that approve the texts of these municipalities, all or none."""
    edits = Edits(root)
    for place in places:
        edits.put(place.country.code, "texts", place.slug, texts_digest(place.record))
    return edits
