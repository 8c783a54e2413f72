"""Builds copies once more as in the last build, so that a release and a ZIP have what readers see."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from ..build.build import Build, Screen
from ..copies.kit_links import FOLDER, LIST
from ..copies.manifest import MANIFEST
from ..kit.make_kits import made_kits
from ..source.select_municipalities import in_scope


def build_as_before(root: Path, sites: Path, names: Sequence[str], moment: datetime, screen: Screen) -> None:
    """Build these places into ``sites``, all or nothing. Each copy that has a printed kit gets it again, and
    copies are precompressed if some are. Raise `CampaignError` if a kit can no longer be printed, for example
    because a confirmation has ended."""
    files = sites.glob(f"*/*/{FOLDER}/{LIST}")
    with_kit = sorted(file.parents[1].relative_to(sites).as_posix() for file in files)
    there = [
        name
        for name in with_kit
        if in_scope(name, names) and (root / "municipalities" / f"{name}.yml").is_file()
    ]
    kits = made_kits(root, there, moment, screen.say) if there else {}
    precompress = any(sites.glob(f"*/*/{MANIFEST}.gz"))
    build = Build(root, sites, tuple(names), precompress=precompress, all_or_nothing=True, kits=kits)
    build.run(moment, screen)
