"""Reads untrusted XML, with the line of each element. A file with a document type is refused: it could name
other files, or grow without end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from ..errors import CampaignError, Problem

_DEEPEST = 50  # elements inside each other


@dataclass
class Node:
    """An element: its name without a namespace, and texts and elements inside."""

    tag: str
    attributes: dict[str, str]
    line: int
    children: list[Node | str] = field(default_factory=list)

    def own(self, tag: str) -> Iterator[Node]:
        """Yield the elements of this name directly inside."""
        return (child for child in self.children if isinstance(child, Node) and child.tag == tag)

    def all(self, tag: str) -> Iterator[Node]:
        """Yield the elements of this name at any depth."""
        for child in self.children:
            if isinstance(child, Node):
                if child.tag == tag:
                    yield child
                yield from child.all(tag)

    @property
    def words(self) -> str:
        return "".join(child if isinstance(child, str) else child.words for child in self.children)


class _RefusedError(Exception):
    pass


def read_xml(raw: bytes, name: str) -> Node:
    """Return the root of the XML file ``name``; raise `CampaignError` if the file is not XML."""
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    top = Node("", {}, 0)
    stack = [top]

    def start(tag: str, attributes: dict[str, str]) -> None:
        if len(stack) > _DEEPEST:
            raise _RefusedError(f"elements inside each other more than {_DEEPEST} times")
        plain = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        node = Node(tag.rpartition(" ")[2], plain, parser.CurrentLineNumber)
        stack[-1].children.append(node)
        stack.append(node)

    def end(tag: str) -> None:
        stack.pop()

    def text(said: str) -> None:
        stack[-1].children.append(said)

    def doctype(*_: object) -> None:
        raise _RefusedError("a document type")

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = doctype
    try:
        parser.Parse(raw, True)
    except _RefusedError as error:
        found = str(error)
    except expat.ExpatError as error:
        found = f"XML that cannot be read ({expat.ErrorString(error.code)})"
    except (LookupError, UnicodeError):  # of Python's codec for the declared encoding
        found = "XML in an unknown encoding"
    else:
        return next(child for child in top.children if isinstance(child, Node))
    line = parser.CurrentLineNumber
    raise CampaignError([Problem(name, line, "", found, "an XLIFF file that can be read")]) from None
