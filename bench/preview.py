"""The time from saving a page, a contact, a word or the theme until a preview of one language shows it."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from .project import ROOT, copy_project

MKDOCS = Path(sys.executable).parent / "mkdocs"
ADDRESS = "127.0.0.1:8765"
ROUNDS = 5
CHANGES = (
    ("a page", "docs/et/help.md", "# "),
    ("a contact", "municipalities/ee/narva.yml", "Narva Linna"),
    ("a word", "i18n/et.yml", "danger: "),
    ("the theme", "overrides/main.html", "<footer>"),
)


def help_page() -> str:
    try:
        with urlopen(f"http://{ADDRESS}/help.html", timeout=20) as answer:
            return str(answer.read().decode())
    except URLError:
        return ""


def until(words: str) -> float:
    began = time.perf_counter()
    while words not in help_page():
        time.sleep(0.01)
    return time.perf_counter() - began


def main() -> None:
    with tempfile.TemporaryDirectory(dir=ROOT, prefix=".bench-") as name:
        root = Path(name)
        copy_project(root)
        environment = {
            **os.environ,
            "MUNICIPALITY": "ee/narva",
            "LANGUAGES": "et",
            "NO_MKDOCS_2_WARNING": "1",
        }
        server = subprocess.Popen(
            [MKDOCS, "serve", "--quiet", "--dev-addr", ADDRESS],
            cwd=root,
            env=environment,
            stderr=subprocess.DEVNULL,
        )
        try:
            until("</html>")
            print(f"{'saved':12} shown after: median   least-most, seconds, {ROUNDS} rounds, one language")
            for what, path, after in CHANGES:
                seconds = []
                for number in range(ROUNDS):
                    file = root / path
                    # No digits: three of them in a name are a problem, and the preview shows the old name.
                    mark = f"K{what.replace(' ', '')}{'abcde'[number]}"
                    file.write_text(file.read_text("utf-8").replace(after, f"{after}{mark} ", 1), "utf-8")
                    seconds.append(until(mark))
                print(f"{what:24} {statistics.median(seconds):8.2f}   {min(seconds):.2f}-{max(seconds):.2f}")
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    main()
