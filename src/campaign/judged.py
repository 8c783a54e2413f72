"""Values that were judged good before: what judges them takes long to load, and few builds have new ones."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic import ValidationInfo

from .fingerprint import boot, code, digest

Judge = Callable[[str, Any], str]


class Judged:
    """Good values of one project, by kind and country, kept for as long as code and packages are the same.
    The file has the digest of them all before them: one that was cut holds nothing."""

    def __init__(self, root: Path) -> None:
        self._path = root / ".cache" / "judged"
        self._kept: frozenset[str] = frozenset()
        self._good: set[str] = set()
        if self._path.exists():
            mark, *values = self._path.read_text("utf-8", "replace").split("\n")
            if mark == _mark(values):
                self._kept = frozenset(values)

    def good(self, value: str) -> bool:
        """Whether it was good before; it is kept on then."""
        if value in self._kept:
            self._good.add(value)
        return value in self._good

    def add(self, value: str) -> None:
        self._good.add(value)

    def keep(self) -> None:
        """Write down those that are still there, and no others."""
        if self._good != self._kept:
            values = sorted(self._good)
            self._path.parent.mkdir(exist_ok=True)
            self._path.write_text("\n".join([_mark(values), *values]), "utf-8")


def once(judge: Judge) -> Callable[[str, ValidationInfo], str]:
    """The validator ``judge``, which returns the value as it is or refuses it, asked about each good value
    once. The context of the validation may hold a `Judged`, and must not matter but for its country."""

    def check(value: str, info: ValidationInfo) -> str:
        context = info.context or {}
        judged: Judged | None = context.get("judged")
        if judged is None or "\n" in value:
            return judge(value, info)
        entry = f"{judge.__name__} {context['country']} {value}"
        if not judged.good(entry):
            judge(value, info)
            judged.add(entry)
        return value

    return check


def _mark(values: list[str]) -> str:
    return digest([*code(), boot().encode(), *(value.encode() for value in values)])
