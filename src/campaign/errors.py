"""A problem is one fault in one place of one file, described well enough for an editor to correct it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches
from typing import IO, Any

import click


@dataclass(frozen=True, order=True)
class Group:
    """A heading under which problems are printed together. The lowest rank comes first."""

    rank: int
    title: str


@dataclass(frozen=True, order=True)
class Problem:
    """One problem, printed as one unwrapped line: ``file:line: field: expected …, found …``."""

    file: str  # relative to the project root, with forward slashes
    line: int  # counted from 1; 0 where the whole file is meant
    field: str  # dotted path inside the file; empty if none applies
    found: str  # the whole message if nothing is expected: ``could not be read: Permission denied``
    expected: str  # empty if there is nothing to expect: the system cannot read a file
    # True if another municipality's file may be the cause; such a problem holds back no copy. Either two
    # files say the same, or the coordinator's file names what a municipality has removed.
    contested: bool = dataclasses.field(default=False, compare=False)
    group: Group | None = dataclasses.field(default=None, compare=False)

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        what = f"expected {self.expected}, found {self.found}" if self.expected else self.found
        whole = f"{place}: {self.field}: {what}" if self.field else f"{place}: {what}"
        return printable(whole)  # a key from the file may be in it


def printable(text: str) -> str:
    """Return a text on one line. Line breaks, terminal control codes and signs that turn a line round are
    written as ``\\n`` and ``\\x1b``."""
    return "".join(sign if sign.isprintable() else repr(sign)[1:-1] for sign in text)


def shown(value: object, longest: int = 60) -> str:
    """Return a value as a message quotes it: on one line, shortened, and without terminal control codes."""
    text = str(value) if isinstance(value, str) else repr(value)  # a role is a str with a repr of its own
    cut = text if len(text) <= longest else text[: longest - 1] + "…"
    return repr(cut)


def instead(value: str, known: Iterable[str]) -> str:
    """Return `` (did you mean 'help.md'?)`` if a known name is similar to the value, else an empty string."""
    close = get_close_matches(value, list(known), n=1)
    return f" (did you mean {shown(close[0])}?)" if close else ""


def counted(number: int, noun: str) -> str:
    """Return a number with its noun: ``1 page``, ``2 pages``, ``1 day``, ``2 days``, ``2 cities``."""
    ies = noun.endswith("y") and noun[-2] not in "aeiou"
    plural = noun.removesuffix("y") + "ies" if ies else f"{noun}s"
    return f"{number:,} {noun if number == 1 else plural}"


def unusable(error: OSError) -> Problem:
    """Return the problem of a file that the system cannot read or write."""
    return Problem(str(error.filename or "."), 0, "", f"could not be used: {error.strerror or error}", "")


_FIRST = Group(-1, "")  # problems without a group


class CampaignError(click.ClickException):
    """The one exception of the core: all problems of an input, sorted by file and line. ``outcome`` says what
    the problems mean for the output. MkDocs' exceptions are click exceptions, too."""

    def __init__(self, problems: Iterable[Problem], outcome: str = "") -> None:
        self.problems = sorted(set(problems))
        self.outcome = outcome
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type[CampaignError], tuple[list[Problem], str]]:
        """Let a worker process pass the exception to the process that prints it."""
        return CampaignError, (self.problems, self.outcome)

    def show(self, file: IO[Any] | None = None) -> None:
        """Print each problem on one line of standard error, by group, then the number of problems and the
        outcome."""
        for group in sorted({problem.group for problem in self.problems}, key=lambda group: group or _FIRST):
            own = [problem for problem in self.problems if problem.group == group]
            if group:
                click.echo(f"{group.title} ({len(own)}):", err=True)
            for problem in own:
                click.echo(str(problem), err=True)
        click.echo(f"{counted(len(self.problems), 'problem')}. {self.outcome}".rstrip(), err=True)
