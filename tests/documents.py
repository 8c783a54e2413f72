"""What the documents for people (README, CONTRIBUTING, SECURITY, the handbook) tell them to type."""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass
from functools import cache

from .project import ROOT

PAGES = ROOT / "handbook/pages"
_FENCE = re.compile(r"^(?P<indent> *)```(?P<language>\w*)\n(?P<lines>.*?)^(?P=indent)```$", re.M | re.S)
_CODE = re.compile(r"(?<!`)`([^`\n]+)`(?!`)")
_TYPED = re.compile(r"(?:[A-Z]+=\S+ )*(?:\.venv/bin/)?(?:campaign|make|mkdocs|pytest|pre-commit)(?: |$)")


def words(line: str) -> list[str]:
    """The words of a line, as a shell reads them: a comment begins with a # at the beginning of a word."""
    return shlex.split(re.sub(r"(?:^|\s)#.*", "", line))


@dataclass(frozen=True)
class Document:
    """A file in Markdown, by its path in the project."""

    name: str
    text: str

    @property
    def commands(self) -> list[str]:
        """The lines of its fenced blocks without a language: what a reader types, one after another."""
        blocks = [match for match in _FENCE.finditer(self.text) if not match["language"]]
        return [line.strip() for block in blocks for line in block["lines"].splitlines() if line.strip()]

    @property
    def named(self) -> list[str]:
        """The commands inside of its sentences and tables, often with signs such as ``…`` or ``COMMAND``."""
        return [code for code in _CODE.findall(_FENCE.sub("", self.text)) if _TYPED.match(code)]


@cache
def documents() -> dict[str, Document]:
    """All documents, by path."""
    paths = [*(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "SECURITY.md")), *PAGES.rglob("*.md")]
    names = sorted(path.relative_to(ROOT).as_posix() for path in paths)
    return {name: Document(name, (ROOT / name).read_text("utf-8")) for name in names}
