"""The commands of the coordinator and of people who edit contacts: list, confirm, approve, report, start."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import CampaignError, Problem, counted, shown
from ..files.project_root import SITES, check_output, project_root
from ..today import latest_day, now

if TYPE_CHECKING:
    from ..coordinator.edits import Edits
    from ..model.places import Places

# Each command imports its own modules, so no command waits for the imports of another.


@click.command(short_help="List the contacts, the most urgent to call first.")
@click.argument("names", nargs=-1, metavar="[COUNTRY[/SLUG]]...")
@click.option(
    "--csv",
    "as_sheet",
    is_flag=True,
    help="Print a sheet as CSV, in UTF-8 and with semicolons, as Excel opens it. Text that a spreadsheet "
    "would treat as a formula or a number begins with an apostrophe: '+372 660 7320.",
)
@click.option(
    "--xlsx",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a sheet into a new workbook (.xlsx).",
)
def contacts(names: tuple[str, ...], as_sheet: bool, xlsx: Path | None) -> None:
    """List the contacts, the most urgent to call first.

    Contacts that changed since they were confirmed come first, then expired ones, the longest expired on top.
    Then come unconfirmed ones that readers see: first those that most places show, then those with the most
    urgent role. Contacts that expire within 30 days and fresh ones come last. A country's code (ee) selects
    its contacts and those of its municipalities; COUNTRY/SLUG (ee/tartu) selects only the municipality's own.

    "days" is the number of days since a confirmation ended or until it ends; "places" is the number of places
    whose readers' pages show the contact.

    A sheet (--csv, --xlsx) has every value of each contact, what to ask, and columns for the answers.
    "campaign take" brings corrected values back. Confirmations are not in the sheet: "campaign confirm"
    records them.
    """
    from ..checks.check import check_project
    from ..coordinator.call_list import entries
    from ..coordinator.call_list_formats import as_table

    root, moment = project_root(), now()
    project = check_project(root, moment)
    found = entries(project.places, project.pages, names, moment)
    if not (as_sheet or xlsx):
        click.echo(as_table(found))
        return
    from ..spreadsheet.writing import as_csv, sheet_rows, write_xlsx

    if xlsx:
        count = write_xlsx(root, xlsx, sheet_rows(root, found))
        click.echo(f"{xlsx} is written, with {counted(count, 'contact')}.", err=as_sheet)
    if as_sheet:
        click.echo(as_csv(sheet_rows(root, found)), nl=False)


DRY_RUN = click.option("--dry-run", is_flag=True, help="Write nothing; show the lines that would change.")


@click.command("take", short_help="Bring the corrected values of a sheet back into the files.")
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("names", nargs=-1, metavar="[COUNTRY[/SLUG]]...")
@DRY_RUN
def take_sheet(file: Path, names: tuple[str, ...], dry_run: bool) -> None:
    """Bring the corrected values of a sheet (CSV or .xlsx) back into municipalities/.

    "campaign contacts --csv" or "--xlsx" wrote the sheet. Each change is first said in words. Only the lines
    of changed values are written; an unchanged sheet changes nothing. A row without an id is a new contact of
    its place. A contact without a row stays as it is. If one cell is wrong, nothing is written.

    If you name countries (ee) or municipalities (ee/tartu), a sheet that changes any other place's contacts
    is refused. Name the municipality that has sent a sheet back.
    """
    from ..spreadsheet.take import take

    taken = take(project_root(), file, now(), names)
    click.echo("\n".join(taken.lines))
    if dry_run or not taken.edits.files:
        click.echo(f"{taken.edits.difference}Nothing was written.")
    else:
        taken.edits.write()
        click.echo(f"Written into {', '.join(taken.edits.files)}.")


@click.command("confirm", short_help="Record that somebody has called or opened contacts.")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option(
    "--by",
    required=True,
    metavar="OFFICE",
    help='The office or role that called, such as "Tartu social department, duty officer". It is published, '
    "so it must never be a private person's name.",
)
@click.option(
    "--on",
    metavar="YYYY-MM-DD",
    help="The day of the call, if it was not today in the contact's country.",
)
@click.option(
    "--how",
    type=click.Choice(["call", "visit", "chat", "web"]),
    default="call",
    help="The way in which somebody checked the contact; a call unless you say otherwise.",
)
@DRY_RUN
def confirm_contacts(ids: tuple[str, ...], by: str, on: str | None, how: str, dry_run: bool) -> None:
    """Record that somebody has called or opened contacts and found them right as they are now.

    The record is in the country's _coordinator.yml, with a digest of the contact. If its name, numbers,
    addresses, hours, languages or cost change later, it is unconfirmed again. The rest of that file stays
    unchanged. Of several IDs, either all are confirmed or none. "campaign contacts" lists the IDs.
    """
    from ..coordinator.confirm import Found, confirm

    root = project_root()
    edits, lines = confirm(root, _places(root), ids, Found(by, how, on), now())
    _write(edits, dry_run, lines)


@click.command("unconfirm", short_help="Take back the confirmations of contacts.")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@DRY_RUN
def unconfirm_contacts(ids: tuple[str, ...], dry_run: bool) -> None:
    """Take back confirmations, also of contacts that are no longer in any file.

    Of several IDs, either all are unconfirmed or none.
    """
    from ..coordinator.confirm import unconfirm

    _write(
        unconfirm(project_root(), ids), dry_run, [f"{', '.join(dict.fromkeys(ids))}: no longer confirmed."]
    )


@click.command("approve", short_help="Approve the texts of municipalities after reading them.")
@click.argument("names", nargs=-1, required=True, metavar="COUNTRY[/SLUG]...")
@click.option("--yes", is_flag=True, help="Approve without a question.")
@DRY_RUN
def approve_texts(names: tuple[str, ...], yes: bool, dry_run: bool) -> None:
    """Approve the texts of municipalities after reading them.

    The command first prints the names, descriptions, steps, seats, meetings and contact point of each. The
    approval is in the country's _coordinator.yml, with a digest of these texts, and ends when one of them
    changes. A release needs it. A country's code (ee) stands for all of its municipalities.
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


@click.command("report", short_help="Write one page for the coordinator: contacts by place and role.")
@click.option(
    "--out",
    default="report.html",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file for the page. Without it, that is report.html in the current folder.",
)
@click.option("--language", default="en", help="The language of the page, one of i18n/; otherwise en.")
def write_report(out: Path, language: str) -> None:
    """Write one page for the coordinator: places by role, states of contacts, whom to call next.

    The page is for a browser and for paper. It is not part of any copy and loads nothing from the network.
    """
    from ..checks.check import check_project
    from ..coordinator.call_list import entries
    from ..coordinator.report import report

    root, moment = project_root(), now()
    check_output(root, out, "campaign report", SITES)
    if out.suffix != ".html":  # otherwise it could overwrite a file of the project
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
    """Write the JSON Schemas of the files in municipalities/, from the records.

    Editors that know YAML use them to complete and check while somebody types; the first line of every file
    names its schema. Run this after a change of the records and commit the result.
    """
    from ..source.schema import write_schemas

    click.echo("\n".join(write_schemas(project_root())))


@click.command(short_help="Write the first file of a municipality.")
@click.argument("place", metavar="COUNTRY/SLUG")
@click.option("--name", help="The official name, in the country's first language and in the nominative.")
@click.option(
    "--code",
    metavar="ISO",
    help="The ISO 3166-2 code, such as EE-793, if _country.yml has none for this municipality.",
)
def new(place: str, name: str | None, code: str | None) -> None:
    """Write the first file of a municipality, with all optional keys in comments.

    COUNTRY is a folder of municipalities/ (ee), SLUG the name in lower-case letters a-z, digits and hyphens.
    An existing file is never overwritten.
    """
    from ..source.scaffold import start

    file, todo = start(project_root(), place, name, code, latest_day(now()))
    following = f"Fill in its {' and '.join(todo)}, then" if todo else "Now"
    click.echo(f"{file} is written. {following} run: campaign check")


COMMANDS = (
    contacts, take_sheet, confirm_contacts, unconfirm_contacts, approve_texts, write_report, new, schema,
)  # fmt: skip
