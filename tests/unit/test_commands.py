"""Every command explains itself, and the README names it."""

from __future__ import annotations

import re

import click
import pytest
from click.testing import CliRunner

from campaign.cli.main import main

from ..project import ROOT

README = (ROOT / "README.md").read_text("utf-8")


def test_the_command_without_arguments_lists_every_command_with_what_it_does():
    shown = CliRunner().invoke(main, ["--help"]).output
    for name, command in main.commands.items():
        assert re.search(
            rf"(?m)^  {name} +{re.escape(command.get_short_help_str(limit=10_000)[:20])}", shown
        ), name


@pytest.mark.parametrize("name", main.commands)
def test_every_command_has_help_for_itself_and_each_option(name):
    command = main.commands[name]
    assert len(command.help or "") > 60
    done = CliRunner().invoke(main, [name, "--help"])
    assert done.exit_code == 0
    for option in command.params:
        if isinstance(option, click.Option):
            assert option.help and option.help.endswith("."), option.name
            assert max(option.opts, key=len) in done.stdout


@pytest.mark.parametrize("name", main.commands)
def test_the_readme_names_every_command_and_its_every_option(name):
    assert re.search(rf"campaign {name}\b", README)
    for option in main.commands[name].params:
        if isinstance(option, click.Option):
            assert max(option.opts, key=len) in README, option.name


def test_the_readme_names_no_command_and_no_option_that_is_not_there():
    named = set(re.findall(r"(?:bin/|`)campaign ([a-z]+)", README))
    assert named <= set(main.commands)
    options = {opt for command in main.commands.values() for option in command.params for opt in option.opts}
    for line in README.splitlines():
        if re.search(r"campaign [a-z]+", line):
            assert set(re.findall(r"(?<![\w-])--[a-z-]+", line.replace("--strict", ""))) <= options, line
