"""Commands in an environment of their own, without the time that a new process takes to import everything: one process
imports all of it in that environment, and is forked for each command."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryFile

from mkdocs.__main__ import cli

from campaign.cli.main import main

from .project import ROOT, shorten_scripts

Done = subprocess.CompletedProcess[str]


class Forked:
    """A process that waits for commands. What its environment says at its start, such as which libraries are loaded
    first, holds for all of them."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def campaign(self, folder: Path, *arguments: object, **environment: str) -> Done:
        """Run ``campaign`` with the arguments in a folder, with more variables of the environment."""
        return self._ask("campaign", folder, arguments, environment)

    def mkdocs(self, folder: Path, *arguments: object, **environment: str) -> Done:
        """Run ``mkdocs`` in the same way."""
        return self._ask("mkdocs", folder, arguments, environment)

    def _ask(self, *order: object) -> Done:
        assert self._process.stdin and self._process.stdout
        print(json.dumps(order, default=str), file=self._process.stdin, flush=True)
        return Done(order, *json.loads(self._process.stdout.readline()))


@contextmanager
def forked_in(environment: Mapping[str, str], *before: str) -> Iterator[Forked]:
    """A process in this environment, started by the command ``before`` if there is one."""
    command = [*before, sys.executable, "-m", "tests.forked_commands"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, env={**environment}, text=True, **pipes) as process:
        yield Forked(process)
        assert process.stdin
        process.stdin.close()


def _answer(program: str, *order: object) -> tuple[int | None, str, str]:
    """Run it in a child. Return its exit status, and all that it has written to its two streams."""
    with TemporaryFile() as out, TemporaryFile() as errors:
        child = get_context("fork").Process(
            target=_run_here, args=(program, out.fileno(), errors.fileno(), *order)
        )
        child.start()
        child.join()
        said = []
        for stream in (out, errors):
            stream.seek(0)
            said.append(stream.read().decode())
    return child.exitcode, said[0], said[1]


def _run_here(
    program: str, out: int, errors: int, folder: str, arguments: list[str], environment: dict[str, str]
) -> None:
    os.dup2(out, 1)
    os.dup2(errors, 2)
    os.environ.update(environment)
    time.tzset()
    os.chdir(folder)
    PROGRAMS[program](arguments, prog_name=program)


PROGRAMS = {"campaign": main, "mkdocs": cli}

if __name__ == "__main__":
    shorten_scripts()
    for line in sys.stdin:
        print(json.dumps(_answer(*json.loads(line))), flush=True)
