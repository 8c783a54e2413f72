"""The two references of the handbook, made from their sources at every build: the commands from the command
line itself, and the keys of the files in municipalities/ from their JSON Schemas, which the records give.

MkDocs loads this file as a hook. It also adds the pictures that handbook/screenshots.py has made."""

from __future__ import annotations

import inspect
import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

from campaign.cli.main import main
from campaign.source.schema import schemas


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the generated pages, and the pictures in the folder that ``HANDBOOK_PICTURES`` names."""
    made = {"reference/commands.md": commands(), "reference/data.md": data()}
    for path, text in made.items():
        files.append(File.generated(config, path, content=text))
    for picture in sorted(Path(os.environ["HANDBOOK_PICTURES"]).glob("*.webp")):
        files.append(File.generated(config, f"pictures/{picture.name}", abs_src_path=str(picture)))
    return files


def commands() -> str:
    """Return the page of all commands: usage, help and options of each, as ``--help`` prints them."""
    sections = [section for name in sorted(main.commands) for section in _command(name, main.commands[name])]
    return (
        "# Commands\n\nThis page is made from the commands themselves: `campaign COMMAND --help` prints the "
        "same. [Set up](../set-up.md) says how to start them.\n\n" + "\n".join(sections)
    )


def _command(name: str, command: click.Command) -> Iterator[str]:
    context = click.Context(command, info_name=f"campaign {name}")
    usage = " ".join(["campaign", name, *command.collect_usage_pieces(context)])
    yield f"## {name} {{#{name.replace(' ', '-')}}}\n\n`{usage}`\n"
    for paragraph in inspect.cleandoc(command.help or "").replace("\b\n", "").split("\n\n"):
        yield _plain(" ".join(paragraph.split())) + "\n"
    options = [option for option in command.params if isinstance(option, click.Option)]
    if options:
        yield "| option | what it does |\n|---|---|"
        for option in options:
            shown, text = option.get_help_record(context) or ("", "")
            yield f"| `{_cell(shown)}` | {_plain(_cell(text))} |"
        yield ""
    if isinstance(command, click.Group):
        for inner in sorted(command.commands):
            yield from _command(f"{name} {inner}", command.commands[inner])


def data() -> str:
    """Return the page of all keys in the files of municipalities/, with the descriptions of the records."""
    parts = [
        "# Keys of the files\n\nThis page is made from the records that read the files in `municipalities/`. "
        "An editor that knows YAML shows the same while you type.\n"
    ]
    shared: dict[str, dict[str, Any]] = {}
    for name, text in schemas().items():
        schema = json.loads(text)
        shared |= schema.get("$defs", {})
        parts.append(f"## {described_by(name)}\n\n{_described(schema)}\n{_keys(schema)}")
    parts.append("## Parts of these files\n")
    for name, part in sorted(shared.items()):
        parts.append(f"### {name} {{#{name}}}\n\n{_described(part)}{_keys(part)}")
    return "\n".join(parts)


def described_by(schema: str) -> str:
    """Return which file of a country a schema describes, such as ``municipalities/COUNTRY/_country.yml``."""
    name = Path(schema).name.removesuffix(".schema.json")
    return f"municipalities/COUNTRY/{'SLUG' if name == 'municipality' else f'_{name}'}.yml"


def _described(schema: dict[str, Any]) -> str:
    text = _plain(" ".join(schema.get("description", "").split()))
    if choices := schema.get("enum"):
        text += f"\n\nOne of {_codes(choices)}."
    return f"{text}\n" if text else ""


def _keys(schema: dict[str, Any]) -> str:
    if "properties" not in schema:
        return ""
    rows = ["\n| key | value | what it is |", "|---|---|---|"]
    for key, value in schema["properties"].items():
        needed = " (required)" if key in schema.get("required", ()) else ""
        said = _plain(_cell(value.get("description", "")))
        rows.append(f"| `{key}`{needed} | {_value(value)} | {said} |")
    one_of = [each["required"][0] for each in schema.get("anyOf", ()) if "required" in each]
    rows.append(f"\nAt least one of {_codes(one_of)} is needed.\n" if one_of else "")
    return "\n".join(rows)


def _value(value: dict[str, Any]) -> str:
    """Return in words what may be written as a value, with an example where the schema has one."""
    if "$ref" in value:
        name = value["$ref"].rpartition("/")[2]
        return f"[{name}](#{name})"
    if choices := value.get("enum"):
        return f"one of {_codes(choices)}"
    if options := value.get("anyOf"):
        return " or ".join(dict.fromkeys(map(_value, options)))
    kind = value.get("type")
    if kind == "array":
        return f"a list: {_value(value['items'])}"
    if kind == "object" and "additionalProperties" in value:
        by = "language" if value.get("propertyNames", {}).get("pattern") == "^[a-z]{2}$" else "name"
        return f"by {by}: {_value(value['additionalProperties'])}"
    words = {"boolean": "`true` or `false`", "integer": "a number", "string": "text"}
    examples = value.get("examples", ())
    return words.get(str(kind), "text") + (f", such as {_codes(examples[:1])}" if examples else "")


def _codes(values: list[Any]) -> str:
    return ", ".join(f"`{_cell(str(value))}`" for value in values)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _plain(text: str) -> str:
    """Return a text that Markdown prints as it is, with the names of files, keys and options as code."""
    text = text.replace("``", "`")
    parts = re.split(r"(`[^`]*`)", text)
    return "".join(part if part.startswith("`") else _marked(part) for part in parts)


def _marked(text: str) -> str:
    text = re.sub(r"[<*]|(?<!\w)_", lambda sign: "\\" + sign[0] if sign[0] != "<" else "&lt;", text)
    return re.sub(r"(?<![\w-])(--[a-z-]+)", r"`\1`", text)
