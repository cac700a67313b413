"""Worker processes for the steps that compute; with one worker there are none.

Python threads do not compute side by side, so reading, extracting and writing run in processes. They are
copies of one that has loaded modules, dictionary and rules (:mod:`pipeline.orchestration.group`): however many
workers there are, that is done once. Workers of Dask are copies of a fork server, which has loaded the same.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import threading
from collections.abc import Callable
from concurrent.futures import CancelledError
from types import TracebackType
from typing import Final, ParamSpec, TypeVar

from pipeline.orchestration.group import PRELOADED, Group, GroupEnded
from pipeline.orchestration.imports import collected_later

P = ParamSpec("P")
R = TypeVar("R")
FORKING: Final = "forkserver"


class WorkerDied(Exception):
    """The process that worked on an input ended twice without an answer (killed for its memory, say)."""


class Workers:
    """Calls functions in *count* processes, or here when *count* is one."""

    def __init__(self, count: int) -> None:
        self._count = count
        self._lock = threading.Lock()
        self._warming: threading.Thread | None = None
        self._group = Group(count) if count > 1 else None
        self._stopped = False

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, _type: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        with self._lock:
            self._stopped = True
            if self._group:
                self._group.end()

    @property
    def here(self) -> bool:
        """Whether calls are made in this process."""
        return self._group is None

    def call(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """The function's result. A group that a dying worker broke is made anew, and the call tried once more."""
        group = self._group
        if group is None:
            return function(*args, **kwargs)
        try:
            result: R = group.call(function, args, kwargs)
        except GroupEnded:
            group = self._renewed(group)
        else:
            return result
        try:
            again: R = group.call(function, args, kwargs)
        except GroupEnded as error:
            self._renewed(group)
            raise WorkerDied("the worker process ended without an answer, twice") from error
        return again

    def warm(self) -> None:
        """Where the calls are made in this process, begin to load what they need, while a flow begins."""
        if self._group is None:
            self._warming = threading.Thread(target=_warm_up_uncollected, daemon=True)
            self._warming.start()

    def wait(self) -> None:
        """Wait until what was begun to be loaded is loaded."""
        if self._warming:
            self._warming.join()

    def stop(self) -> None:
        """Give up the calls that wait for a process; those that it is at are finished."""
        self._stopped = True
        if self._group:
            self._group.stop()

    def _renewed(self, broken: Group) -> Group:
        with self._lock:
            if self._stopped:
                raise CancelledError
            if self._group is broken:
                broken.end()
                self._group = Group(self._count)
            assert self._group is not None  # only a group ends
            return self._group


def start_fork_server(*modules: str) -> None:
    """Let the fork server of Dask's workers load what they need, and *modules*, while this process goes on; where there is one."""
    if FORKING in multiprocessing.get_all_start_methods():
        from multiprocessing import forkserver

        multiprocessing.get_context(FORKING).set_forkserver_preload([*modules, PRELOADED])
        forkserver.ensure_running()


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
