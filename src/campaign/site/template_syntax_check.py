"""Checks that the theme's templates can be read, without rendering any of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ..errors import Problem, shown


def theme_problems(root: Path) -> Iterator[Problem]:
    """Yield the problems of all templates below overrides/: mistakes in Jinja's notation, and other templates
    that they include and that do not exist."""
    from jinja2 import Environment, TemplateSyntaxError  # late: most checks are of known pages
    from jinja2.meta import find_referenced_templates

    folder = root / "overrides"
    environment = Environment(autoescape=True)
    for path in sorted(folder.rglob("*.html")):
        file = path.relative_to(root).as_posix()
        try:
            tree = environment.parse(path.read_text("utf-8"))
        except (TemplateSyntaxError, UnicodeDecodeError) as error:
            line = error.lineno if isinstance(error, TemplateSyntaxError) else 0
            yield Problem(file, line, "", shown(str(error).splitlines()[0], 200), "a template of Jinja")
            continue
        for name in find_referenced_templates(tree):
            if name and not any((place / name).is_file() for place in (folder, folder / "partials")):
                yield Problem(file, 0, "", f"the template {shown(name)}", "a template that is in overrides/")
