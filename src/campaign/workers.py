"""Processes that do the work, one a core; they end with the command, whatever ends it.

Plain forks rather than the pools of the standard library: those start threads beside the forks, and take
longer to load than a build has to wait for anything else.
"""

from __future__ import annotations

import ctypes
import errno
import gc
import os
import pickle
import signal
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from select import select
from typing import BinaryIO, Generic, NoReturn, TypeVar

from .problem import CampaignError

Result = TypeVar("Result")
WORKERS = len(os.sched_getaffinity(0))
_PR_SET_PDEATHSIG = 1  # linux/prctl.h
_BYTES = 8  # of the length of a message


class Worker(Generic[Result]):
    """A process that begins with all that this one has read and does ``work`` beside it. It is a context, and
    ends with it. Asked for what the work yields, it raises the `CampaignError` or OSError that ended the
    work, ChildProcessError where somebody ended the process, and RuntimeError for anything else."""

    def __init__(self, work: Callable[[], Iterable[Result]]) -> None:
        parent = os.getpid()
        self._pipe, end = os.pipe()
        with os.fdopen(end, "wb") as pipe:
            self._process = os.fork()
            if not self._process:
                _work(work, pipe, parent)

    def __enter__(self) -> Worker[Result]:
        return self

    def __exit__(self, *_: object) -> None:
        os.kill(self._process, signal.SIGKILL)
        os.waitpid(self._process, 0)
        os.close(self._pipe)

    def __iter__(self) -> Iterator[Result]:
        while said := self.next():
            yield from said

    def fileno(self) -> int:
        return self._pipe

    def next(self) -> tuple[Result, ...]:
        """The next result, alone in a tuple that is empty at the end."""
        said: tuple[Result, ...] | Exception = pickle.loads(
            self._read(int.from_bytes(self._read(_BYTES), "big"))
        )
        if isinstance(said, Exception):
            raise said
        return said

    def _read(self, size: int) -> bytes:
        read = b""
        while len(read) < size:
            piece = os.read(self._pipe, size - len(read))
            if not piece:
                raise ChildProcessError(errno.ECHILD, "it was ended from outside", f"process {self._process}")
            read += piece
        return read


def results(works: Iterable[Callable[[], Iterable[Result]]]) -> Iterator[Result]:
    """What all of these works yield, each in a process of its own, as it comes."""
    with ExitStack() as stack:
        at_work = [stack.enter_context(Worker(work)) for work in works]
        while at_work:
            for worker in select(at_work, [], [])[0]:
                said = worker.next()
                yield from said
                if not said:
                    at_work.remove(worker)


def _work(work: Callable[[], Iterable[Result]], pipe: BinaryIO, parent: int) -> NoReturn:
    """All that the process does, and its end: nothing of its parent's is cleared away or flushed here."""
    try:
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() != parent:  # it ended before we asked
            os._exit(1)
        gc.freeze()
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the command, which then ends us
        signal.signal(signal.SIGIO, signal.SIG_IGN)  # somebody waits for a file that is being rewritten
        for result in work():
            _say(pipe, (result,))
        _say(pipe, ())
        signal.pause()  # its parent ends it, which may first want to open a file that is open here
    except (CampaignError, OSError) as error:
        _say(pipe, error)
    except BaseException:
        import traceback

        _say(pipe, RuntimeError(traceback.format_exc()))
    finally:
        os._exit(0)


def _say(pipe: BinaryIO, said: Sequence[object] | Exception) -> None:
    message = pickle.dumps(said)
    pipe.write(len(message).to_bytes(_BYTES, "big"))
    pipe.write(message)
    pipe.flush()
