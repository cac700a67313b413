"""The steps of :mod:`pipeline.runs.steps` by names that load nothing before they are called.

The process that plans a run hands them to workers, and needs neither Arrow nor the language side for that.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.runs.outcomes import Outcome
from pipeline.runs.plan import Task

if TYPE_CHECKING:
    from pipeline.runs.steps import Rows
    from pipeline.store.store import Store
    from pipeline.store.sums import Sum
    from schemas.records import SourceText


def make_all(items: Sequence[Task], output: Path | str, run: str | None = None) -> list[Outcome]:
    """See :func:`pipeline.runs.steps.make_all`."""
    from pipeline.runs import steps

    return steps.make_all(items, output, run)


def read(item: Task, output: Path | str) -> SourceText:
    """See :func:`pipeline.runs.steps.read`."""
    from pipeline.runs import steps

    return steps.read(item, output)


def process(source: SourceText) -> Rows:
    """See :func:`pipeline.runs.steps.process`."""
    from pipeline.runs import steps

    return steps.process(source)


def write(source: SourceText, rows: Rows, store: Store, stands: Collection[str] | None) -> Mapping[str, Sum]:
    """See :func:`pipeline.runs.steps.write`."""
    from pipeline.runs import steps

    return steps.write(source, rows, store, stands)
