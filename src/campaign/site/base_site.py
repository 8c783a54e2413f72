"""The base site: the pages that MkDocs renders once for a country, divided at their slots."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from ..errors import CampaignError, Problem
from ..files.digests import digest
from ..pages.slots import CLOSE, OPEN, Slot
from ..text.minify_html import without_breaks
from ..text.utf8_mark_for_browsers import marked
from .list_package_versions import package_versions

_OPEN, _CLOSE = OPEN.encode(), CLOSE.encode()


@dataclass(frozen=True, eq=False)
class Page:
    """One HTML page of the base: text and slots alternate; the first and last parts are text."""

    path: str
    text: tuple[bytes, ...]  # one more than there are slots
    slots: tuple[Slot, ...]

    def filled(self, values: Mapping[Slot, bytes]) -> bytes:
        if not self.slots:
            return self.text[0]  # the same object in all copies
        pieces = [self.text[0]]
        for slot, text in zip(self.slots, self.text[1:], strict=True):
            pieces += (values[slot], text)
        return b"".join(pieces)

    @property
    def source(self) -> bytes:
        """The page as MkDocs wrote it, with open slots."""
        return self.filled({slot: str(slot).encode() for slot in self.slots})


@dataclass(frozen=True)
class Base:
    """A country's pages, its other files (such as styles, the same in every copy), and the versions of the
    packages that made them."""

    country: str
    pages: tuple[Page, ...]
    files: dict[str, bytes] = field(repr=False)
    packages: dict[str, str] = field(default_factory=package_versions)

    @cached_property
    def slots(self) -> frozenset[Slot]:
        return frozenset(slot for page in self.pages for slot in page.slots)

    def contents(self) -> Iterator[tuple[str, bytes]]:
        """Yield path and bytes of every file, the pages with open slots."""
        yield from ((page.path, page.source) for page in self.pages)
        yield from self.files.items()

    @cached_property
    def digest(self) -> str:
        """SHA-256 (hexadecimal) of all pages, slots and files."""
        return digest(part for name, content in self.contents() for part in (name.encode(), content))


def read_base(folder: Path, country: str) -> Base:
    """Read the files that MkDocs wrote into ``folder`` and divide the pages at their slots."""
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in _files(folder)}
    files = {name: marked(name, _compact(name, data)) for name, data in found.items()}
    return base_of(country, files, package_versions())


def base_of(country: str, found: Mapping[str, bytes], packages: dict[str, str]) -> Base:
    """Make a base of these files, in the order of their paths. ``packages`` are the versions of the packages
    that rendered them."""
    pages: list[Page] = []
    files: dict[str, bytes] = {}
    for name in sorted(found, key=lambda name: name.split("/")):
        if name.endswith(".html"):
            pages.append(cut(name, found[name]))
        else:
            files[name] = found[name]
    return Base(country, tuple(pages), files, packages)


def cut(path: str, html: bytes) -> Page:
    """Divide a page at its slots; raise `CampaignError` for a bracket that belongs to none."""
    first, *rest = html.split(_OPEN)
    text, slots = [first], []
    try:
        for piece in rest:
            inside, after = piece.split(_CLOSE)
            slots.append(Slot.parse(inside.decode()))
            text.append(after)
    except ValueError:
        line = html.count(b"\n", 0, len(_OPEN.join([first, *rest[: len(slots)]]))) + 1
        found = "a slot that is cut or unknown in the base site"
        expected = "slots that begin and end"
        raise CampaignError([Problem(path, line, "", found, expected)]) from None
    return Page(path, tuple(text), tuple(slots))


def _compact(name: str, data: bytes) -> bytes:
    return without_breaks(data.decode()).encode() if name.endswith(".html") else data


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())
