"""The commands for copies that have left the build: sign, verify."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import CampaignError, Problem, shown
from ..files.project_root import SITES, project_root
from ..today import now

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

SITES_OPTION = click.option(
    "--sites",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder of the last build. Without it, that is sites/ in the project.",
)


@click.command(short_help="Write a release: the manifests of all copies, signed.")
@click.option(
    "--key",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The SSH key that signs, outside of the project; a public key if ssh-agent has the private one.",
)
@click.option("--unsigned", is_flag=True, help="Write the release without a signature.")
@SITES_OPTION
def sign(key: Path | None, unsigned: bool, sites: Path | None) -> None:
    """Write releases/DAY.json, and its signature DAY.json.sig by ssh-keygen.

    The release names the manifest.json of every copy in sites/, which must be built from the present files,
    and has the contacts and the digests of the texts of that day. With it "campaign verify" knows how old a
    copy is, and "campaign since" what has changed. Put the public key into releases/allowed_signers:

        safe-path namespaces="safe-path-release" ssh-ed25519 AAAA…
    """
    from ..build.build import Screen
    from ..handover.signing import write_release

    root = project_root()
    if (key is None) != unsigned:
        problem = Problem("campaign sign", 0, "", "both" if key else "neither", "either --key or --unsigned")
        raise CampaignError([problem])
    if key and key.resolve().is_relative_to(root.resolve()):
        problem = Problem("campaign sign", 0, "--key", shown(str(key)), "a key outside of the project")
        raise CampaignError([problem])
    screen = Screen(
        lambda text: click.echo(text, err=True), lambda parts: click.progressbar(length=parts, hidden=True)
    )
    for line in write_release(root, (sites or root / SITES).resolve(), key, now(), screen):
        click.echo(line)


@click.command(short_help="Say whether a copy is as it was published.")
@click.argument("copies", nargs=-1, required=True, metavar="FOLDER|URL...")
@click.option("--own", is_flag=True, help="Compare each copy only with its own manifest.json.")
@SITES_OPTION
@click.pass_context
def verify(context: click.Context, copies: tuple[str, ...], own: bool, sites: Path | None) -> None:
    """Compare a copy, in a folder or at an address, with what was published.

    The copy is "equal", "older" (a release that is so many days behind), "changed" (each file is named, and
    each phone number that is gone or new) or "unknown". The exit status is 0 if all copies are equal, 1 if
    one is older or changed, and 2 if one is unknown or could not be read.

    A copy is compared with its own manifest.json, with the last build in sites/, and with the releases in
    releases/, by their signatures where releases/allowed_signers has the public key.
    """
    from ..handover.verify import Outcome, Reference, state_of_folder

    root = project_root()
    reference = None if own else Reference.of(root, (sites or root / SITES).resolve())
    status = 0
    for name in copies:
        state = state_of_folder(_folder(name), reference)
        click.echo(f"{name}: {state}")
        unknown = state.outcome is Outcome.UNKNOWN
        status = max(status, 2 if unknown else 0 if state.outcome is Outcome.EQUAL else 1)
    context.exit(status)


def _folder(name: str) -> Path:
    folder = Path(name)
    if not folder.is_dir():
        raise CampaignError([Problem("campaign verify", 0, "", shown(name), "a folder, or https://…")])
    return folder


def _no_bar(parts: int) -> ProgressBar[int]:
    return click.progressbar(length=parts, hidden=True)


COMMANDS = (sign, verify)
