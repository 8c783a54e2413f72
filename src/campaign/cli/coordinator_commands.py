"""The commands of the coordinator and of people who edit contacts: list, confirm, approve, report, start."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..errors import CampaignError, Problem, shown
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
    "for_spreadsheet",
    is_flag=True,
    help="Print CSV with all columns, in UTF-8 and with semicolons, as Excel opens it. Text that a "
    "spreadsheet would treat as a formula or a number begins with an apostrophe: '+372 660 7320.",
)
def contacts(names: tuple[str, ...], for_spreadsheet: bool) -> None:
    """List the contacts, the most urgent to call first.

    Doubted contacts come first, then those that three calls did not reach, those that changed since they were
    confirmed, and expired ones, the longest expired on top.
    Then come unconfirmed ones that readers see: first those that most places show, then those with the most
    urgent role. Contacts that expire within 30 days and fresh ones come last. A country's code (ee) selects
    its contacts and those of its municipalities; COUNTRY/SLUG (ee/tartu) selects only the municipality's own.

    "days" is the number of days since a confirmation ended or until it ends; "places" is the number of places
    whose readers' pages show the contact.
    """
    from ..checks.check import check_project
    from ..coordinator.call_list import entries
    from ..coordinator.call_list_formats import as_csv, as_table

    moment = now()
    project = check_project(project_root(), moment)
    found = entries(project.places, project.pages, names, moment)
    click.echo(as_csv(found) if for_spreadsheet else as_table(found), nl=not for_spreadsheet)


DRY_RUN = click.option("--dry-run", is_flag=True, help="Write nothing; show the lines that would change.")


@click.command("confirm", short_help="Record that somebody has called or opened contacts.")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option(
    "--by",
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
    metavar="WAY",
    help='The way in which somebody checked the contact: "rung" unless you say otherwise, "wrote-back" if '
    'the organization answered a letter or a message, or "page-opened" if somebody only opened its page.',
)
@click.option(
    "--checked",
    metavar="WORD,...",
    help="What was compared with the contact, of answers, name (in the greeting), hours, languages, cost, "
    "cases (it still takes such cases).",
)
@click.option("--not-reached", is_flag=True, help="Record a failed call instead. Three of them are shown.")
@click.option("--undo", is_flag=True, help="Take back the last entry of each contact.")
@DRY_RUN
def confirm_contacts(ids: tuple[str, ...], dry_run: bool, **asked: Any) -> None:
    """Record that somebody has called or opened contacts and found them right as they are now.

    The record is a new entry in the history of the contact, in the country's _coordinator.yml, with a digest
    of the contact. If its name, numbers, addresses, hours, languages or cost change later, it is unconfirmed
    again. Nothing that is in that file already changes. Of several IDs, either all are confirmed or none.
    "campaign contacts" lists the IDs.

    A confirmation of a line that people ring in danger holds for 90 days, of an office for 365.
    """
    from ..coordinator.confirm import Found, confirm, not_reached, undo

    _options_together(asked)
    root, places, moment, by, on = project_root(), _places(project_root()), now(), asked["by"], asked["on"]
    if asked["undo"]:
        edits, lines = undo(root, places, ids, moment)
    elif asked["not_reached"]:
        edits, lines = not_reached(root, places, ids, by, on, moment)
    else:
        found = Found(by, asked["how"] or "rung", on, asked["checked"] or "")
        edits, lines = confirm(root, places, ids, found, moment)
    _write(edits, dry_run, lines)


def _options_together(asked: Mapping[str, Any]) -> None:
    """Raise `CampaignError` if ``--by`` is missing, and for each option without a meaning beside another."""
    mode = next((name for name in ("undo", "not_reached") if asked[name]), None)
    without = {"undo": ("by", "on", "how", "checked", "not_reached"), "not_reached": ("how", "checked")}
    problems = [
        Problem(
            "campaign confirm", 0, f"--{name.replace('_', '-')}", "both", f"no such option beside --{beside}"
        )
        for name in (without[mode] if mode else ())
        for beside in [str(mode).replace("_", "-")]
        if asked[name]
    ]
    if mode != "undo" and asked["by"] is None:
        problems.append(Problem("campaign confirm", 0, "--by", "nothing", "the office or role that called"))
    if problems:
        raise CampaignError(problems)


@click.command("doubt", short_help="Record that contacts may be wrong; their confirmations end at once.")
@click.argument("ids", nargs=-1, required=True, metavar="ID...")
@click.option(
    "--why",
    metavar="REASON",
    help="What somebody saw or heard, in words and without a person's name. It is kept in _coordinator.yml.",
)
@DRY_RUN
def doubt_contacts(ids: tuple[str, ...], why: str | None, dry_run: bool) -> None:
    """Record that contacts may be wrong; their confirmations end at once.

    From the next build on their cards say that they are not confirmed, a release refuses them, and "campaign
    contacts" lists them first, until somebody confirms them again. "campaign confirm --undo" takes it back.
    """
    from ..coordinator.confirm import doubt

    if why is None:
        raise CampaignError([Problem("campaign doubt", 0, "--why", "nothing", "the reason in words")])
    root = project_root()
    edits, lines = doubt(root, _places(root), ids, why, now())
    _write(edits, dry_run, lines)


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
    contacts, confirm_contacts, doubt_contacts, approve_texts, write_report, new, schema,
)  # fmt: skip
