"""The commands on consoles of every alphabet, each in a process of its own, which knows what its console can show."""

import os
import subprocess

import pytest

from ..project import CAMPAIGN
from ..records import PLACE


def csv_bytes(sample, encoding):
    done = subprocess.run(
        [CAMPAIGN, "contacts", "--csv"],
        cwd=sample.root,
        env={**os.environ, "PYTHONIOENCODING": encoding},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")
    return done.stdout


def test_the_csv_is_the_same_on_every_console(sample):
    sample.edit("municipalities/lv/vieta.yml", "lv: Vietas novads", "lv: Ķekavas novads\n  ru: Кекава")
    usual = csv_bytes(sample, "utf-8")
    for encoding in ("cp1252", "utf-16"):
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
    sample.edit(
        PLACE,
        '    phones:\n      - number: "+372 736 1300"\n        languages:\n          - et\n          - ru\n',
        "",
    )
    done = subprocess.run(
        [CAMPAIGN, *command],
        cwd=sample.root,
        env={**os.environ, "PYTHONIOENCODING": encoding},
        capture_output=True,
        check=False,
    )
    assert (done.returncode, b"Traceback" in done.stderr) == (0, False)
