"""The command ``campaign``."""

from __future__ import annotations

import sys
import time
from datetime import date, datetime
from pathlib import Path

import click
from click._termui_impl import ProgressBar

from .build import build_sites, chosen, remove_leftovers
from .check import check_project
from .confirm import confirm
from .place import Places
from .places import read_places
from .problem import CampaignError, Problem
from .report import check_place, report
from .ring import entries
from .ring_list import as_csv, as_table
from .schema import write_schemas
from .starter import start
from .words import read_words


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


@main.command()
@click.argument("names", nargs=-1, metavar="[COUNTRY[/SLUG]]...")
@click.option(
    "--csv",
    "for_spreadsheet",
    is_flag=True,
    help="Print CSV with all columns. A text that a spreadsheet would take for a formula begins with an "
    "apostrophe: '+372 660 7320.",
)
def contacts(names: tuple[str, ...], for_spreadsheet: bool) -> None:
    """List the contacts, with what to ring next on top.

    Expired ones come first, those that expired earliest on top. Then those that nobody has confirmed and
    that readers see: those that most places show first, then by how urgent their role is. Then those that
    expire within 30 days, and at last the fresh ones. A country's code (ee) names its own contacts and
    those of its municipalities, COUNTRY/SLUG (ee/tartu) the municipality's own.

    "days" counts since a confirmation ended, or until it ends; "places" counts the places whose readers'
    pages show the contact.
    """
    project = check_project(project_root(), date.today())
    found = entries(project.places, project.pages, names, date.today())
    click.echo(as_csv(found) if for_spreadsheet else as_table(found), nl=not for_spreadsheet)


@main.command("confirm")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option(
    "--by",
    required=True,
    metavar="WHO",
    help='The office or role that rang, such as "Tartu social department, duty officer". It is published: '
    "never a private person's name.",
)
@click.option(
    "--on",
    "day",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="The day of the call, where it was not today.",
)
def confirm_contacts(ids: tuple[str, ...], by: str, day: datetime | None) -> None:
    """Write into contacts that somebody has rung them, or opened them, and found them right.

    Only assured_date and assurer of these contacts change; comments, order and all else stay as they are.
    Several IDs are confirmed all or none. "campaign contacts" lists the IDs.
    """
    root, today = project_root(), date.today()
    places = read_places(root, read_words(root), today)
    on = day.date() if day else today
    files = confirm(root, places, ids, by, on, today)
    click.echo(f"{', '.join(dict.fromkeys(ids))}: confirmed on {on} by {by}, in {', '.join(files)}.")


@main.command("report")
@click.option(
    "--out",
    default="report.html",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file that receives the page. It is report.html in the current folder unless you say otherwise.",
)
@click.option("--language", default="en", help="The language of the page, one of i18n/. It is en otherwise.")
def write_report(out: Path, language: str) -> None:
    """Write one page for the coordinator: municipalities by role, how each stands, and what to ring next.

    The page is for a browser and for paper. It is no part of any copy and asks nothing of the network.
    """
    root, today = project_root(), date.today()
    check_place(root, out)
    project = check_project(root, today)
    found = entries(project.places, project.pages, (), today)
    page = report(root, project.words, project.places, found, language, today)
    try:
        out.write_text(page, "utf-8")
    except OSError as error:
        raise CampaignError([Problem(str(out), 0, "", f"could not be written: {error.strerror}")]) from None
    click.echo(f"{out} is written. Open it in a browser, or print it on A4.")


@main.command()
def schema() -> None:
    """Write the JSON Schemas of the files in municipalities/, from the model.

    Editors that know YAML complete and check by them while somebody types: the first line of every file
    names its schema. Run it after a change of the model and commit what it wrote.
    """
    click.echo("\n".join(write_schemas(project_root())))


@main.command()
@click.argument("place", metavar="COUNTRY/SLUG")
@click.option("--name", help="The official name, in the country's first language and in the nominative.")
@click.option("--code", metavar="ISO", help="The code in ISO 3166-2, such as EE-793.")
def new(place: str, name: str | None, code: str | None) -> None:
    """Write the first file of a municipality, with every further key as a comment.

    COUNTRY is a folder of municipalities/ (ee), SLUG the name in small letters a-z, digits and hyphens. A
    file that is there already is never written over.
    """
    file = start(project_root(), place, name, code, date.today())
    todo = " and ".join(word for word, given in (("code", code), ("name", name)) if not given)
    click.echo(
        f"{file} is written. " + (f"Fill in its {todo}, then" if todo else "Now") + " run: campaign check"
    )


def project_root() -> Path:
    """The nearest folder upwards that holds mkdocs.yml and municipalities/."""
    here = Path.cwd()
    for folder in (here, *here.parents):
        if (folder / "mkdocs.yml").is_file() and (folder / "municipalities").is_dir():
            return folder
    message = "found no mkdocs.yml with municipalities/ here or above, allowed inside the project"
    raise CampaignError([Problem(".", 0, "", message)])
