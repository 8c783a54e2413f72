"""The scripts inside pages: allowed by their hash, readable by old browsers; and what a head asks of a browser."""

from __future__ import annotations

import re

import pytest

from campaign.site.page_scripts import read_scripts, text_source

from ..project import ROOT

POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
SCRIPT, STYLE = (re.compile(rf"<{tag}>(.*?)</{tag}>", re.S) for tag in ("script", "style"))

STRING = re.compile(r"'(?:\\.|[^'\\\n])*'|\"(?:\\.|[^\"\\\n])*\"")
NEWER = re.compile(  # than ECMAScript 5
    r"=>|`|\.\.\.|\?\.(?!\d)|\?\?|\*\*|\bcatch\s*\{|\b(?:let|const|class|import|export|async|await)\s+[\w{*]|\bof\s"
    r"|function\s*\*|\(\{[^}]*\}\)\s*=[^=]|\{\s*\w+\s*,|,\s*\w+\s*\}"
)


@pytest.mark.parametrize("name", sorted(path.name for path in (ROOT / "overrides/partials").glob("*.js")))
def test_every_script_of_a_page_is_es5(name):
    """What an old browser cannot parse it does not run at all, the exit included."""
    bare = STRING.sub("''", read_scripts(ROOT, name))
    assert NEWER.findall(bare) == []


@pytest.mark.parametrize(
    "newer",
    ["a => a", "`a`", "f(...a)", "a?.b", "a ?? b", "a ** 2", "try{}catch{}", "let a", "const {a}", "class A", "for(a of b)",
     "async function", "function*a(){}", "({a}) = b", "x = {a, b: 1}"],
)  # fmt: skip
def test_newer_syntax_would_be_seen(newer):
    assert NEWER.search(newer)


def test_comments_and_spaces_stay_in_the_theme():
    source = (ROOT / "overrides/partials/exit.js").read_text("utf-8")
    comments = re.findall(r"^ *// (.*)$", source, re.M)
    script = read_scripts(ROOT, "exit.js")
    assert len(comments) > 3
    assert not [comment for comment in comments if comment in script]
    assert not re.search(r"^\s|\n\n| $", script, re.M)


@pytest.mark.parametrize("place", ["ee/narva", "ru/pskov"])
def test_every_page_allows_its_own_scripts_and_styles_and_no_others(sites, place):
    pages = list((sites / place).rglob("*.html"))
    assert len(pages) > 30
    for page in pages:
        text = page.read_text("utf-8")
        policy, scripts, styles = POLICY.search(text)[1], SCRIPT.findall(text), STYLE.findall(text)
        assert scripts
        if "style-src 'unsafe-inline'" in policy:
            assert page.name == "404.html"
            styles = []
        allowed = re.findall(r"'sha256-[^']*'", policy)
        assert set(allowed) == {text_source(inline) for inline in (*scripts, *styles)}, page


def test_no_page_asks_for_a_name_before_a_tap_or_turns_digits_into_a_link(sites):
    """On a page that came without encryption, a browser looks up the hosts of links in advance: whoever
    watches the network would see the name of a helpline. Some phones make any number callable."""
    for page in (sites / "ee/narva").rglob("*.html"):
        head = page.read_text("utf-8").partition("<body")[0]
        assert '<meta http-equiv="x-dns-prefetch-control" content="off">' in head, page
        assert '<meta name="format-detection" content="telephone=no">' in head, page
