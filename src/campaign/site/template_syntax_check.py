"""Checks that the files of the theme and the hooks can be read, without rendering any of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from ..errors import CampaignError, Problem, shown
from ..files.source_file import is_litter, read_text
from .page_scripts import read_script

_TEXTS = (".css", ".html", ".js", ".py", ".svg")


def theme_problems(root: Path) -> Iterator[Problem]:
    """Yield the problems of all text files below overrides/ and hooks/: bytes that are not UTF-8, scripts
    that are not ES5, and in templates mistakes in Jinja's notation and other templates that do not exist."""
    folder = root / "overrides"
    for path in (path for within in (folder, root / "hooks") for path in sorted(within.rglob("*"))):
        if path.suffix not in _TEXTS or is_litter(path.name):
            continue
        file = path.relative_to(root).as_posix()
        try:
            text = read_text(path, root)
            if path.suffix == ".js":
                read_script(path, root)
        except CampaignError as error:
            yield from error.problems
            continue
        if path.suffix != ".html":
            continue
        names, line, mistake = _read(text)
        if mistake:
            yield Problem(file, line, "", mistake, "a template of Jinja")
        for name in names:
            if not any((place / name).is_file() for place in (folder, folder / "partials")):
                yield Problem(file, 0, "", f"the template {shown(name)}", "a template that is in overrides/")


@lru_cache(maxsize=100)  # a preview checks all again after each change, and hardly ever a changed template
def _read(template: str) -> tuple[list[str], int, str]:
    """Return the templates that a template needs, and the line and text of a mistake in it (0 and
    ``""`` without one)."""
    from jinja2 import Environment, TemplateSyntaxError  # late: most checks are of known pages
    from jinja2.meta import find_referenced_templates

    try:
        tree = Environment(autoescape=True).parse(template)
    except TemplateSyntaxError as error:
        return [], error.lineno, shown(str(error).splitlines()[0], 200)
    return [name for name in find_referenced_templates(tree) if name], 0, ""
