"""Every command explains itself. tests/data/test_handbook.py holds the documents to them."""

from __future__ import annotations

import re

import click
import pytest
from click.testing import CliRunner

from campaign.cli.main import main


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
