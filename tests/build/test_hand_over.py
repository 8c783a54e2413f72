"""What a municipality gets: the ZIP, its update, and what changed since a release, in words."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
import zipfile
from datetime import date
from hashlib import sha256
from html import unescape
from pathlib import Path

import pytest

from campaign.pages.words_for_hosts import read_host_words
from campaign.releases.verify import Outcome, Reference, state_of_folder

from ..project import ROOT, small_project, tree

PLACE, FILE = "ee/ylde", "municipalities/ee/ylde.yml"
URL = "https://help.example.org/abi/"
ATOM = "{http://www.w3.org/2005/Atom}"
WORDS = read_host_words(ROOT)


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """The small project after three releases. Its packs are made after each: whole, then updates."""
    tmp = tmp_path_factory.mktemp("hand-over")
    sample = small_project(tmp / "project")
    sample.site(PLACE, URL)
    key = tmp / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    kind, public, *_ = key.with_suffix(".pub").read_text().split()
    (sample.root / "releases").mkdir()
    signers = f'safe-path namespaces="safe-path-release" {kind} {public}\n'
    (sample.root / "releases/allowed_signers").write_text(signers)

    def step(name: str) -> None:
        done = sample.campaign("sign", "--key", str(key))
        assert done.returncode == 0, done.stderr
        done = sample.campaign("pack", PLACE, "--out", str(tmp / name))
        assert done.returncode == 0, done.stderr

    step("first")
    shutil.copytree(sample.root / "sites" / PLACE, tmp / "old")
    sample.edit(FILE, "736 1300", "736 1305")
    sample.edit("docs/ru/help.md", "now.", "at once.")
    step("second")
    country = "municipalities/ee/_country.yml"
    sample.edit(country, "116 111", "116 123")
    sample.edit(country, "116111", "116123")
    (sample.root / "municipalities/ee/teine.yml").unlink()
    step("third")
    return sample


@pytest.fixture(scope="module")
def tmp(project):
    return project.root.parent


def names(project):
    return sorted(path.stem for path in (project.root / "releases").glob("*.json"))


def files(archive: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(archive) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def unpacked(archive: Path, folder: Path) -> Path:
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(folder)
    return folder


def test_a_pack_has_the_copy_the_instructions_a_letter_and_a_link(tmp):
    found = files(tmp / "third/ee-ylde.zip")
    outside = {name for name in found if not name.startswith("copy/")}
    assert outside == {"README.html", "letter.txt", "link.html"}
    for server in ("nginx.conf", "apache.conf", "apache.htaccess", "Caddyfile", "iis.web.config"):
        assert f"copy/host/{server}" in found
    page, link = found["README.html"].decode(), found["link.html"].decode()
    assert '<html lang="et">' in page and "location ^~ /abi/ { include" in page
    assert "Turvaline tee · Ülde vald" in page and "ssh-keygen -Y verify" in page
    for server in ("nginx", "apache-log", "apache-module", "htaccess", "iis", "static"):
        assert WORDS["et"][f"pack-note-{server}"] in unescape(page)  # what the file of this server cannot do
    assert f'<a href="{URL}"' in link and "&lt;a href=" in link and "<iframe" not in link
    letter = found["letter.txt"].decode("utf-8-sig")
    own = letter.index(WORDS["et"]["pack-letter-own"])
    country = letter.index(WORDS["et"]["pack-letter-country"])
    assert own < letter.index("+372 736 13 05 (eesti, vene)") < country < letter.index("116 123")
    assert "veel kinnitamata" in letter and "Raekoja plats 3" in letter


def test_a_pack_has_the_same_files_each_time(project, tmp):
    done = project.campaign("pack", PLACE, "--out", str(tmp / "again"))
    assert done.returncode == 0 and "no signed release" not in done.stderr
    assert files(tmp / "again/ee-ylde.zip") == files(tmp / "third/ee-ylde.zip")


def test_a_host_proves_a_copy_with_the_lines_of_the_page_and_the_public_key_alone(project, tmp, tmp_path):
    folder = unpacked(tmp / "third/ee-ylde.zip", tmp_path)
    lines = re.findall(
        r"<pre><code>(.*copy/.*|\(cd copy.*)</code></pre>", (folder / "README.html").read_text()
    )

    def answers() -> list[tuple[int, str]]:
        runs = (
            subprocess.run(["bash", "-c", line], cwd=folder, capture_output=True, text=True, check=False)
            for line in map(unescape, lines)
        )
        return [(done.returncode, done.stdout) for done in runs]

    assert answers()[0][0] != 0  # the key comes by another way
    shutil.copy(project.root / "releases/allowed_signers", folder)
    (signed, good), listed, whole = answers()
    assert (signed, listed[0], listed[1].count("\n"), whole) == (0, 0, 1, (0, ""))
    assert good.startswith("Good ")
    page = folder / "copy/help.html"
    page.write_bytes(page.read_bytes().replace(b"7361305", b"7361306"))
    assert answers()[2][0] != 0
    (folder / "copy/manifest.json").write_bytes(b"{}")
    assert answers()[1] == (1, "")


def test_an_unpacked_copy_is_the_signed_release(project, tmp, tmp_path):
    copy = unpacked(tmp / "third/ee-ylde.zip", tmp_path) / "copy"
    state = state_of_folder(copy, Reference.of(project.root, tmp_path / "no sites"))
    assert (state.outcome, state.release, state.signed) == (Outcome.EQUAL, names(project)[-1], "signed")
    signature = copy / "release.json.sig"
    signature.write_text(signature.read_text().replace("A", "B", 1))
    assert state_of_folder(copy, Reference.of(project.root, tmp_path)).outcome is Outcome.CHANGED


def test_a_copy_that_brings_its_release_is_known_where_no_release_is(project, tmp, tmp_path):
    """A host has the public key, but neither releases/ nor a build."""
    copy = unpacked(tmp / "third/ee-ylde.zip", tmp_path) / "copy"
    (tmp_path / "host/releases").mkdir(parents=True)
    shutil.copy(project.root / "releases/allowed_signers", tmp_path / "host/releases")
    state = state_of_folder(copy, Reference.of(tmp_path / "host", tmp_path / "none"))
    assert (state.outcome, state.signed) == (Outcome.EQUAL, "signed")


def test_an_update_has_what_changed_and_says_it_in_words(project, tmp, tmp_path):
    old = tmp / "first/ee-ylde.zip"
    done = project.campaign("pack", PLACE, "--out", str(tmp / "update"), "--update-from", str(old))
    assert done.returncode == 0, done.stderr
    assert "Ülde sotsiaaltöö: +372 736 13 00 asemel on nüüd +372 736 13 05" in done.stdout
    assert "Child line ee: 116 111 asemel on nüüd 116 123" in done.stdout
    new = tmp / "update/ee-ylde-update.zip"
    found = files(new)
    assert found["changes.txt"].decode("utf-8-sig").replace("\r\n", "\n") in done.stdout
    assert WORDS["et"]["update-unpack"] in done.stdout and WORDS["et"]["update-delete"] not in done.stdout
    assert WORDS["et"]["update-proof"] in done.stdout
    assert "+372 736 13 05" in found["letter.txt"].decode("utf-8-sig")  # a host compares the page with it
    assert {"README.html", "link.html"} <= found.keys()
    assert "copy/help.html" in found and "copy/assets/site.css" not in found
    folder = unpacked(old, tmp_path)
    unpacked(new, folder)
    reference = Reference.of(project.root, project.root / "sites")
    assert state_of_folder(folder / "copy", reference).outcome is Outcome.EQUAL


def test_an_update_to_a_copy_without_a_signature_deletes_the_old_one(project, tmp, tmp_path):
    """Beside another copy, the release of the old one says that somebody has changed the copy."""
    signature = project.root / f"releases/{names(project)[-1]}.json.sig"
    away = signature.rename(tmp_path / "away")
    old = str(tmp / "first/ee-ylde.zip")
    try:
        done = project.campaign("pack", PLACE, "--out", str(tmp_path), "--update-from", old)
    finally:
        away.rename(signature)
    assert "ee/ylde: no signed release has this copy" in done.stderr
    listed = done.stdout.partition(WORDS["et"]["update-gone"])[2].split()
    assert {"copy/release.json", "copy/release.json.sig"} <= set(listed)
    assert WORDS["et"]["update-delete"] in done.stdout


def test_an_update_from_the_same_copy_or_from_something_else_writes_nothing(project, tmp, tmp_path):
    same = ("pack", PLACE, "--out", str(tmp_path / "out"), "--update-from")
    done = project.campaign(*same, str(tmp / "third/ee-ylde.zip"))
    assert "Midagi ei ole muutunud." in done.stdout
    (tmp_path / "none.zip").write_bytes(b"PK no zip")
    done = project.campaign(*same, str(tmp_path / "none.zip"))
    assert done.returncode == 1 and "none.zip: expected a ZIP of campaign pack" in done.stderr
    done = project.campaign("pack", "lv/vieta", *same[2:], str(tmp / "third/ee-ylde.zip"))
    assert "expected a copy of lv/vieta, found a copy of ee/ylde" in done.stderr
    done = project.campaign("pack", "ee", "lv", *same[2:], str(tmp / "third/ee-ylde.zip"))
    assert "expected one municipality, found 2 places" in done.stderr
    assert not [*(tmp_path / "out").glob("*")]


def test_a_pack_speaks_another_language(project, tmp_path):
    done = project.campaign("pack", "lv/vieta", "--language", "lt", "--out", str(tmp_path))
    assert done.returncode == 0
    found = files(tmp_path / "lv-vieta.zip")
    assert WORDS["lt"]["pack-letter-none"] in found["letter.txt"].decode("utf-8-sig")
    assert (
        "--language: expected one of the languages"
        in project.campaign("pack", "lv", "--language", "xx").stderr
    )
    assert project.campaign("pack", "ee", "--out", "docs").returncode == 1


def test_a_pack_with_the_printed_kit_has_each_sheet_and_refuses_a_number_that_nobody_has_confirmed(
    tmp_path,
):
    sample = small_project(tmp_path / "project")
    out = tmp_path / "packs"
    options = ("pack", PLACE, "--kit", "--out", str(out))
    refused = sample.campaign(*options)
    assert refused.returncode == 1
    assert "ee-ylde-social: expected a contact that somebody has confirmed" in refused.stderr
    assert "expected --kit --draft" in sample.campaign("pack", PLACE, "--draft").stderr
    assert not [*out.glob("*.zip")]
    assert sample.campaign(*options, "--draft").returncode == 0
    found = files(out / "ee-ylde.zip")
    kit = {name.removeprefix("kit/"): data for name, data in found.items() if name.startswith("kit/")}
    listed = json.loads(kit.pop("kit.json"))
    assert listed["draft"] and listed["place"] == PLACE
    assert {entry["file"]: entry["sha256"] for entry in listed["files"]} == {
        name: sha256(data).hexdigest() for name, data in kit.items()
    }
    assert WORDS["et"]["pack-kit"] in found["README.html"].decode()

    sample.confirm("ee-ylde-social", date.today())
    sample.approve()
    old = ("--update-from", str(out / "ee-ylde.zip"))
    done = sample.campaign(*options, *old)
    assert done.returncode == 0, done.stderr
    assert {*kit, "kit.json"} - sheets(out / "ee-ylde-update.zip") == SAME_IN_A_DRAFT
    # Without --kit an update leaves the sheets alone; one sheet that is another is sent by itself.
    sample.campaign("pack", PLACE, "--out", str(out), *old)
    assert not sheets(out / "ee-ylde-update.zip")
    assert sample.campaign(*options).returncode == 0
    sample.edit("i18n/ru.yml", "kit-headline: ", "kit-headline: А ")
    done = sample.campaign(*options, *old)
    assert done.returncode == 0, done.stderr
    changed = sheets(out / "ee-ylde-update.zip")
    assert "poster-a4-ru.pdf" in changed and "poster-a4-et.pdf" not in changed


SAME_IN_A_DRAFT: set[str] = set()


def sheets(archive: Path) -> set[str]:
    return {name.removeprefix("kit/") for name in files(archive) if name.startswith("kit/")}


def test_a_copy_with_its_kit_is_signed_and_packed_with_it(tmp_path):
    sample = small_project(tmp_path / "project")
    out = tmp_path / "packs"
    sample.confirm("ee-ylde-social", date.today())
    sample.approve()
    sample.build()
    sample.build(PLACE, "--with-kit")
    kit = tree(sample.root / "sites" / PLACE / "kit")
    assert sample.campaign("sign", "--unsigned").returncode == 0
    assert tree(sample.root / "sites" / PLACE / "kit") == kit
    assert not (sample.root / "sites/ee/teine/kit").exists()
    assert sample.campaign("pack", PLACE, "--out", str(out)).returncode == 0
    assert files(out / "ee-ylde.zip")["copy/kit/kit.zip"] == kit["kit.zip"]
    state = state_of_folder(sample.root / "sites" / PLACE, Reference.of(sample.root, tmp_path / "none"))
    assert state.outcome is Outcome.EQUAL


def test_what_changed_since_a_release_is_told_for_each_place_in_its_language(project):
    first, second, _ = names(project)
    said = project.campaign("since", first).stdout
    assert said == (
        f"Turvaline tee: mis on muutunud pärast väljalaset {first}\n\n"
        "Kõik koopiad: Land\n"
        "- Child line ee: 116 111 asemel on nüüd 116 123\n"
        "- Uue tekstiga lehed: help (ru)\n"
        "- Koopiat enam ei ole: ee/teine\n\n"
        "Ülde vald\n"
        "- Ülde sotsiaaltöö: +372 736 13 00 asemel on nüüd +372 736 13 05\n\n"
        "Palun pange üles uus koopia. Vanem koopia näitab vanu kontakte.\n"
        f"\nDrošais ceļš: kas mainījies kopš laidiena {first}\n\n"
        "Visas kopijas: Land\n"
        "- Lapas ar jaunu tekstu: help (ru)\n\n"
        "Lūdzu, izvietojiet jauno kopiju. Vecāka kopija rāda vecos kontaktus.\n"
    )
    said = project.campaign("since", second, "ee", "--language", "en").stdout
    assert "Child line ee: 116 111 is now 116 123" in said and "help" not in said
    assert (
        "Nothing that readers see has changed."
        in project.campaign("since", second, "lv", "--language", "en").stdout
    )


def test_each_kind_of_change_has_words():
    from campaign.releases.changes_since_release import contact_changes

    old = {
        "a": {
            "organization": {"et": "A"},
            "phones": [{"number": "112"}, {"number": "113", "languages": ["et"]}],
        },
        "b": {"organization": {"et": "B"}, "phones": [{"number": "116 111"}]},
    }
    new = {
        "a": {
            "organization": {"et": "A"},
            "phones": [{"number": "112", "languages": ["ru"]}],
            "schedule": "24/7",
        },
        "c": {"organization": {"et": "C"}, "chats": [{"kind": "sms", "number": "+372 5123 4567"}]},
    }
    assert [*contact_changes(old, new, "et", WORDS["en"])] == [
        "A: the number 113 is gone",
        "A: changed: languages, hours or cost of a number, hours",
        "No longer a contact: B 116 111",
        "New contact: C +372 51 23 45 67",
    ]
    assert [*contact_changes(new, new, "et", WORDS["en"])] == []


def test_letters_go_to_the_places_for_which_something_changed(project, tmp_path):
    first = names(project)[0]
    assert project.campaign("since", first, "--letters", str(tmp_path)).returncode == 0
    assert {path.name for path in tmp_path.iterdir()} == {"ee-ylde.txt", "lv-vieta.txt"}
    text = (tmp_path / "ee-ylde.txt").read_text("utf-8")
    assert "116 123" in text and "+372 736 13 05" in text
    assert "736" not in (tmp_path / "lv-vieta.txt").read_text("utf-8")


@pytest.mark.parametrize("option", ["--letters", "--feed"])
def test_no_letter_or_feed_goes_among_the_sources(project, option):
    done = project.campaign("since", names(project)[0], option, "docs/x")
    assert done.returncode == 1
    assert f"campaign since: {option}: expected a folder outside" in done.stderr


def test_a_feed_has_an_entry_for_each_release_that_changed_something(project, tmp_path):
    for folder in ("one", "two"):
        assert project.campaign("since", "--feed", str(tmp_path / folder)).returncode == 0
    data = (tmp_path / "one/feed-ee.xml").read_bytes()
    assert data == (tmp_path / "two/feed-ee.xml").read_bytes()
    feed = ET.fromstring(data)
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 2
    assert "116 123" in entries[0].findtext(f"{ATOM}content")
    assert "+372 736 13 05" in entries[1].findtext(f"{ATOM}content")
    ids = [node.text for node in feed.iter(f"{ATOM}id")]
    assert len(ids) == len(set(ids)) == 3
    assert len(ET.parse(tmp_path / "one/feed-lv.xml").getroot().findall(f"{ATOM}entry")) == 1


def test_a_release_that_is_not_there_is_told(project):
    done = project.campaign("since", "2020-01-01")
    assert done.returncode == 1
    assert "campaign since: expected a release in releases/ (" in done.stderr
    assert (
        "expected the name of a release in releases/, or --feed, found none"
        in project.campaign("since").stderr
    )
