"""The command ``campaign``. What a command needs it imports itself: none waits for another's."""

from __future__ import annotations

import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from . import desk
from .problem import CampaignError, Problem, shown, unusable
from .request import Request
from .today import now

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar


class _Group(click.Group):
    """Turns the core's problems into lines on standard error and exit status 1."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            try:
                return super().invoke(ctx)
            except OSError as error:
                raise CampaignError([unusable(error)]) from None
        except CampaignError as error:
            for problem in error.problems:
                click.echo(str(problem), err=True)
            count = len(error.problems)
            click.echo(f"{count} problem{'s' * (count != 1)}. {error.outcome}", err=True)
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
    help="Refuse what a release of these places must not have: contacts that nobody has confirmed as they "
    "are now, texts of municipalities that nobody has approved, and missing pages.",
)


def _shard(context: click.Context, option: click.Parameter, value: str | None) -> tuple[int, int] | None:
    number, _, count = (value or "1/1").partition("/")
    if not (number.isdecimal() and count.isdecimal() and 1 <= int(number) <= int(count) <= 10_000):
        raise click.BadParameter(f"found {value!r}, allowed NUMBER/COUNT such as 3/8")
    return (int(number), int(count)) if value else None


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
@click.option(
    "--independent",
    is_flag=True,
    help="Let no two copies share a file on the disk. Without it, files that do not differ are hard links.",
)
@click.option("--fresh", is_flag=True, help="Reuse nothing of earlier builds.")
@click.option(
    "--shard",
    metavar="NUMBER/COUNT",
    callback=_shard,
    help="Build one of several stable parts, such as 3/8, so that several machines share the work.",
)
@RELEASE
def build(out: Path, **asked: Any) -> None:
    """Build the sites of all municipalities, or of those that you name.

    A country's code (ee) stands for all of its municipalities, COUNTRY/SLUG (ee/tartu) for one. Only
    what has changed is rendered and written. Where anything is wrong, every problem is listed, the exit
    status is 1 and nothing is written.
    """
    began = time.monotonic()
    request = Request(project_root(), Path.cwd() / out, **asked)
    done = request.fulfil(now(), _say_waiting, _bar)
    click.echo(
        f"{done.standing.copies} sites in {time.monotonic() - began:.1f} s in {request.out}: "
        f"{done.built} built, {done.unchanged} unchanged, {done.removed} removed; "
        f"{done.standing.at(now())}."
    )
    sys.stdout.flush()
    os._exit(0)  # else Python takes apart what it holds, piece by piece, before it ends


def _say_waiting() -> None:
    click.echo("Another build is at work here. This one waits for it to end.", err=True)


def _bar(parts: int) -> ProgressBar[int]:
    """A bar on a terminal, nothing anywhere else. It moves by one for each country and each copy."""
    return click.progressbar(
        length=parts,
        label="Building",
        file=sys.stderr,
        show_pos=True,
        hidden=not sys.stderr.isatty(),
    )


@main.command()
@click.argument("names", nargs=-1, metavar="[COUNTRY[/SLUG]]...")
@RELEASE
def check(names: tuple[str, ...], release: bool) -> None:
    """Check contacts, interface words, pages and their slots without building anything.

    Everything is checked always. With --release, the countries (ee) and municipalities
    (ee/tartu) that you name are checked for a release, all where you name none.
    """
    from .check import check_project
    from .work import check_names

    if names and not release:
        message = f"found {shown(names[0])}, allowed names of places with --release alone"
        raise CampaignError([Problem("campaign check", 0, "", message)])
    project = check_project(project_root(), now(), names if release else None)
    check_names(project.places, names, "campaign check")
    click.echo(project)


def project_root() -> Path:
    """The nearest folder upwards that holds mkdocs.yml and municipalities/."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "mkdocs.yml").is_file() and (folder / "municipalities").is_dir():
            return folder
    message = "found no mkdocs.yml with municipalities/ here or above, allowed inside the project"
    raise CampaignError([Problem(".", 0, "", message)])
