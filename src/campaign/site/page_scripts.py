"""The scripts inside a page: read from the theme, shortened, and named in the page's content policy."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from pathlib import Path

from markupsafe import Markup

from ..errors import CampaignError, Problem, shown


def read_scripts(root: Path, *names: str) -> Markup:
    """Return the theme's scripts (``exit.js``) one after the other, without comments and needless spaces.
    `minified` removes the last semicolon of a script, so there must be one between two scripts: otherwise
    JavaScript could read the second as a call of the first."""
    return Markup(";\n".join(_read(root, f"overrides/partials/{name}") for name in names))


def _read(root: Path, file: str) -> str:
    from calmjs.parse.exceptions import ECMASyntaxError

    try:
        return minified((root / file).read_text("utf-8"))
    except ECMASyntaxError as error:
        raise CampaignError([Problem(file, 0, "", shown(str(error), 200), "a script of ES5")]) from None


@lru_cache(64)  # the parser takes longer than a page, and all pages of all languages share a few scripts
def minified(script: str) -> str:
    """Return a script of ES5 without comments and needless spaces, and with short local names."""
    from calmjs.parse import es5  # late: only pages need it
    from calmjs.parse.unparsers.es5 import minify_print

    return str(minify_print(es5(script), obfuscate=True, drop_semi=True))


def text_source(text: str) -> str:
    """Return the ``script-src`` or ``style-src`` source that allows exactly this text: ``'sha256-…'``."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
