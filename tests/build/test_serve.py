"""``mkdocs serve``: what an editor saves shows, and a mistake leaves the last good contacts standing."""

from __future__ import annotations

import os
import re
import subprocess
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from ..project import MKDOCS
from ..servers import free_port


class Preview:
    def __init__(self, sample, languages=""):
        self.port = free_port()
        self.process = subprocess.Popen(
            [MKDOCS, "serve", "--dev-addr", f"127.0.0.1:{self.port}"],
            cwd=sample.root,
            env={
                **os.environ,
                "MUNICIPALITY": "ee/ylde",
                "LANGUAGES": languages,
                "NO_MKDOCS_2_WARNING": "1",
                "PYTHONUNBUFFERED": "1",
                "TMPDIR": str(sample.root.parent),  # MkDocs leaves its folder there when it is ended
            },
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )

    def wait_for(self, words: str) -> str:
        """What the server says until it says ``words``; it says so or ends."""
        said = []
        for line in self.process.stderr:
            said.append(line)
            if words in line:
                return "".join(said)
        pytest.fail("".join(said))

    def get(self, path: str) -> str:
        with urlopen(f"http://127.0.0.1:{self.port}/{path}", timeout=20) as answer:
            return answer.read().decode()

    def stop(self):
        self.process.terminate()
        self.process.wait(10)
        self.process.stderr.close()


@pytest.fixture
def preview(sample, request):
    preview = Preview(sample, getattr(request, "param", ""))
    yield preview
    preview.stop()


def test_a_saved_contact_and_page_show_and_a_mistake_keeps_the_last_good_ones(sample, preview):
    preview.wait_for("Serving on")
    page = preview.get("help.html")
    assert "Ülde sotsiaaltöö" in page
    assert "Content-Security-Policy" not in page  # it would forbid the live reload

    sample.edit("municipalities/ee/ylde.yml", "Ülde sotsiaaltöö", "Ülde abi")
    preview.wait_for("Reloading browsers")
    assert "Ülde abi" in preview.get("help.html")

    sample.edit("municipalities/ee/ylde.yml", "Mo-Fr", "Mo-Xx")
    said = preview.wait_for("Reloading browsers")
    assert "municipalities/ee/ylde.yml:17: contacts[0].schedule: expected " in said
    assert ", found 'Mo-Xx 09:00-15:00'" in said
    assert "Ülde abi" in preview.get("help.html")

    sample.edit("docs/et/help.md", "Estonian law.", "Estonian rule.")
    preview.wait_for("Reloading browsers")
    assert "Estonian rule." in preview.get("help.html")
    assert "Ülde abi" in preview.get("help.html")

    sample.edit("docs/et/help.md", "contacts: own", "contact: own")
    said = preview.wait_for("Reloading browsers")
    assert "docs/et/help.md:25: expected " in said
    assert ", found '<!-- contact: own -->'" in said
    page = preview.get("help.html")
    assert "Estonian rule." in page
    assert page.count('class="card"') > 2  # as it was before, with its contacts


def test_a_mistake_is_on_the_previewed_page_beside_its_passage_and_in_no_copy(sample, preview):
    preview.wait_for("Serving on")
    assert "check-note" not in preview.get("help.html")
    sample.edit("docs/et/help.md", "Estonian law.", "Estonian law, ring 116006.\n\nAnother passage.")
    preview.wait_for("Reloading browsers")
    page = preview.get("help.html")
    (note,) = re.findall(r'<p>([^<]*)</p>\s*<p class="check-note" lang="en">(.*?)</p>\s*<p>Another', page)
    assert note[0] == "Estonian law, ring 116006."
    assert note[1].startswith("docs/et/help.md:11: expected ") and "116006" in note[1]
    assert ".check-note{" in page
    sample.edit("docs/et/help.md", ", ring 116006", "")
    preview.wait_for("Reloading browsers")
    assert "check-note" not in preview.get("help.html")

    sample.edit("docs/et/help.md", "contacts: own", "contact: own")  # the page stays as it was
    preview.wait_for("Reloading browsers")
    page = preview.get("help.html")
    assert "&lt;!-- contact: own --&gt;" in page[page.index('<h2 id="here">') :]
    assert page.count('class="check-note"') == page.count("docs/et/help.md:27: ") >= 1


def test_the_preview_outlives_every_mistake_and_says_what_the_check_says(sample, preview):
    """Each is made, told, and taken back; meanwhile the other pages follow."""
    preview.wait_for("Serving on")
    for number, (path, old, new, told) in enumerate(
        (
            (
                "mkdocs.yml",
                "  - help.md",
                "\t- help.md",
                "mkdocs.yml:{line}: expected YAML, found text that is not YAML",
            ),
            (
                "mkdocs.yml",
                "  - help.md",
                "  - help.md\n  - hepl.md",
                "mkdocs.yml:{line}: nav[0].For everyone[2]: expected a page that is in docs/",
            ),
            (
                "mkdocs.yml",
                "- Municipal workers:",
                "- Partners:",
                "mkdocs.yml:{line}: nav[1].Partners: expected a title that is the text of a key nav-NAME in i18n/en.yml",
            ),
            (
                "mkdocs.yml",
                "\nnav:",
                "\nnav: x\nnaw:",
                "mkdocs.yml:{line}: nav: expected a list of sections, found 'x'",
            ),
            (
                "mkdocs.yml",
                "site_name: Safe",
                "site_name:\n  - Safe",
                "The preview still shows the earlier pages:",
            ),
            (
                "i18n/et.yml",
                "{source}",
                "{sorce}",
                "i18n/et.yml:{line}: card-source: expected {{source}} and {{date}} once",
            ),
            (
                "i18n/et.yml",
                "danger: ",
                "danger: <b> ",
                "i18n/et.yml:{line}: danger: expected a text without < and >, found '<b> ",
            ),
            (
                "docs/et/help.md",
                "title: et help",
                "title: [",
                "docs/et/help.md:2: expected YAML, found text that is not YAML",
            ),
            (
                "docs/et/help.md",
                "# Help",
                "<div>\n\n# Help",
                "docs/et/help.md:{line}: expected </div>, found <div> that does not end",
            ),
            (
                "docs/et/index.md",
                "(help.md)",
                "(hepl.md)",
                "docs/et/index.md:{line}: expected a page that exists (did you mean 'help.md'?), found the link 'hepl.md'",
            ),
            (
                "docs/et/index.md",
                "# Start",
                "# Start {#a}\n\n## B {#a}",
                "docs/et/index.md:{line}: expected each id once on a page, found 'a' a second time",
            ),
        )
    ):
        sample.edit(path, old, new)
        text = (sample.root / path).read_text("utf-8")
        line = text[: text.index(new) + len(new)].rstrip("\n").count("\n") + 1
        line -= new.startswith("<div>") * 2 + ("naw:" in new)
        preview.wait_for(told.format(line=line))
        assert "Child line ee" in preview.get("help.html")
        sample.edit(path, new, old)
        sign = chr(ord("A") + number) * 3
        sample.edit("docs/et/safety.md", "# ", f"# {sign} ")
        while sign not in preview.get("safety.html").partition("<h1")[2].partition("</h1>")[0]:
            preview.wait_for("Reloading browsers")


def test_a_direct_build_and_the_check_say_the_same(sample):
    sample.edit("mkdocs.yml", "  - help.md", "  - help.md\n  - hepl.md")
    sample.edit("i18n/et.yml", "{source}", "{sorce}")
    sample.edit("municipalities/ee/ylde.yml", "Mo-Fr", "Mo-Xx")
    for code in ("et", "lv", "ru"):
        sample.edit(f"docs/{code}/index.md", "(help.md)", "(hepl.md)")
        sample.edit(f"docs/{code}/help.md", "Estonian law.", "<script>")
    told = sample.problems()
    assert len(told) == 9
    assert sample.campaign("build").stderr.splitlines()[:-1] == told
    for command in (["build"], ["build", "--strict"], ["serve"]):
        done = subprocess.run(
            [MKDOCS, *command],
            cwd=sample.root,
            env={**os.environ, "MUNICIPALITY": "ee/ylde", "NO_MKDOCS_2_WARNING": "1"},
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert done.returncode == 1
        assert set(told) <= set(done.stderr.splitlines())
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize("preview", ["et"], indirect=True)
def test_a_preview_can_have_one_language_only(sample, preview):
    preview.wait_for("Serving on")
    page = preview.get("help.html")
    assert "Ülde sotsiaaltöö" in page
    assert 'hreflang="ru"' not in page
    with pytest.raises(HTTPError, match="404"):
        preview.get("ru/help.html")
    for path, old, new in (
        ("docs/et/help.md", "# Help", "# Abiks"),
        ("i18n/et.yml", "danger: ", "danger: Nüüd. "),
        ("overrides/main.html", "<footer>", '<footer class="uus">'),
    ):
        sample.edit(path, old, new)
        preview.wait_for("Reloading browsers")
        assert new.split(": ")[-1].removeprefix("# ") in preview.get("help.html")


def test_the_other_languages_come_after_the_countrys_first(sample):
    done = subprocess.run(
        [MKDOCS, "build", "--strict"],
        cwd=sample.root,
        env={**os.environ, "MUNICIPALITY": "ee/ylde", "LANGUAGES": "ru", "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert '<html lang="et">' in (sample.root / "site/index.html").read_text("utf-8")
    assert '<html lang="ru">' in (sample.root / "site/ru/index.html").read_text("utf-8")


def test_a_language_that_the_country_does_not_have_is_refused(sample):
    done = subprocess.run(
        [MKDOCS, "build"],
        cwd=sample.root,
        env={**os.environ, "MUNICIPALITY": "ee/ylde", "LANGUAGES": "lv", "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "LANGUAGES: expected et, ru, found 'lv'" in done.stderr


def test_a_build_has_all_languages_whatever_the_preview_leaves_out(sample, monkeypatch):
    monkeypatch.setenv("LANGUAGES", "et")
    sample.build("ee/ylde", "--fresh")
    assert (sample.root / "sites/ee/ylde/ru/help.html").exists()
