"""The base site: what MkDocs rendered once for a country, cut at its slots."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from .charset import marked
from .content import Filled
from .fingerprint import digest
from .packages import package_versions
from .problem import CampaignError, Problem
from .slot import CLOSE, OPEN, Slot

_OPEN, _CLOSE = OPEN.encode(), CLOSE.encode()


@dataclass(frozen=True, eq=False)
class Page:
    """One HTML page of the base: text and slots in turn, beginning and ending with text."""

    path: str
    text: tuple[bytes, ...]  # one more than there are slots
    slots: tuple[Slot, ...]

    def filled(self, values: Mapping[Slot, bytes]) -> Filled:
        return Filled(self.text, self.text_digest, [values[slot] for slot in self.slots])

    @cached_property
    def text_digest(self) -> bytes:
        return digest(self.text).encode()


@dataclass(frozen=True)
class Base:
    """A country's pages, and the other files (style), which are the same in every copy; and the versions of
    the packages that made them."""

    country: str
    pages: tuple[Page, ...]
    files: dict[str, bytes] = field(repr=False)
    packages: dict[str, str] = field(default_factory=package_versions)

    @property
    def slots(self) -> frozenset[Slot]:
        return frozenset(slot for page in self.pages for slot in page.slots)

    @cached_property
    def digest(self) -> str:
        """Of all pages, slots and files."""
        pages = (
            part
            for page in self.pages
            for part in (page.path.encode(), page.text_digest, *(str(slot).encode() for slot in page.slots))
        )
        files = (part for name, content in self.files.items() for part in (name.encode(), content))
        return digest([*pages, *files])

    def __getstate__(self) -> dict[str, object]:
        """The digests are pickled with the rest: nobody who reads it has to reckon them again."""
        return {**vars(self), "digest": self.digest}


def read_base(folder: Path, country: str, rendered: Mapping[str, bytes] | None = None) -> Base:
    """Read and cut what MkDocs wrote into ``folder``, and the pages that it ``rendered`` and did not write,
    in the order of the paths."""
    written = {path.relative_to(folder).as_posix(): path.read_bytes() for path in _files(folder)}
    found = {name: marked(name, data) for name, data in {**written, **(rendered or {})}.items()}
    pages: list[Page] = []
    files: dict[str, bytes] = {}
    for name in sorted(found, key=lambda name: name.split("/")):
        if name.endswith(".html"):
            pages.append(cut(name, found[name]))
        else:
            files[name] = found[name]
    return Base(country, tuple(pages), files)


def cut(path: str, html: bytes) -> Page:
    """A page at its slots; `CampaignError` for a bracket that belongs to none."""
    first, *rest = html.split(_OPEN)
    text, slots = [first], []
    try:
        for piece in rest:
            inside, after = piece.split(_CLOSE)
            slots.append(Slot.parse(inside.decode()))
            text.append(after)
    except ValueError:
        line = html.count(b"\n", 0, len(_OPEN.join([first, *rest[: len(slots)]]))) + 1
        message = "found a slot that is cut or unknown in the base site, allowed slots that begin and end"
        raise CampaignError([Problem(path, line, "", message)]) from None
    return Page(path, tuple(text), tuple(slots))


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in folder.rglob("*") if path.is_file())
