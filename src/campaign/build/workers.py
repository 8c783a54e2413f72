"""Distributes work to processes, one per core."""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor, as_completed
from contextlib import suppress
from typing import Any, TypeVar

from ..errors import CampaignError, Problem

Task = TypeVar("Task")
Result = TypeVar("Result")
_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_work: Callable[[Any], Any]


def run(work: Callable[[Task], Result], tasks: Iterable[Task]) -> Iterator[Result]:
    """Yield the results of ``work`` for all tasks, in the order in which they finish. The processes are
    forked, so ``work`` may hold any object; tasks and results are pickled. Raises the errors of ``work``, and
    `CampaignError` if somebody killed one of the processes."""
    context = multiprocessing.get_context("fork" if hasattr(os, "fork") else "spawn")
    pool = ProcessPoolExecutor(os.cpu_count() or 1, context, _begin, (work, os.getpid()))
    try:
        for done in as_completed([pool.submit(_do, task) for task in tasks]):
            yield done.result()
    except BrokenExecutor:
        problem = Problem(".", 0, "", "something outside ended a process of this build: build again", "")
        raise CampaignError([problem], "Each copy is whole, old or new.") from None
    finally:
        pool.shutdown(cancel_futures=True)


def _begin(work: Callable[[Any], Any], parent: int) -> None:
    """Make a worker end with the command, however the command ends."""
    global _work
    _work = work
    os.umask(0o022)  # not the user's umask: a web server is another user
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the command handles Ctrl-C and ends its workers
    with suppress(AttributeError, OSError, TypeError):  # only Linux has it
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os.kill(os.getpid(), signal.SIGTERM)


def _do(task: Any) -> Any:
    return _work(task)
