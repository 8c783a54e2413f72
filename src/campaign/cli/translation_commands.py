"""The commands about translations: which are behind, which are done, and files for translators' programs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import CampaignError, Problem, counted, shown
from ..files.project_folders import SITES, check_output, check_output_file, project_root
from ..today import now

if TYPE_CHECKING:
    from ..translation.mark_as_translated import MinorChange
    from ..translation.states import Translations

LANGUAGE = click.option(
    "-l",
    "--language",
    "languages",
    multiple=True,
    metavar="LANGUAGE",
    help="Only this language. You can give this option several times.",
)


@click.command(short_help="List which texts are behind their source, in every language.")
@LANGUAGE
@click.option("--csv", "for_spreadsheet", is_flag=True, help="Print CSV, one line for each text.")
@click.option(
    "--out",
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write a page (.html) with every difference instead; in English, unless you name one language.",
)
def translations(languages: tuple[str, ...], for_spreadsheet: bool, out: Path | None) -> None:
    """List which texts are behind their source, in every language.

    A text is a section of a page (help.md#when-you-call) or a word of the interface. It is missing, behind
    (the source has changed since the translation), unread (no person has recorded that it says the same as
    the source), ahead (it has changed and the source has not) or current. Below the table is each text that
    needs work, with the change of its source.
    """
    from ..translation.mark_as_translated import chosen
    from ..translation.states import read_translations
    from ..translation.states_as_table import as_csv, as_table

    root = project_root()
    found = read_translations(root)
    chosen(found, (), languages)
    wanted = [code for code in found.languages if not languages or code in languages]
    if out:
        _write_page(root, out, found, wanted)
        return
    click.echo(as_csv(found, wanted) if for_spreadsheet else as_table(found, wanted), nl=not for_spreadsheet)


def _write_page(root: Path, out: Path, found: Translations, languages: list[str]) -> None:
    from ..coordinator.translation_report import translation_report
    from ..pages.ui_strings import read_words

    check_output_file(root, out, ".html", "campaign translations")
    own = languages[0] if len(languages) == 1 else "en"
    out.write_text(translation_report(root, read_words(root), found, languages, own), "utf-8")
    click.echo(f"{out} is written. Open it in a browser, or print it on A4.")


@click.command(short_help="List which texts a native writer should read next.")
@LANGUAGE
def texts(languages: tuple[str, ...]) -> None:
    """List the texts that somebody who writes their language should read next, the most urgent first.

    A text is a page in one language. The key "reviewed" of its front matter says who has read it, when, and
    what for. Texts that somebody still has to read come first: those in languages that are only begun, then
    help and safety, the law, and the rest. Each line has the digest of the text as it is now.
    """
    from ..checks.check import read_project
    from ..claims.reviewed_texts import counted_readings, readings

    project = read_project(project_root(), now())
    known = {page.language for page in project.pages}
    if unknown := [code for code in languages if code not in known]:
        expected = f"a language with pages ({', '.join(sorted(known))})"
        raise CampaignError([Problem("campaign texts", 0, "--language", shown(unknown[0]), expected)])
    pages = [page for page in project.pages if not languages or page.language in languages]
    found = readings(pages, [*project.places.countries.values()])
    click.echo("\n".join([*map(str, found), counted_readings(found)]))


@click.command(short_help="Record that texts say what their source says now.")
@click.argument("names", nargs=-1, metavar="[PAGE[#SECTION]|WORD]...")
@LANGUAGE
@click.option(
    "--all", "everything", is_flag=True, help="All texts. You need this option if you name no text."
)
@click.option("--machine", is_flag=True, help="A machine has translated them, and no person has read them.")
@click.option(
    "--minor",
    is_flag=True,
    help="The source has changed, but still says the same, so its translations keep their states. The "
    "command shows each change and asks.",
)
@click.option("--yes", is_flag=True, help="With --minor, do not ask.")
def translated(
    names: tuple[str, ...],
    languages: tuple[str, ...],
    everything: bool,
    machine: bool,
    minor: bool,
    yes: bool,
) -> None:
    """Record that texts say what their source says now.

    A name is a page (help.md), one of its sections (help.md#when-you-call; #top is what comes before the
    first one) or the key of a word. The record is in i18n/translated/. It no longer counts when the source
    changes.
    """
    from ..translation.mark_as_translated import as_minor, chosen, minor_changes, record
    from ..translation.states import read_translations
    from ..translation.translation_records import write_records

    if bool(names) == everything:
        said = "both" if names else "neither"
        raise CampaignError([Problem("campaign translated", 0, "", said, "names or --all")])
    root = project_root()
    known = read_translations(root)
    found = chosen(known, names, languages)
    if minor:
        changes = [change for change in minor_changes(found) if yes or _agreed(change)]
        records = as_minor(known, changes)
        said = f"{counted(len(changes), 'minor change')} recorded"
    else:
        records, done = record(known, found, machine=machine)
        said = f"{counted(len(done), 'text')} recorded"
    files = write_records(root, records)
    click.echo(f"{said}. Written into {', '.join(files)}." if files else f"{said}. Nothing was written.")


def _agreed(change: MinorChange) -> bool:
    click.echo(f"{change.text.name}, the source of {', '.join(change.languages)}, has changed:")
    click.echo(f"    {change.difference}")
    return click.confirm("Do the translations still say the same?")


@click.command(short_help="Write texts into a file for a translator's program.")
@click.argument("names", nargs=-1, metavar="[PAGE[#SECTION]|WORD]...")
@click.option("-l", "--language", required=True, metavar="LANGUAGE", help="The language of the translation.")
@click.option(
    "--out",
    required=True,
    metavar="FILE",
    type=click.Path(dir_okay=False, path_type=Path),
    help="The file: .po, or .xliff (also .xlf).",
)
@click.option(
    "--xliff",
    "version",
    type=click.Choice(["1.2", "2.0"]),
    default="1.2",
    help="The version of XLIFF. Without this option, it is 1.2.",
)
@click.option("--open", "only_open", is_flag=True, help="Only texts that are not current.")
def exchange(names: tuple[str, ...], language: str, out: Path, version: str, only_open: bool) -> None:
    """Write texts into a file for a translator's program, with their translations.

    Each paragraph is one unit. Slots, addresses of links and ids are tokens such as {1}. A unit is marked if
    its source has changed since it was translated, or if a machine has translated it. If the source has
    changed, the file also has its old text. "campaign take" brings the file back.
    """
    from ..exchange.po_file import as_po
    from ..exchange.returned_translations import format_of
    from ..exchange.take_translations import exchange_units
    from ..exchange.xliff_file import as_xliff
    from ..translation.states import State

    root = project_root()
    check_output(root, out, "campaign exchange", SITES)
    kind = format_of(out, "campaign exchange")
    units = exchange_units(root, language, names, "campaign exchange")
    if only_open:
        units = [unit for unit in units if unit.text.state not in (State.CURRENT, State.AHEAD)]
    text = as_po(units, language).encode() if kind == ".po" else as_xliff(units, language, version)
    out.write_bytes(text)
    click.echo(f"{out} is written, with {counted(len(units), 'unit')}.")


def take_translation(file: Path, dry_run: bool) -> None:
    """Bring a translator's file (.po, .xliff) back into pages and words."""
    from ..exchange.take_translations import take

    taken = take(project_root(), file, now())
    click.echo("\n".join(taken.lines))
    if dry_run or not taken.texts:
        click.echo(f"{taken.difference}Nothing was written.")
    else:
        taken.write()
        click.echo(f"Written into {', '.join(taken.texts)}.")


TRANSLATION_COMMANDS = (translations, texts, translated, exchange)
