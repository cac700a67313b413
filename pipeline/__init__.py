"""gongbao: Chinese government gazettes → structured datasets.

>>> import pipeline
>>> targets = pipeline.load("targets", processed="processed")  # doctest: +SKIP
>>> pipeline.calendar()[["due", "what", "lead_agencies"]]  # doctest: +SKIP

What stands here is imported when it is first asked for, so that the command line starts fast.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from pipeline.analysis.conflicts import conflicts
    from pipeline.analysis.database import connect
    from pipeline.analysis.export import export
    from pipeline.analysis.loading import left_out, load
    from pipeline.analysis.panel import panel
    from pipeline.analysis.promises import calendar, owners
    from pipeline.analysis.vocabulary import vocabulary

__all__ = ["calendar", "conflicts", "connect", "export", "left_out", "load", "owners", "panel", "vocabulary"]

_HOMES = {
    "load": "loading", "left_out": "loading", "connect": "database", "export": "export", "calendar": "promises", "owners": "promises",
    "conflicts": "conflicts", "panel": "panel", "vocabulary": "vocabulary",
}  # fmt: skip


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"pipeline.analysis.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
