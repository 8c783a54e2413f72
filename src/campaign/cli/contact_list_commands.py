"""The commands that list contacts: as a table or sheet, whom to ring, letters, the coordinator's report."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import counted
from ..files.project_folders import SITES, check_output, check_output_file, project_root
from ..today import now
from .options import PLACES

if TYPE_CHECKING:
    from ..coordinator.call_list import Entry
    from ..pages.project import Project

# Each command imports its own modules, so no command waits for the imports of another.


@click.command(short_help="List the contacts, the most urgent to call first.")
@PLACES
@click.option(
    "--csv",
    "as_sheet",
    is_flag=True,
    help="Print a sheet as CSV that Excel opens: in UTF-8, with semicolons. Text that a spreadsheet would "
    "treat as a formula or a number begins with an apostrophe: '+372 660 7320.",
)
@click.option(
    "--xlsx",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a sheet into a new workbook (.xlsx).",
)
def contacts(names: tuple[str, ...], as_sheet: bool, xlsx: Path | None) -> None:
    """List the contacts, the most urgent to call first.

    Doubted contacts come first, then those that three calls did not reach, those that changed since they were
    confirmed, and expired ones, first those that expired longest ago.
    Then come unconfirmed ones that readers see: first those that most places show, then those with the most
    urgent role. Contacts that expire within 30 days and fresh ones come last. A country's code (ee) selects
    its contacts and those of its municipalities; COUNTRY/SLUG (ee/tartu) selects only the municipality's own.

    "days" is the number of days since a confirmation ended or until it ends; "places" is the number of places
    whose readers' pages show the contact.

    A sheet (--csv, --xlsx) has every value of each contact, what to ask, and columns for the answers.
    "campaign take" brings corrected values back. Confirmations are not in the sheet: "campaign confirm"
    records them.
    """
    root = project_root()
    _, found = _entries(names, "campaign contacts")
    if not (as_sheet or xlsx):
        from ..coordinator.call_list_table import as_table

        click.echo(as_table(found))
        return
    from ..spreadsheet.writing import as_csv, sheet_rows, write_xlsx

    if xlsx:
        count = write_xlsx(root, xlsx, sheet_rows(root, found))
        click.echo(f"{xlsx} is written, with {counted(count, 'contact')}.", err=as_sheet)
    if as_sheet:
        click.echo(as_csv(sheet_rows(root, found)), nl=False)


@click.command("ring", short_help="List whom to ring next, or write call sheets to print.")
@PLACES
@click.option(
    "--sheet",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write an HTML page that prints on A4: at most 15 calls a sheet, what to say, and boxes to tick.",
)
def ring(names: tuple[str, ...], sheet: Path | None) -> None:
    """List whom to ring next, the most urgent first: numbers, organisations, and the page to compare with.

    With --sheet the list becomes call sheets, in the language of the lines. The list leaves out contacts that
    somebody has confirmed recently, and emergency numbers. Ring helplines only by day."""
    from ..calls.call_sheets import as_html, as_text, sheets, to_ring

    if sheet:
        check_output_file(project_root(), sheet, ".html", "campaign ring", "--sheet")
    project, entries = _entries(names, "campaign ring")
    if sheet is None:
        click.echo(as_text(entries))
        return
    sheet.write_text(as_html(project_root(), project.words, entries, now()), "utf-8")
    papers = counted(len(sheets(entries, project.words)), "sheet")
    click.echo(f"{sheet} is written: {counted(len(to_ring(entries)), 'call')} on {papers}. Print it on A4.")


@click.command("ask", short_help="Write a letter to each organisation about its record.")
@PLACES
@click.option(
    "--out",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder for the letters, which must be new or empty. Each letter is a text file.",
)
def ask(names: tuple[str, ...], out: Path) -> None:
    """Write a letter to each organisation whose record somebody should check.

    The letter is in the country's first language, shows the record as readers see it, and asks for one word
    in answer. The command sends nothing. It leaves out contacts that somebody has confirmed recently, and
    emergency numbers."""
    from ..calls.letters_to_organisations import letters, write_letters

    root = project_root()
    check_output(root, out, "campaign ask", SITES)
    project, entries = _entries(names, "campaign ask")
    made = letters(root, dict(project.words), project.places, entries)
    write_letters(out, made)
    click.echo(
        f"{counted(len(made), 'letter')} in {out}. When an organisation answers: "
        'campaign confirm ID --how wrote-back --by "…"'
    )


@click.command("report", short_help="Write one page for the coordinator: contacts by place and role.")
@PLACES
@click.option(
    "--out",
    default="report.html",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file for the page. Without it, that is report.html in the current folder.",
)
@click.option("--language", default="en", help="The language of the page, one of i18n/; otherwise en.")
def write_report(names: tuple[str, ...], out: Path, language: str) -> None:
    """Write one page for the coordinator: places by role, states of contacts, whom to call next.

    The page is for a browser and for paper. It is not part of any copy and loads nothing from the network. If
    you name countries (ee) or municipalities (ee/tartu), it has only these.
    """
    from ..coordinator.report import report

    check_output_file(project_root(), out, ".html", "campaign report")
    project, entries = _entries(names, "campaign report")
    places = project.places.only(names)
    out.write_text(report(project_root(), project.words, places, entries, language, now()), "utf-8")
    click.echo(f"{out} is written. Open it in a browser, or print it on A4.")


def _entries(names: tuple[str, ...], command: str) -> tuple[Project, list[Entry]]:
    """Return the project, and the contacts of the named places, the most urgent first."""
    from ..checks.check import read_project
    from ..coordinator.call_list import entries

    moment = now()
    project = read_project(project_root(), moment)
    return project, entries(project.places, project.pages, names, moment, command)


CONTACT_LIST_COMMANDS = (contacts, ring, ask, write_report)
