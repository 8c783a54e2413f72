"""manifest.json, releases and their signatures: any change in a copy is found, and an older copy is dated."""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
import subprocess
from pathlib import Path

import brotli
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from campaign.releases.manifest_reading import read_manifest
from campaign.releases.verify import Outcome, Reference, state_of_folder

from ..project import small_project, tree

PLACE = "ee/ylde"


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    sample = small_project(tmp_path_factory.mktemp("verify") / "project")
    sample.build("ee")
    return sample


@pytest.fixture(scope="module")
def known(project):
    return Reference.of(project.root, project.root / "sites")


@pytest.fixture
def copy(project, tmp_path):
    """A copy in the folder of a host."""
    folder = tmp_path / "copy"
    shutil.copytree(project.root / "sites" / PLACE, folder)
    return folder


def outcome(folder, reference):
    return state_of_folder(folder, reference).outcome


def lines(folder, reference):
    return [str(change) for change in state_of_folder(folder, reference).changes]


def test_a_manifest_lists_every_other_file_with_its_size_and_digest(copy):
    files = tree(copy)
    manifest = read_manifest(files.pop("manifest.json"))
    assert {path: facts.size for path, facts in manifest.files.items()} == {
        path: len(data) for path, data in files.items()
    }
    assert (manifest.municipality, manifest.newest_contact) == (PLACE, "2023-06")
    assert manifest.inputs == json.loads(files["campaign.json"])["inputs"]


def test_a_copy_as_it_was_built_is_equal_by_itself_and_by_the_build(copy, known):
    assert outcome(copy, None) is outcome(copy, known) is Outcome.EQUAL


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_byte_changed_and_any_file_added_or_taken_away_is_found(copy, known, data):
    name = data.draw(st.sampled_from(sorted(tree(copy))))
    file, before = copy / name, (copy / name).read_bytes()
    how = data.draw(st.sampled_from(["byte", "cut", "grown", "gone", "added"]))
    added = copy / f"{name}{data.draw(st.sampled_from(['.bak', '.gz', '~', '.html', '.br']))}"
    try:
        if how == "byte":
            place = data.draw(st.integers(0, len(before) - 1))
            other = data.draw(st.integers(1, 255))
            changed = bytearray(before)
            changed[place] ^= other
            file.write_bytes(changed)
        elif how == "cut":
            file.write_bytes(before[:-1])
        elif how == "grown":
            file.write_bytes(before + data.draw(st.binary(min_size=1, max_size=3)))
        elif how == "gone":
            file.unlink()
        else:
            added.write_bytes(data.draw(st.binary(max_size=40)))
        assert outcome(copy, known) in (Outcome.CHANGED, Outcome.UNKNOWN)
        if name != "manifest.json":
            assert outcome(copy, None) is Outcome.CHANGED
    finally:
        added.unlink(missing_ok=True)
        file.write_bytes(before)


def test_a_changed_number_is_told_in_words(copy, known):
    page = copy / "help.html"
    page.write_bytes(page.read_bytes().replace(b"736 13 00", b"736 13 01").replace(b"7361300", b"7361301"))
    assert lines(copy, known) == ["help.html: changed: +3727361300 is gone, +3727361301 is new"]
    assert lines(copy, None) == ["help.html: changed: +3727361301 is new"]


def test_a_number_that_was_changed_together_with_the_manifest_is_found_by_the_build(copy, known):
    page, manifest = copy / "help.html", copy / "manifest.json"
    before = page.read_bytes()
    page.write_bytes(before.replace(b"736 13 00", b"736 13 01").replace(b"7361300", b"7361301"))
    facts = read_manifest(manifest.read_bytes()).files["help.html"]
    found = json.loads(manifest.read_bytes())
    found["files"]["help.html"]["sha256"] = hashlib.sha256(page.read_bytes()).hexdigest()
    assert facts.sha256 != found["files"]["help.html"]["sha256"]
    manifest.write_text(json.dumps(found))
    assert outcome(copy, None) is Outcome.EQUAL
    assert lines(copy, known) == [
        "help.html: changed: +3727361300 is gone, +3727361301 is new",
        "manifest.json: changed",
    ]


def test_files_that_a_host_puts_into_place_are_allowed_only_as_they_were_handed_over(copy, known):
    page = (copy / "help.html").read_bytes()
    shutil.copy(copy / "host/apache.htaccess", copy / ".htaccess")
    (copy / "help.html.gz").write_bytes(gzip.compress(page))
    (copy / "help.html.br").write_bytes(brotli.compress(page))
    (copy / "manifest.json.gz").write_bytes(gzip.compress((copy / "manifest.json").read_bytes()))
    assert outcome(copy, known) is Outcome.EQUAL
    (copy / ".htaccess").write_bytes((copy / ".htaccess").read_bytes() + b"Redirect / /elsewhere\n")
    (copy / "help.html.gz").write_bytes(gzip.compress(page.replace(b"7361300", b"7361301")))
    (copy / "help.html.br").write_bytes(brotli.compress(page + b"x"))
    (copy / "index.html.gz").write_bytes(gzip.compress(bytes(10_000_000)))
    (copy / "manifest.json.gz").write_bytes(gzip.compress(b"{}"))
    assert lines(copy, known) == [
        ".htaccess: added",
        "help.html.br: added",
        "help.html.gz: added",
        "index.html.gz: added",
        "manifest.json.gz: added",
    ]


def test_links_and_a_copy_in_a_copy_are_found(copy, known, tmp_path):
    (copy / "out").symlink_to(tmp_path)
    (copy / "index.html").unlink()
    (copy / "index.html").symlink_to(copy / "help.html")
    shutil.copytree(copy / "host", copy / "more")
    assert {change.path for change in state_of_folder(copy, known).changes} >= {
        "out", "index.html", "more/nginx.conf",
    }  # fmt: skip


@pytest.mark.parametrize(
    "manifest",
    [
        b"", b"[]", b"{}", b"[" * 100_000, b'{"files": {"../x": {}}}', b'{"files": {"/etc/passwd": {}}}',
        b'{"files": {"a": {"size": 1, "sha256": "x"}}, "municipality": "ee/x"}',
    ],
)  # fmt: skip
def test_a_manifest_that_is_none_makes_the_copy_unknown(copy, known, manifest):
    (copy / "manifest.json").write_bytes(manifest)
    assert outcome(copy, known) is Outcome.UNKNOWN


@pytest.fixture
def key(tmp_path):
    file = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", file], check=True)
    return file


def allow(root: Path, key: Path) -> None:
    public = key.with_suffix(".pub").read_text().split()
    (root / "releases").mkdir(exist_ok=True)
    line = f'safe-path namespaces="safe-path-release" {public[0]} {public[1]}\n'
    (root / "releases/allowed_signers").write_text(line)


def test_releases_date_a_copy_and_a_signature_vouches_for_it(sample, key, tmp_path):
    allow(sample.root, key)
    said = sample.campaign("sign", "--key", str(key))
    assert said.returncode == 0, said.stderr
    assert "3 copies, signed in releases/" in said.stdout
    (first,) = (sample.root / "releases").glob("*.json")
    first.rename(old := first.with_name("2026-01-01.json"))
    text = old.read_text("utf-8").replace(first.stem, old.stem)
    old.write_text(text, "utf-8")
    subprocess.run(["ssh-keygen", "-q", "-Y", "sign", "-f", key, "-n", "safe-path-release", old], check=True)
    first.with_name(first.name + ".sig").unlink()
    handed = tmp_path / "handed"
    shutil.copytree(sample.root / "sites" / PLACE, handed)
    said = sample.campaign("verify", str(handed))
    assert (said.returncode, said.stdout) == (
        0,
        f"{handed}: {PLACE}: equal: it is release 2026-01-01 (signed)\n",
    )

    sample.edit("municipalities/ee/ylde.yml", "736 1300", "736 1301")
    assert sample.campaign("sign", "--key", str(key)).returncode == 0
    said = sample.campaign("verify", str(handed), str(sample.root / "sites" / PLACE))
    newest = sorted(path.stem for path in (sample.root / "releases").glob("*.json"))[-1]
    assert said.returncode == 1
    older, equal = said.stdout.splitlines()
    assert ": older: it is release 2026-01-01 (signed), " in older and f" days behind {newest}" in older
    assert f": equal: it is release {newest} (signed)" in equal

    old.write_text(text.replace('"version": "0', '"version": "1'), "utf-8")  # the signature no longer fits
    assert "unknown" in sample.campaign("verify", str(handed)).stdout


def test_a_release_is_signed_or_said_to_be_unsigned_and_never_with_a_key_of_the_project(sample, key):
    assert "either --key or --unsigned" in sample.campaign("sign").stderr
    inside = sample.root / "key"
    shutil.copy(key, inside)
    assert "a key outside of the project" in sample.campaign("sign", "--key", str(inside)).stderr
    key.write_text("no key")
    assert "a key that can sign" in sample.campaign("sign", "--key", str(key)).stderr
    assert not [*(sample.root / "releases").glob("*.json")]
    said = sample.campaign("sign", "--unsigned").stdout
    assert "unsigned. Nobody can prove who made it." in said


def test_a_release_and_a_pack_keep_precompressed_files(sample, tmp_path):
    sample.build("--precompress")
    for command in (("sign", "--unsigned"), ("pack", PLACE, "--out", str(tmp_path / "packs"))):
        done = sample.campaign(*command)
        assert done.returncode == 0, done.stderr
    copy = sample.root / "sites" / PLACE
    assert (copy / "help.html.gz").is_file() and (copy / "help.html.br").is_file()
    assert outcome(copy, Reference.of(sample.root, sample.root / "sites")) is Outcome.EQUAL
