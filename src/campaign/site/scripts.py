"""The scripts that are part of a page: read from the theme, and allowed by the page's content policy."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

from markupsafe import Markup


def read_scripts(root: Path, *names: str) -> Markup:
    """The scripts of the theme (``exit.js``) one after the other, without the comments and spaces that
    readers need not load."""
    folder = root / "overrides" / "partials"
    return Markup("\n".join(minified((folder / name).read_text("utf-8")) for name in names))


def minified(script: str) -> str:
    """A script without its comments and spaces."""
    from rjsmin import jsmin  # only where pages are made

    return str(jsmin(script))


def text_source(text: str) -> str:
    """The source of ``script-src`` or ``style-src`` that allows this very text: ``'sha256-…'``."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
