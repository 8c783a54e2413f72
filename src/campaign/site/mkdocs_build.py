"""Runs MkDocs in strict mode for the base site of a country; each of its warnings is a problem."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import CampaignError, Problem
from ..files.yaml_document import read_document
from ..pages.mkdocs_settings import FILE
from ..pages.project import Project

if TYPE_CHECKING:
    from mkdocs.config.defaults import MkDocsConfig

_PAGE = re.compile(r"'([a-z]{2}/[^']+\.md)'")
_SETTING = re.compile(r"Config value '(?P<key>[^']+)': (?P<message>.+)", re.S)
_LONGEST = 300  # characters of MkDocs' message, which may repeat a whole value
_LINE = re.compile(r"(?P<file>[\w./-]+\.(?:md|yml))(?::(?P<line>\d+))?: (?P<message>.+)")


class _Warnings(logging.Handler):
    """Collects the warnings of MkDocs and its plugins: each of them fails a strict build."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def render_country(project: Project, country: str, folder: Path) -> None:
    """Render the base site of ``country``, with open slots, into ``folder``. Call it in a process for this
    project only: MkDocs keeps hooks for the life of the process. Raises `CampaignError`."""
    from mkdocs.commands.build import build

    def render() -> None:
        config = _settings(project.root, site_dir=str(folder))
        plugin: Any = config.plugins["campaign"]
        plugin.project = project
        plugin.config.load_dict({"municipality": country, "languages": None})
        config.plugins.on_startup(command="build", dirty=False)
        build(config)

    messages = _warned(render)
    if messages:
        raise CampaignError(problem for message in messages for problem in _problems(message))


def settings_problems(root: Path) -> list[Problem]:
    """Return MkDocs' complaints about mkdocs.yml, each at the line of its key; none if it cannot be read."""
    try:
        read_document(root / FILE, root, tags=("!ENV",))
    except (CampaignError, FileNotFoundError):
        return []
    try:
        messages = _warned(lambda: _settings(root))
    except Exception:  # MkDocs and its plugins crash on some values of a wrong type
        return list(_broken(root))
    return [problem for message in messages for problem in _at_their_keys(root, message)]


def _broken(root: Path) -> Iterator[Problem]:
    """Find the settings that make MkDocs crash, by loading each one by itself."""
    document = read_document(root / FILE, root, tags=("!ENV",))
    unknown = "refused by MkDocs: a value of another kind"
    problems = [
        document.problem((key,), f"{unknown} ({error})", "")
        for key, value in document.value.items()
        if (error := _breaks(root, {key: value}))
    ]
    yield from problems or [Problem(FILE, 0, "", unknown, "")]


def _breaks(root: Path, settings: dict[str, Any]) -> Exception | None:
    from mkdocs.config.defaults import MkDocsConfig

    config = MkDocsConfig(str(root / FILE))
    config.load_dict({"site_name": "x", **settings})  # site_name is the only required setting
    try:
        config.validate()
    except Exception as error:
        return error
    return None


def _settings(root: Path, **options: str) -> MkDocsConfig:
    from mkdocs.config import load_config

    return load_config(str(root / FILE), strict=True, **options)


def _warned(work: Callable[[], object]) -> list[str]:
    """Run ``work`` and return the warnings of MkDocs, or the reason why it gave up."""
    from mkdocs.exceptions import MkDocsException

    warnings = _Warnings()
    logger = logging.getLogger("mkdocs")
    logger.propagate = False
    logger.addHandler(warnings)
    try:
        work()
    except MkDocsException as error:
        return warnings.messages or [str(error)]
    finally:
        logger.removeHandler(warnings)
    return warnings.messages


def _at_their_keys(root: Path, message: str) -> Iterator[Problem]:
    setting = _SETTING.fullmatch(message.strip())
    if setting is None:
        yield from _problems(message)
        return
    document = read_document(root / FILE, root, tags=("!ENV",))
    text = " ".join(setting["message"].replace(f"{root}/", "").split())
    text = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
    yield document.problem((setting["key"],), f"refused by MkDocs: {text}", "")


def _problems(message: str) -> list[Problem]:
    """Turn a warning of MkDocs into problems: our own lines unchanged, other lines with their page."""
    own = [_LINE.fullmatch(line.strip()) for line in message.splitlines()]
    if any(own):
        return [Problem(m["file"], int(m["line"] or 0), "", m["message"], "") for m in own if m]
    page = _PAGE.search(message)
    text = " ".join(message.split())
    if page is None:
        return [Problem(FILE, 0, "", text, "")]
    return [Problem(f"docs/{page[1]}", 0, "", text.removeprefix(f"Doc file '{page[1]}' "), "")]
