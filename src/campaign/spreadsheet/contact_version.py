"""The version of a contact in a sheet. It shows whether the contact has changed since then."""

from __future__ import annotations

from collections.abc import Mapping

from ..files.digests import digest
from ..files.yaml_document import KeyPath

_LETTERS = str.maketrans("0123456789abcdef", "bcdfghjklmnpqrst")  # a spreadsheet reads 12e45 as a number
_LENGTH = 10  # letters: two versions of one contact are never equal by accident


def version_of(cells: Mapping[KeyPath, str]) -> str:
    """Return ten letters that are other ones if any value of the contact is another one."""
    parts = sorted(f"{path}={text}".encode() for path, text in cells.items())
    return digest(parts)[:_LENGTH].translate(_LETTERS)
