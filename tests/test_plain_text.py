"""Texts that are not looked through for marks come out of Markdown as if they had been."""

from __future__ import annotations

import importlib.util

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from markdown import Extension, Markdown

from campaign.page import read_pages

from .conftest import ROOT

# Every inline pattern of Markdown meets a text that it changes, and texts that hold a part of it.
WHOLE = [
    "*a*",
    "**a**",
    "_a_",
    "__a__",
    "***a***",
    "`a`",
    "\\.",
    "[a](b.md)",
    "[a][b]",
    "[a]",
    "![a](b.png)",
    "![a]",
    "<https://b.ee>",
    "<a@b.ee>",
    "<b>",
    "&amp;",
    "<!--a-->",
]
PARTS = [*"*_`\\[]()!<>&;{}#|-:", "{#a}", "1. ", "⟦", "⟧", " ", "  \n", "\n", "\n\n", "\n    ", "a", "Õ", "7"]


@pytest.fixture(scope="module")
def plain_text() -> Extension:
    spec = importlib.util.spec_from_file_location("plain_text", ROOT / "hooks/plain_text.py")
    assert spec and spec.loader
    hook = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(hook)
    extension = hook.plain_text
    assert isinstance(extension, Extension)
    return extension


@pytest.fixture(scope="module")
def extensions() -> list[str]:
    """Those that mkdocs.yml names, and the one that MkDocs adds."""
    named = yaml.load((ROOT / "mkdocs.yml").read_text("utf-8"), yaml.BaseLoader)["markdown_extensions"]
    return ["fenced_code", *(name if isinstance(name, str) else next(iter(name)) for name in named)]


def converted(text: str, extensions: list[str | Extension]) -> str:
    return Markdown(extensions=extensions).convert(text)


@pytest.mark.parametrize("text", [*WHOLE, "a  \na"])
def test_every_mark_alone_is_still_seen(plain_text, extensions, text):
    text += "\n\n[b]: c.md"
    assert converted(text, [*extensions, plain_text]) == converted(text, extensions)


@given(pieces=st.lists(st.sampled_from([*WHOLE, *PARTS]), max_size=20))
def test_any_text_is_converted_to_the_same(plain_text, extensions, pieces):
    text = "".join(pieces)
    assert converted(text, [*extensions, plain_text]) == converted(text, extensions)


def test_every_page_is_converted_to_the_same(plain_text, extensions):
    for page in read_pages(ROOT):
        assert converted(page.text, [*extensions, plain_text]) == converted(page.text, extensions), page.file
