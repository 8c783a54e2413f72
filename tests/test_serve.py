"""``mkdocs serve``: what an editor saves shows, and a mistake leaves the last good contacts standing."""

from __future__ import annotations

import os
import subprocess
from urllib.request import urlopen

import pytest

from .conftest import MKDOCS
from .test_hosting import free_port


class Preview:
    def __init__(self, sample):
        self.port = free_port()
        self.process = subprocess.Popen(
            [MKDOCS, "serve", "--dev-addr", f"127.0.0.1:{self.port}"],
            cwd=sample.root,
            env={
                **os.environ,
                "MUNICIPALITY": "ee/ylde",
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
def preview(sample):
    preview = Preview(sample)
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
