"""Every kind of file with every slip of the hand at several lines: each answer is whole lines with place, expected
and found, and never a traceback. tests/build/slips/ has every message of every slip, whole.

After a message has changed on purpose: ``RECORD=1 .venv/bin/pytest tests/build/test_slips.py``, and read the difference.
"""

from __future__ import annotations

import os
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from campaign.checks.check import check_project
from campaign.errors import CampaignError

from ..project import small_project

MOMENT = datetime(2026, 11, 28, 12, tzinfo=UTC)
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 320 40">\n'
    '<g fill="#123">\n<path d="M0 0h320v40z"/>\n</g>\n<circle cx="9" cy="9" r="4"/>\n</svg>\n'
)
GLOSSARY = "terms:\n  - term: abi\n    why: short\n    avoid:\n      - abb\n    only:\n      - readers\nquiet:\n  - abbb\n"
FOUND = "endings: a e i\nasked:\n  help.md: pass raha\n  index.md: algus\n"
COORDINATOR = (
    "sites:\n  ylde: https://ylde.example.org/\ntexts:\n  ylde: " + "0" * 64 + "\nhistory:\n  ee-child:\n    - result: confirmed\n      digest: "
    + "1" * 64 + "\n      date: 2026-01-02\n      office: Social department\n      how: rung\n"
)  # fmt: skip
PICTURE = "docs/pictures/wave.svg"
ADDED = {
    "i18n/glossary/et.yml": GLOSSARY,
    "i18n/search/et.yml": FOUND,
    "i18n/spelling/et.txt": "strom\nvalla\nylde\n",
    "municipalities/ee/_coordinator.yml": COORDINATOR,
    PICTURE: SVG,
}
KINDS = (
    "docs/et/help.md",
    "mkdocs.yml",
    "i18n/lt.yml",
    "i18n/glossary/et.yml",
    "i18n/search/et.yml",
    "i18n/spelling/et.txt",
    "municipalities/ee/ylde.yml",
    "municipalities/ee/_country.yml",
    "municipalities/ee/_coordinator.yml",
    PICTURE,
)


def inserted(text):
    return lambda line: line + b"\n" + text


def replaced(pattern, by):
    return lambda line: re.sub(pattern, by, line, count=1)


# What a hand does to one line of a file.
SLIPS = {
    "gone": lambda line: None,
    "twice": lambda line: line + b"\n" + line,
    "a space before": lambda line: b" " + line,
    "two spaces before": lambda line: b"  " + line,
    "a tab before": lambda line: b"\t" + line,
    "no-break spaces before": lambda line: "\u00a0\u00a0".encode() + line,
    "moved to the margin": lambda line: line.strip(),
    "without its colon": replaced(rb":", b""),
    "two colons": replaced(rb":", b"::"),
    "a quote that does not end": lambda line: line + b' "',
    "a quote before the value": replaced(rb": ", b": '"),
    "a list": replaced(rb":.*", b": [a, [b]]"),
    "keys": replaced(rb":.*", b": {a: b}"),
    "nothing after the colon": replaced(rb":.*", b":"),
    "a number": replaced(rb":.*", b": 7"),
    "a comment in it": lambda line: line + b" #x",
    "a hyphen before": replaced(rb"^( *)", rb"\1- "),
    "a letter more in its key": replaced(rb"(\w):", rb"\1x:"),
    "a zero-width space": lambda line: line + "\u200b".encode(),
    "a turned direction": lambda line: line + "\u202e".encode(),
    "a letter of another alphabet": lambda line: line.replace(b"a", "\u0430".encode(), 1),
    "a letter in two parts": lambda line: line + " o\u0303".encode(),
    "a byte of another encoding": lambda line: line + b"\xe4",
    "a null": lambda line: line + b"\0",
    "an escape": lambda line: line + b"\x1b[31m",
    "a conflict of git": inserted(b"<<<<<<< HEAD\nx: 1\n=======\nx: 2\n>>>>>>> other"),
    "a second document": inserted(b"---"),
    "an anchor": replaced(rb": ", b": &a "),
    "an alias": replaced(rb":.*", b": *a"),
    "a tag": replaced(rb":.*", b": !!python/name:os.system"),
    "markup": lambda line: line + b"<script>x</script>",
    "a template": lambda line: line + b"{{ config }}",
    "a hundred thousand letters": lambda line: line + b"x" * 100_000,
    "a thousand brackets": lambda line: line + b"[" * 1_000,
    "cut off here": lambda line: line[: len(line) // 2] + b"\x1a",
}
RECORDED = Path(__file__).parent / "slips"
PLACES = (0.1, 0.6)  # of the lines that a slip changes; a page has empty lines, so one place more
LINE = re.compile(
    r"(?P<file>[\w./-]+?)(?::(?P<line>\d+))?: (?:\S.*: )?(?:expected .+, found .+|refused by MkDocs: .+)",
    re.S,
)


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    sample = small_project(tmp_path_factory.mktemp("slips") / "project")
    for path, text in ADDED.items():
        sample.write(path, text)
    for code in ("et", "lv", "ru"):
        picture = "![](../pictures/wave.svg){ role=presentation width=320 height=40 }"
        sample.edit(f"docs/{code}/help.md", "Estonian law.", f"Estonian law.\n\n{picture}")
    return sample


def messages(project):
    try:
        check_project(project.root, MOMENT)
    except CampaignError as error:
        return str(error).splitlines()
    return []


def slips(kind, lines):
    """Each slip with the number of a line that it changes, and what it leaves of that line."""
    for name, slip in SLIPS.items():
        changed = [(at, slip(line)) for at, line in enumerate(lines)]
        changed = [(at, after) for at, after in changed if after != lines[at]]
        places = sorted({*PLACES, 0.4} if kind.startswith("docs/et") else PLACES)
        for at, after in dict.fromkeys(changed[int(place * len(changed))] for place in places if changed):
            yield name, at, after


@pytest.mark.parametrize("kind", KINDS)
def test_every_slip_of_an_editor_is_reported_in_whole_lines(project, kind):
    file = project.root / kind
    whole = file.read_bytes()
    lines = whole.split(b"\n")
    before = messages(project)
    tried = set()
    told: list[str] = []
    try:
        for name, at, after in slips(kind, lines):
            tried.add(name)
            file.write_bytes(b"\n".join(lines[:at] + ([] if after is None else [after]) + lines[at + 1 :]))
            told.append(f"{at + 1}: {name}")
            for message in sorted(set(messages(project)) - set(before)):
                told.append(f"    {message}")
                found = LINE.fullmatch(message)
                assert found, (name, at + 1, message)
                assert "Traceback" not in message
                assert message.isprintable(), (name, at + 1, message)
                assert len(message) < 1_000, (name, at + 1, message)
                there = project.root / found["file"]
                if found["line"] and there.is_file():
                    assert 1 <= int(found["line"]) <= there.read_bytes().count(b"\n") + 2, (name, message)
    finally:
        file.write_bytes(whole)
    assert len(tried) > len(SLIPS) / 2  # a list of words has no colons, a flat file nothing indented
    recorded = RECORDED / f"{kind.replace('/', '-')}.txt"
    if "RECORD" in os.environ:
        recorded.write_text("\n".join(told) + "\n", "utf-8")
    assert recorded.read_text("utf-8").splitlines() == told
