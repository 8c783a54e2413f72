"""The doctor finds one fault in each of many real hosts, none in good ones, and survives hostile servers."""

from __future__ import annotations

import asyncio
import json
import shutil
from contextlib import ExitStack
from datetime import date

import pytest

from campaign.hosting.doctor import Doctor, Health, exit_status
from campaign.hosting.fetch import MOST_REQUESTS
from campaign.releases.verify import Reference

from ..project import small_project
from ..servers import nginx
from .hosts import BROKEN, GOOD, UNSEEN, start, trust

HOSTS = [*BROKEN, *GOOD, *UNSEEN]


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """The small project with two releases; the copy of the first is kept beside it."""
    sample = small_project(tmp_path_factory.mktemp("doctor") / "project")
    assert sample.campaign("sign", "--unsigned").returncode == 0
    (first,) = (sample.root / "releases").glob("*.json")
    text = first.read_text("utf-8").replace(first.stem, "2026-01-01")
    first.unlink()
    (sample.root / "releases/2026-01-01.json").write_text(text, "utf-8")
    shutil.copytree(sample.root / "sites/ee/ylde", sample.root.parent / "old")
    sample.edit("municipalities/ee/ylde.yml", "15:00", "16:00")
    assert sample.campaign("sign", "--unsigned").returncode == 0
    return sample


@pytest.fixture(scope="module")
def reference(project):
    return Reference.of(project.root, project.root / "sites")


@pytest.fixture(scope="module")
def reports(project, reference, tmp_path_factory):
    """What the doctor says of every host, ``{name: report}``."""
    tmp = tmp_path_factory.mktemp("hosts")
    with ExitStack() as stack:
        street = start(stack, tmp, project.root / "sites/ee/ylde", project.root.parent / "old", HOSTS)
        doctor = Doctor(reference, date.today(), True, 60, street.resolver, trust(tmp))
        found = asyncio.run(doctor.look_at_all(host.url for host in HOSTS))
    return {host.name: report for host, report in zip(HOSTS, found, strict=True)}


def in_short(report):
    """The faults in a form that a failed test shows whole."""
    return " | ".join(f"{finding.check}: {', '.join(finding.details)}" for finding in report.faults)


@pytest.mark.parametrize("host", BROKEN, ids=lambda host: host.name)
def test_a_fault_of_a_host_is_found_and_named_and_nothing_else(host, reports):
    report = reports[host.name]
    assert report.health is Health.FAULTS
    assert {finding.check for finding in report.faults} == host.faults, in_short(report)


@pytest.mark.parametrize("host", GOOD, ids=lambda host: host.name)
def test_a_good_host_has_no_fault(host, reports):
    report = reports[host.name]
    assert (report.health, report.faults) == (Health.GOOD, ()), in_short(report)
    assert report.municipality == "ee/ylde"
    assert 20 < report.requests <= MOST_REQUESTS


@pytest.mark.parametrize("host", UNSEEN, ids=lambda host: host.name)
def test_a_host_that_does_not_let_the_doctor_look_is_not_called_faulty(host, reports):
    report = reports[host.name]
    assert report.health is Health.UNSEEN, report
    assert report.why.why == UNSEEN[host]


def test_the_exit_status_tells_good_from_faults_from_could_not_look(reports):
    good, broken, unseen = reports["good-nginx"], reports["cookie"], reports["challenge"]
    assert [exit_status(them) for them in ([good], [good, broken, unseen], [good, unseen], [])] == [
        0,
        1,
        2,
        0,
    ]


def test_the_release_and_the_days_behind_are_in_the_report(reports):
    assert reports["old-release"].release == "2026-01-01"
    assert reports["old-release"].behind > 300
    assert reports["good-nginx"].behind == 0


def test_the_command_prints_words_or_json_and_writes_a_letter_and_the_rows(project, tmp_path):
    """One host over plain http, as an editor tries it at home."""
    web = tmp_path / "web"
    shutil.copytree(project.root / "sites/ee/ylde", web)
    help_page = web / "help.html"
    help_page.write_bytes(help_page.read_bytes().replace(b"7361300", b"7361301"))
    rows, letters = tmp_path / "rows.csv", tmp_path / "letters"
    with nginx(tmp_path / "nginx", web) as server:
        options = ("--allow-private", "--watch-file", str(rows), "--letters", str(letters))
        said = project.campaign("doctor", f"{server.url}/", *options)
        as_json = project.campaign("doctor", f"{server.url}/", "--json", "--allow-private")
        refused = project.campaign("doctor", f"{server.url}/")
        whole = project.campaign("verify", f"{server.url}/", "--allow-private")
        help_page.write_bytes(help_page.read_bytes().replace(b"7361301", b"7361300"))
        repaired = project.campaign("verify", f"{server.url}/", "--allow-private")
        away = project.campaign("verify", f"{server.url}/nowhere/", "--allow-private")
    assert (said.returncode, refused.returncode) == (1, 2)
    assert "could not look: it is not the address of a copy" in refused.stdout
    assert "fault: files-unchanged: Files are not as they were handed over." in said.stdout
    assert "help.html: changed: +3727361301 is new" in said.stdout
    (report,) = json.loads(as_json.stdout)
    assert (report["outcome"], report["municipality"]) == ("faults", "ee/ylde")
    assert {"https", "files-unchanged", "help-numbers"} <= {found["check"] for found in report["findings"]}
    (text,) = letters.iterdir()
    assert "Failid ei ole sellised, nagu need üle anti." in text.read_text("utf-8")
    assert "ee/ylde;faults" in rows.read_text("utf-8-sig")
    assert "ee/ylde" in rows.with_suffix(".html").read_text("utf-8")
    assert (whole.returncode, repaired.returncode, away.returncode) == (1, 0, 2)
    assert "help.html: changed: +3727361301 is new" in whole.stdout
    assert "equal: it is release" in repaired.stdout
