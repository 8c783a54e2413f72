"""The commands on consoles of every alphabet, each in a process of its own, which knows what its console can show."""

import codecs
import csv
import io
import os
import subprocess

import pytest

from ..project import CAMPAIGN
from ..records import PHONES, PLACE


def on_console(sample, encoding, *command):
    return subprocess.run(
        [CAMPAIGN, *command],
        cwd=sample.root,
        env={**os.environ, "PYTHONIOENCODING": encoding},
        capture_output=True,
        check=False,
    )


def csv_bytes(sample, encoding):
    done = on_console(sample, encoding, "contacts", "--csv")
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout


def test_the_csv_opens_in_excel_of_these_countries_as_it_is(sample):
    sample.edit(PLACE, "et: Ülde sotsiaaltöö", "et: Ülde;=1+1\n      ru: Соцотдел")
    sample.edit(PLACE, "https://example.org/ylde", "https://example.org/;=1+1;,+2")
    data = csv_bytes(sample, "utf-8")
    assert data.startswith(codecs.BOM_UTF8)
    first, *lines = data.decode("utf-8-sig").splitlines()
    assert first.startswith('"id";"place";')
    assert all(line[0] == line[-1] == '"' for line in lines)
    rows = csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline=""), delimiter=";", strict=True)
    own = next(row for row in rows if row["id"] == "ee-ylde-social")
    assert own["organization et"] == "Ülde;'=1+1"
    assert own["source url"] == "https://example.org/;'=1+1;,'+2"


def test_the_csv_is_the_same_on_every_console(sample):
    sample.edit("municipalities/lv/vieta.yml", "lv: Vietas novads", "lv: Ķekavas novads\n  ru: Кекава")
    usual = csv_bytes(sample, "utf-8")
    for encoding in ("cp1252", "ascii", "koi8-r", "utf-16"):
        assert csv_bytes(sample, encoding) == usual, encoding


@pytest.mark.parametrize(
    "command",
    [
        ["contacts"],
        ["contacts", "--csv"],
        ["confirm", "ee-ylde-social", "--by", "Отдел", "--how", "wrote-back"],
    ],
)
@pytest.mark.parametrize("encoding", ["cp1252", "ascii"])
def test_a_console_of_another_alphabet_gets_no_traceback(sample, command, encoding):
    sample.edit(PLACE, "    email: sotsiaal@example.ee\n", "")
    sample.edit(PLACE, "Raekoja plats 3", "Ķekava, площадь 3")
    sample.edit(PLACE, PHONES, "")
    done = on_console(sample, encoding, *command)
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False)
