"""Reads the manifest.json of a copy that anybody may have changed."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass

from ..files.digests import sha256

LARGEST = 2_000_000  # bytes; the manifest of a copy with 250 files has 30,000
_MOST_FILES = 10_000
_PATH = re.compile(r"(?!/)(?!.*(?:^|/)\.{0,2}(?:/|$))[^\\?#]{1,300}")
_SHA256 = re.compile("[0-9a-f]{64}")


@dataclass(frozen=True)
class FileFacts:
    """The size in bytes and the SHA-256 (hexadecimal) of one file."""

    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a manifest says. ``digest`` is the SHA-256 of the manifest's own bytes."""

    municipality: str
    version: str
    inputs: str
    newest_contact: str | None
    files: Mapping[str, FileFacts]
    digest: str


def read_manifest(data: bytes) -> Manifest:
    """Return the manifest; raise `ValueError` with the reason if it is not a manifest of Safe Path."""
    if len(data) > LARGEST:
        raise ValueError(f"manifest.json has more than {LARGEST:,} bytes")
    try:
        found = json.loads(data)
    except (ValueError, RecursionError):
        raise ValueError("manifest.json is not JSON") from None
    if not isinstance(found, dict) or not isinstance(found.get("files"), dict):
        raise ValueError("manifest.json has no list of files")
    if not 0 < len(found["files"]) <= _MOST_FILES:
        raise ValueError(f"manifest.json lists {len(found['files']):,} files")
    newest = found.get("newest_contact")
    if newest is not None and not (isinstance(newest, str) and re.fullmatch(r"[\d/-]{4,10}", newest)):
        raise ValueError("manifest.json has no date of its newest contact")
    return Manifest(
        municipality=_text(found, "municipality", r"[a-z]{2}/[a-z0-9-]{1,60}"),
        version=_text(found, "version", r"[\w.+-]{1,40}"),
        inputs=_text(found, "inputs", _SHA256.pattern),
        newest_contact=newest,
        files={path: _facts(path, facts) for path, facts in found["files"].items()},
        digest=sha256(data),
    )


def _text(found: Mapping[str, object], key: str, form: str) -> str:
    value = found.get(key)
    if not isinstance(value, str) or not re.fullmatch(form, value, re.ASCII):
        raise ValueError(f"manifest.json has no {key}")
    return value


def _facts(path: str, facts: object) -> FileFacts:
    if not (_PATH.fullmatch(path) and path.isprintable()):
        raise ValueError("manifest.json names a file outside of the copy")
    size, digest = (facts.get("size"), facts.get("sha256")) if isinstance(facts, dict) else (None, None)
    if type(size) is not int or size < 0 or not (isinstance(digest, str) and _SHA256.fullmatch(digest)):
        raise ValueError(f"manifest.json has no size and SHA-256 of {path}")
    return FileFacts(size, digest)
