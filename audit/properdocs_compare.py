"""Renders every country with properdocs in place of MkDocs, and prints the differences.

MkDocs' last active maintainer keeps properdocs. ``python -m audit.properdocs_compare`` exits with 1 if it
cannot render a country, else with 0, even if there are differences.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
ENGINES = ("mkdocs", "properdocs")


def render(engine: str, country: str, folder: str) -> None:
    """Render a country's base site with one of the engines. A process can load only one of them."""
    if engine == "properdocs":
        import properdocs.replacement  # noqa: F401 - from here on, mkdocs is properdocs
    from campaign.checks.check import check_project
    from campaign.site.mkdocs_build import render_country
    from campaign.today import now

    render_country(check_project(ROOT, now()), country, Path(folder))


def files(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder with its bytes."""
    found = (path for path in sorted(folder.rglob("*")) if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def differences(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """Return the files that only one side has, and the first different lines of the others."""
    found = [f"{path}: only with MkDocs" for path in one.keys() - other.keys()]
    found += [f"{path}: only with properdocs" for path in other.keys() - one.keys()]
    for path in one.keys() & other.keys():
        pairs = zip(one[path].splitlines(), other[path].splitlines(), strict=False)
        if one[path] != other[path]:
            line = next((f"{a[:100]!r} is {b[:100]!r}" for a, b in pairs if a != b), "one ends earlier")
            found.append(f"{path}: {line}")
    return sorted(found)


def main() -> int:
    countries = sorted(path.name for path in (ROOT / "municipalities").iterdir() if path.is_dir())
    for country in countries:
        with tempfile.TemporaryDirectory() as within:
            made = {}
            for engine in ENGINES:
                folder = Path(within, engine)
                command = [sys.executable, "-m", "audit.properdocs_compare", engine, country, str(folder)]
                done = subprocess.run(command, cwd=ROOT, check=False)
                if done.returncode:
                    print(f"{country}: {engine} could not render it")
                    return 1
                made[engine] = files(folder)
        found = differences(made["mkdocs"], made["properdocs"])
        print(f"{country}: {len(made['mkdocs'])} files, {len(found)} differ")
        print("".join(f"  {line}\n" for line in found), end="")
    return 0


if __name__ == "__main__":
    if len(sys.argv) > 1:
        render(*sys.argv[1:])
    else:
        sys.exit(main())
