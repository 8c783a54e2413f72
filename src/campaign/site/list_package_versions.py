"""The versions of the packages that render a site, ours first."""

from __future__ import annotations

import re
from functools import cache

PACKAGE = "safe-path"


@cache
def package_versions() -> dict[str, str]:
    """Return ``{name: version}`` of our package and of its dependencies, without those for developers."""
    from importlib.metadata import requires, version  # late: copying needs none

    # A line such as `jinja2>=3.1.6`. Dependencies for developers have a marker after a semicolon.
    needed = [line for line in sorted(requires(PACKAGE) or ()) if ";" not in line]
    names = [PACKAGE, *(re.split(r"[^\w.-]", line, maxsplit=1)[0] for line in needed)]
    return {name: version(name) for name in names}
