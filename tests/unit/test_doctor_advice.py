"""What the doctor advises: each advice over an answer as a server sends it, and over one that needs none."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import pytest

from campaign.hosting import content_checks, privacy_checks, server_checks
from campaign.hosting.fetch import Answer
from campaign.hosting.fetch_for_checks import AGAIN, HOME, Visit
from campaign.releases.manifest_reading import FileFacts, Manifest
from campaign.releases.verify import Reference

URL = "https://help.example.org/"
GOOD = (
    ("content-type", "text/html; charset=utf-8"),
    ("x-content-type-options", "nosniff"),
    ("strict-transport-security", "max-age=31536000"),
    ("cache-control", "no-cache"),
    ("server", "nginx"),
)


def answer(
    *without: str, more: tuple[tuple[str, str], ...] = (), status: int = 200, body: bytes = b""
) -> Answer:
    headers = tuple(pair for pair in GOOD if pair[0] not in without)
    return Answer(URL, status, (*headers, *more), body)


def visited(tmp_path, **answers: Answer) -> Visit:
    found = {HOME: answer(), "help.html": answer(), **{name.strip("_"): one for name, one in answers.items()}}
    return Visit(URL, date(2026, 11, 28), Reference(tmp_path, tmp_path), found, pages={"help.html": "et"})


def service(name: str, role: str, day: str | None = None) -> dict[str, object]:
    """A contact as contacts.json has it, as far as the doctor reads it."""
    attributes = [{"link_type": "source"}, {"link_type": "role", "taxonomy_term": {"code": role}}]
    return {"name": name, "attributes": attributes, **({"assured_date": day} if day else {})}


# A line that people ring in danger is good for 90 days, an office for 365.
CONTACTS = json.dumps([service("Line", "child-helpline", "2026-08-01")]).encode()
IN_DATE = json.dumps(
    [
        service("Line", "child-helpline", "2026-11-01"), service("Office", "social-services", "2026-08-01"),
        service("112", "emergency", "2020-01-01"), service("Other", "police"),
    ]
).encode()  # fmt: skip
CASES = {
    "no_sniffing": (privacy_checks, {HOME: answer("x-content-type-options")}, ["X-Content-Type-Options"]),
    "host_folder": (
        privacy_checks,
        {"host/nginx.conf": answer(body=b"# nginx: include this")},
        ["host/nginx.conf"],
    ),
    "server_version": (
        privacy_checks,
        {HOME: answer("server", more=(("server", "Apache/2.4.58"), ("x-powered-by", "PHP/8.1")))},
        ["server: Apache/2.4.58", "x-powered-by: PHP/8.1"],
    ),
    "hsts": (server_checks, {HOME: answer("strict-transport-security")}, ["–"]),
    "asks_for_new_version": (server_checks, {"help.html": answer("cache-control")}, ["help.html"]),
    "unchanged_page_is_not_sent_again": (server_checks, {AGAIN: answer()}, ["help.html: 200"]),
    "contacts_in_date": (content_checks, {"contacts.json": answer(body=CONTACTS)}, ["Line: 2026-08-01"]),
}


@pytest.mark.parametrize(
    ("language", "mark", "good"),
    [
        ("et", 'lang="et"', True), ("et", 'lang="et" dir="ltr"', True), ("ar", 'lang="ar" dir="rtl"', True),
        ("et", 'lang="et" dir="rtl"', False), ("ar", 'lang="ar"', False), ("ar", 'lang="et"', False),
        ("xx", 'lang="xx"', True), ("zz zz", "", False),
    ],
)  # fmt: skip
def test_a_page_has_the_language_of_its_folder_and_the_direction_of_the_language(
    tmp_path, language, mark, good
):
    """A host decides the names of folders: one that is no language must not end the look."""
    visit = visited(tmp_path, **{"help.html": answer(body=f"<html {mark}>".encode())})
    found = [*content_checks.language.run(replace(visit, pages={"help.html": language}))]
    assert (found == []) is good


@pytest.mark.parametrize("name", CASES)
def test_an_advice_is_given_for_what_a_server_sends_and_not_otherwise(name, tmp_path):
    module, answers, details = CASES[name]
    visit = visited(tmp_path)
    check = getattr(module, name)
    assert [*check.run(visit)] == []
    assert [*check.run(replace(visit, answers={**visit.answers, **answers}))] == details


def test_a_short_hsts_and_contacts_in_date_and_a_304_are_told_apart(tmp_path):
    visit = visited(tmp_path)
    short = answer("strict-transport-security", more=(("strict-transport-security", "max-age=300"),))
    assert [*server_checks.hsts.run(replace(visit, answers={HOME: short}))] == ["max-age=300"]
    dated = replace(visit, answers={"contacts.json": answer(body=IN_DATE)})
    assert [*content_checks.contacts_in_date.run(dated)] == []
    again = replace(visit, answers={AGAIN: answer(status=304)})
    assert [*server_checks.unchanged_page_is_not_sent_again.run(again)] == []


def test_a_whole_copy_that_nobody_here_made_is_advised_to_be_replaced(tmp_path):
    manifest = Manifest("ee/x", "1", "0" * 64, None, {"a.css": FileFacts(1, "f" * 64)}, "e" * 64)
    data = {
        "municipality": "ee/x", "version": "1", "inputs": "0" * 64, "newest_contact": None,
        "files": {"a.css": {"size": 1, "sha256": "f" * 64}},
    }  # fmt: skip
    visit = visited(tmp_path)
    assert [*content_checks.published_version.run(visit)] == []
    answers = {**visit.answers, "manifest.json": answer(body=json.dumps(data).encode())}
    seen = replace(visit, answers=answers, manifest=manifest)
    assert [*content_checks.published_version.run(seen)] == ["manifest.json"]


HOSTILE = [
    b"", b"[", b"[" * 50_000, b"[1]", b'[{"assured_date": 1}]', b'[{"assured_date": "x", "phones": 3}]', b'{"a": 1}',
]  # fmt: skip


@pytest.mark.parametrize("body", HOSTILE)
def test_a_strange_list_of_contacts_stops_no_check(body, tmp_path):
    visit = replace(visited(tmp_path), answers={"contacts.json": answer(body=body)})
    for check in (content_checks.contacts_in_date, content_checks.help_numbers):
        assert [*check.run(visit)] == []
    assert [*content_checks.contacts.run(visit)] == ["contacts.json: 200"]
