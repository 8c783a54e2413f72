"""manifest.json: the path, size and SHA-256 of every other file of a copy. With it, a file that a host has
changed, added or lost can be found.

Precompressed files (.gz, .br) are not in it: they are made after the copy, by a compressor whose version may
differ. `releases.compare_with_manifest` unpacks each and compares it with the file beside it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping

from ..files.digests import shared_sha256
from ..model.places import Municipality

MANIFEST = "manifest.json"


def newest_contact(place: Municipality) -> str | None:
    """Return the latest date of a source or confirmation among the contacts of a copy, as precise as the
    source gives it (``2026``, ``2026-11`` or ``2026-11-20``); None if no contact has a date."""
    days = [contact.source.date for contact in place.contacts if contact.source.date != "undated"]
    days += [contact.confirmed_on.isoformat() for contact in place.contacts if contact.confirmed_on]
    return max(days, default=None)


def manifest_file(place: Municipality, version: str, inputs: str, copy: Mapping[str, bytes]) -> bytes:
    """Return manifest.json for a copy ``{path: bytes}``. ``version`` is ours, ``inputs`` the digest of the
    copy's sources; campaign.json has both, too. Each file is one line, in the order of the paths."""
    facts = {
        "municipality": str(place),
        "version": version,
        "inputs": inputs,
        "newest_contact": newest_contact(place),
    }
    lines = [
        f"  {json.dumps(path, ensure_ascii=False)}: "
        f'{{"size": {len(data)}, "sha256": "{shared_sha256(data)}"}}'
        for path, data in sorted(copy.items())
    ]
    head = json.dumps(facts, ensure_ascii=False, indent=1).removesuffix("\n}")
    return (head + ',\n "files": {\n' + ",\n".join(lines) + "\n }\n}\n").encode()
