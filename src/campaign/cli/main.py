"""The command ``campaign``. Each command imports its own modules, so none waits for those of another."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from io import TextIOWrapper
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import click

from ..build.build import Build, Screen
from ..build.snapshot import snapshot
from ..checks.check import check_whole, with_spelling
from ..checks.overview_of_good_project import overview
from ..errors import CampaignError, counted, unusable
from ..files.project_folders import SITES, project_root
from ..source.select_municipalities import check_names
from ..today import now
from .confirm_and_take_commands import CONFIRM_AND_TAKE_COMMANDS
from .contact_list_commands import CONTACT_LIST_COMMANDS
from .kit_command import kit
from .new_schema_words_commands import MUNICIPALITY_FILE_COMMANDS
from .options import PLACES, chosen_folder, out_folder
from .published_copy_commands import PUBLISHED_COPY_COMMANDS
from .sign_pack_since_commands import HANDOVER_COMMANDS
from .translation_commands import TRANSLATION_COMMANDS

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar


READ_ONLY = ("check", "contacts", "translations", "texts", "words", "verify", "doctor", "since")


class _Group(click.Group):
    """Prints the problems of its commands as lines on standard error, with exit status 1."""

    def invoke(self, ctx: click.Context) -> object:
        if isinstance(sys.stdout, TextIOWrapper):  # show \u0430 if the console has no Cyrillic
            sys.stdout.reconfigure(errors="backslashreplace")
        try:
            return super().invoke(ctx)
        except OSError as error:
            raise self._with_outcome(CampaignError([unusable(error)]), ctx) from None
        except CampaignError as error:
            raise self._with_outcome(error, ctx) from None

    def _with_outcome(self, error: CampaignError, ctx: click.Context) -> CampaignError:
        if not error.outcome and ctx.invoked_subcommand not in READ_ONLY:
            error.outcome = "Nothing was written."
        return error


@click.group(cls=_Group, context_settings={"max_content_width": 100})
def main() -> None:
    """Safe Path makes a help site for every municipality from Markdown and contacts.

    Run it anywhere inside the project. Every problem is one line that names the file, line and field.
    """


for command in (
    *CONTACT_LIST_COMMANDS,
    *MUNICIPALITY_FILE_COMMANDS,
    *CONFIRM_AND_TAKE_COMMANDS,
    *TRANSLATION_COMMANDS,
    *HANDOVER_COMMANDS,
    *PUBLISHED_COPY_COMMANDS,
    kit,
):
    main.add_command(command)

RELEASE = click.option(
    "--release",
    is_flag=True,
    help="Refuse what a release of these places must not contain: contacts that nobody has confirmed as they "
    "are now, texts of municipalities that nobody has approved, sentences that no longer hold, and missing "
    "pages.",
)


def _shard(context: click.Context, option: click.Parameter, value: str | None) -> tuple[int, int] | None:
    number, _, count = (value or "1/1").partition("/")
    if not (number.isdecimal() and count.isdecimal() and 1 <= int(number) <= int(count) <= 10_000):
        raise click.BadParameter(f"expected NUMBER/COUNT such as 3/8, found {value!r}")
    return (int(number), int(count)) if value else None


@main.command(short_help="Build the sites of all or of some municipalities.")
@PLACES
@out_folder("sites", SITES)
@click.option(
    "--precompress",
    is_flag=True,
    help="Add .gz and .br beside each file, for hosts that can send them. This takes some minutes more.",
)
@click.option(
    "--all-or-nothing",
    is_flag=True,
    help="Build nothing if the file of any municipality is wrong. Without it, all other copies are built, "
    "and the copy of that municipality stays as it is.",
)
@click.option("--fresh", is_flag=True, help="Reuse nothing from earlier builds.")
@click.option(
    "--shard",
    metavar="NUMBER/COUNT",
    callback=_shard,
    help="Build only one of several parts, such as 3/8 for the third of eight, so that several machines can "
    "share the work. A place is always in the same part.",
)
@click.option(
    "--with-kit",
    is_flag=True,
    help="Make the printed kit of each place, too, and put it into the folder kit/ of its copy. The page on "
    "materials then links to it. Numbers that nobody has confirmed stop the build.",
)
@RELEASE
def build(out: Path | None, with_kit: bool, **options: Any) -> None:
    """Build the sites of all municipalities, or of those that you name.

    A country's code (ee) means all of its municipalities, and COUNTRY/SLUG (ee/tartu) means one. Only changed
    parts are rendered and written. If there are problems, the command lists all of them, and the exit status
    is 1. A problem in one municipality's own file holds back only that municipality: its copy stays as it is.
    After any other problem nothing is written.
    """
    began = time.monotonic()
    os.umask(0o022)  # not the user's umask: a web server is another user
    root = project_root()
    folder = chosen_folder(root, out, SITES, "campaign build")

    def say(text: str) -> None:
        click.echo(text, err=True)

    kits = _made_kits(root, options["names"], say) if with_kit else {}
    request = Build(root, folder, **options, kits=kits)
    done = request.run(now(), Screen(say, _bar))
    click.echo(
        f"{counted(done.summary.copies, 'site')} in {time.monotonic() - began:.1f} s in {request.out}: "
        f"{done.built} built, {done.unchanged} unchanged, {done.removed} removed; "
        f"{done.summary.at(now())}.\n{done.summary.numbers}"
    )
    if done.left:
        kept = ", ".join(done.held_back)
        outcome = f"The copies of {kept} are as they were; all others are built."
        raise CampaignError(done.left, outcome if kept else "All copies are built.")


def _made_kits(root: Path, names: tuple[str, ...], say: Callable[[str], None]) -> dict[str, Path]:
    from ..kit.make_kits import made_kits  # late: the typesetter is not needed otherwise

    return made_kits(root, names, now(), say)


def _bar(parts: int) -> ProgressBar[int]:
    """Return a progress bar, hidden unless on a terminal. It has one step per country and per copy."""
    return click.progressbar(
        length=parts,
        label="Building",
        file=sys.stderr,
        show_pos=True,
        hidden=not sys.stderr.isatty(),
    )


@main.command(short_help="Check everything that editors write, without a build.")
@PLACES
@RELEASE
def check(names: tuple[str, ...], release: bool) -> None:
    """Check everything that editors write: contacts, words, pages, pictures, spelling. Nothing is built.

    The command lists what a build would refuse, one problem per line. Spelling is checked only here, not by
    a build. Languages without an installed dictionary are named at the end; their spelling was not checked.

    If you name countries (ee) or municipalities (ee/tartu), problems in the files of other places are only
    counted. With --release, the command also says what prevents a release of the named places (or of all
    places), the most urgent problems first.
    """
    with TemporaryDirectory() as within, snapshot(project_root(), Path(within)) as (sources, problems):
        checked = check_whole(sources, now(), names if release else None, problems)
        checked, unchecked = with_spelling(sources, checked)
        for language in unchecked:
            click.echo(f"The spelling was not checked in {language}.")
        if checked.project:
            check_names(checked.project.places, names, "campaign check", checked.held_back)
        project = checked.good(names)
        click.echo("\n".join(filter(None, [overview(project, now()), checked.counts])))
