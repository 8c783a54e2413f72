"""The scripts that are part of a page: read from the theme, and allowed by the page's content policy."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable
from pathlib import Path

from markupsafe import Markup


def read_script(root: Path, name: str) -> Markup:
    """The text of ``name`` (``exit.js``) in the theme, as it stands in a page."""
    return Markup((root / "overrides" / "partials" / name).read_text("utf-8").strip())


def script_sources(scripts: Iterable[str]) -> str:
    """The sources of ``script-src`` that allow these very texts and no other: ``'sha256-…' 'sha256-…'``."""
    digests = (hashlib.sha256(script.encode()).digest() for script in scripts)
    return " ".join(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)
