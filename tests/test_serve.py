"""``mkdocs serve``: what an editor saves shows, and a mistake leaves the last good contacts standing."""

from __future__ import annotations

import os
import subprocess
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest

from .conftest import MKDOCS
from .test_hosting import free_port


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
    assert "municipalities/ee/ylde.yml:17: contacts[0].schedule: found 'Mo-Xx 09:00-15:00'" in said
    assert "Ülde abi" in preview.get("help.html")

    sample.edit("docs/et/help.md", "Estonian law.", "Estonian rule.")
    preview.wait_for("Reloading browsers")
    assert "Estonian rule." in preview.get("help.html")
    assert "Ülde abi" in preview.get("help.html")

    sample.edit("docs/et/help.md", "contacts: own", "contact: own")
    said = preview.wait_for("Reloading browsers")
    assert "docs/et/help.md:25: found '<!-- contact: own -->'" in said
    assert "Estonian rule." in preview.get("help.html")


@pytest.mark.parametrize("preview", ["et"], indirect=True)
def test_a_preview_of_one_language_alone(sample, preview):
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


def test_a_language_that_the_country_does_not_have(sample):
    done = subprocess.run(
        [MKDOCS, "build"],
        cwd=sample.root,
        env={**os.environ, "MUNICIPALITY": "ee/ylde", "LANGUAGES": "lv", "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert "LANGUAGES: found 'lv', allowed et, ru" in done.stderr


def test_a_build_has_all_languages_whatever_the_preview_leaves_out(sample, monkeypatch):
    monkeypatch.setenv("LANGUAGES", "et")
    sample.build("ee/ylde")
    assert (sample.root / "sites/ee/ylde/ru/help.html").exists()
