"""The commands of the coordinator and of those who edit contacts: ring, confirm, approve, report, start."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import CampaignError, Problem, shown
from ..files.project_root import SITES, check_output, project_root
from ..today import latest_day, now

if TYPE_CHECKING:
    from ..coordinator.edits import Edits
    from ..model.places import Places

# What a command needs it imports itself: none waits for another's.


@click.command(short_help="List the contacts, the most urgent to call first.")
@click.argument("names", nargs=-1, metavar="[COUNTRY[/SLUG]]...")
@click.option(
    "--csv",
    "for_spreadsheet",
    is_flag=True,
    help="Print CSV with all columns, in UTF-8 and with semicolons, as Excel opens it. A text that a "
    "spreadsheet would take for a formula or a number begins with an apostrophe: '+372 660 7320.",
)
def contacts(names: tuple[str, ...], for_spreadsheet: bool) -> None:
    """List the contacts, the most urgent to call first.

    Those that changed since they were confirmed come first. Then expired ones, those that expired earliest
    on top. Then those that nobody has confirmed and
    that readers see: those that most places show first, then by how urgent their role is. Then those that
    expire within 30 days, and at last the fresh ones. A country's code (ee) names its own contacts and
    those of its municipalities, COUNTRY/SLUG (ee/tartu) the municipality's own.

    "days" counts since a confirmation ended, or until it ends; "places" counts the places whose readers'
    pages show the contact.
    """
    from ..checks.check import check_project
    from ..coordinator.call_list import entries
    from ..coordinator.call_list_formats import as_csv, as_table

    moment = now()
    project = check_project(project_root(), moment)
    found = entries(project.places, project.pages, names, moment)
    click.echo(as_csv(found) if for_spreadsheet else as_table(found), nl=not for_spreadsheet)


DRY_RUN = click.option("--dry-run", is_flag=True, help="Write nothing, and show the lines that would change.")


@click.command("confirm", short_help="Record that somebody has called or opened contacts.")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option(
    "--by",
    required=True,
    metavar="OFFICE",
    help='The office or role that rang, such as "Tartu social department, duty officer". It is published: '
    "never a private person's name.",
)
@click.option(
    "--on",
    metavar="YYYY-MM-DD",
    help="The day of the call, where it was not today in the contact's country.",
)
@click.option(
    "--how",
    type=click.Choice(["call", "visit", "chat", "web"]),
    default="call",
    help="How that was found out. By a call, unless you say otherwise.",
)
@DRY_RUN
def confirm_contacts(ids: tuple[str, ...], by: str, on: str | None, how: str, dry_run: bool) -> None:
    """Record that somebody has called contacts, or opened them, and found them right as they are now.

    It is kept in _coordinator.yml of the country, with a digest of what was found right: a contact whose
    name, numbers, addresses, hours, languages or cost change later is unconfirmed again. Comments, order
    and all else in that file stay as they are. Several IDs are confirmed all or none. "campaign contacts"
    lists the IDs.
    """
    from ..coordinator.confirm import Found, confirm

    root = project_root()
    edits, lines = confirm(root, _places(root), ids, Found(by, how, on), now())
    _write(edits, dry_run, lines)


@click.command("unconfirm", short_help="Take back that contacts were confirmed.")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@DRY_RUN
def unconfirm_contacts(ids: tuple[str, ...], dry_run: bool) -> None:
    """Take back that contacts were confirmed, also of contacts that no file has any more.

    Several IDs are unconfirmed all or none.
    """
    from ..coordinator.confirm import unconfirm

    _write(
        unconfirm(project_root(), ids), dry_run, [f"{', '.join(dict.fromkeys(ids))}: no longer confirmed."]
    )


@click.command("approve", short_help="Say yes to the texts of municipalities you have read.")
@click.argument("names", nargs=-1, required=True, metavar="COUNTRY[/SLUG]...")
@click.option("--yes", is_flag=True, help="Approve without being asked.")
@DRY_RUN
def approve_texts(names: tuple[str, ...], yes: bool, dry_run: bool) -> None:
    """Say yes to the texts of municipalities, after reading them.

    Names, descriptions, steps, seats, meetings and the contact point of each are printed first. The yes
    is kept in _coordinator.yml of the country with a digest of these texts: when one of them changes, it is
    over. A release wants it. A country's code (ee) names all of its municipalities.
    """
    from ..coordinator.approve import approve, said, waiting

    root = project_root()
    places = waiting(_places(root), names)
    if not places:
        click.echo("Nothing waits for approval there.")
        return
    for place in places:
        click.echo(said(root, place))
    named = ", ".join(map(str, places))
    if not (yes or dry_run):
        click.confirm(f"Approve the texts of {named}?", abort=True)
    _write(approve(root, places), dry_run, [f"{named}: texts approved."])


def _places(root: Path) -> Places:
    from ..pages.ui_strings import read_words
    from ..source.municipalities import read_places

    return read_places(root, read_words(root), latest_day(now()))


def _write(edits: Edits, dry_run: bool, lines: list[str]) -> None:
    if dry_run:
        click.echo(f"{edits.difference}Nothing was written.")
    else:
        edits.write()
        click.echo("\n".join([*lines, f"Written into {', '.join(edits.files)}."]))


@click.command("report", short_help="Write one page for the coordinator: who answers where.")
@click.option(
    "--out",
    default="report.html",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file that receives the page. It is report.html in the current folder unless you say otherwise.",
)
@click.option("--language", default="en", help="The language of the page, one of i18n/. It is en otherwise.")
def write_report(out: Path, language: str) -> None:
    """Write one page for the coordinator: places by role, states of contacts, whom to call next.

    The page is for a browser and for paper. It is no part of any copy and asks nothing of the network.
    """
    from ..checks.check import check_project
    from ..coordinator.call_list import entries
    from ..coordinator.report import report

    root, moment = project_root(), now()
    check_output(root, out, "campaign report", SITES)
    if out.suffix != ".html":  # else it could be written over a file of the project
        expected = "a name that ends in .html"
        raise CampaignError([Problem("campaign report", 0, "--out", shown(out.as_posix()), expected)])
    project = check_project(root, moment)
    found = entries(project.places, project.pages, (), moment)
    page = report(root, project.words, project.places, found, language, moment)
    try:
        out.write_text(page, "utf-8")
    except OSError as error:
        problem = Problem(str(out), 0, "", f"could not be written: {error.strerror}", "")
        raise CampaignError([problem]) from None
    click.echo(f"{out} is written. Open it in a browser, or print it on A4.")


@click.command(short_help="Write the JSON Schemas of the files in municipalities/.")
def schema() -> None:
    """Write the JSON Schemas of the files in municipalities/, from the model.

    Editors that know YAML complete and check by them while somebody types: the first line of every file
    names its schema. Run it after a change of the model and commit what it wrote.
    """
    from ..source.schema import write_schemas

    click.echo("\n".join(write_schemas(project_root())))


@click.command(short_help="Write the first file of a municipality.")
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
    from ..source.scaffold import start

    file, todo = start(project_root(), place, name, code, latest_day(now()))
    following = f"Fill in its {' and '.join(todo)}, then" if todo else "Now"
    click.echo(f"{file} is written. {following} run: campaign check")


COMMANDS = (
    contacts, confirm_contacts, unconfirm_contacts, approve_texts, write_report, new, schema,
)  # fmt: skip
