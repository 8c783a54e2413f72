"""Units as XLIFF 1.2 or 2.0, as OmegaT, Weblate and the translate-toolkit read it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from ..errors import CampaignError, Problem, shown
from ..translation.sections import SOURCE_LANGUAGE
from .returned_translations import Entry, ExchangeFile, read_bytes, version_in
from .tokens import Protected
from .units import Unit
from .xml_lines import Node, read_xml

_SPACES = {"1.2": "urn:oasis:names:tc:xliff:document:1.2", "2.0": "urn:oasis:names:tc:xliff:document:2.0"}
VERSIONS = tuple(_SPACES)
_TOKEN = re.compile(r"\{(\d+)\}")
_NOT_IN_ID = re.compile(r"[^\w.-]")
# The states in which somebody still has to look at a unit, in both versions.
_OPEN = (
    "new", "needs-translation", "needs-adaptation", "needs-l10n", "needs-review-translation",
    "needs-review-adaptation", "needs-review-l10n", "initial",
)  # fmt: skip


def as_xliff(units: Iterable[Unit], language: str, version: str) -> bytes:
    """Return the units as XLIFF of this version, one ``<file>`` for each page."""
    first = version == "1.2"
    languages = "" if first else f' srcLang="{SOURCE_LANGUAGE}" trgLang="{language}"'
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<xliff version="{version}" xmlns="{_SPACES[version]}"{languages}>',
    ]
    for number, (file, group) in enumerate(groupby(units, key=lambda unit: unit.source_file), 1):
        own = list(group)
        if first:
            lines.append(
                f'<file original={quoteattr(file)} source-language="{own[0].text.source_language}" '
                f'target-language="{language}" datatype="plaintext">'
            )
            lines += ["<body>", *(line for unit in own for line in _unit_1(unit)), "</body>", "</file>"]
        else:
            lines.append(f'<file id="f{number}" original={quoteattr(file)}>')
            lines += [*(line for unit in own for line in _unit_2(unit)), "</file>"]
    return "\n".join([*lines, "</xliff>", ""]).encode()


def _unit_1(unit: Unit) -> Iterator[str]:
    approved = "" if unit.target is None else ' approved="no"' if unit.open else ' approved="yes"'
    yield f'<trans-unit id={quoteattr(unit.id)} xml:space="preserve"{approved}>'
    yield f"<source>{_inline(unit.source, 'x', 'equiv-text')}</source>"
    if unit.target:
        state = "needs-review-translation" if unit.open else "translated"
        machine = ' state-qualifier="mt-suggestion"' if unit.machine else ""
        target = _inline(unit.target, "x", "equiv-text")
        yield f'<target state="{state}"{machine}>{target}</target>'
    yield from (f"<note>{escape(note)}</note>" for note in unit.notes)
    if unit.old_source and unit.target:
        yield '<alt-trans alttranstype="previous-version">'
        yield f"<source>{escape(unit.old_source)}</source><target>{target}</target>"
        yield "</alt-trans>"
    yield "</trans-unit>"


def _unit_2(unit: Unit) -> Iterator[str]:
    yield f"<unit id={quoteattr(_NOT_IN_ID.sub('_', unit.id))} name={quoteattr(unit.id)}>"
    yield "<notes>"
    yield from (f"<note>{escape(note)}</note>" for note in unit.notes)
    yield "</notes>"
    state = "" if unit.target is None else ' state="initial"' if unit.open else ' state="translated"'
    yield f"<segment{state}>"
    yield f'<source xml:space="preserve">{_inline(unit.source, "ph", "disp")}</source>'
    if unit.target:
        yield f'<target xml:space="preserve">{_inline(unit.target, "ph", "disp")}</target>'
    yield from ("</segment>", "</unit>")


def _inline(text: Protected, tag: str, shown_as: str) -> str:
    """Return a text in which each token is an empty element, which programs protect."""
    return _TOKEN.sub(
        lambda match: f'<{tag} id="{match[1]}" {shown_as}={quoteattr(text.tokens[int(match[1]) - 1])}/>',
        escape(text.text),
    )


def read_xliff(path: Path) -> ExchangeFile:
    """Read an XLIFF file that came back; raise `CampaignError` if it is not XLIFF."""
    name = path.name
    root = read_xml(read_bytes(path), name)
    version = root.attributes.get("version", "")
    if root.tag != "xliff" or version[:2] not in ("1.", "2."):
        found = f"{shown(root.tag)} {version}".rstrip()
        raise CampaignError([Problem(name, root.line, "", found, f"XLIFF {' or '.join(VERSIONS)}")])
    languages = {
        node.attributes.get("target-language" if version[:2] == "1." else "trgLang", "")
        for node in (root.all("file") if version[:2] == "1." else [root])
    }
    if len(languages) != 1:
        found = f"{len(languages)} target languages"
        raise CampaignError([Problem(name, root.line, "", found, "one target language")])
    units = root.all("trans-unit" if version[:2] == "1." else "unit")
    return ExchangeFile(name, languages.pop(), list(_entries(units)))


def _entries(units: Iterable[Node]) -> Iterator[Entry]:
    for unit in units:
        segments = [node for node in unit.children if isinstance(node, Node) and node.tag == "segment"]
        parts = segments or [unit]
        source = "".join(_text(part, "source") for part in parts)
        target = "".join(_text(part, "target") for part in parts)
        states = [part.attributes.get("state", "") for part in parts]
        states += [node.attributes.get("state", "") for part in parts for node in part.own("target")]
        notes = [node.words for node in unit.all("note")]
        name = unit.attributes.get("name") or unit.attributes.get("id", "")
        is_open = bool(target) and any(state in _OPEN for state in states)
        yield Entry(name, unit.line, source, target, is_open, version_in(notes))


def _text(part: Node, tag: str) -> str:
    """Return the text of the element ``tag`` with its tokens as ``{1}``."""
    return "".join(_written(node) for node in part.own(tag))


def _written(node: Node) -> str:
    """Return the text inside of a node. The text inside elements around words (``<mrk>``, ``<g>``, ``<pc>``)
    is included."""
    said = ""
    for child in node.children:
        if isinstance(child, str):
            said += child
        elif child.tag in ("x", "ph", "bpt", "ept", "it", "sc", "ec"):
            said += f"{{{child.attributes.get('id', '')}}}"
        else:
            said += _written(child)
    return said
