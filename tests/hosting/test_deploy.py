"""deploy/: the update script with rsync, and both servers with many copies, for real."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
from hashlib import sha256
from pathlib import Path

import pytest
import yaml
from yamllint import linter
from yamllint.config import YamlLintConfig

from ..project import ROOT, small_project
from ..servers import caddy, nginx

UPDATE = ROOT / "deploy/update.sh"
HEADERS = {"Cache-Control": "no-cache", "Referrer-Policy": "no-referrer"}


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """Copies that know their paths as folders of one host."""
    sample = small_project(tmp_path_factory.mktemp("deploy") / "project")
    for name in ("ee/ylde", "ee/teine", "lv/vieta"):
        sample.site(name, f"https://help.example.org/{name}/")
    sample.build()
    return sample


def update(*arguments: object, path: str = "") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PATH": f"{path}:{os.environ['PATH']}"}
    command = [UPDATE, *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


def sets(target: Path) -> list[str]:
    return sorted(path.name for path in (target / "sets").iterdir())


def test_an_update_switches_in_one_step_keeps_the_last_set_and_goes_back(project, tmp_path):
    source, target = tmp_path / "sites", tmp_path / "srv"
    shutil.copytree(project.root / "sites", source)
    assert update(source, target).stdout == "Set 1: 3 copies.\n"
    first = (target / "current/ee/ylde/help.html").stat()
    assert update(source, target).stdout == "Set 2: 3 copies.\n"
    assert (target / "current").readlink() == Path("sets/2")
    assert (target / "current/ee/ylde/help.html").stat().st_ino == first.st_ino  # a set costs what changed
    shutil.rmtree(source / "ee/teine")
    assert update(source, target).stdout == "Set 3: 2 copies.\n"
    assert sets(target) == ["2", "3"]
    assert not (target / "current/ee/teine").exists()
    assert update("--back", target).stdout == "Back to set 2.\n"
    assert (target / "current/ee/teine/help.html").is_file()
    assert update("--back", target).returncode == 1
    assert update(source, target).stdout == "Set 4: 2 copies.\n"
    assert sets(target) == ["2", "4"]


@pytest.mark.parametrize("fault", ["number", "missing", "no manifest", "no copies", "nowhere", "rsync ends"])
def test_an_update_that_is_not_whole_changes_nothing(project, tmp_path, fault):
    source, target = tmp_path / "sites", tmp_path / "srv"
    shutil.copytree(project.root / "sites", source)
    assert update(source, target).returncode == 0
    page, path = source / "ee/ylde/help.html", ""
    if fault == "number":
        page.write_bytes(page.read_bytes().replace(b"7361300", b"7361301"))
    elif fault == "missing":
        page.unlink()
    elif fault == "no manifest":
        (source / "lv/vieta/manifest.json").unlink()
    elif fault == "no copies":
        source = tmp_path
    elif fault == "nowhere":
        source = tmp_path / "nowhere"
    else:  # killed in the middle, as by a full disk
        broken = tmp_path / "bin/rsync"
        broken.parent.mkdir()
        broken.write_text('#!/bin/sh\nfor last; do :; done; mkdir -p "$last"; exit 11\n')
        broken.chmod(0o755)
        path = str(broken.parent)
    done = update(source, target, path=path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines()[-1].startswith("update.sh: ")
    assert (target / "current").readlink() == Path("sets/1")
    assert sets(target) == ["1"]
    names = update("--no-digests", source, target, path=path)
    assert names.returncode == (0 if fault == "number" else 1)


@pytest.mark.parametrize("attack", ["outside", "absolute", "added", "added in lines", "precompressed"])
def test_an_update_reads_no_file_outside_of_a_copy_and_puts_up_none_that_is_not_listed(
    project, tmp_path, attack
):
    source, target = tmp_path / "si tes", tmp_path / "s rv"
    shutil.copytree(project.root / "sites", source)
    copy = source / "ee/ylde"
    if attack in ("outside", "absolute"):
        path = f"{'../' * 40}dev/zero" if attack == "outside" else "/dev/zero"
        line = f'  "{path}": {{"size": 1, "sha256": "{"a" * 64}"}},'
        manifest = (copy / "manifest.json").read_text("utf-8")
        (copy / "manifest.json").write_text(manifest.replace(' "files": {\n', f' "files": {{\n{line}\n', 1))
    else:
        name = {"added": "x.php", "added in lines": "help.html\nx.html", "precompressed": "help.html.gz"}[
            attack
        ]
        (copy / name).write_text("x")
    done = update(source, target)
    if attack == "precompressed":
        assert done.returncode == 0
    else:
        assert (done.returncode, done.stdout) == (1, "")
        assert "update.sh: ee/ylde" in done.stderr.splitlines()[-1]
        assert not (target / "current").exists()


@pytest.fixture(scope="module")
def release(project, tmp_path_factory):
    """A signed release of the project's copies, and the file with the public key."""
    folder = tmp_path_factory.mktemp("release")
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", folder / "key"], check=True)
    kind, public, *_ = (folder / "key.pub").read_text().split()
    (folder / "signers").write_text(f'safe-path namespaces="safe-path-release" {kind} {public}\n')
    done = project.campaign("sign", "--key", str(folder / "key"))
    assert done.returncode == 0, done.stderr
    (file,) = (project.root / "releases").glob("*.json")
    return (
        file.rename(folder / "r.json"),
        Path(f"{file}.sig").rename(folder / "r.json.sig"),
        folder / "signers",
    )


def test_an_update_with_a_key_takes_only_what_the_signed_release_names(project, release, tmp_path):
    file, signature, signers = release
    source, target = tmp_path / "si tes", tmp_path / "srv"
    shutil.copytree(project.root / "sites", source)
    mine = tmp_path / "my release.json"
    shutil.copy(file, mine)
    shutil.copy(signature, f"{mine}.sig")
    options = ("--signers", signers, "--release", mine)
    page = source / "ee/ylde/help.html"
    Path(f"{page}.gz").write_bytes(gzip.compress(page.read_bytes()))
    done = update(*options, source, target)
    assert (done.stdout, done.stderr) == ("Set 1: 3 copies, signed.\n", "")
    done = update(source, target)
    assert done.stdout == "Set 2: 3 copies.\n"
    assert "nothing proves who made these copies" in done.stderr


@pytest.mark.parametrize(
    "fault",
    [
        "precompressed",
        "changed",
        "another place",
        "no signature",
        "another release",
        "another key",
        "no key",
        "no release",
    ],
)
def test_an_update_with_a_key_refuses_what_nobody_has_signed(project, release, tmp_path, fault):
    file, signature, signers = release
    source, target = tmp_path / "sites", tmp_path / "srv"
    shutil.copytree(project.root / "sites", source)
    assert update(source, target).returncode == 0
    mine, key = tmp_path / "r.json", tmp_path / "signers"
    for old, new in ((file, mine), (signature, tmp_path / "r.json.sig"), (signers, key)):
        shutil.copy(old, new)
    if fault == "precompressed":
        page = source / "ee/ylde/help.html"
        Path(f"{page}.gz").write_bytes(gzip.compress(page.read_bytes().replace(b"7361300", b"7361301")))
    elif fault == "changed":  # a whole copy whose manifest fits, made by somebody else
        page, manifest = source / "ee/ylde/help.html", source / "ee/ylde/manifest.json"
        before = sha256(page.read_bytes()).hexdigest()
        page.write_bytes(page.read_bytes().replace(b"7361300", b"7361301"))
        text = manifest.read_text("utf-8").replace(before, sha256(page.read_bytes()).hexdigest())
        manifest.write_text(text, "utf-8")
    elif fault == "another place":
        shutil.rmtree(source / "ee/ylde")
        shutil.copytree(source / "ee/teine", source / "ee/ylde")
    elif fault == "no signature":
        (tmp_path / "r.json.sig").unlink()
    elif fault == "another release":
        mine.write_text(mine.read_text("utf-8") + "\n", "utf-8")
    elif fault == "another key":
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", tmp_path / "other"], check=True)
        kind, public, *_ = (tmp_path / "other.pub").read_text().split()
        key.write_text(f'safe-path namespaces="safe-path-release" {kind} {public}\n')
    elif fault == "no key":
        key.unlink()
    else:
        mine.unlink()
    done = update("--signers", key, "--release", mine, source, target)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.splitlines()[-1].startswith("update.sh: ")
    assert (target / "current").readlink() == Path("sets/1")
    assert sets(target) == ["1"]


def test_a_copy_from_a_zip_brings_the_release_that_proves_it(project, release, tmp_path):
    file, signature, signers = release
    copy = tmp_path / "sites/ee/ylde"
    shutil.copytree(project.root / "sites/ee/ylde", copy)
    target = tmp_path / "srv"
    refused = update("--signers", signers, tmp_path / "sites", target)
    assert refused.returncode == 1 and "ee/ylde" in refused.stderr
    shutil.copy(file, copy / "release.json")
    shutil.copy(signature, copy / "release.json.sig")
    assert update("--signers", signers, tmp_path / "sites", target).stdout == "Set 1: 1 copies, signed.\n"


def test_no_link_among_the_copies_is_sent_to_storage(project, tmp_path):
    source, program = tmp_path / "sites", tmp_path / "bin/aws"
    shutil.copytree(project.root / "sites", source)
    program.parent.mkdir()
    program.write_text('#!/bin/sh\necho "$@"\n')
    program.chmod(0o755)
    environment = {**os.environ, "PATH": f"{program.parent}:{os.environ['PATH']}"}

    def sent():
        command = [ROOT / "deploy/s3.sh", str(source), "bucket"]
        return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)

    done = sent()
    assert done.returncode == 0, done.stderr
    assert all("--no-follow-symlinks" in line for line in done.stdout.splitlines())
    (source / "ee/ylde/x.txt").symlink_to("/etc/passwd")
    done = sent()
    assert (done.returncode, done.stdout) == (1, "")
    assert "s3.sh: a link: " in done.stderr


def test_leftovers_of_a_killed_update_do_not_stop_the_next(project, tmp_path):
    target = tmp_path / "srv"
    (target / "sets/.new.1/ee").mkdir(parents=True)
    (target / ".current.new").symlink_to("sets/7")
    assert update(project.root / "sites", target).stdout == "Set 1: 3 copies.\n"
    assert sets(target) == ["1"]


@pytest.mark.parametrize(
    "arguments",
    [
        (), ("a",), ("a", "b", "c"), ("--other", "a", "b"), ("--back", "a", "b"), ("--signers",),
        ("--release", "r", "a", "b"), ("--no-digests", "--signers", "s", "a", "b"),
    ],
)  # fmt: skip
def test_wrong_arguments_are_told(arguments, tmp_path):
    done = subprocess.run([UPDATE, *arguments], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert done.returncode == 1 and "update.sh: " in done.stderr
    assert not [*tmp_path.iterdir()]


def adapted(file: str, folder: Path, first: str, *changes: tuple[str, str]) -> list[str]:
    """Return the server blocks of a recipe without comments, for a folder and a copy of the test."""
    text = re.sub(r"^\s*#.*\n", "", (ROOT / "deploy" / file).read_text("utf-8"), flags=re.M)
    for old, new in (("/srv/safe-path/current", str(folder)), ("ee/tallinn", first), *changes):
        assert old in text, old
        text = text.replace(old, new)
    return re.split(r"(?m)^\}\n", text)


def looks_right(server, path: str, host: str, wrong: str) -> None:
    """A page and a wrong address of a copy, as a reader would see them."""
    page = server.get(f"{path}help.html", {"Host": host})
    assert page.status == 200 and b"736 13 00" in page.body
    for name, value in HEADERS.items():
        assert page[name] == value
    for missing in (f"{path}nowhere.html", f"{path}no/such/page.html"):
        answer = server.get(missing, {"Host": host})
        assert (answer.status, b"data-exit" in answer.body) == (404, True), missing
    assert server.get(f"{path}ru/", {"Host": host}).status == 200
    assert server.get(wrong, {"Host": host}).status == 404


PLAIN = (("    listen 443 ssl;", "    #"), ("ssl_certificate ", "#"), ("ssl_certificate_key ", "#"))


def test_nginx_serves_all_copies_as_folders_of_one_host_and_at_hosts_of_their_own(project, tmp_path):
    """The locations of both server blocks are the recipe's; only ports, certificates and folders are others."""
    folders, hosts, _ = adapted("nginx.conf", project.root / "sites", "ee/teine", *PLAIN)[:3]
    body = folders.partition("server_name help.example.org;")[2]
    with nginx(tmp_path / "folders", project.root / "sites", inside=_inside(body)) as server:
        looks_right(server, "/ee/ylde/", "help.example.org", "/ee/nowhere/")
        assert b"736 13 00" not in server.get("/lv/vieta/help.html", {"Host": "help.example.org"}).body
        assert server.logs()["access.log"] == ""
    name, _, body = hosts.partition("server_name ")[2].partition(";")
    with nginx(
        tmp_path / "hosts", project.root / "sites", inside=f"server_name {name}; {_inside(body)}"
    ) as server:
        looks_right(server, "/", "ylde.ee.help.example.org", "/nowhere/")


def _inside(body: str) -> str:
    """The body of a server block in the test's own, which has a root and compression."""
    root = re.search(r"root (\S+);", body)
    body = re.sub(r"(?m)^\s*(?:root|gzip|server_tokens|#).*\n", "", body)
    return body.replace("location ^~ / {", f"location ^~ / {{ root {root[1]};")


def test_caddy_serves_all_copies_as_folders_of_one_host_and_at_hosts_of_their_own(project, tmp_path):
    folders, hosts = adapted("Caddyfile", project.root / "sites", "ee/atroot")[:2]
    inside = folders.partition("{\n")[2].replace("\tfile_server\n", "")
    with caddy(tmp_path / "folders", project.root / "sites", inside=inside) as server:
        looks_right(server, "/ee/ylde/", "help.example.org", "/ee/nowhere/")
    project_at_root = small_project(tmp_path / "root")
    project_at_root.build("ee")
    web = project_at_root.root / "sites"
    shutil.copytree(web / "ee/teine", web / "ee/atroot")
    inside = (
        hosts.partition("{\n")[2]
        .replace("\tfile_server\n", "")
        .replace(str(project.root / "sites"), str(web))
    )
    with caddy(tmp_path / "hosts", web, inside=inside) as server:
        looks_right(server, "/", "ylde.ee.help.example.org", "/nowhere/")


@pytest.mark.parametrize("file", sorted((ROOT / "deploy/forges").iterdir()), ids=lambda file: file.name)
def test_a_pipeline_is_good_yaml_and_calls_commands_that_exist(file):
    text = file.read_text("utf-8")
    rules = YamlLintConfig("{extends: default, rules: {line-length: {max: 130}, document-start: disable}}")
    assert [*map(str, linter.run(text, rules))] == []
    assert yaml.safe_load(text)
    from campaign.cli.main import main

    called = re.findall(r"\.venv/bin/campaign ([a-z]+)((?: --[a-z-]+)*)", text)
    assert {"build", "sign", "since", "doctor", "check"} <= {name for name, _ in called}
    for name, options in called:
        known = {option for parameter in main.commands[name].params for option in parameter.opts}
        assert set(options.split()) <= known, (name, options)


def test_the_container_is_not_root_and_takes_only_the_copies():
    text = (ROOT / "deploy/Containerfile").read_text("utf-8")
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    user = next(line for line in lines if line.startswith("USER"))
    assert int(user.split()[1].partition(":")[0]) > 1000
    copied = [line.split()[-2] for line in lines if line.startswith("COPY")]
    assert copied == ["sites", "deploy/container.Caddyfile"]
    adapted = ["/usr/bin/caddy", "adapt", "--adapter", "caddyfile", "--config"]
    subprocess.run([*adapted, ROOT / "deploy/container.Caddyfile"], check=True, capture_output=True)
