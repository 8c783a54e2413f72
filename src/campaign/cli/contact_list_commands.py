"""The commands that show the state of contacts (list, call sheets, letters, report), and that start files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import CampaignError, Problem, counted, instead, shown
from ..files.project_root import SITES, check_output, project_root
from ..today import latest_day, now
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
    """List whom to ring next, the most urgent first: numbers, organizations, and the page to compare with.

    With --sheet the list becomes call sheets, in the language of the lines. The list leaves out contacts that
    somebody has confirmed recently, and emergency numbers. Ring helplines only by day."""
    from ..calls.call_sheets import as_html, as_text, sheets, to_ring

    if sheet:
        _check_page(sheet, "campaign ring", "--sheet")
    project, entries = _entries(names, "campaign ring")
    if sheet is None:
        click.echo(as_text(entries))
        return
    _write_page(sheet, as_html(project_root(), project.words, entries, now()))
    papers = counted(len(sheets(entries, project.words)), "sheet")
    click.echo(f"{sheet} is written: {counted(len(to_ring(entries)), 'call')} on {papers}. Print it on A4.")


@click.command("ask", short_help="Write a letter to each organization about its record.")
@PLACES
@click.option(
    "--out",
    required=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder for the letters, which must be new or empty. Each letter is a text file.",
)
def ask(names: tuple[str, ...], out: Path) -> None:
    """Write a letter to each organization whose record somebody should check.

    The letter is in the country's first language, shows the record as readers see it, and asks for one word
    in answer. The command sends nothing. It leaves out contacts that somebody has confirmed recently, and
    emergency numbers."""
    from ..calls.letters import letters, write_letters

    root = project_root()
    check_output(root, out, "campaign ask", SITES)
    project, entries = _entries(names, "campaign ask")
    made = letters(root, dict(project.words), project.places, entries)
    write_letters(out, made)
    click.echo(
        f"{counted(len(made), 'letter')} in {out}. When an organization answers: "
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

    _check_page(out, "campaign report", "--out")
    project, entries = _entries(names, "campaign report")
    places = project.places.only(names)
    _write_page(out, report(project_root(), project.words, places, entries, language, now()))
    click.echo(f"{out} is written. Open it in a browser, or print it on A4.")


def _entries(names: tuple[str, ...], command: str) -> tuple[Project, list[Entry]]:
    """Return the project, and the contacts of the named places, the most urgent first."""
    from ..checks.check import check_project
    from ..coordinator.call_list import entries

    moment = now()
    project = check_project(project_root(), moment)
    return project, entries(project.places, project.pages, names, moment, command)


def _check_page(file: Path, command: str, option: str) -> None:
    check_output(project_root(), file, command, SITES, option=option)
    if file.suffix != ".html":  # otherwise it could overwrite a file of the project
        expected = "a name that ends in .html"
        raise CampaignError([Problem(command, 0, option, shown(file.as_posix()), expected)])


def _write_page(file: Path, page: str) -> None:
    try:
        file.write_text(page, "utf-8")
    except OSError as error:
        problem = Problem(str(file), 0, "", f"could not be written: {error.strerror}", "")
        raise CampaignError([problem]) from None


@click.command(short_help="Write the JSON Schemas of the files in municipalities/.")
def schema() -> None:
    """Write the JSON Schemas of the files in municipalities/, from the records.

    Text editors that know YAML use the schemas to complete and check what somebody types. The first line of
    every file names its schema. Run this command after each change of the records in the code, and commit the
    result.
    """
    from ..source.schema import write_schemas

    click.echo("\n".join(write_schemas(project_root())))


@click.command(short_help="Write the first file of a municipality, or add examples to its file.")
@click.argument("place", metavar="COUNTRY/SLUG")
@click.option("--name", help="The official name, in the country's first language and in the nominative.")
@click.option(
    "--code",
    metavar="ISO",
    help="The ISO 3166-2 code, such as EE-793, if _country.yml has none for this municipality.",
)
def new(place: str, name: str | None, code: str | None) -> None:
    """Write the first file of a municipality, with all optional keys in comments.

    If the file exists already, the command adds an example, in comments, of each key that the file lacks. No
    other byte changes.

    COUNTRY is a folder of municipalities/ (ee), SLUG the name in lower-case letters a-z, digits and hyphens.
    """
    from ..source.scaffold import start

    started = start(project_root(), place, name, code, latest_day(now()))
    if started.added is None:
        following = f"Fill in its {' and '.join(started.todo)}, then" if started.todo else "Now"
        click.echo(f"{started.file} is written. {following} run: campaign check")
    elif started.added:
        click.echo(f"{started.file} now has examples, in comments at its end: {', '.join(started.added)}.")
    else:
        click.echo(f"{started.file} already has each key or an example of it. Nothing was written.")


@click.command(short_help="Print a closed list with its words: roles, steps, consent, seats, …")
@click.argument("name", metavar="LIST", required=False)
@click.option("--language", default="en", help="The language of the words, one of i18n/; otherwise en.")
def words(name: str | None, language: str) -> None:
    """Print the words that a key in the files of municipalities/ accepts, and what each of them means.

    LIST is roles, steps, consent, seats, meetings, eligibility or audiences. Without it, the command prints
    all lists. For each role it also says whether a municipality's file may have it, and which role is shown
    if no contact has it.
    """
    from ..pages.closed_lists import closed_lists
    from ..pages.ui_strings import read_words

    all_words = read_words(project_root())
    problems = []
    if language not in all_words:
        expected = f"one of the languages {', '.join(all_words)}{instead(language, all_words)}"
        problems.append(Problem("campaign words", 0, "--language", shown(language), expected))
    lists = closed_lists(all_words.get(language, {})) if not problems else {}
    if lists and name is not None and name not in lists:
        expected = f"one of {', '.join(lists)}{instead(name, lists)}"
        problems.append(Problem("campaign words", 0, "", shown(name), expected))
    if problems:
        raise CampaignError(problems)
    said = [lists[name]] if name else [f"{title}\n{table}" for title, table in lists.items()]
    click.echo("\n\n".join(said))


COMMANDS = (
    contacts, ring, ask, write_report, new, words, schema,
)  # fmt: skip
