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

from ..forked_commands import forked_in
from ..project import CAMPAIGN, tree

LIBRARY = """\
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>
static int lacks(const char *name) {
  const char *lack = getenv("LACK");
  return lack && !strcmp(lack, name);
}
#define REFUSED (errno = atoi(getenv("ANSWER")), -1)
#define CALL(lack, name, types, ...) int name types { \\
  static int (*real) types; \\
  if (lacks(lack)) return REFUSED; \\
  if (!real) real = dlsym(RTLD_NEXT, #name); \\
  return real(__VA_ARGS__); \\
}
int renameat2(int a, const char *b, int c, const char *d, unsigned e) {
  if (lacks("exchange") || lacks("renaming of folders")) return REFUSED;
  return syscall(SYS_renameat2, a, b, c, d, e);
}
int rename(const char *from, const char *to) {
  if (lacks("renaming of folders") && strstr(from, "/sites/ee/")) return REFUSED;
  return syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}
CALL("links", link, (const char *a, const char *b), a, b)
CALL("links", linkat, (int a, const char *b, int c, const char *d, int e), a, b, c, d, e)
CALL("modes", chmod, (const char *a, mode_t b), a, b)
CALL("modes", fchmod, (int a, mode_t b), a, b)
CALL("modes", fchmodat, (int a, const char *b, mode_t c, int d), a, b, c, d)
int mkdir(const char *path, mode_t mode) {
  return syscall(SYS_mkdirat, AT_FDCWD, path, lacks("modes") ? 0755 : mode);
}
CALL("locks", flock, (int a, int b), a, b)
"""
EXCHANGED = "The file system cannot exchange folders: each copy was away for a moment when it changed.\n"
UNLOCKED = "The file system of {} has no locks: do not start a second build at the same time.\n"
SITES = ["ee", "index.html", "index.lv.html", "index.ru.html", "lv"]  # the doors in three languages
# What is taken away, what the system answers at each correction, and what the build says then.
LACKS = {
    "exchange of folders, on NFS, an old kernel, FUSE and in a sandbox": (
        "exchange", (errno.EINVAL, errno.ENOSYS, errno.EOPNOTSUPP, errno.EPERM), EXCHANGED,
    ),
    "renaming of a container's folders": ("renaming of folders", (errno.EXDEV, errno.EXDEV), EXCHANGED),
    "hard links, and more of them": ("links", (errno.EPERM, errno.EMLINK), ""),
    "modes of single files, as on vfat and SMB": ("modes", (errno.EPERM, errno.EOPNOTSUPP), ""),
    "locks": ("locks", (errno.ENOLCK, errno.ENOLCK), UNLOCKED.format(".cache") + UNLOCKED.format("sites")),
}  # fmt: skip


@pytest.fixture(scope="module")
def poor(tmp_path_factory):
    """A process in which the call that LACK names answers with the error that ANSWER names."""
    folder = tmp_path_factory.mktemp("poor")
    (folder / "poor.c").write_text(LIBRARY)
    subprocess.run(["gcc", "-shared", "-fPIC", "-o", "poor.so", "poor.c", "-ldl"], cwd=folder, check=True)
    with forked_in({**os.environ, "LD_PRELOAD": str(folder / "poor.so")}) as poor:
        yield poor


@pytest.mark.parametrize("lack", LACKS)
def test_build_correct_and_build_again_publishes_the_correction(sample, poor, tmp_path, lack):
    call, answers, said = LACKS[lack]
    country = "municipalities/ee/_country.yml"
    short = '    "116111": Child line\n'
    sample.edit(country, short, f"{short}{short.replace('6111', '6112')}")
    sample.build("--out", str(tmp_path / "usual"))  # the countries are rendered once, in this process

    poor.campaign(sample.root, "build", LACK=call, ANSWER=str(answers[0]))
    old, new = "116 111", "116 112"
    for answer in answers:
        sample.edit(country, f'number: "{old}"', f'number: "{new}"')
        done = poor.campaign(sample.root, "build", LACK=call, ANSWER=str(answer))
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
