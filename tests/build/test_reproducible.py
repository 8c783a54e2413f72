"""The same inputs give the same bytes, on any day, in any folder, under any locale and time zone."""

import os
import shutil
import subprocess

import pytest

from ..project import CAMPAIGN, direct_build, tree

ELSEWHERE = {"TZ": "Pacific/Kiritimati", "LC_ALL": "C", "LANG": "tr_TR.UTF-8", "PYTHONHASHSEED": "7"}


@pytest.mark.parametrize("form", [[], ["--precompress"]], ids=["plain", "precompressed"])
def test_another_day_folder_locale_and_time_zone_give_the_same_bytes(sample, tmp_path, form):
    sample.site("ee/teine", "https://teine.example.org/abi/")
    sample.build(*form)
    other = tmp_path / "teine kaust õ"
    shutil.copytree(sample.root, other, ignore=shutil.ignore_patterns("sites", ".cache"))
    subprocess.run(
        ["faketime", "2031-02-28 23:59:58", CAMPAIGN, "build", *form],
        cwd=other,
        env={**os.environ, **ELSEWHERE},
        check=True,
        capture_output=True,
    )
    assert tree(other / "sites") == tree(sample.root / "sites")


def test_git_is_no_input(sample, tmp_path):
    sample.build("ee/ylde")
    subprocess.run(["git", "init", "-q", sample.root], check=True)
    direct_build(sample.root, "ee/ylde", tmp_path / "direct")
    assert tree(tmp_path / "direct") == tree(sample.root / "sites/ee/ylde")
