"""The packages that a site is rendered with, ours first."""

from __future__ import annotations

import re
from functools import cache

PACKAGE = "safe-path"


@cache
def package_versions() -> dict[str, str]:
    """``{name: version}`` of ours and of those that our own metadata names for every use."""
    from importlib.metadata import requires, version  # whoever only copies what was rendered need not wait

    # A line such as `jinja2>=3.1.6`; those for developers alone have a marker behind a semicolon.
    needed = [line for line in sorted(requires(PACKAGE) or ()) if ";" not in line]
    names = [PACKAGE, *(re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in needed)]
    return {name: version(name) for name in names}
