"""Readers: a file in any known format → :class:`~schemas.records.SourceText`.

The format is found from the content. A third party adds one by an entry point of the group
``gongbao.readers`` that names a :class:`Reader`; such readers are asked before ours.

The formats are imported when the first file is read: whoever only looks at what is there starts fast.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from pipeline.readers.base import Cause, RawFile, Reader, ReaderError

if TYPE_CHECKING:
    from pipeline.readers.reading import BUILT_IN, read, read_bytes, readers

__all__ = ["BUILT_IN", "Cause", "RawFile", "Reader", "ReaderError", "read", "read_bytes", "readers"]


def __getattr__(name: str) -> Any:
    if name in ("BUILT_IN", "read", "read_bytes", "readers"):
        return getattr(import_module("pipeline.readers.reading"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
