"""The commands that help to write files of municipalities/: a first file, the closed lists, the schemas."""

from __future__ import annotations

import click

from ..errors import CampaignError, Problem, instead, shown
from ..files.project_folders import project_root
from ..today import latest_day, now

# Each command imports its own modules, so no command waits for the imports of another.


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
    from ..pages.explain_allowed_yaml_values import closed_lists
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


MUNICIPALITY_FILE_COMMANDS = (new, words, schema)
