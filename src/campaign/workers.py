"""Processes that do the work, one a core; they end with the command, whatever ends it."""

from __future__ import annotations

import ctypes
import os
import signal
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

WORKERS = len(os.sched_getaffinity(0))
_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def fresh_workers() -> ProcessPoolExecutor:
    """Processes that begin with nothing: MkDocs keeps hooks and log handlers for as long as one lives."""
    return _workers("spawn")


def forked_workers(begin: Callable[..., None], *arguments: Any) -> ProcessPoolExecutor:
    """Processes that begin with all that this one has read, and with ``begin(*arguments)``."""
    return _workers("fork", begin, *arguments)


def _workers(way: str, *begin: Any) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(
        WORKERS, mp_context=get_context(way), initializer=_begin, initargs=(os.getpid(), *begin)
    )


def _begin(parent: int, begin: Callable[..., None] | None = None, *arguments: Any) -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before we asked
        os._exit(1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the command, which then ends us
    if begin is not None:
        begin(*arguments)
