"""Units as a PO file, as Poedit, Weblate, Lokalize and OmegaT read it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

import polib

from ..errors import CampaignError, Problem, shown
from .returned_translations import Entry, ExchangeFile, read_bytes, version_in
from .units import Unit

# Weblate, Poedit and msgfmt then compare the {1} of both texts themselves.
_TOKENS = "python-brace-format"
# polib takes a line that is cut off for a whole one.
_LINE = re.compile(r'\s*(?:#.*|(?:[a-z_]+(?:\[\d\])?\s+)?"(?:[^"\\]|\\.)*"\s*)?$')


def as_po(units: Iterable[Unit], language: str) -> str:
    """Return the units as PO. A unit that a person has to look at is fuzzy; what its source was is the
    previous msgid, which programs show as a difference."""
    catalogue = polib.POFile(wrapwidth=0)
    catalogue.metadata = {
        "Project-Id-Version": "Safe Path",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
    }
    for unit in units:
        flags = [_TOKENS] if unit.source.tokens else []
        if unit.open and unit.target:
            flags = ["fuzzy", *flags]
        entry = polib.POEntry(
            msgctxt=unit.id,
            msgid=unit.source.text,
            msgstr=unit.target.text if unit.target else "",
            comment="\n".join(unit.notes),
            occurrences=[(unit.source_file, str(unit.source_line or ""))],
            flags=flags,
        )
        if unit.old_source and "fuzzy" in flags:
            entry.previous_msgctxt, entry.previous_msgid = unit.id, unit.old_source
        catalogue.append(entry)
    return f"{catalogue}\n"


def read_po(path: Path) -> ExchangeFile:
    """Read a PO file that came back; raise `CampaignError` if it is not a PO file."""
    name = path.name
    try:
        text = read_bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CampaignError(
            [Problem(name, 0, "", f"another encoding ({error})", "a file in UTF-8")]
        ) from None
    try:
        catalogue = polib.pofile(f"{text}\n")  # polib would open the file whose path is the whole text
    except (OSError, ValueError, UnicodeError, IndexError, AttributeError, KeyError) as error:
        found = str(error).splitlines()[0]
        raise CampaignError([Problem(name, 0, "", found, "a PO file that can be read")]) from None
    if wrong := next(
        (number for number, line in enumerate(text.splitlines(), 1) if not _LINE.match(line)), 0
    ):
        found = shown(text.splitlines()[wrong - 1])
        raise CampaignError([Problem(name, wrong, "", found, "a PO file that can be read")])
    entries = [
        Entry(
            entry.msgctxt or "",
            entry.linenum or 0,
            entry.msgid,
            entry.msgstr,
            "fuzzy" in entry.flags,
            version_in([entry.comment]),
        )
        for entry in catalogue
        if not entry.obsolete
    ]
    return ExchangeFile(name, catalogue.metadata.get("Language", "").strip(), entries)
