"""Records that the coordinator has read and approved the texts of municipalities."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ..files.yaml_document import read_document
from ..model.places import Municipality, Places
from ..model.texts_to_approve import free_texts, texts_digest
from ..source.select_municipalities import check_names
from .edits import Edits


def waiting(places: Places, names: Sequence[str]) -> list[Municipality]:
    """Return the municipalities in ``names`` (``ee``, ``ee/tartu``) whose texts are not approved as they are
    now. Raise `CampaignError` for unknown names."""
    check_names(places, names, "campaign approve")
    return [place for place in places.only(names).municipalities.values() if not place.approved]


def said(root: Path, place: Municipality) -> str:
    """Return every text of the municipality, one per line, with its file, line and field."""
    document = read_document(root / place.file, root)
    lines = (document.problem(path, text, "") for path, text in free_texts(place.record))
    return "\n".join(map(str, lines))


def approve(root: Path, places: Sequence[Municipality]) -> Edits:
    """Return the edits that approve the texts of all these municipalities."""
    edits = Edits(root)
    for place in places:
        edits.put(place.country.code, "texts", place.slug, texts_digest(place.record))
    return edits
