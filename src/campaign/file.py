"""One file of a copy, and how it comes onto the disk: as a new file, or into one that lies there already.

The second is one step for a file with many links. It takes Linux' leases (fcntl(2)): whoever has the file
open, or maps it, keeps it from being touched, and whoever opens it while it is written waits until it is.
"""

from __future__ import annotations

import ctypes
import fcntl
import gzip
import mmap
import os
from collections.abc import Callable
from dataclasses import dataclass

import brotli

from .content import Content

_KEEP_SIZE, _ZERO_RANGE = 0x01, 0x10  # linux/falloc.h
_FALLOCATE = ctypes.CDLL(None, use_errno=True).fallocate64
_FALLOCATE.argtypes = (ctypes.c_int, ctypes.c_int, ctypes.c_int64, ctypes.c_int64)


@dataclass(frozen=True, eq=False)
class File:
    """One file to be: its plain content, how that is compressed, and a digest of both."""

    content: Content
    ending: str
    digest: bytes

    def encoded(self) -> bytes:
        if self.ending == ".gz":
            return gzip.compress(self.content.data, 9, mtime=0)  # no clock: the same bytes on any day
        return brotli.compress(self.content.data) if self.ending == ".br" else self.content.data

    def write(self, there: str) -> None:
        """As a file that is not there yet."""
        write_new(there, self.encoded())

    def rewrite(self, there: str, wanted: Callable[[os.stat_result], bool]) -> bool:
        """Into the file that lies there, for all of its links. False, and nothing has been done, where it
        is not ``wanted``, where somebody has it open, or where the file system cannot."""
        try:
            handle = os.open(there, os.O_WRONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
        except OSError:
            return False
        try:
            file = os.fstat(handle)
            taken = wanted(file) and _taken(handle, file)
            if taken:
                data = self.encoded()
                _write(handle, data)
                if len(data) != file.st_size:
                    os.ftruncate(handle, len(data))
            return taken
        finally:
            os.close(handle)  # the lease ends with it


def write_new(there: str, data: bytes) -> None:
    """A file that is not there yet; without `open`'s buffer, which takes longer than the writing."""
    handle = os.open(there, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o666)
    try:
        _write(handle, data)
    finally:
        os.close(handle)


def _taken(handle: int, file: os.stat_result) -> bool:
    """Whether nobody else has the file, whose content is gone then. Gone, not written over: what a server
    has sent may still wait in the kernel, as the very memory that the file lay in (sendfile(2))."""
    try:
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_WRLCK)
    except OSError:
        return False
    step = max(file.st_blksize, mmap.PAGESIZE)
    whole = -(-file.st_size // step) * step
    return not whole or _FALLOCATE(handle, _ZERO_RANGE | _KEEP_SIZE, 0, whole) == 0


def _write(handle: int, data: bytes) -> None:
    while data:
        data = data[os.write(handle, data) :]
