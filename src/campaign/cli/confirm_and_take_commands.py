"""The commands that record what somebody found out (confirm, doubt, approve) or take a file back (take)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..errors import CampaignError, Problem, shown
from ..exchange.returned_translations import FORMATS as TRANSLATORS_FILES
from ..files.project_folders import project_root
from ..today import latest_day, now
from .options import DRY_RUN, PLACES
from .translation_commands import take_translation

if TYPE_CHECKING:
    from ..coordinator.edits import Edits
    from ..model.places import Places


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
    'the organisation answered a letter or a message, or "page-opened" if somebody only opened its page.',
)
@click.option(
    "--checked",
    metavar="WORD,...",
    help="What somebody compared with the contact: answers, name (in the greeting), hours, languages, cost, "
    "cases (it still takes such cases).",
)
@click.option(
    "--not-reached",
    is_flag=True,
    help="Record a failed call instead. After the third in a row the card says so.",
)
@click.option("--undo", is_flag=True, help="Take back the last entry of each contact.")
@DRY_RUN
def confirm_contacts(ids: tuple[str, ...], dry_run: bool, **asked: Any) -> None:
    """Record that somebody has called or opened contacts and found them right as they are now.

    The record is a new entry in the history of the contact, in the country's _coordinator.yml, with a digest
    of the contact. If its name, numbers, addresses, hours, languages or cost change later, it is unconfirmed
    again. The command never changes an older entry. If you name several IDs, either all are confirmed or
    none. "campaign contacts" lists the IDs.

    The confirmation of a line that people ring in danger is good for 90 days, and that of an office for 365
    days.
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
            "campaign confirm",
            0,
            f"--{name.replace('_', '-')}",
            "both",
            f"--{beside} without this option",
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


@click.command("take", short_help="Bring a sheet of contacts or a translator's file back into the files.")
@click.argument("file", type=click.Path(path_type=Path))
@PLACES
@DRY_RUN
def take_sheet(file: Path, names: tuple[str, ...], dry_run: bool) -> None:
    """Bring a sheet of contacts (CSV or .xlsx) or a translator's file (.po, .xliff) back into the project.

    From a sheet, which "campaign contacts --csv" or "--xlsx" wrote, the corrected values go into
    municipalities/. The command first describes each change. It then writes only the lines of changed values,
    so an unchanged sheet changes nothing. A row without an id is a new contact of its place. A contact
    without a row stays as it is. If one cell is wrong, nothing is written.

    If you name countries (ee) or municipalities (ee/tartu), the command refuses a sheet that changes contacts
    of any other place. If a municipality has sent a sheet back, name this municipality.

    From a translator's file, which "campaign exchange" wrote, the changed texts go into docs/ and i18n/. If
    one unit is wrong (a lost slot, another number, a broken mark), nothing is written. A text is recorded as
    translated once all of its units are done.
    """
    if file.suffix.lower() in TRANSLATORS_FILES:
        if names:
            found, expected = (
                shown(names[0]),
                "no names of places, because a translator's file has no contacts",
            )
            raise CampaignError([Problem("campaign take", 0, "", found, expected)])
        take_translation(file, dry_run)
        return
    from ..spreadsheet.take_sheet import take

    taken = take(project_root(), file, now(), names)
    click.echo("\n".join(taken.lines))
    if dry_run or not taken.edits.files:
        click.echo(f"{taken.edits.difference}Nothing was written.")
    else:
        taken.edits.write()
        click.echo(f"Written into {', '.join(taken.edits.files)}.")


@click.command("approve", short_help="Approve the texts of municipalities after reading them.")
@click.argument("names", nargs=-1, required=True, metavar="COUNTRY[/SLUG]...")
@click.option("--yes", is_flag=True, help="Approve without a question.")
@DRY_RUN
def approve_texts(names: tuple[str, ...], yes: bool, dry_run: bool) -> None:
    """Approve the texts of municipalities after reading them.

    The command prints the names, descriptions, steps, seats, meetings and contact point of each, and asks. It
    then writes the approval, a digest of these texts, into the country's _coordinator.yml. The approval ends
    when one of the texts changes. A release needs it. A country's code (ee) means all of its municipalities.
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


CONFIRM_AND_TAKE_COMMANDS = (take_sheet, confirm_contacts, doubt_contacts, approve_texts)
