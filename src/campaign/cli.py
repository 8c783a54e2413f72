"""The command ``campaign``."""

from __future__ import annotations

import sys
import time
from datetime import date
from pathlib import Path

import click
from click._termui_impl import ProgressBar

from . import desk
from .build import build_sites, chosen, remove_leftovers
from .check import check_project
from .place import Places
from .problem import CampaignError, Problem


class _Group(click.Group):
    """Turns the core's problems into lines on standard error and exit status 1."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except CampaignError as error:
            for problem in error.problems:
                click.echo(str(problem), err=True)
            count = len(error.problems)
            click.echo(f"{count} problem{'s' * (count != 1)}. Nothing was written.", err=True)
            sys.exit(1)


@click.group(cls=_Group, context_settings={"max_content_width": 100})
def main() -> None:
    """Safe Path makes a help site for every municipality from Markdown and contacts.

    Run it anywhere inside the project. Every problem is one line that names file, line and field.
    """


for command in desk.COMMANDS:
    main.add_command(command)

RELEASE = click.option(
    "--release",
    is_flag=True,
    help="Refuse what a release must not have: unconfirmed or expired contacts, and missing pages.",
)


@main.command()
@click.argument("names", nargs=-1, metavar="[COUNTRY[/SLUG]]...")
@click.option(
    "--out",
    default="sites",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder that receives the sites, as COUNTRY/SLUG. It is sites/ unless you say otherwise.",
)
@click.option(
    "--precompress",
    is_flag=True,
    help="Add .gz and .br beside each file, for hosts that can send them. It takes some minutes more.",
)
@RELEASE
def build(names: tuple[str, ...], out: Path, precompress: bool, release: bool) -> None:
    """Build the sites of all municipalities, or of those that you name.

    A country's code (ee) stands for all of its municipalities, COUNTRY/SLUG (ee/tartu) for one.
    Where anything is wrong, every problem is listed, the exit status is 1 and nothing is written.
    """
    began = time.monotonic()
    root = project_root()
    # All problems of all files at once, before MkDocs sees the first.
    project = check_project(root, date.today(), release)
    work = chosen(project.places, names)
    out = out if out.is_absolute() else Path.cwd() / out
    try:
        remove_leftovers(out)
        with _progress(work.parts) as bar:
            build_sites(root, project.words, work, out, bar.update, precompress)
    except OSError as error:
        message = f"could not be written: {error.strerror}"
        raise CampaignError([Problem(str(error.filename or out), 0, "", message)]) from None
    seconds = time.monotonic() - began
    gaps = f", {len(project.missing)} pages are missing" if project.missing else ""
    click.echo(f"{work.copies} sites in {seconds:.1f} s in {out}; {_counted(project.places)}{gaps}.")


def _progress(parts: int) -> ProgressBar[int]:
    """A bar on a terminal, nothing anywhere else. It moves by one for each country and each copy."""
    return click.progressbar(
        length=parts,
        label="Building",
        file=sys.stderr,
        show_pos=True,
        hidden=not sys.stderr.isatty(),
    )


def _counted(places: Places) -> str:
    states = [contact.state(date.today()) for _, _, contact in places.contacts()]
    return (
        f"{states.count('unconfirmed')} of {len(states)} contacts are unconfirmed, "
        f"{states.count('expired')} expired"
    )


@main.command()
@RELEASE
def check(release: bool) -> None:
    """Check contacts, interface words, pages and their slots without building anything."""
    click.echo(check_project(project_root(), date.today(), release))


def project_root() -> Path:
    """The nearest folder upwards that holds mkdocs.yml and municipalities/."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "mkdocs.yml").is_file() and (folder / "municipalities").is_dir():
            return folder
    message = "found no mkdocs.yml with municipalities/ here or above, allowed inside the project"
    raise CampaignError([Problem(".", 0, "", message)])
