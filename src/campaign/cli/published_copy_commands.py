"""The commands that look at published copies: verify, doctor."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from ..errors import CampaignError, Problem, shown
from ..files.project_folders import SITES, check_output, check_output_file, project_root
from ..today import latest_day, now

if TYPE_CHECKING:
    from ..releases.verify import CopyState, Reference

SITES_OPTION = click.option(
    "--sites",
    type=click.Path(file_okay=False, path_type=Path),
    help="The folder of the last build. Without it, that is sites/ in the project.",
)
ALLOW_PRIVATE = click.option(
    "--allow-private",
    is_flag=True,
    help="Also ask private networks and unusual ports; only for addresses that you wrote yourself.",
)


@click.command(short_help="Say whether a copy is as it was published.")
@click.argument("copies", nargs=-1, required=True, metavar="FOLDER|URL...")
@click.option("--own", is_flag=True, help="Compare each copy only with its own manifest.json.")
@ALLOW_PRIVATE
@SITES_OPTION
@click.pass_context
def verify(
    context: click.Context, copies: tuple[str, ...], own: bool, allow_private: bool, sites: Path | None
) -> None:
    """Compare a copy, in a folder or at an address, with what was published.

    The copy is "equal", "older" (from an earlier release, so many days behind), "changed" (the command names
    each such file, and each phone number that is gone or new) or "unknown". The exit status is 0 if all
    copies are equal, 1 if one is older or changed, and 2 if one is unknown or could not be read.

    A copy is compared with its own manifest.json, with the last build in sites/, and with the releases in
    releases/. The signature of a release is verified if releases/allowed_signers has the public key.
    """
    from ..releases.verify import Outcome, Reference, state_of_folder

    root = project_root()
    reference = None if own else Reference.of(root, (sites or root / SITES).resolve())
    status = 0
    for name in copies:
        if "://" in name:
            state = _state_at(name, reference, allow_private)
        else:
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


def _state_at(url: str, reference: Reference | None, allow_private: bool) -> CopyState:
    """Return the state of the copy at an address; unknown if it could not be fetched whole."""
    import asyncio

    from ..hosting.fetch import CouldNotLook, Fetcher
    from ..hosting.fetch_whole_copy import MOST_REQUESTS, fetch_copy
    from ..releases.verify import CopyState, Outcome, state_of

    async def look() -> CopyState:
        async with Fetcher(allow_private, most_requests=MOST_REQUESTS) as fetcher:
            return state_of(await fetch_copy(url, fetcher), reference)

    try:
        return asyncio.run(look())
    except CouldNotLook as error:
        return CopyState(Outcome.UNKNOWN, "", f"could not look: {error.why} ({error.detail})")


@click.command(short_help="Look at hosted copies from outside and say what each host should change.")
@click.argument("urls", nargs=-1, metavar="[URL]...")
@click.option(
    "--file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file with one address on each line; lines that begin with # are comments.",
)
@click.option("--json", "for_programs", is_flag=True, help="Print JSON.")
@click.option("--language", default="en", help="The language of the results: et, lv, lt, ru or en.")
@click.option(
    "--watch-file",
    type=click.Path(dir_okay=False, path_type=Path),
    help="A CSV file with one row for each copy, to which each look is added. The command writes a page for "
    "the coordinator beside it.",
)
@click.option(
    "--letters",
    type=click.Path(file_okay=False, path_type=Path),
    help="A folder for a letter to the host of each copy with faults, in the language of its country.",
)
@ALLOW_PRIVATE
@click.option(
    "--seconds", default=10.0, help="The time limit for one copy in seconds. Without this option, it is 10."
)
@SITES_OPTION
@click.pass_context
def doctor(
    context: click.Context,
    urls: tuple[str, ...],
    file: Path | None,
    for_programs: bool,
    language: str,
    watch_file: Path | None,
    letters: Path | None,
    allow_private: bool,
    seconds: float,
    sites: Path | None,
) -> None:
    """Look at hosted copies from outside and say what each host should change.

    Without addresses, all copies of _coordinator.yml are looked at. The exit status is 0 if all are good, 1
    if one has a fault, and 2 if one could not be seen: the host did not answer in time, redirected to another
    place, or asked for proof that a person is there. Readers may still see such a copy.

    The doctor sends at most 60 requests to each copy, two at a time. Each names safe-path-doctor as
    its sender.
    """
    import asyncio

    from ..hosting.doctor import Doctor, exit_status
    from ..hosting.letter_to_host import as_json, in_words, write_letters
    from ..hosting.watch_history import write_watch
    from ..pages.ui_strings import read_words
    from ..pages.words_for_hosts import words_in
    from ..releases.verify import Reference
    from ..source.municipalities import read_places

    root, moment = project_root(), now()
    words = words_in(root, language, "campaign doctor")
    site_words = read_words(root)
    places = read_places(root, site_words, latest_day(moment))
    if watch_file:
        check_output_file(root, watch_file, ".csv", "campaign doctor", "--watch-file")
    if letters:
        check_output(root, letters, "campaign doctor", SITES, option="--letters")
    known = {place.site_url: str(place) for place in places.municipalities.values() if place.site_url}
    if problems := [*_odd(urls, file)]:
        raise CampaignError(problems)
    wanted = [*urls, *(line for _, line in _lines(file))] or list(known)
    if not wanted:
        expected = "an address, --file, or addresses of copies in _coordinator.yml"
        raise CampaignError([Problem("campaign doctor", 0, "", "none", expected)])
    today = latest_day(moment)
    reference = Reference.of(root, (sites or root / SITES).resolve())
    # The exit is an address that a host sent: it leads the doctor into no private network.
    private = frozenset(urlsplit(url).hostname or "" for url in wanted) if allow_private else False
    reports = asyncio.run(Doctor(reference, today, private, seconds).look_at_all(wanted))
    if for_programs:
        click.echo(as_json(reports, words))
    else:
        for report in reports:
            click.echo(in_words(report, words))
    if watch_file:
        page = write_watch(root, watch_file, reports, language, words, site_words[language], today)
        click.echo(f"{watch_file} and {page} are written.", err=True)
    if letters:
        for written in write_letters(root, letters, reports, places, known):
            click.echo(f"{written} is written.", err=True)
    context.exit(exit_status(reports))


def _lines(file: Path | None) -> list[tuple[int, str]]:
    """Return the addresses in a file with the numbers of their lines."""
    text = file.read_text("utf-8-sig", "replace") if file else ""
    lines = enumerate(map(str.strip, text.split("\n")), 1)
    return [(number, line) for number, line in lines if line and not line.startswith("#")]


def _odd(urls: tuple[str, ...], file: Path | None) -> Iterator[Problem]:
    """Yield a problem for each text that is no address of a copy: somebody else may have written the list."""
    from ..hosting.fetch import CouldNotLook
    from ..hosting.fetch_for_checks import checked_url

    expected = "the address of a copy, such as https://help.example.org/"
    listed = [(file.name if file else "", number, line) for number, line in _lines(file)]
    for name, number, url in [*(("campaign doctor", 0, url) for url in urls), *listed]:
        try:
            checked_url(url)
        except CouldNotLook:
            yield Problem(name, number, "", shown(url), expected)


PUBLISHED_COPY_COMMANDS = (verify, doctor)
