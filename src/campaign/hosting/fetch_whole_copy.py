"""Fetches every file of a hosted copy, for ``campaign verify URL``: somebody asked for this one copy."""

from __future__ import annotations

import asyncio
from urllib.parse import quote

from ..copies.manifest import MANIFEST
from ..releases.compare_with_manifest import PROOFS, Change, same
from ..releases.manifest_reading import Manifest, read_manifest
from ..releases.verify import Looked
from .fetch import Answer, BadCertificate, CouldNotLook, Fetcher
from .fetch_for_checks import checked_url

MOST_REQUESTS = 3_000
_SECONDS = 600.0  # for one copy: a server that sends one byte at a time would never end


def changes_in_answers(bodies: dict[str, bytes], manifest: Manifest) -> list[Change]:
    """Return the fetched files that have other bytes than the manifest says, or that it does not have."""
    found = []
    for path, data in bodies.items():
        facts = manifest.files.get(path)
        if path != MANIFEST and path not in PROOFS and not (facts and same(data, facts)):
            found.append(Change(path, "changed" if facts else "added"))
    return found


async def fetch_copy(url: str, fetcher: Fetcher, seconds: float = _SECONDS) -> Looked:
    """Fetch all files that the manifest at an address names. Raise `CouldNotLook` if that is not possible, or
    not within the time limit."""
    try:
        async with asyncio.timeout(seconds):
            return await _fetch_copy(url, fetcher)
    except TimeoutError:
        raise CouldNotLook("too-slow", f"{seconds:g} s") from None


async def _fetch_copy(url: str, fetcher: Fetcher) -> Looked:
    url = checked_url(url)

    async def get(path: str) -> Answer:
        try:
            answer = await fetcher.get(url + quote(path))
        except BadCertificate as error:
            raise CouldNotLook("no-connection", str(error)) from None
        if answer.target:
            raise CouldNotLook("redirected", answer.target)
        return answer

    first = await get(MANIFEST)
    bodies: dict[str, bytes] = {}
    if first.status != 200:
        if first.status != 404:
            raise CouldNotLook("refused", str(first.status))
        return Looked(lambda manifest: [], bodies.get)
    bodies[MANIFEST] = first.body
    try:
        manifest = read_manifest(first.body)
    except ValueError:
        return Looked(lambda manifest: [], bodies.get)
    paths = [*manifest.files, *PROOFS]
    answers = await asyncio.gather(*(get(path) for path in paths))
    missing = [path for path, answer in zip(paths, answers, strict=True) if answer.status != 200]
    bodies |= {path: answer.body for path, answer in zip(paths, answers, strict=True) if answer.status == 200}

    def compare(wanted: Manifest) -> list[Change]:
        gone = [Change(path, "missing") for path in missing if path in wanted.files]
        gone += [Change(path, "missing") for path in wanted.files.keys() - bodies.keys() - set(missing)]
        return sorted([*gone, *changes_in_answers(bodies, wanted)], key=lambda change: change.path)

    return Looked(compare, bodies.get)
