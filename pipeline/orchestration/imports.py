"""Loading many modules at once, and where processes of our own find them."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


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


def import_path() -> str:
    """What a process that this one starts needs as ``PYTHONPATH`` to find our packages wherever this one found them."""
    ours = str(Path(__file__).resolve().parents[2])
    return os.pathsep.join(item for item in (os.environ.get("PYTHONPATH"), ours) if item)
