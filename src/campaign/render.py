"""The only module of the core that knows MkDocs: renders one country's base site, strictly."""

from __future__ import annotations

import logging
import os
import re
from pathlib import Path

from .problem import CampaignError, Problem
from .project import Project

_PAGE = re.compile(r"'([a-z]{2}/[^']+\.md)'")
_LINE = re.compile(r"(?P<file>[\w./-]+\.(?:md|yml))(?::(?P<line>\d+))?: (?P<message>.+)")


class _Warnings(logging.Handler):
    """Keeps what MkDocs and its plugins warn of: in a strict build each of it is a problem."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def render_country(project: Project, country: str, folder: Path) -> None:
    """Render the base site of ``country``, slots open, into ``folder``. Meant for a process that does nothing
    else: MkDocs keeps hooks for as long as one lives, and works in a folder. Raises `CampaignError`."""
    os.environ["NO_MKDOCS_2_WARNING"] = "1"  # Material's banner on its end of life
    os.environ["MUNICIPALITY"] = country
    os.environ.pop("LANGUAGES", None)  # what a preview leaves out, a build must not
    os.chdir(project.root)
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    warnings = _Warnings()
    logger = logging.getLogger("mkdocs")
    logger.propagate = False
    logger.addHandler(warnings)
    messages = warnings.messages
    try:
        config = load_config(str(project.root / "mkdocs.yml"), site_dir=str(folder), strict=True)
        config.extra.update(project=project)
        config.plugins.on_startup(command="build", dirty=False)
        build(config)
    except MkDocsException as error:
        messages = messages or [str(error)]
    finally:
        logger.removeHandler(warnings)
    if messages:
        raise CampaignError(problem for message in messages for problem in _problems(message))


def _problems(message: str) -> list[Problem]:
    """A warning of MkDocs as problems: our own lines as they are, the others with their page."""
    own = [_LINE.fullmatch(line.strip()) for line in message.splitlines()]
    if any(own):
        return [Problem(m["file"], int(m["line"] or 0), "", m["message"]) for m in own if m]
    page = _PAGE.search(message)
    text = " ".join(message.split())
    if page is None:
        return [Problem("mkdocs.yml", 0, "", text)]
    return [Problem(f"docs/{page[1]}", 0, "", text.removeprefix(f"Doc file '{page[1]}' "))]
