"""The command that makes printed kits."""

from __future__ import annotations

import os
import time
from pathlib import Path

import click

from ..errors import counted
from ..files.project_folders import project_root
from ..today import now
from .options import PLACES, chosen_folder, out_folder

KITS = "kits"


def _listed(context: click.Context, option: click.Parameter, value: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (value or "").split(",") if part.strip())


@click.command(short_help="Make the printed kits of places: posters, cards and other sheets.")
@PLACES
@out_folder("kits", KITS)
@click.option(
    "--draft",
    is_flag=True,
    help="Print numbers that nobody has confirmed, too. Every sheet then says that it is a draft.",
)
@click.option(
    "--items",
    callback=_listed,
    metavar="ITEM,ITEM",
    help="Only these items, such as cards,poster-a3. The message about a wrong name lists all items.",
)
@click.option(
    "--languages",
    callback=_listed,
    metavar="LANGUAGE,LANGUAGE",
    help="Only these languages, such as ru,en. A language that is only begun must be named here.",
)
def kit(
    names: tuple[str, ...],
    out: Path | None,
    draft: bool,
    items: tuple[str, ...],
    languages: tuple[str, ...],
) -> None:
    """Make the printed kits of all places, or of those that you name, in every language of each.

    If nobody has confirmed one of the numbers, the command lists whom to ring and writes nothing. With
    --draft it prints such numbers, too, and every sheet says that it is a draft. A text that does not fit
    into its box is a problem with file, field and language; the kit of that place then stays as it was.
    kit.json lists the sheets of a kit, and kit.zip has them all.
    """
    from ..kit.make_kits import Kits

    began = time.monotonic()
    os.umask(0o022)
    root = project_root()
    request = Kits(root, chosen_folder(root, out, KITS, "campaign kit"), names, items, languages, draft)
    done = request.run(now(), lambda text: click.echo(text, err=True))
    click.echo(
        f"{counted(done.kits, 'kit')} in {time.monotonic() - began:.1f} s in {request.out}: "
        f"{done.written} written, {done.kits - done.written} unchanged."
    )
