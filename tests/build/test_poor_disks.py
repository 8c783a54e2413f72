"""A file system that lacks a special call (NFS, 9p, FUSE, SMB) still gets every correction.

The call is taken away by a library that is loaded before the C library and answers as such systems do.
"""

from __future__ import annotations

import errno
import os
import subprocess
from pathlib import Path

import pytest

from campaign.build import replace_folder

from ..project import CAMPAIGN, tree
from ..warm import warm

LIBRARY = """\
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#define REFUSED (errno = atoi(getenv("ANSWER")), -1)
#define REFUSE(name, arguments) int name arguments { return REFUSED; }
#ifdef NO_EXCHANGE
REFUSE(renameat2, (int a, const char *b, int c, const char *d, unsigned e))
#endif
#ifdef NO_RENAME_OF_FOLDERS
#include <sys/syscall.h>
#include <unistd.h>
#include <fcntl.h>
REFUSE(renameat2, (int a, const char *b, int c, const char *d, unsigned e))
int rename(const char *from, const char *to) {
  if (strstr(from, "/sites/ee/")) return REFUSED;
  return syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}
#endif
#ifdef NO_LINKS
REFUSE(link, (const char *a, const char *b))
REFUSE(linkat, (int a, const char *b, int c, const char *d, int e))
#endif
#ifdef NO_MODES
#include <sys/syscall.h>
#include <unistd.h>
#include <fcntl.h>
REFUSE(chmod, (const char *a, mode_t b))
REFUSE(fchmod, (int a, mode_t b))
REFUSE(fchmodat, (int a, const char *b, mode_t c, int d))
int mkdir(const char *path, mode_t mode) { return syscall(SYS_mkdirat, AT_FDCWD, path, 0755); }
#endif
#ifdef NO_LOCKS
REFUSE(flock, (int a, int b))
#endif
"""
EXCHANGED = "The file system cannot exchange folders: each copy was away for a moment when it changed.\n"
UNLOCKED = "The file system of {} has no locks: do not start a second build at the same time.\n"
SITES = ["ee", "index.html", "index.lv.html", "index.ru.html", "lv"]  # the doors in three languages
# What is taken away, what the system answers at each correction, and what the build says then.
LACKS = {
    "exchange of folders, on NFS, an old kernel, FUSE and in a sandbox": (
        "NO_EXCHANGE", (errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP, errno.EPERM), EXCHANGED,
    ),
    "renaming of a container's folders": ("NO_RENAME_OF_FOLDERS", (errno.EXDEV, errno.EXDEV), EXCHANGED),
    "hard links, and more of them": ("NO_LINKS", (errno.EPERM, errno.EMLINK), ""),
    "modes of single files, as on vfat and SMB": ("NO_MODES", (errno.EPERM, errno.EOPNOTSUPP), ""),
    "locks": ("NO_LOCKS", (errno.ENOLCK, errno.ENOLCK), UNLOCKED.format(".cache") + UNLOCKED.format("sites")),
}  # fmt: skip


def without(calls: str, folder: Path) -> dict[str, str]:
    """An environment in which these calls answer with the error that ANSWER names."""
    (folder / "poor.c").write_text(LIBRARY)
    command = ["gcc", "-shared", "-fPIC", f"-D{calls}", "-o", "poor.so", "poor.c"]
    subprocess.run(command, cwd=folder, check=True)
    return {**os.environ, "LD_PRELOAD": str(folder / "poor.so")}


@pytest.mark.parametrize("lack", LACKS)
def test_build_correct_and_build_again_publishes_the_correction(sample, tmp_path, lack):
    calls, answers, said = LACKS[lack]
    environment = without(calls, tmp_path)
    country = "municipalities/ee/_country.yml"
    short = '    "116111": Child line\n'
    sample.edit(country, short, f"{short}{short.replace('6111', '6112')}")
    sample.build("--out", str(tmp_path / "usual"))  # the countries are rendered once, in this process

    with warm(environment) as poor:
        poor.run(sample.root, "build", ANSWER=str(answers[0]))
        old, new = "116 111", "116 112"
        for answer in answers:
            sample.edit(country, f'number: "{old}"', f'number: "{new}"')
            done = poor.run(sample.root, "build", ANSWER=str(answer))
            assert (done.returncode, done.stderr) == (0, said), answer
            assert f"tel:{new.replace(' ', '')}" in sample.read("ee/ylde/ru/help.html")
            old, new = new, old
    sample.build("--out", str(tmp_path / "usual"))
    assert tree(sample.root / "sites") == tree(tmp_path / "usual")
    assert sorted(os.listdir(sample.root / "sites")) == SITES
    assert not list(sample.root.glob(".sites*"))


ELSEWHERE = """\
import os, sys
for name in {lacks}:
    if hasattr(os, name):
        delattr(os, name)
{more}
"""


@pytest.mark.parametrize(
    ("command", "lacks", "more"),
    [
        (
            ["check"],
            ["O_NOFOLLOW", "O_NONBLOCK", "geteuid", "fork", "sched_getaffinity"],
            "sys.modules['fcntl'] = None",
        ),
        (["build"], ["sched_getaffinity"], "import ctypes; ctypes.CDLL = None"),
    ],
    ids=["check on Windows", "build on macOS"],
)
def test_a_build_works_on_a_system_without_the_calls_of_linux(sample, tmp_path, command, lacks, more):
    (tmp_path / "sitecustomize.py").write_text(ELSEWHERE.format(lacks=lacks, more=more))
    done = subprocess.run(
        [CAMPAIGN, *command],
        cwd=sample.root,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_where_the_new_copy_cannot_be_put_in_place_the_old_one_stays(tmp_path, monkeypatch):
    new, live = tmp_path / "new", tmp_path / "live"
    for folder in (new, live):
        folder.mkdir()
        (folder / "name").write_text(folder.name)
    monkeypatch.setattr(replace_folder, "_exchanged", lambda *_: False)
    rename = Path.rename

    def refuse(path: Path, target: Path) -> Path:
        if path == new:
            raise OSError(28, "No space left on device")
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(OSError, match="No space left"):
        replace_folder.exchange(new, live)
    assert (live / "name").read_text() == "live"
