"""Checks that the theme's templates can be read, without rendering any of them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from ..errors import Problem, shown


def theme_problems(root: Path) -> Iterator[Problem]:
    """Yield the problems of all templates below overrides/: mistakes in Jinja's notation, and other templates
    that they include and that do not exist."""
    folder = root / "overrides"
    for path in sorted(folder.rglob("*.html")):
        file = path.relative_to(root).as_posix()
        names, line, mistake = _read(path.read_bytes())
        if mistake:
            yield Problem(file, line, "", mistake, "a template of Jinja")
        for name in names:
            if not any((place / name).is_file() for place in (folder, folder / "partials")):
                yield Problem(file, 0, "", f"the template {shown(name)}", "a template that is in overrides/")


@lru_cache(maxsize=100)  # a preview checks all again after each change, and hardly ever a changed template
def _read(template: bytes) -> tuple[list[str], int, str]:
    """Return the templates that a template needs, and the line and text of a mistake in it (0 and
    ``""`` without one)."""
    from jinja2 import Environment, TemplateSyntaxError  # late: most checks are of known pages
    from jinja2.meta import find_referenced_templates

    try:
        tree = Environment(autoescape=True).parse(template.decode("utf-8"))
    except (TemplateSyntaxError, UnicodeDecodeError) as error:
        line = error.lineno if isinstance(error, TemplateSyntaxError) else 0
        return [], line, shown(str(error).splitlines()[0], 200)
    return [name for name in find_referenced_templates(tree) if name], 0, ""
