"""Where the project is, and where its commands may not write."""

from __future__ import annotations

from pathlib import Path

from ..errors import CampaignError, Problem, shown
from .fingerprint import SOURCES

SITES = "sites"
_OURS = (*SOURCES, "audit", "bench", "src", "tests", ".cache", ".ci", ".git", ".venv")


def project_root() -> Path:
    """The nearest folder upwards that holds mkdocs.yml and municipalities/."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "mkdocs.yml").is_file() and (folder / "municipalities").is_dir():
            return folder
    message = "found no mkdocs.yml with municipalities/ here or above, allowed inside the project"
    raise CampaignError([Problem(".", 0, "", message)])


def check_output(root: Path, out: Path, command: str, *also: str) -> None:
    """`CampaignError` where ``out``, which ``command`` is to write, is among the project's own files or holds
    them: what is written there would become part of every copy, or be lost among the sources. ``also`` names
    further folders of the project that are not for it."""
    target, root = out.resolve(), root.resolve()
    taken = [name for name in (*_OURS, *also) if target.is_relative_to((root / name).resolve())]
    if taken or root.is_relative_to(target):
        allowed = f"a place outside {', '.join(f'{name}/' for name in (*SOURCES, *also))} and the like"
        raise CampaignError(
            [Problem(command, 0, "--out", f"found {shown(out.as_posix())}, allowed {allowed}")]
        )
