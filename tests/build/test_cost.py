"""The work on a text grows with its length, whatever it holds: what others write cannot hold up a check.

Each kind of check gets 62,500 characters of each hostile text, more than a page may have, in a process which the
system ends after two to three seconds of work on one text. The slowest needs less than half a second; a search that
looks through the rest of the text from each of its places would need ten. ``python -m tests.build.test_cost 1000000`` prints how long each
check takes with a million characters; ``make audit`` runs it.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import date
from itertools import islice

from campaign.errors import CampaignError
from campaign.fields.field_types import Email, HttpsUrl, Mark, Slug, SourceDate, Text
from campaign.files.source_file import LARGEST_PAGE
from campaign.files.yaml_document import parse_document
from campaign.model.place_files import MunicipalityFile
from campaign.page_checks.html_reader import read_markup
from campaign.page_checks.parity import check_parity
from campaign.page_checks.plain_language import Glossary, Term, check_characters, check_plainness
from campaign.page_checks.stray_contacts import MOST_STRAY
from campaign.page_checks.stray_finder import Finder
from campaign.pages.mkdocs_settings import DEFAULT_EXTENSIONS
from campaign.pages.page import PageSource
from campaign.pages.slots import check_markdown, for_country
from campaign.source.document_to_record import expected_instead, validate
from campaign.text.comments_and_lines import unescaped
from campaign.text.find_phone_numbers import digits_of
from campaign.text.words_revealing_shelter_location import says_where

from ..project import CAMPAIGN, ROOT

LENGTH = 62_500
SECONDS = 2  # of work
REPEATED = [
    "a.", "[", "![", "<!--", "(", "`", "+1 ", "&#", "@", "http://", "](", "{#", "\n", "\n1", "# {#a", "<", "a@", "a:", "1 2 3 ", "1 2 3 4 5 x ",
    "1234567 x ", "\u200b", "aа1b ", "O\u0303", "\u0301\u0316", "a-", "O_", "<!-- end -->", "<!-- phone: emergency --> ", "<!-- only: ee -->\n\n",
    "- ", "{", "? ", '"', "'", "\\", "&", "| ", "a, ", ".)", "1.", "2016-", "12:00-", "tel:", "www.", "//", "§ 1-1 ", "ohver ", "\t", "\u00a0",
    "1\u2009", "a.b/", "#", "[a](", "*", "# a\n", "<!-- x\n", "--> ", "%", "\r\n", "- a\n", "a: b\n", "[a]: ", "x", "1", "٣", "1|", "|", "a ", "\u3002",
]  # fmt: skip


def _page(text: str, language: str = "et") -> PageSource:
    front = "---\ntitle: x\n---\n"
    return PageSource(f"docs/{language}/x.md", language, "x.md", front + text, len(front))


def _data(text: str) -> None:
    with suppress(CampaignError):
        validate(
            MunicipalityFile, parse_document(text, "x.yml"), {"country": "ee", "today": date(2026, 11, 28)}
        )


def _value(text: str) -> None:
    _data(f'iso_3166_2: EE-001\nname:\n  et: "{text.translate({10: 32, 34: 39, 92: 47})}"\n')


FINDER = Finder(
    ["112", "116 006", "+372 660 7320", *(f"+372 5{number:06}" for number in range(0, 1_000_000, 997))]
)
TERM = Term("x", ("ohver", "a", "["), False)
CHECKS: dict[str, Callable[[str], object]] = {
    "loose": lambda text: list(islice(FINDER.find(text), MOST_STRAY)),
    "slots": lambda text: check_markdown(text, "x.md", 1, ["ee"]),
    "passages": lambda text: for_country(text, "ee"),
    "parity": lambda text: list(check_parity([_page(text), _page("", "ru")])),
    "plainness": lambda text: check_plainness(_page(text)),
    "glossary": lambda text: list(Glossary((TERM,), ()).check(_page(text))),
    "characters": lambda text: list(check_characters(_page(text))),
    "markup": lambda text: read_markup(_page(text[:LARGEST_PAGE]), DEFAULT_EXTENSIONS),  # no larger one is read
    "references": unescaped,
    "data": _data,
    "value": _value,
    "key": lambda text: _data(f"? {text}\n"),
    "text": lambda text: expected_instead(Text, text),
    "mark": lambda text: expected_instead(Mark, text[:300]),
    "address": lambda text: (expected_instead(HttpsUrl, text), expected_instead(HttpsUrl, f"https://{text}")),
    "email": lambda text: (expected_instead(Email, text), expected_instead(Email, f"{text}@example.org")),
    "slug": lambda text: expected_instead(Slug, text),
    "date": lambda text: expected_instead(SourceDate, text),
    "digits": digits_of,
    "places": says_where,
}  # fmt: skip


def _texts(length: int) -> Iterator[str]:
    yield from (text * (length // len(text)) for text in REPEATED)
    yield "&#" + "9" * length
    # Digits and spaces without a pattern, but the same each time.
    state, signs = 1, []
    for _ in range(length):
        state = state * 1103515245 + 12345 & 0x7FFFFFFF
        signs.append("0123456789   x"[(state >> 16) % 14])
    yield "".join(signs)
    yield "".join(signs).replace("x", " ")


def test_hostile_characters_hold_up_no_check():
    """The child sets the limit for each text anew: what it has used, and two seconds more. What it printed
    last says which check and text it was at."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.build.test_cost"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, f"{done.returncode}: {done.stdout[-300:]} {done.stderr[-600:]}"
    assert len(done.stdout.splitlines()) == len(CHECKS) * (len(REPEATED) + 3)


def test_pages_of_the_largest_size_that_is_read_hold_up_no_command(sample):
    for number, unit in enumerate(
        ["a.", "[", "![", "<!--", "(", "`", "+1 ", "&#", "@", "http://", "](", "{#", "\n1"]
    ):
        text = f"---\ntitle: x\n---\n{unit * (59_000 // len(unit))}"
        sample.write(f"docs/et/x{number}.md", text.encode())
    done = subprocess.run(
        [CAMPAIGN, "check"],
        cwd=sample.root,
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (20, 20)),  # of work
    )
    assert done.returncode == 1, done.returncode
    assert (
        "docs/et/x1.md:4: expected at most 100 opening brackets in one paragraph, found 59,000" in done.stderr
    )


def _main(length: int = LENGTH) -> None:
    for name, check in CHECKS.items():
        for text in _texts(length):
            used = time.process_time()
            most = int(used) + SECONDS * max(1, length // LENGTH) + 1
            resource.setrlimit(resource.RLIMIT_CPU, (most, resource.RLIM_INFINITY))
            check(text)
            print(f"{time.process_time() - used:6.2f} s  {name}  {text[:12]!r}", flush=True)


if __name__ == "__main__":
    _main(*map(int, sys.argv[1:]))
