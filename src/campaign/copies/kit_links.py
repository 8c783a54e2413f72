"""The printed kit beside a copy: its files, and the list of links on the page that says what to print."""

from __future__ import annotations

import json
from collections.abc import Mapping

from markupsafe import Markup

from ..pages.ui_strings import Words

FOLDER = "kit"  # in the copy
LIST, ARCHIVE = "kit.json", "kit.zip"  # in the kit
KitFiles = Mapping[str, bytes]  # by the name of each file
NO_KIT: KitFiles = {}


def kit_links(files: KitFiles, language: str, first: str, words: Words) -> str:
    """Return links to the sheets in ``language`` with format and size, or a sentence that there is no kit.
    ``first`` is the country's first language, whose pages are one folder higher. The page loads nothing."""
    if LIST not in files:
        return Markup("<p>{}</p>").format(words["kit-none"])
    folder = f"{'' if language == first else '../'}../{FOLDER}/"
    link = Markup('<li><a href="{}">{}</a> ({})</li>')
    links = [
        link.format(
            folder + entry["file"],
            entry["title"],
            _form(entry["format"], entry["paper"], entry["bytes"]),
        )
        for entry in json.loads(files[LIST])["files"]
        if language in entry["languages"]
    ]
    archive = _form("ZIP", "", len(files[ARCHIVE]))
    links.append(link.format(folder + ARCHIVE, words["kit-item-all"], archive))
    return Markup("<ul>{}</ul>").format(Markup("\n").join(links))


def _form(kind: str, paper: str, size: int) -> str:
    """Return ``PDF, A4, 35 KB``."""
    weight = f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(size // 1000, 1)} KB"
    return ", ".join(part for part in (kind, paper, weight) if part)
