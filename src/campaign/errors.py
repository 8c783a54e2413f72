"""A problem is one thing wrong in one place of one file, said so that an editor can correct it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import IO, Any

import click


@dataclass(frozen=True, order=True)
class Problem:
    """One problem, printed as one unwrapped line: ``file:line: field: expected …, found …``."""

    file: str  # relative to the project's root, with forward slashes
    line: int  # counted from 1; 0 where the whole file is meant
    field: str  # dotted path inside the file; empty where none applies
    found: str  # the whole message where nothing is expected: ``could not be read: Permission denied``
    expected: str  # empty where nothing can be said of it, as of a file that the system refuses
    # Whether a municipality's file could bring it about in another file: it holds back no copy. Two files say
    # the same, and nobody can know which is wrong; or the coordinator speaks of what a municipality took out.
    contested: bool = dataclasses.field(default=False, compare=False)

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        what = f"expected {self.expected}, found {self.found}" if self.expected else self.found
        whole = f"{place}: {self.field}: {what}" if self.field else f"{place}: {what}"
        # A file's own keys stand in it: nothing that breaks the line or that a terminal would obey.
        return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in whole)


def shown(value: object, longest: int = 60) -> str:
    """A value as a message quotes it: on one line, cut, and with nothing a terminal would obey."""
    text = value if isinstance(value, str) else repr(value)
    cut = text if len(text) <= longest else text[: longest - 1] + "…"
    return repr(cut)


def instead(value: str, known: Iterable[str]) -> str:
    """`` (did you mean 'help.md'?)`` where one of those that are known is much like the value."""
    close = get_close_matches(value, list(known), n=1)
    return f" (did you mean {shown(close[0])}?)" if close else ""


def counted(number: int, noun: str) -> str:
    """``1 page``, ``2 pages``, ``1 municipality``, ``2 municipalities``."""
    plural = noun.removesuffix("y") + "ies" if noun.endswith("y") else f"{noun}s"
    return f"{number:,} {noun if number == 1 else plural}"


def unusable(error: OSError) -> Problem:
    """A file that the system refuses to read or to write."""
    return Problem(str(error.filename or "."), 0, "", f"could not be used: {error.strerror}", "")


class CampaignError(click.ClickException):
    """The one exception of the core: all problems of an input, sorted by file and line. ``outcome`` says what
    they left behind. MkDocs' exceptions are click's, too."""

    def __init__(self, problems: Iterable[Problem], outcome: str = "") -> None:
        self.problems = sorted(set(problems))
        self.outcome = outcome
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[CampaignError], tuple[list[Problem], str]]:
        """How it goes from a worker to the process that prints it."""
        return CampaignError, (self.problems, self.outcome)

    def show(self, file: IO[Any] | None = None) -> None:
        """Print each problem on a line of standard error, then their number and the outcome."""
        for problem in self.problems:
            click.echo(str(problem), err=True)
        click.echo(f"{counted(len(self.problems), 'problem')}. {self.outcome}".rstrip(), err=True)
