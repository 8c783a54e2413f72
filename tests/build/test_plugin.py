"""The plugin of MkDocs: what a user of MkDocs knows works, and the two internals that it stands on are there."""

from __future__ import annotations

import pytest
from mkdocs.livereload import LiveReloadServer
from mkdocs_static_i18n.plugin import I18n

from ..forked_commands import forked_in
from ..project import tree


@pytest.fixture(scope="module")
def mkdocs():
    with forked_in({"PATH": "/usr/bin:/bin"}) as process:
        yield process.mkdocs


def test_the_internals_that_have_no_other_way_are_where_they_were():
    assert I18n().building is False

    def build():
        pass

    server = LiveReloadServer(builder=build, host="127.0.0.1", port=0, root="/nowhere")
    assert server.builder is build
    server.server_close()


def test_the_settings_can_be_named_from_any_folder(sample, mkdocs, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    here = mkdocs(sample.root, "build", "--strict", "--site-dir", tmp_path / "one")
    there = mkdocs(
        elsewhere, "build", "-f", sample.root / "mkdocs.yml", "--strict", "--site-dir", tmp_path / "two"
    )
    assert (here.returncode, there.returncode) == (0, 0), here.stderr + there.stderr
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


def test_an_extension_of_markdown_does_what_it_does(sample, mkdocs, tmp_path):
    sample.edit("mkdocs.yml", "  - attr_list", "  - pymdownx.smartsymbols\n  - attr_list")
    for code in ("et", "lv", "ru"):
        sample.edit(f"docs/{code}/help.md", "Estonian law.", "Estonian law +/- 1.")
    done = mkdocs(sample.root, "build", "--strict", "--site-dir", tmp_path / "site")
    assert done.returncode == 0, done.stderr
    assert "Estonian law &plusmn; 1." in (tmp_path / "site" / "help.html").read_text("utf-8-sig")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("ee/ylde", "ee/nowhere", "MUNICIPALITY: expected COUNTRY/SLUG or COUNTRY of municipalities/ (ee, lv), found 'ee/nowhere'"),
        ("!ENV LANGUAGES", "xx", "LANGUAGES: expected et, ru, found 'xx'"),
        ("      languages: !ENV", "      tongues: !ENV", "Unrecognised configuration name: tongues"),
        ("  - i18n:", "  - search:", "Unrecognised configuration name: docs_structure"),
    ],
)  # fmt: skip
def test_a_wrong_option_is_told(sample, mkdocs, old, new, message):
    sample.edit("mkdocs.yml", old, new)
    done = mkdocs(sample.root, "build", "--strict", "--site-dir", sample.root / "out")
    assert done.returncode == 1
    assert message in done.stderr, done.stderr
    assert "Traceback" not in done.stderr


def test_the_languages_of_a_preview_are_those_that_are_asked_for(sample, mkdocs, tmp_path):
    done = mkdocs(sample.root, "build", "--strict", "--site-dir", tmp_path / "site", LANGUAGES="et")
    assert done.returncode == 0, done.stderr
    assert not (tmp_path / "site" / "ru").exists()
