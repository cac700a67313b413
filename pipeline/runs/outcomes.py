"""What came of one input, and what ends a run. Loads nothing that computes: the process that only plans reads it too."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Protocol, runtime_checkable

from pipeline.runs.plan import Task
from pipeline.store.sums import Sum

RETRIES: Final = 2
RETRY_SECONDS: Final = 0.5
"""Number of retries after a fault of the disk or the network, and the delay between them."""


class StoreError(Exception):
    """The output folder cannot be written to (a full disk, say)."""


@dataclass(frozen=True, slots=True)
class Made:
    """An issue that was committed: its row counts, its quantities by kind, the problems noticed by category."""

    issue_id: str
    sha256: str
    year: int | None
    title: str | None
    rows: Mapping[str, int]
    kinds: Mapping[str, int]
    problems: Mapping[str, int]
    sums: Mapping[str, Sum] = field(default_factory=dict)
    """Of its files, by their names in the store."""
    characters: int = 0
    """Of its canonical text."""
    rules: Mapping[str, int] = field(default_factory=dict)
    """Its rows by the rule that made them."""
    confidence: tuple[float, int] = (0.0, 0)
    """Sum and number of the confidences of its quantities."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an input was quarantined: a stable slug, one line, and for a fault of ours the traceback."""

    cause: str
    reason: str
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """The end of one task: either ``made`` or ``failure`` is set."""

    task: Task
    seconds: float
    made: Made | None = None
    failure: Failure | None = None


@runtime_checkable
class Done(Protocol):
    """Callback on outcomes, one or many at once: those of one task run are recorded together."""

    def __call__(self, *outcomes: Outcome) -> None:
        """Record outcomes in the ledger."""
