"""The arguments and options that several commands have."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from ..files.project_folders import check_output

PLACES = click.argument("names", nargs=-1, metavar="[COUNTRY[/SLUG]]...")
DRY_RUN = click.option("--dry-run", is_flag=True, help="Write nothing; show the lines that would change.")


def out_folder(what: str, folder: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Return the option ``--out`` for the folder of ``what``, such as sites, which is otherwise ``folder`` in
    the project."""
    return click.option(
        "--out",
        type=click.Path(file_okay=False, path_type=Path),
        help=f"The folder for the {what}, as COUNTRY/SLUG. Without it, that is {folder}/ in the project.",
    )


def chosen_folder(root: Path, out: Path | None, folder: str, command: str) -> Path:
    """Return the folder that ``--out`` names, or ``folder`` in the project. Raise `CampaignError` if the
    command may not write there."""
    if out:
        check_output(root, out, command)
    return (out or root / folder).resolve()
