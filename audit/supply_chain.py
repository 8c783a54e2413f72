"""The supply chain: a bill of materials (CycloneDX) of the lock file, and the licence of every package in it.
Exits with 1 if a package differs from the lock file, or if the site is made with one of unknown licence.

Nothing of these packages is in a copy: a copy has only our own pages, style and scripts (MIT and CC BY 4.0).
Its campaign.json names both licences and the packages that made it, with their versions. Known
vulnerabilities are not looked up, because that needs an advisory database on the network; the output says so.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib.metadata import metadata, requires
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

ROOT = Path(__file__).parent.parent
WRITTEN = ROOT / "sbom.json"
# Licences that let anybody run the generator and publish what it makes.
FREE = re.compile(
    r"MIT|BSD|Apache|ISC|Unlicense|PSF|Python-2\.0|Python Software Foundation|MPL|Mozilla Public License"
    r"|0BSD|CC0"
)

Component = dict[str, Any]


def main() -> int:
    locked = locked_versions((ROOT / "requirements.txt").read_text("utf-8"))
    bill = written_bill()
    different = [
        f"{name}: {locked.get(name, 'not in requirements.txt')}, installed {version}"
        for name, version in installed(bill).items()
        if name in locked and locked[name] != version
    ]
    keep(bill, locked)
    WRITTEN.write_text(json.dumps(bill, indent=1, ensure_ascii=False) + "\n", "utf-8")
    count = len(bill["components"])
    print(f"{WRITTEN.name}: CycloneDX {bill['specVersion']}, {count} packages of the lock file")
    needed = used_by_site(runtime((ROOT / "pyproject.toml").read_bytes()), needs)
    print(f"{len(needed)} of them make the site:")
    unknown = []
    for component in bill["components"]:
        if normal(component["name"]) in needed:
            names = licences(component) or declared(component["name"])
            print(f"  {component['name']} {component['version']}: {', '.join(names) or 'unknown'}")
            if not any(FREE.search(name) for name in names):
                unknown.append(component["name"])
    print("Known vulnerabilities were not looked up: registries of packages have no database of advisories.")
    print("Where osv.dev can be reached: pip-audit -s osv --no-deps --disable-pip -r requirements.txt")
    for line in different:
        print(f"Not as locked: {line}")
    for name in unknown:
        print(f"Licence not known to be free: {name}")
    return int(bool(different or unknown))


def written_bill() -> dict[str, Any]:
    """Return the bill of the packages in this environment, as cyclonedx-py writes it: the same each time."""
    command = [Path(sys.executable).with_name("cyclonedx-py"), "environment", sys.executable]
    options = ("--pyproject", ROOT / "pyproject.toml", "--output-reproducible", "-o", "-")
    done = subprocess.run([*command, *options], capture_output=True, check=True, timeout=600)
    bill: dict[str, Any] = json.loads(done.stdout)
    return bill


def normal(name: str) -> str:
    """Return a package's name in the form in which names are compared (PEP 503)."""
    return re.sub(r"[-_.]+", "-", name).lower()


def locked_versions(text: str) -> dict[str, str]:
    """Return ``{name: version}`` of a lock file."""
    return {normal(name): version for name, version in re.findall(r"(?m)^([\w.-]+)==([^\s\\;]+)", text)}


def installed(bill: Mapping[str, Any]) -> dict[str, str]:
    return {normal(component["name"]): component["version"] for component in bill["components"]}


def keep(bill: dict[str, Any], locked: Iterable[str]) -> None:
    """Take out everything that is not in the lock file, such as the tools of the audit."""
    wanted = set(locked)
    refs = {c["bom-ref"] for c in bill["components"] if normal(c["name"]) in wanted} | {"root-component"}
    bill["components"] = [c for c in bill["components"] if c["bom-ref"] in refs]
    bill["dependencies"] = [
        {**entry, "dependsOn": [ref for ref in entry.get("dependsOn", ()) if ref in refs]}
        for entry in bill["dependencies"]
        if entry["ref"] in refs
    ]


def runtime(pyproject: bytes) -> set[str]:
    """Return the packages that the project needs to make the site, without those for developers."""
    needed = tomllib.loads(pyproject.decode())["project"]["dependencies"]
    return {normal(re.split(r"[^\w.-]", line, maxsplit=1)[0]) for line in needed}


def used_by_site(first: Iterable[str], needs: Callable[[str], Iterable[str]]) -> set[str]:
    """Return these packages and all that they need in turn. ``needs`` gives the needs of one package."""
    found: set[str] = set()
    waiting = [*first]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += needs(name)
    return found


def needs(name: str) -> Iterator[str]:
    """Yield what an installed package needs here, without its extras. (cyclonedx-py counts extras, too.)"""
    for line in requires(name) or ():
        requirement = Requirement(line)
        if requirement.marker is None or requirement.marker.evaluate({"extra": ""}):
            yield normal(requirement.name)


def licences(component: Component) -> list[str]:
    """Return the licences that a package names, each once."""
    found = [
        entry.get("expression") or entry["license"].get("id") or entry["license"].get("name", "")
        for entry in component.get("licenses", ())
    ]
    return list(dict.fromkeys(name.removeprefix("License :: OSI Approved :: ") for name in found if name))


def declared(name: str) -> list[str]:
    """Return the licence that an installed package declares in its own words. The bill leaves out some of
    these, such as the ``BSD`` of ply."""
    licence = metadata(name)["License"]
    return [licence] if licence else []


if __name__ == "__main__":
    sys.exit(main())
