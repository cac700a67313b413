"""Loading many modules at once."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def collected_later() -> Iterator[None]:
    """The cyclic collector rests in the block, and leaves alone from then on what was made in it.

    What modules make when they are loaded stays to the end; to look through it again and again is a fifth of the time
    that loading Prefect takes.
    """
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
