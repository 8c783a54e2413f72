"""The folders of a project: its own, those with its sources, and those into which no command may write."""

from __future__ import annotations

from pathlib import Path

from ..errors import CampaignError, Problem, shown

SOURCES = ("docs", "hooks", "i18n", "municipalities", "overrides")  # together with mkdocs.yml
SITES = "sites"
CAMPAIGN_JSON = "campaign.json"  # the last file of a copy that a build writes: it names the copy's sources
_OURS = (
    *SOURCES, "audit", "bench", "deploy", "handbook", "releases", "src", "tests",
    ".cache", ".ci", ".devcontainer", ".git", ".venv", ".vscode",
)  # fmt: skip


def project_root() -> Path:
    """Return the nearest folder above the current one (or itself) with mkdocs.yml and municipalities/."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if _is_project(folder):
            return folder
    expected = "a folder of the project"
    raise CampaignError(
        [Problem(".", 0, "", "no mkdocs.yml and municipalities/ in this folder or above it", expected)]
    )


def _is_project(folder: Path) -> bool:
    return (folder / "mkdocs.yml").is_file() and (folder / "municipalities").is_dir()


def check_output(root: Path, out: Path, command: str, *also: str, option: str = "--out") -> None:
    """Raise `CampaignError` if ``out``, the output of ``command``, is among the source files of this or
    another project, contains them, or is in a copy: the output would become part of every copy or be lost
    among the sources. ``also`` names further folders of the project that are refused."""
    target = out.resolve()
    above = (target, *target.parents)
    taken = any(
        target == folder or target.is_relative_to((folder / name).resolve())
        for folder in {root.resolve(), *filter(_is_project, above)}
        for name in (*_OURS, *also)
    )
    in_copy = (
        any((folder / CAMPAIGN_JSON).is_file() for folder in above)
        or (root / SITES).resolve() in target.parents
    )
    if taken or in_copy or root.resolve().is_relative_to(target):
        sources = ", ".join(f"{name}/" for name in (*SOURCES, *also))
        expected = f"a folder outside every project's sources ({sources}) and copies"
        raise CampaignError([Problem(command, 0, option, shown(out.as_posix()), expected)])


def check_output_file(root: Path, file: Path, ending: str, command: str, option: str = "--out") -> None:
    """Raise `CampaignError` if ``command`` may not write ``file``, or if its name does not end in ``ending``
    (".html"): with another ending it could be a file that somebody needs."""
    check_output(root, file, command, SITES, option=option)
    if file.suffix != ending:
        expected = f"a name that ends in {ending}"
        raise CampaignError([Problem(command, 0, option, shown(file.as_posix()), expected)])
