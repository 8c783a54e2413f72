"""A small but real project in a temporary folder, and what tests do with a project."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from multiprocessing import get_context
from pathlib import Path
from tempfile import TemporaryDirectory
from textwrap import dedent

import yaml
from click.testing import CliRunner

from campaign.build.snapshot import snapshot
from campaign.checks.check import check_whole
from campaign.cli.main import main
from campaign.coordinator.edits import Edits
from campaign.pages.project import Project
from campaign.pages.ui_strings import read_words
from campaign.site.mkdocs_build import render_country
from campaign.site.page_scripts import minified
from campaign.source.municipalities import read_places
from campaign.today import latest_day, now

ROOT = Path(__file__).parent.parent
CAMPAIGN = Path(sys.executable).parent / "campaign"
MKDOCS = Path(sys.executable).parent / "mkdocs"

COUNTRY = """\
name:
  {first}: Land
languages:
  - {first}
  - {second}
time_zone: Europe/Tallinn
exits: {{weather: "https://weather.example.org/"}}
contacts:
  - id: {code}-112
    roles:
      - emergency
    organization:
      {first}: Emergency {code}
    phones:
      - number: "112"
    source:
      url: https://example.org/112
      date: undated
  - id: {code}-child
    roles:
      - child-helpline
    organization:
      {first}: Child line {code}
    phones:
      - number: "116 111"
        free: true
    schedule: "24/7"
    source:
      url: https://example.org/child
      date: 2023-06
numbers:
  emergency:
    - "112"
  short_codes:
    "116111": Child line
"""

PLACE = """\
iso_3166_2: EE-001
name:
  et: Ülde vald
contacts:
  - id: ee-ylde-social
    roles:
      - social-services
    organization:
      et: Ülde sotsiaaltöö
    phones:
      - number: "+372 736 1300"
        languages:
          - et
          - ru
    email: sotsiaal@example.ee
    address: Raekoja plats 3
    schedule: "Mo-Fr 09:00-15:00"
    source:
      url: https://example.org/ylde
      date: 2021-01-25
"""

OTHER = """\
iso_3166_2: EE-002
name:
  et: Teine vald
"""

PAGES = {
    "index.md": "---\ntitle: {code} start\n---\n\n# Start\n\nPlace: <!-- municipality: name -->\n\n"
    "[Help](help.md)\n",
    "help.md": "---\ntitle: {code} help\n---\n\n# Help\n\nCall <!-- phone: emergency --> now.\n\n"
    "<!-- only: ee -->\n\nEstonian law.\n\n<!-- end -->\n\n<!-- only: lv -->\n\nLatvian law.\n\n<!-- end -->\n\n"
    "<!-- contacts: child-helpline, shelter -->\n\n## Here {{#here}}\n\n<!-- contacts: own -->\n",
    "professionals/index.md": "---\ntitle: {code} work\n---\n\n# Work\n\n<!-- contacts: own -->\n",
}


@dataclass(frozen=True)
class Sample:
    """The small project: two countries, three places, three pages in two languages each."""

    root: Path

    def write(self, path: str, text: str | bytes) -> None:
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text if isinstance(text, bytes) else dedent(text).encode())

    def edit(self, path: str, old: str, new: str) -> None:
        text = (self.root / path).read_text("utf-8")
        assert old in text, f"{old!r} is not in {path}"
        self.write(path, text.replace(old, new, 1).encode())

    def confirm(self, name: str, day: date | str, office: str = "Kontrollija", how: str = "rung") -> None:
        """Confirm a contact as it is now, on any day: also on one that the command would not take."""
        places = read_places(self.root, read_words(self.root), latest_day(now()))
        (owner,) = (owner for owner in places.owners if name in owner.lines)
        (contact,) = (contact for contact in owner.record.contacts if contact.id == name)
        edits = Edits(self.root)
        edits.append(
            owner.file.split("/")[1], "history", name,
            {"result": "confirmed", "date": str(day), "office": office, "digest": contact.digest, "how": how},
        )  # fmt: skip
        edits.write()

    def site(self, municipality: str, url: str) -> None:
        """The coordinator says where a copy is."""
        country, _, slug = municipality.partition("/")
        edits = Edits(self.root)
        edits.put(country, "sites", slug, url)
        edits.write()

    def approve(self) -> None:
        """The coordinator says yes to all texts."""
        done = self.campaign("approve", "ee", "lv", "--yes")
        assert done.returncode == 0, done.stderr

    def without_contacts(self, municipality: str) -> None:
        """From now on it stands on its country's contacts alone, and is like others that do."""
        file = f"municipalities/{municipality}.yml"
        self.write(file, (self.root / file).read_text("utf-8").partition("contacts:")[0].encode())

    def campaign(self, *arguments: str, input: str | None = None) -> subprocess.CompletedProcess[str]:
        """The command as if it were typed in the project's folder; in this process, which is quicker."""
        with contextlib.chdir(self.root):
            done = CliRunner().invoke(main, arguments, input)
        if done.exception and not isinstance(done.exception, SystemExit):
            raise done.exception
        return subprocess.CompletedProcess(arguments, done.exit_code, done.stdout, done.stderr)

    def keep_rendered(self) -> None:
        """Have the countries as if an earlier build had rendered them."""
        (self.root / ".cache").mkdir(mode=0o700)
        for path, data in rendered().items():
            self.write(f".cache/bases/{path}", data)

    def build(self, *arguments: str) -> str:
        """Build, and return what the command says. The first build finds the countries as if an earlier one
        had rendered them: what a test has changed since is rendered anew, as in any build."""
        if not (self.root / ".cache").exists():
            self.keep_rendered()
        done = self.campaign("build", *arguments)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def problems(self) -> list[str]:
        """What ``campaign check`` says is wrong, but for spelling. It is asked in this process, because a
        table of mistakes would otherwise start a process for each of them."""
        with TemporaryDirectory() as within, snapshot(self.root, Path(within)) as (sources, found):
            problems = check_whole(sources, now(), None, found).problems
        assert problems
        return [str(problem) for problem in sorted(set(problems))]

    def told(self, path: str, old: str, new: str) -> list[str]:
        """What is wrong after this one edit."""
        self.edit(path, old, new)
        return self.problems()

    def mkdocs(self, municipality: str, folder: Path) -> None:
        direct_build(self.root, municipality, folder)

    def read(self, path: str) -> str:
        """The text of a file of a copy, without the mark that says how it is written."""
        return (self.root / "sites" / path).read_text("utf-8-sig")


def direct_build(root: Path, municipality: str, folder: Path, project: Project | None = None) -> None:
    """What an editor does for one municipality: ``MUNICIPALITY=ee/narva mkdocs build --strict``. If the project is
    already checked, MkDocs only renders it."""
    _apart(_direct_build, root, municipality, folder, project)


def render_apart(project: Project, country: str, folder: Path) -> None:
    """Render a country's base site as a build does, with the project as it is given."""
    _apart(render_country, project, country, folder)


def _apart(work: Callable[..., None], *args: object) -> None:
    """Do it in a process of its own, because MkDocs keeps plugins and hooks with all that they know. The process is
    forked, because a new one would import everything again."""
    process = get_context("fork").Process(target=work, args=args)
    process.start()
    process.join()
    assert process.exitcode == 0  # pytest shows what it has said


def _direct_build(root: Path, municipality: str, folder: Path, project: Project | None) -> None:
    from mkdocs.__main__ import cli

    from campaign.plugin import CampaignPlugin

    os.chdir(root)
    os.environ.clear()
    os.environ.update({"MUNICIPALITY": municipality, "NO_MKDOCS_2_WARNING": "1", "PATH": "/usr/bin:/bin"})
    if project:
        CampaignPlugin._checked = lambda self, root: project
    cli(["build", "--strict", "--site-dir", str(folder)])


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


@cache
def shorten_scripts() -> None:
    """Shorten the theme's scripts once in this process. The workers of every build are forked from it, so no
    build of a test spends half of its time on that again."""
    for path in (ROOT / "overrides").rglob("*.js"):
        minified(path.read_text("utf-8"))


@cache
def rendered() -> dict[str, bytes]:
    """What a build of the small project keeps of its rendered countries, made once in this process."""
    with TemporaryDirectory() as folder:
        sample = small_project(Path(folder) / "project")
        done = sample.campaign("build")
        assert done.returncode == 0, done.stderr
        return tree(sample.root / ".cache/bases")


def leads_on(page: Path) -> bool:
    """Whether a page of a copy is only at an old address and leads to the new one."""
    return b'<meta http-equiv="refresh"' in page.read_bytes()


def small_project(root: Path) -> Sample:
    """Write the small project into ``root``."""
    shorten_scripts()
    files = _files_of_small_project()
    for folder in {os.path.dirname(path) for path in files}:
        os.makedirs(root / folder, exist_ok=True)
    for path, data in files.items():
        (root / path).write_bytes(data)
    return Sample(root)


@cache
def _files_of_small_project() -> dict[str, bytes]:
    """Every file of the small project with its bytes. A test that read them from the repository again would take three
    times as long to write the project."""
    with TemporaryDirectory() as folder:
        sample = Sample(Path(folder))
        for name in ("hooks", "overrides", "i18n"):
            shutil.copytree(ROOT / name, sample.root / name)
        for name in ("search", "spelling", "translated"):  # they speak of the repository's pages
            shutil.rmtree(sample.root / "i18n" / name)
        nav = [{"For everyone": ["index.md", "help.md"]}, {"Municipal workers": ["professionals/index.md"]}]
        settings = (ROOT / "mkdocs.yml").read_text("utf-8").split("\nnav:")[0]
        settings = settings.replace("ee/tartu", "ee/ylde")
        sample.write("mkdocs.yml", settings + "\n" + yaml.safe_dump({"nav": nav}))
        for code in ("et", "lv", "ru"):
            for path, text in PAGES.items():
                sample.write(f"docs/{code}/{path}", text.format(code=code))
        # The footer and the bar link to these; a small project has them too.
        for code in ("et", "lv", "ru"):
            for path in ("safety.md", "about/site.md"):
                sample.write(f"docs/{code}/{path}", f"---\ntitle: {code} {path}\n---\n\n# {path}\n")
            sample.write(f"docs/{code}/find.md", f"---\ntitle: {code} contents\n---\n")
        sample.edit("mkdocs.yml", "  - help.md", "  - help.md\n  - find.md\n  - safety.md\n  - about/site.md")
        sample.write("municipalities/ee/_country.yml", COUNTRY.format(code="ee", first="et", second="ru"))
        sample.write("municipalities/lv/_country.yml", COUNTRY.format(code="lv", first="lv", second="ru"))
        sample.write("municipalities/ee/ylde.yml", PLACE)
        sample.write("municipalities/ee/teine.yml", OTHER)
        sample.write("municipalities/lv/vieta.yml", "iso_3166_2: LV-001\nname:\n  lv: Vietas novads\n")
        return tree(Path(folder))


LINE = r"(\d+) sites? in \S+ s in \S+: (\d+) built, (\d+) unchanged, (\d+) removed; "


def counts(said: str) -> tuple[int, ...]:
    """Sites, built, unchanged and removed, of what a build ends with."""
    match = re.match(LINE, said)
    assert match, said
    return tuple(int(number) for number in match.groups())


def as_root(*command: object) -> None:
    """Run a command that only root may; without being root, by sudo, as the Makefile does."""
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    subprocess.run([*sudo, *map(str, command)], check=True)
