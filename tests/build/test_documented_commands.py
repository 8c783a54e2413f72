"""Every command in the documents runs as it is written: the lines of each document one after another, as a reader
would type them, in a small project with the places that the documents name."""

from __future__ import annotations

import os
import re
import shutil
import subprocess

import pytest

from ..documents import documents
from ..documents import words as typed_words
from ..project import MKDOCS, small_project

# Commands that no test runs here, and why. Their form is held by tests/data/test_handbook.py.
NOT_RUN = {
    "make": "sets up the machine, or runs other tests or a preview for minutes",
    "source": "changes the reader's own shell",
}


# Contacts that the documents name, beside those of the small project, with their numbers.
MORE = """
  - id: ee-parnu
    roles: [legal-aid]
    organization: {et: Pärnu nõustamine}
    phones: [{number: "+372 443 0000"}]
    source: {url: https://example.org/parnu, date: undated}
  - id: ee-tallinn-family
    roles: [migrant-advice]
    organization: {et: Tallinna nõustamine}
    phones: [{number: "+372 645 0000"}]
    source: {url: https://example.org/tallinn, date: undated}
"""
NARVA = """
contacts:
  - id: ee-narva
    roles: [social-services]
    organization: {et: Narva sotsiaaltöö}
    phones: [{number: "+372 356 9600"}]
    source: {url: https://example.org/narva, date: undated}
"""


@pytest.fixture
def project(tmp_path):
    """The small project with the places and contacts of the documents. All is confirmed and approved."""
    sample = small_project(tmp_path / "project")
    for old, new in (("ee/ylde", "ee/tartu"), ("ee/teine", "ee/narva"), ("lv/vieta", "lv/riga")):
        (sample.root / f"municipalities/{old}.yml").rename(sample.root / f"municipalities/{new}.yml")
    sample.edit("municipalities/ee/tartu.yml", "ee-ylde-social", "ee-tartu")
    sample.edit("municipalities/ee/_country.yml", "numbers:", f"{MORE.strip(chr(10))}\nnumbers:")
    with (sample.root / "municipalities/ee/narva.yml").open("a", encoding="utf-8") as narva:
        narva.write(NARVA.lstrip())
    sample.edit("mkdocs.yml", "ee/ylde", "ee/tartu")
    shutil.copytree(sample.root / "docs/ru", sample.root / "docs/en")  # the source of the translations
    for code in ("en", "et", "lv", "ru"):
        sample.edit(f"docs/{code}/help.md", "{#here}", "{#when-you-call}")
    sample.campaign("translated", "--all")
    ids = ("ee-child", "lv-child", "ee-tartu", "ee-narva", "ee-parnu", "ee-tallinn-family")
    done = sample.campaign("confirm", *ids, "--by", "Office")
    assert done.returncode == 0, done.stderr
    sample.approve()
    return sample


def run(project, line):
    """Run one line of a shell in the project's folder; ``campaign`` in this process, which is quicker."""
    words = typed_words(line)
    settings = {}
    while re.match(r"[A-Z_]+=", words[0]):
        name, _, value = words.pop(0).partition("=")
        settings[name] = value
    target = words.pop() if ">" in words else None
    words = [word for word in words if word != ">"]
    program = words[0].rpartition("/")[2]
    if program == "campaign":
        done = project.campaign(*words[1:], input="y\n")
    else:
        assert program == "mkdocs", line
        done = subprocess.run(
            [MKDOCS, *words[1:]],
            cwd=project.root,
            env={**os.environ, **settings, "NO_MKDOCS_2_WARNING": "1"},
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
    if target:
        (project.root / target).write_text(done.stdout, "utf-8")
    return done


WITH_COMMANDS = [
    name
    for name, document in documents().items()
    if any(line.split()[0] not in NOT_RUN for line in document.commands)
]


@pytest.mark.parametrize("name", WITH_COMMANDS)
def test_the_commands_of_a_document_run_as_they_are_written(project, name):
    for line in documents()[name].commands:
        if line.split()[0] not in NOT_RUN:
            done = run(project, line)
            assert done.returncode == 0, f"{line}\n{done.stderr}"


def test_what_is_not_run_is_still_in_some_document():
    typed = {line.split()[0] for document in documents().values() for line in document.commands}
    assert set(NOT_RUN) <= typed
