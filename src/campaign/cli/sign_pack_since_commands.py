"""The commands that hand copies over: sign, pack, since."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import CampaignError, Problem, counted, shown
from ..files.project_folders import SITES, check_output, project_root
from ..today import now
from .options import PLACES
from .published_copy_commands import SITES_OPTION

if TYPE_CHECKING:
    from click._termui_impl import ProgressBar

    from ..build.build import Screen

PACKS = "packs"


@click.command(short_help="Write a release: the manifests of all copies, signed.")
@click.option(
    "--key",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The SSH key for the signature. It must be outside of the project. If ssh-agent has the private "
    "key, name the public one.",
)
@click.option("--unsigned", is_flag=True, help="Write the release without a signature.")
@SITES_OPTION
def sign(key: Path | None, unsigned: bool, sites: Path | None) -> None:
    """Write a release, releases/DAY.json, and let ssh-keygen sign it (DAY.json.sig).

    The command first builds all copies in sites/ that are not up to date. The release names the manifest.json
    of every copy, and has the contacts and the digests of the texts of that day. From a release, "campaign
    verify" finds out how old a copy is, and "campaign since" what has changed. Put the public key into
    releases/allowed_signers:

        safe-path namespaces="safe-path-release" ssh-ed25519 AAAA…
    """
    from ..releases.make_release import write_release

    root = project_root()
    if (key is None) != unsigned:
        problem = Problem("campaign sign", 0, "", "both" if key else "neither", "either --key or --unsigned")
        raise CampaignError([problem])
    if key and key.resolve().is_relative_to(root.resolve()):
        problem = Problem("campaign sign", 0, "--key", shown(str(key)), "a key outside of the project")
        raise CampaignError([problem])
    for line in write_release(root, (sites or root / SITES).resolve(), key, now(), _screen()):
        click.echo(line)


@click.command(short_help="Make a ZIP for the host of a municipality.")
@click.argument("names", nargs=-1, required=True, metavar="COUNTRY[/SLUG]...")
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder for the ZIP files. Without it, that is packs/ in the project.",
)
@click.option(
    "--language", help="The language of the texts. Without this option, it is the country's first one."
)
@click.option(
    "--update-from",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The ZIP that the host already has. The new ZIP then has only the files that changed, and a text "
    "that says what has changed.",
)
@click.option("--kit", is_flag=True, help="Add the printed kit of the place, in the folder kit/.")
@click.option(
    "--draft",
    is_flag=True,
    help="With --kit: print numbers that nobody has confirmed, too. Every sheet is then a draft.",
)
@SITES_OPTION
def pack(
    names: tuple[str, ...],
    out: Path | None,
    language: str | None,
    update_from: Path | None,
    kit: bool,
    draft: bool,
    sites: Path | None,
) -> None:
    """Make a ZIP for the host of a municipality. The ZIP has the copy with settings for web servers, and one
    page that says how to put it up, update and check it. It also has a draft letter to the municipality, with
    its contacts as readers see them, and a link for the municipality's own site. The same sources give the
    same bytes all day.

    If a release has this copy, the release and its signature are in the ZIP. With --kit the sheets to print
    are in it, too. The command then refuses a number that nobody has confirmed, as "campaign kit" does.
    """
    from ..handover.make_pack import Kit, Packing

    root = project_root()
    out = out or root / PACKS
    check_output(root, out, "campaign pack", SITES)
    if draft and not kit:
        raise CampaignError([Problem("campaign pack", 0, "--draft", "no --kit", "--kit --draft")])
    printed = (Kit.DRAFT if draft else Kit.FINISHED) if kit else Kit.NONE
    packing = Packing(root, (sites or root / SITES).resolve(), language, printed)
    places = packing.places(names, now(), _screen())
    if update_from and len(places) != 1:
        found = Problem(
            "campaign pack", 0, "--update-from", counted(len(places), "place"), "one municipality"
        )
        raise CampaignError([found])
    out.mkdir(parents=True, exist_ok=True)
    for place in places:
        if update_from:
            name, data, text = packing.update(place, update_from)
            click.echo(text, nl=False)
        else:
            name, data = packing.whole(place)
        if data:
            (out / name).write_bytes(data)
            click.echo(f"{out / name} is written, {len(data):,} bytes.")


@click.command(short_help="Say what has changed since a release, and for whom.")
@click.argument("release", required=False)
@PLACES
@click.option(
    "--language", help="The language of the texts. Without this option, it is each country's first one."
)
@click.option(
    "--letters",
    type=click.Path(file_okay=False, path_type=Path),
    help="A folder for a letter to each municipality for which something changed.",
)
@click.option(
    "--feed",
    type=click.Path(file_okay=False, path_type=Path),
    help="A folder for one Atom feed for each country (feed-ee.xml), of all releases in releases/.",
)
def since(
    release: str | None, names: tuple[str, ...], language: str | None, letters: Path | None, feed: Path | None
) -> None:
    """Say which numbers, contacts, pages and places have changed since a release in releases/, and for whom.

    The present project is compared with RELEASE, such as 2026-11-28. No git is needed: a release holds its
    contacts and the digests of its texts.
    """
    from ..releases.letters_about_changes import SinceLetters

    root = project_root()
    if release is None and feed is None:
        raise CampaignError(
            [Problem("campaign since", 0, "", "none", "the name of a release in releases/, or --feed")]
        )
    for option, folder in (("--letters", letters), ("--feed", feed)):
        if folder:
            check_output(root, folder, "campaign since", SITES, option=option)
    telling = SinceLetters(root, language, now())
    if release:
        click.echo(telling.text(release, names), nl=False)
        for file in telling.letters(release, names, letters) if letters else ():
            click.echo(f"{file} is written.", err=True)
    for file in telling.feeds(feed) if feed else ():
        click.echo(f"{file} is written.", err=True)


def _screen() -> Screen:
    """Return the output of the build before the command: its lines, without a progress bar."""
    from ..build import build

    def no_bar(parts: int) -> ProgressBar[int]:
        return click.progressbar(length=parts, hidden=True)

    return build.Screen(lambda text: click.echo(text, err=True), no_bar)


HANDOVER_COMMANDS = (sign, pack, since)
