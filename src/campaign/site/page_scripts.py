"""The scripts inside a page: read from the theme, shortened, and named in the page's content policy."""

from __future__ import annotations

import base64
import hashlib
import re
from functools import lru_cache
from pathlib import Path

from markupsafe import Markup

from ..errors import CampaignError, Problem, shown
from ..files.source_file import read_text

_AT = re.compile(r" at (\d+):\d")


def read_scripts(root: Path, *names: str) -> Markup:
    """Return the theme's scripts (``exit.js``) one after the other, without comments and needless spaces.
    `minified` removes the last semicolon of a script, so there must be one between two scripts: otherwise
    JavaScript could read the second as a call of the first."""
    return Markup(";\n".join(read_script(root / "overrides/partials" / name, root) for name in names))


def read_script(path: Path, root: Path) -> str:
    """Return the script of one file, shortened; raise `CampaignError` if it cannot be read."""
    text = read_text(path, root)
    try:
        return minified(text)
    except Exception as error:  # the parser raises AttributeError at a comment without an end
        at = _AT.search(str(error)) if isinstance(error, SyntaxError) else None
        found = shown(str(error), 200) if at else "a script that ends too early"
        line = int(at[1]) if at else 0
        raise CampaignError(
            [Problem(path.relative_to(root).as_posix(), line, "", found, "a script of ES5")]
        ) from None


@lru_cache(64)  # the parser takes longer than a page, and all pages of all languages share a few scripts
def minified(script: str) -> str:
    """Return a script of ES5 without comments and needless spaces, and with short local names."""
    from calmjs.parse import es5  # late: only pages need it
    from calmjs.parse.unparsers.es5 import minify_print

    return str(minify_print(es5(script), obfuscate=True, drop_semi=True))


def text_source(text: str) -> str:
    """Return the ``script-src`` or ``style-src`` source that allows exactly this text: ``'sha256-…'``."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"
