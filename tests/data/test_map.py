"""The handbook's map and the other documents describe the folders as they are."""

from __future__ import annotations

import re
import subprocess

import pytest

from ..project import ROOT

PACKAGES = ROOT / "src" / "campaign"
MAP = (ROOT / "handbook/pages/developers/index.md").read_text("utf-8")
DOCUMENTS = [
    "README.md",
    "CONTRIBUTING.md",
    *sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "handbook/pages").rglob("*.md")),
]


def tracked(*patterns):
    names = subprocess.run(
        ["git", "ls-files", "--", *patterns], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.splitlines()
    return [name for name in names if (ROOT / name).exists()]


def test_the_map_names_every_folder_and_package_and_nothing_else():
    block = MAP.partition("## Where things are\n\n```text\n")[2].partition("```")[0]
    named = [line.split()[0] for line in block.splitlines()]
    files = tracked()
    folders = {f"{name.partition('/')[0]}/" for name in files if "/" in name and not name.startswith(".")}
    folders = folders - {"sites/"}
    inside = {
        "/".join(name.split("/")[:3]) + ("/" if name.count("/") > 2 else "")
        for name in tracked("src/campaign")
        if not name.endswith("campaign/__init__.py")
    }
    expected = (folders - {"src/"}) | inside | {"mkdocs.yml", "src/campaign/"}
    assert sorted(named) == sorted(expected)


def test_the_map_lists_packages_in_the_order_in_which_they_may_import():
    settings = (ROOT / "pyproject.toml").read_text("utf-8")
    layers = re.findall(r'"([^"]+)"', settings.partition("layers = [")[2].partition("]")[0])
    order = [name.strip() for layer in layers for name in layer.split("|")]
    named = [
        name.removesuffix(".py") for name in re.findall(r"^src/campaign/([a-z_]+)(?:/|\.py) ", MAP, re.M)
    ]
    assert sorted(named) == sorted(order)
    ranks = {name: rank for rank, layer in enumerate(layers) for name in map(str.strip, layer.split("|"))}
    assert [ranks[name] for name in named] == sorted(ranks.values())


@pytest.mark.parametrize("package", sorted(path.parent.name for path in PACKAGES.glob("*/__init__.py")))
def test_a_package_stays_small(package):
    modules = [path for path in (PACKAGES / package).glob("*.py") if path.name != "__init__.py"]
    lengths = [path.read_text("utf-8").count("\n") for path in modules]
    assert 0 < len(modules) <= 12
    assert sum(lengths) <= 2000
    assert max(lengths) <= 300


def test_at_most_three_modules_are_beside_the_packages():
    assert len([path for path in PACKAGES.glob("*.py") if path.name != "__init__.py"]) <= 3


def test_every_path_that_a_document_names_exists():
    named = {
        (name, path)
        for name in DOCUMENTS
        for path in re.findall(
            r"`((?:src/campaign/|tests/|bench/|hooks/|overrides/|handbook/)?[a-z_]+/[a-z_/]+\.(?:py|html|css|js))`",
            (ROOT / name).read_text("utf-8"),
        )
        if not path.startswith("host/")  # of a copy
    }
    assert len(named) > 20
    assert not [
        (name, path)
        for name, path in sorted(named)
        if not ((ROOT / path).exists() or (PACKAGES / path).exists())
    ]


def test_the_readme_is_short():
    assert len((ROOT / "README.md").read_text("utf-8")) <= 4500


def test_the_way_of_a_phone_number_is_at_most_ten_files():
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8").partition("## The way of a phone number")[2]
    steps = re.findall(r"^\d+\. `([a-z_/]+\.py)`", text, re.M)
    assert 1 < len(steps) <= 10
    assert all((PACKAGES / step).is_file() for step in steps)
