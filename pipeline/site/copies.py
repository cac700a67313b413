"""Parts of a site made side by side, by copies of this process that share what it has read."""

from __future__ import annotations

import gc
import multiprocessing
import sys
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from typing import Any, Final, TypeVar

Item = TypeVar("Item")
Made = TypeVar("Made")

_AHEAD: Final = 3
"""Results of each process that may wait to be taken."""
_make: list[Callable[[Any], Any]] = []
"""What a copy was made to do."""


def in_order(make: Callable[[Item], Made], items: Sequence[Item], processes: int) -> Iterator[Made]:
    """``make(item)`` of each of *items*, in their order; in this process where there is one, or where none can be forked.

    *make* and what it holds go to the copies by the fork; each item and result is sent.
    """
    if processes < 2 or len(items) < 2 or sys.platform != "linux":
        yield from map(make, items)
        return
    context = multiprocessing.get_context("fork")
    gc.freeze()  # the collector would touch, and so copy, every page of memory that the copies share
    with ProcessPoolExecutor(processes, context, initializer=_make.append, initargs=(make,)) as pool:
        waiting: deque[Future[Made]] = deque()
        try:
            for item in items:
                waiting.append(pool.submit(_made, item))
                if len(waiting) > _AHEAD * processes:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)
            gc.unfreeze()


def _made(item: Any) -> Any:
    return _make[-1](item)
