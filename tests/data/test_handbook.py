"""The handbook: its references are those of the code, its pictures those that its script makes, it builds strictly and
loads nothing from elsewhere."""

from __future__ import annotations

import json
import re
import subprocess
from html.parser import HTMLParser

import click
import pytest
from PIL import Image

from campaign.cli.main import main
from campaign.model.places import LISTS
from campaign.model.roles import Role
from campaign.pages.slots import MUNICIPALITY_WORDS
from campaign.source.schema import schemas
from handbook import reference, screenshots

from ..documents import PAGES, documents
from ..documents import words as typed_words
from ..project import MKDOCS, ROOT

COMMANDS, DATA = reference.commands(), reference.data()
MAKE = set(re.findall(r"(?m)^([a-z-]+):.*##", (ROOT / "Makefile").read_text("utf-8")))
OPTIONS = {
    name: {opt for each in command.params for opt in each.opts} for name, command in main.commands.items()
}


def plain(text):
    """A text without the signs of Markdown and HTML, its spaces single."""
    return " ".join(re.sub(r"[\\`]", "", text).replace("&lt;", "<").split())


@pytest.mark.parametrize("name", main.commands)
def test_the_reference_has_every_command_with_its_help_and_every_option(name):
    command = main.commands[name]
    section = plain(COMMANDS.partition(f"## {name} {{#{name}}}")[2].partition("\n## ")[0])
    assert plain((command.help or "").replace("\b", "")) in section
    for option in command.params:
        if isinstance(option, click.Option):
            assert all(opt in section for opt in option.opts)
            assert plain(option.help) in section


@pytest.mark.parametrize("file", schemas())
def test_the_reference_has_every_key_of_every_record_with_its_description(file):
    schema = json.loads(schemas()[file])
    parts = {reference.described_by(file): schema} | schema.get("$defs", {})
    for name, part in parts.items():
        section = plain(re.split(r"\n##+ ", DATA.split(f"## {name}", 1)[1])[0])
        assert plain(part.get("description", "")) in section
        for key, value in part.get("properties", {}).items():
            assert re.search(rf"\| {key}( \(required\))? \|", section), (name, key)
            assert (f"| {key} (required) |" in section) == (key in part.get("required", ())), (name, key)
            assert plain(value.get("description", "").replace("|", "\\|")) in section
        assert all(f"{choice}" in section for choice in part.get("enum", ()))


@pytest.mark.parametrize("name", main.commands)
def test_the_handbook_says_when_to_use_every_command(name):
    """Beside the reference, in a page that somebody wrote."""
    typed = [line for each in documents().values() for line in (*each.commands, *each.named)]
    assert any(re.match(rf"(?:\.venv/bin/)?campaign {name}\b", line) for line in typed)


def lines():
    return sorted(
        {(each.name, line) for each in documents().values() for line in (*each.commands, *each.named)}
    )


@pytest.mark.parametrize(("document", "line"), lines())
def test_a_document_names_no_command_option_or_target_that_is_not_there(document, line):
    words = [word for word in typed_words(line) if not re.match(r"[A-Z]+=", word)]
    program, rest = words[0].rpartition("/")[2], words[1:]
    if program == "make":
        assert {word for word in rest if "=" not in word} <= MAKE
    elif program == "campaign" and rest and rest[0] not in ("COMMAND", "…", "--help"):
        assert rest[0] in main.commands
        options = {word.partition("=")[0] for word in rest if word.startswith("-")}
        assert options <= OPTIONS[rest[0]] | {"--help"}


def test_the_pages_show_every_picture_that_the_script_makes_and_no_other():
    shown = {
        name
        for path in PAGES.rglob("*.md")
        for name in re.findall(r"pictures/([a-z-]+)\.webp", path.read_text("utf-8"))
    }
    assert shown == set(screenshots.NAMES)


def test_the_page_of_slots_has_every_kind_of_slot_and_no_other():
    text = (PAGES / "editors/slots.md").read_text("utf-8")
    shown = set(re.findall(r"<!-- (contacts|municipality|referral): ([a-z-]+)", text))
    assert all(f"<!-- {kind}: " in text for kind in ("until", "promise"))
    lists, words = (
        {("contacts", word) for word in LISTS},
        {("municipality", word) for word in MUNICIPALITY_WORDS},
    )
    assert lists | words <= shown
    assert all(word in (*LISTS, *Role) for kind, word in shown if kind == "contacts")
    assert {word for kind, word in shown if kind == "municipality"} == set(MUNICIPALITY_WORDS)


class Loaded(HTMLParser):
    """What a browser loads with a page, without being asked."""

    def __init__(self):
        super().__init__()
        self.addresses, self.inline = [], []

    def handle_starttag(self, tag, attributes):
        given = dict(attributes)
        if tag in ("script", "img", "iframe", "source", "video", "audio"):
            self.addresses.append(given.get("src") or "")
        if tag == "link" and given.get("rel") != "canonical":
            self.addresses.append(given.get("href") or "")


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """The handbook, built strictly, with a grey field for each picture."""
    pictures, site = tmp_path_factory.mktemp("pictures"), tmp_path_factory.mktemp("handbook")
    for name in screenshots.NAMES:
        Image.new("L", (8, 8)).save(pictures / f"{name}.webp")
    done = subprocess.run(
        [MKDOCS, "build", "--strict", "-f", ROOT / "handbook/mkdocs.yml", "-d", site],
        cwd="/",
        env={"HANDBOOK_PICTURES": str(pictures), "NO_MKDOCS_2_WARNING": "1", "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return site


def test_the_handbook_builds_strictly_and_loads_nothing_from_elsewhere(built):
    pages = sorted(built.rglob("*.html"))
    assert {path.relative_to(built).with_suffix(".md").as_posix() for path in pages} == {
        *(path.relative_to(PAGES).as_posix() for path in PAGES.rglob("*.md")),
        "reference/commands.md", "reference/data.md", "404.md",
    }  # fmt: skip
    for path in pages:
        loaded = Loaded()
        loaded.feed(path.read_text("utf-8"))
        assert loaded.addresses
        assert not [address for address in loaded.addresses if re.match(r"(?:[a-z]+:)?//", address)], path
    styles = "".join(path.read_text("utf-8") for path in built.rglob("*.css"))
    assert not re.search(r"(?:url\(|@import )[\"']?(?:https?:)?//", styles)


def test_no_mark_of_a_snippet_a_tab_or_a_list_is_left_in_a_page(built):
    """Markdown takes what follows a paragraph without an empty line for more of the paragraph."""
    for path in built.rglob("*.html"):
        text = path.read_text("utf-8")
        assert "--8&lt;--" not in text and "--8<--" not in text, path
        assert not re.search(r"<p>(?:===|!!!|\?\?\?) ", text), path
        paragraphs = re.findall(r"<p>(.*?)</p>", text, re.S)
        assert not [each for each in paragraphs if re.search(r"\n(?:- |1\. )", each)], path


def test_the_settings_for_editors_are_whole_and_agree():
    """VS Code and the container offer the same extensions; the container only names what the project brings."""
    read = {name: json.loads((ROOT / name).read_text("utf-8")) for name in (
        ".vscode/extensions.json", ".vscode/settings.json", ".devcontainer/devcontainer.json",
    )}  # fmt: skip
    container = read[".devcontainer/devcontainer.json"]
    assert (
        container["customizations"]["vscode"]["extensions"]
        == read[".vscode/extensions.json"]["recommendations"]
    )
    assert container["postCreateCommand"].split() == ["make", "build"]
    assert "build" in MAKE
