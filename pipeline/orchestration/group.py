"""Processes that are copies of one another: the first loads what all of them need, makes the others, and works beside them.

So all is loaded once and shared, and no process holds it that does no work: what workers use they copy page by page, as
Python counts references within its objects, and a process that only made them would keep its own copy of all of it.

``python -m pipeline.orchestration.group MODULE LIFE CALLS…`` is the first, which loads the module; the rest are file descriptors.
"""

from __future__ import annotations

import os
import pickle
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import CancelledError
from contextlib import suppress
from ctypes import CDLL
from importlib import import_module
from multiprocessing.connection import Connection, Pipe
from typing import Any, Final, NoReturn

from pipeline.orchestration.imports import import_path

PRELOADED: Final = "pipeline.orchestration.preload"
"""What workers need, loaded once for all."""
_PARENT_DEATH_SIGNAL: Final = 1
"""Linux's ``PR_SET_PDEATHSIG``."""


class GroupEnded(Exception):
    """One of the processes has ended; the group is of no more use."""


class Group:
    """*count* processes with *module* loaded that answer calls, one each at a time, until :meth:`end` or the end of this process."""

    def __init__(self, count: int, module: str = PRELOADED) -> None:
        pairs = [Pipe() for _ in range(count)]
        self._life, their_life = socket.socketpair()
        self._free = [ours for ours, _ in pairs]
        self._changed = threading.Condition()
        self._stopped: type[Exception] | None = None
        numbers = [their_life.fileno(), *(theirs.fileno() for _, theirs in pairs)]
        self._first = subprocess.Popen(
            [sys.executable, "-m", __name__, module, *map(str, numbers)],
            pass_fds=numbers,
            stdin=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": import_path()},
        )
        their_life.close()
        for _, theirs in pairs:
            theirs.close()

    def call(self, function: Callable[..., Any], args: Sequence[object], kwargs: Mapping[str, object]) -> Any:
        """The function's result, from whichever process is free first.

        Raises :class:`GroupEnded` where a process ended, :class:`concurrent.futures.CancelledError` after :meth:`stop`, and
        what the function raises.
        """
        process = self._taken()
        try:
            process.send((function, args, kwargs))
            is_result, told = process.recv()
        except (EOFError, OSError) as error:
            self._stop(GroupEnded)
            raise GroupEnded from error
        with self._changed:
            self._free.append(process)
            self._changed.notify()
        if is_result:
            return told
        raise told

    def stop(self) -> None:
        """Give up the calls that wait for a process; those that one is at are finished."""
        self._stop(CancelledError)

    def end(self) -> None:
        """End the processes, whatever they are at; when this returns none of them does anything any more."""
        self._stop(GroupEnded)
        self._life.shutdown(socket.SHUT_WR)
        self._first.kill()
        while self._life.recv(1):
            """Nothing is ever sent: it ends when the last of them has."""
        self._first.wait()
        self._life.close()

    def _taken(self) -> Connection[Any, Any]:
        with self._changed:
            self._changed.wait_for(lambda: self._free or self._stopped)
            if self._stopped:
                raise self._stopped
            return self._free.pop()

    def _stop(self, why: type[Exception]) -> None:
        with self._changed:
            self._stopped = self._stopped or why
            self._changed.notify_all()


def _work(module: str, life: int, calls: list[int]) -> NoReturn:
    """Load *module*, become as many processes as there are *calls* to answer, and answer until the other ends close."""
    _heed_signals()
    with suppress(Exception):  # which shows, with its reason, in the first call
        import_module(module)
    own = calls.pop(0)
    for number, other in enumerate(calls):
        if not os.fork():
            for unused in (own, *calls[number + 1 :]):
                os.close(unused)
            own = other
            _end_with_first()
            break
        os.close(other)
    threading.Thread(target=_end_with_group, args=(life,), daemon=True).start()
    _answer(Connection(own))
    os._exit(0)


def _heed_signals() -> None:
    """A Ctrl-C, which a terminal sends to all of us, is for the run to answer.

    A SIGTERM, which the run itself does not receive in its own way (:mod:`pipeline.orchestration.termination`), ends a worker
    at once.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})


def _end_with_first() -> None:
    """End at once when the first process ends, even within a pattern that takes long; where the system can."""
    with suppress(AttributeError, OSError):
        CDLL(None).prctl(_PARENT_DEATH_SIGNAL, signal.SIGKILL)


def _end_with_group(life: int) -> None:
    """End this process when the one that started the group ends it, or has ended, however that came."""
    while os.read(life, 1):
        """Nothing is ever sent."""
    os._exit(1)


def _answer(calls: Connection[Any, Any]) -> None:
    while True:
        try:
            asked = calls.recv_bytes()
        except EOFError:
            return
        try:
            function, args, kwargs = pickle.loads(asked)
            told = pickle.dumps((True, function(*args, **kwargs)))
        except BaseException as error:
            told = _failed(error)
        calls.send_bytes(told)


def _failed(error: BaseException) -> bytes:
    """What a call raised, to be raised where it was made; by its words, where it cannot be sent as it is."""
    try:
        told = pickle.dumps((False, error))
        pickle.loads(told)
    except Exception:
        return pickle.dumps((False, RuntimeError(f"{type(error).__name__}: {error}")))
    return told


if __name__ == "__main__":
    _work(sys.argv[1], int(sys.argv[2]), [*map(int, sys.argv[3:])])
