"""Worker processes for the steps that compute; with one worker there are none.

Python threads do not compute side by side, so reading, extracting and writing run in processes. They are
copies of a fork server that has loaded modules, dictionary and rules (:mod:`pipeline.orchestration.preload`): however many
workers there are, that is done once.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import forkserver
from multiprocessing.connection import wait
from types import TracebackType
from typing import Final, ParamSpec, TypeVar

from pipeline.orchestration.imports import collected_later

P = ParamSpec("P")
R = TypeVar("R")
FORKING: Final = "forkserver"
_PRELOADED: Final = ("pipeline.orchestration.preload",)
"""What the fork server loads, once for all workers."""


class WorkerDied(Exception):
    """The process that worked on an input ended twice without an answer (killed for its memory, say)."""


class Workers:
    """Calls functions in *count* processes, or here when *count* is one."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._lock = threading.Lock()
        self._warming: threading.Thread | None = None
        self._pool = self._make_pool() if count > 1 else None
        if self._pool:  # the first call waits for the fork server, and we have more to bring up
            threading.Thread(target=self._start, args=(self._pool,), daemon=True).start()

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, _type: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if self._pool:
            self._pool.shutdown(wait=error is None, cancel_futures=True)

    @property
    def here(self) -> bool:
        """Whether calls are made in this process."""
        return self._pool is None

    def call(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """The function's result. A pool that a dying worker broke is made anew, and the call tried once more."""
        pool = self._pool
        if pool is None:
            return function(*args, **kwargs)
        try:
            return pool.submit(function, *args, **kwargs).result()
        except BrokenProcessPool:
            pool = self._renewed(pool)
        try:
            return pool.submit(function, *args, **kwargs).result()
        except BrokenProcessPool as error:
            self._renewed(pool)
            raise WorkerDied("the worker process ended without an answer, twice") from error

    def warm(self) -> None:
        """Where the calls are made in this process, begin to load what they need, while a flow begins."""
        if self._pool is None:
            self._warming = threading.Thread(target=_warm_up_uncollected, daemon=True)
            self._warming.start()

    def wait(self) -> None:
        """Wait until what was begun to be loaded is loaded."""
        if self._warming:
            self._warming.join()

    def stop(self) -> None:
        """Give up the calls that wait for a process; those that it is at are finished."""
        if self._pool:
            self._pool.shutdown(wait=False, cancel_futures=True)

    def _start(self, pool: ProcessPoolExecutor) -> None:
        """Start the workers before the first issue."""
        with contextlib.suppress(RuntimeError):  # the run ended before
            for _ in range(self._count):
                pool.submit(os.getpid)

    def _renewed(self, broken: ProcessPoolExecutor) -> ProcessPoolExecutor:
        with self._lock:
            if self._pool is broken:
                broken.shutdown(wait=False)
                self._pool = self._make_pool()
            assert self._pool is not None  # only a pool breaks
            return self._pool

    def _make_pool(self) -> ProcessPoolExecutor:
        method = FORKING if FORKING in multiprocessing.get_all_start_methods() else "spawn"
        context = multiprocessing.get_context(method)
        if method == FORKING:
            context.set_forkserver_preload([*_PRELOADED])
        return ProcessPoolExecutor(self._count, mp_context=context, initializer=_end_with_parent)


def start_fork_server(*modules: str) -> None:
    """Let the fork server load what workers need, and *modules*, while this process goes on; where there is one."""
    if FORKING in multiprocessing.get_all_start_methods():
        multiprocessing.get_context(FORKING).set_forkserver_preload([*modules, *_PRELOADED])
        forkserver.ensure_running()


def _end_with_parent() -> None:
    """End this worker when the run ends, however it ends: a killed run leaves no process behind.

    A Ctrl-C, which a terminal sends to all of us, is for the run to answer. A SIGTERM, which the run itself does not
    receive in its own way (:mod:`pipeline.orchestration.termination`), ends a worker at once.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGTERM})
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch(sentinel: int) -> None:
        wait([sentinel])
        os._exit(1)

    threading.Thread(target=watch, args=(parent.sentinel,), daemon=True).start()


# A place of the table of divisions: an unknown name would be spelt out, which loads a dictionary that few texts need.
_SAMPLE: Final = "沛县人民政府\n关于粮食生产的通知\n一、2024年，播种面积稳定在10万亩以上。（牵头单位：县农业农村局）\n"


def warm_up() -> None:
    """Load what the first issue would otherwise wait for (readers, rules, dictionary, the store) by making a few lines of text.

    What is wrong with any of it shows, with its reason, in the first issue.
    """
    with contextlib.suppress(Exception):
        from pipeline.process import process
        from pipeline.readers import read_bytes
        from pipeline.runs import steps  # noqa: F401

        process(read_bytes(_SAMPLE.encode(), "sample.txt"))


def _warm_up_uncollected() -> None:
    with collected_later():
        warm_up()
