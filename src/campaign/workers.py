"""Processes that do the work, one a core; they end with the command, whatever ends it."""

from __future__ import annotations

import ctypes
import gc
import os
import signal
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any

WORKERS = len(os.sched_getaffinity(0))
_PR_SET_PDEATHSIG = 1  # linux/prctl.h


def forked_workers(begin: Callable[..., None], *arguments: Any, count: int = WORKERS) -> ProcessPoolExecutor:
    """Processes that begin with all that this one has read, and with ``begin(*arguments)``."""
    return ProcessPoolExecutor(
        count,
        mp_context=get_context("fork"),
        initializer=_begin,
        initargs=(os.getpid(), begin, *arguments),
    )


def another_process() -> ProcessPoolExecutor:
    """One process beside this one, with all that this one has read."""
    return forked_workers(lambda: None, count=1)


def _begin(parent: int, begin: Callable[..., None], *arguments: Any) -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:  # it ended before we asked
        os._exit(1)
    gc.freeze()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the command, which then ends us
    signal.signal(signal.SIGIO, signal.SIG_IGN)  # somebody waits for a file that is being rewritten
    begin(*arguments)
