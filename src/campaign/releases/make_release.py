"""Writes a release of the present project: the work of ``campaign sign``."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from ..build.build import Screen
from ..checks.check import check_project
from ..copies.manifest import MANIFEST
from ..errors import CampaignError, Problem, counted
from ..files.digests import sha256
from ..site.list_package_versions import PACKAGE, package_versions
from ..today import latest_day
from .compare_with_manifest import changes_in_folder, read_plain
from .manifest_reading import LARGEST, read_manifest
from .rebuild_before_release import build_as_before
from .release_file import FOLDER, new_name, release_of
from .ssh_signature import ALLOWED, Signed, sign, verify


def write_release(
    root: Path, sites: Path, key: Path | None, moment: datetime, screen: Screen
) -> Iterator[str]:
    """Write ``releases/DAY.json`` and, with a key, its signature. Yield the lines to print. The copies are
    built first, so that a release always describes what the present files make."""
    build_as_before(root, sites, (), moment, screen)
    project = check_project(root, moment)
    copies, problems = {}, []
    for name in project.places.municipalities:
        data = read_plain(sites / name / MANIFEST, LARGEST + 1) or b""
        for change in changes_in_folder(sites / name, read_manifest(data)):
            problems.append(Problem(f"{name}/{change.path}", 0, "", change.kind, "the file as it was built"))
        copies[name] = sha256(data)
    if problems:
        raise CampaignError(problems)
    name = new_name(root, latest_day(moment))
    data = release_of(project, name, package_versions()[PACKAGE], copies).to_bytes()
    file = root / FOLDER / f"{name}.json"
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(data)
    written = f"{FOLDER}/{file.name} is written: {counted(len(copies), 'copy')}"
    if key is None:
        yield f"{written}, unsigned. Nobody can prove who made it."
        return
    try:
        signature = sign(file, key)
    except CampaignError:
        file.unlink()
        raise
    yield f"{written}, signed in {FOLDER}/{signature.name}."
    state = verify(data, signature.read_bytes(), root / ALLOWED)
    if state is not Signed.GOOD:
        yield f"But {ALLOWED} does not have this key, so nobody can verify it yet."
