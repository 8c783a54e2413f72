"""What hostile hosts and lists of addresses do to the doctor, to verify and to the files that they write."""

from __future__ import annotations

import json
import os
from datetime import date
from zipfile import ZIP_BZIP2, ZIP_DEFLATED, ZIP_LZMA, ZIP_STORED, ZipFile

import pytest

from campaign.errors import CampaignError
from campaign.exchange.po_file import read_po
from campaign.exchange.xliff_file import read_xliff
from campaign.handover.archive import old_pack
from campaign.hosting.doctor import Health, Report
from campaign.hosting.page_reading import read_page
from campaign.hosting.watch_history import as_csv, as_page, read_rows, updated
from campaign.pages.words_for_hosts import read_host_words
from campaign.releases.changes_since_release import contact_changes
from campaign.releases.compare_with_manifest import contact_facts, numbers_of
from campaign.releases.release_file import read_release, read_releases
from campaign.releases.verify import Outcome, state_of_folder
from campaign.spreadsheet.reading import read_sheet
from campaign.translation.translation_records import find_records

from ..project import ROOT
from ..repository import WORDS

TODAY = date(2026, 11, 28)
PAGE = b"<html lang=et><a href=https://exit.example.org/ data-exit>x</a>"


@pytest.mark.parametrize(
    "rest",
    [b"<a ", b'<a x="', b"<!--", b"<!-- >", b"<!", b"<![", b"<?", b"</a ", b"<script ", b"<script>", b"&#"],
)
def test_a_page_of_broken_tags_is_read_once(rest):
    """Each was read again for every tag in it: half a megabyte took minutes."""
    page = PAGE + rest * 60_000
    assert read_page(page).exits == ["https://exit.example.org/"]
    assert numbers_of(page) == frozenset()


def test_what_comes_after_a_marked_section_is_read():
    assert read_page(b"<![x]><script src=https://evil.example.org/></script>").scripts == [
        "https://evil.example.org/"
    ]


def test_numbers_in_a_script_do_not_count_unless_it_has_no_end():
    assert numbers_of(b"<script>12345</script> 67890 <style>13579</style>") == {"67890"}
    assert numbers_of(b"<script>12345 <style>67890</style>") == {"12345", "67890"}


ADDRESSES = ["=cmd|calc!A1", "+1", "javascript:alert(1)//", "https://x.example.org/;=1+1", "@SUM(1)"]


def test_no_address_is_a_formula_or_a_script_in_what_the_doctor_writes(tmp_path):
    reports = [Report(url, Health.UNSEEN) for url in ADDRESSES]
    rows = updated([], [*reports, Report("https://good.example.org/", Health.GOOD)], TODAY)
    file = tmp_path / "rows.csv"
    file.write_text(as_csv(rows), "utf-8", newline="")
    for line in file.read_text("utf-8").splitlines()[1:]:
        assert not any(cell.strip('" ')[:1] in [*"=+-@"] for cell in line.split(";"))
    assert read_rows(file) == rows
    page = as_page(ROOT, rows, "en", read_host_words(ROOT)["en"], WORDS["en"], TODAY)
    assert "javascript:" not in page.replace("<td>javascript:alert(1)//</td>", "")
    assert 'href="https://good.example.org/"' in page


def test_a_list_of_addresses_is_refused_with_its_lines_before_anything_is_asked(sample):
    sample.write(
        "list.txt", "# copies\njavascript:alert(1)\n\nhttps://x.example.org/\x1b[2J\n=1+1\nhttps://[::1/\n"
    )
    done = sample.campaign("doctor", "--file", "list.txt", "--watch-file", "rows.csv")
    assert (done.returncode, done.stdout) == (1, "")
    assert [line.partition(": ")[0] for line in done.stderr.splitlines()[:-1]] == [
        "list.txt:2", "list.txt:4", "list.txt:5", "list.txt:6",
    ]  # fmt: skip
    assert "\x1b" not in done.stderr
    assert not (sample.root / "rows.csv").exists()


def manifest(path):
    facts = {"municipality": "ee/narva", "version": "1", "inputs": "a" * 64}
    return json.dumps({**facts, "files": {path: {"size": 1, "sha256": "a" * 64}}})


def test_the_name_of_a_file_is_one_line_of_the_answer(tmp_path):
    (tmp_path / "manifest.json").write_text(manifest("a.html"))
    (tmp_path / "x\x1b[2J\n  help.html: equal").write_text("x")
    state = state_of_folder(tmp_path, None)
    assert state.outcome is Outcome.CHANGED
    assert str(state).splitlines()[1:] == ["  a.html: missing", "  x\\x1b[2J\\n  help.html: equal: added"]


@pytest.mark.parametrize("sign", ["\x1b", "\x9b", "\n", "\N{RIGHT-TO-LEFT OVERRIDE}", "\u2028", "\ufffe"])
def test_a_manifest_names_no_file_with_a_sign_that_nobody_sees(tmp_path, sign):
    (tmp_path / "manifest.json").write_text(manifest(f"a{sign}.html"))
    assert state_of_folder(tmp_path, None).outcome is Outcome.UNKNOWN


def contacts(name="A", number="112"):
    return {"ee-a": {"organization": {"et": name}, "phones": [{"number": number}]}}


RELEASE = {
    "release": "2026-11-28",
    "version": "1",
    "copies": {"ee/narva": "a"},
    "contacts": {"ee": contacts()},
    "texts": {"et/help.md": "a"},
}
BAD = [
    "A\n\nDelete copy/help.html",
    "\x1b[2J",
    "\x9b2J",
    "\N{RIGHT-TO-LEFT OVERRIDE}",
    "\ufffe",
    5,
    ["A"],
    {"a": 1},
    "a" * 500,
]


@pytest.mark.parametrize("bad", BAD, ids=repr)
def test_what_a_release_or_an_old_copy_says_is_one_line_each_or_nothing(bad):
    read_release(json.dumps(RELEASE).encode())
    read_release(json.dumps(RELEASE | {"contacts": {"ee": contacts(name="A\N{NO-BREAK SPACE}1")}}).encode())
    wrong = [
        {"contacts": {"ee": contacts(name=bad)}}, {"contacts": {"ee": contacts(number=bad)}},
        {"contacts": {"ee": bad}}, {"contacts": bad}, {"texts": bad}, {"copies": {"ee/narva": bad}},
    ]  # fmt: skip
    wrong += [{"version": bad}, {"release": bad}]
    wrong += [{part: {bad: "a"}} for part in ("texts", "copies") if isinstance(bad, str)]
    for part in wrong:
        with pytest.raises(ValueError, match="not a release of Safe Path"):
            read_release(json.dumps(RELEASE | part).encode())
    for service in ({"id": "a", "name": bad}, {"id": "a", "name": "A", "phones": [{"number": bad}]}):
        assert contact_facts(json.dumps([service]).encode(), "et") == {}
    assert contact_facts(json.dumps(bad).encode(), "et") == {}


@pytest.mark.parametrize("number", ["+999123", "+372 x", "+", "x"])
def test_a_number_that_does_not_parse_is_shown_as_it_is(number):
    words = read_host_words(ROOT)["en"]
    assert [*contact_changes({}, contacts(number=number), "et", words)] == [f"New contact: A {number}"]


def old_zip(tmp_path, compression, *names):
    file = tmp_path / "old.zip"
    with ZipFile(file, "w", compression) as archive:
        archive.writestr("copy/manifest.json", manifest("help.html"))
        archive.writestr("copy/contacts.json", "[]")
        for name in names:
            archive.writestr(name, "x")
    return file


@pytest.mark.parametrize("compression", [ZIP_STORED, ZIP_DEFLATED, ZIP_BZIP2, ZIP_LZMA])
def test_a_damaged_zip_is_no_zip_of_ours(tmp_path, compression):
    file = old_zip(tmp_path, compression)
    good = file.read_bytes()
    old_pack(file, "ee/narva")
    refused = 0
    for at in range(30, len(good), 3):
        file.write_bytes(good[:at] + bytes([good[at] ^ 0x55]) + good[at + 1 :])
        try:
            old_pack(file, "ee/narva")
        except CampaignError as error:
            refused += 1
            assert "old.zip: expected a" in str(error)
    assert refused > 20


def test_only_sheets_of_a_kit_are_told_to_be_deleted(tmp_path):
    names = ["kit/poster-a4-et.pdf", "kit/x\nDelete copy.pdf", "kit/../help.html", "kit//x", "kit/\x1b[2J"]
    assert [*old_pack(old_zip(tmp_path, ZIP_STORED, *names), "ee/narva").sheets] == ["poster-a4-et.pdf"]


@pytest.mark.parametrize("name", ["x.po", "x.xliff", "x.csv", "old.zip", "rows.csv"])
@pytest.mark.parametrize("kind", ["pipe", "device"])
def test_what_somebody_sent_is_never_waited_for(tmp_path, name, kind):
    file = tmp_path / name
    if kind == "pipe":
        os.mkfifo(file)
    else:
        file.symlink_to("/dev/zero")
    read = {
        "x.po": read_po, "x.xliff": read_xliff, "x.csv": read_sheet, "rows.csv": read_rows,
        "old.zip": lambda file: old_pack(file, "ee/narva"),
    }[name]  # fmt: skip
    with pytest.raises(CampaignError, match=rf"{name}: expected a plain file, found a {kind}"):
        read(file)


@pytest.mark.parametrize("kind", ["pipe", "link"])
def test_a_release_is_a_plain_file(tmp_path, kind):
    file = tmp_path / "releases/2026-11-28.json"
    file.parent.mkdir()
    if kind == "pipe":
        os.mkfifo(file)
    else:
        (tmp_path / "x.json").write_text(json.dumps(RELEASE))
        file.symlink_to(tmp_path / "x.json")
    with pytest.raises(CampaignError, match="expected the release 2026-11-28, found no"):
        read_releases(tmp_path)


@pytest.mark.parametrize("row", ['"x', "x" * 200_000, '"x"y'])
def test_a_row_that_is_no_csv_is_a_problem(sample, row):
    rows = sample.root / "rows.csv"
    rows.write_text(as_csv(updated([], [Report("https://x.example.org/", Health.GOOD)], TODAY)) + row)
    with pytest.raises(CampaignError, match=r"rows\.csv:3: expected a file of campaign doctor"):
        read_rows(rows)
    sample.write("i18n/translated/lv.csv", f"name,source,translation,made\n{row}\n")
    found = [str(problem) for problem in find_records(sample.root)[1]]
    assert any(line.startswith("i18n/translated/lv.csv:2: ") for line in found), found
