"""The commands of the coordinator and of those who edit contacts: ring, confirm, report, start a file."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import click

from .problem import CampaignError, Problem

# What a command needs it imports itself: none waits for another's.


@click.command()
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
    from .check import check_project
    from .cli import project_root
    from .ring import entries
    from .ring_list import as_csv, as_table

    project = check_project(project_root(), date.today())
    found = entries(project.places, project.pages, names, date.today())
    click.echo(as_csv(found) if for_spreadsheet else as_table(found), nl=not for_spreadsheet)


@click.command("confirm")
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
    from .cli import project_root
    from .confirm import confirm
    from .places import read_places
    from .words import read_words

    root, today = project_root(), date.today()
    places = read_places(root, read_words(root), today)
    on = day.date() if day else today
    files = confirm(root, places, ids, by, on, today)
    click.echo(f"{', '.join(dict.fromkeys(ids))}: confirmed on {on} by {by}, in {', '.join(files)}.")


@click.command("report")
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
    from .check import check_project
    from .cli import project_root
    from .report import check_place, report
    from .ring import entries

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


@click.command()
def schema() -> None:
    """Write the JSON Schemas of the files in municipalities/, from the model.

    Editors that know YAML complete and check by them while somebody types: the first line of every file
    names its schema. Run it after a change of the model and commit what it wrote.
    """
    from .cli import project_root
    from .schema import write_schemas

    click.echo("\n".join(write_schemas(project_root())))


@click.command()
@click.argument("place", metavar="COUNTRY/SLUG")
@click.option("--name", help="The official name, in the country's first language and in the nominative.")
@click.option(
    "--code",
    metavar="ISO",
    help="The code in ISO 3166-2, such as EE-793, where _country.yml has none for it.",
)
def new(place: str, name: str | None, code: str | None) -> None:
    """Write the first file of a municipality, with every further key as a comment.

    COUNTRY is a folder of municipalities/ (ee), SLUG the name in small letters a-z, digits and hyphens. A
    file that is there already is never written over.
    """
    from .cli import project_root
    from .starter import start

    file, todo = start(project_root(), place, name, code, date.today())
    now = f"Fill in its {' and '.join(todo)}, then" if todo else "Now"
    click.echo(f"{file} is written. {now} run: campaign check")


COMMANDS = (contacts, confirm_contacts, write_report, new, schema)
