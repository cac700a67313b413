"""How a run is asked for, what it reports on its way, and what came of it."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from pipeline.runs.outcomes import Done
from pipeline.runs.plan import Task
from pipeline.store.ledger import InputRecord
from pipeline.store.store import Store
from schemas.datasets import DATASETS


class PruneRefused(Exception):
    """Pruning would remove so much that the folder may be empty or not mounted by mistake."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What a run would do: paths with the reason, paths whose data would go, and how many need nothing."""

    made: tuple[tuple[str, str], ...]
    replaced: tuple[tuple[str, str], ...]
    removed: tuple[str, ...]
    unchanged: int
    damaged: tuple[str, ...] = ()
    """Files that are not as they were written."""
    doubts: tuple[str, ...] = ()
    """Why pruning would be refused."""


class Report(Protocol):
    """Callbacks on the progress of a run."""

    def planned(self, todo: int, unchanged: int) -> None:
        """Before the first input is read."""

    def finished(self, record: InputRecord) -> None:
        """After each input."""


class Silent:
    """A reporter without output."""

    def planned(self, todo: int, unchanged: int) -> None:
        """Report nothing."""

    def finished(self, record: InputRecord) -> None:
        """Report nothing."""


Engine = Callable[[Sequence[Task], Store, int, Done], None]
"""Executes the tasks into the store with a number of workers; calls back with every outcome in the calling thread."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to run: ``workers`` of ``None`` means one per core, but no more than there are inputs.

    ``since`` leaves inputs alone that have not changed from then on (by the file system's
    time stamp); ``runner`` is ``"processes"`` of this machine or ``"dask"``, whose cluster has its scheduler at
    the address ``scheduler``, or is made for this run. ``yes`` lets ``prune`` remove however much. ``cache`` is a folder
    (or address) for what readers made of binary sources that several output folders share; by default it lies in *output*. With ``pack``, single
    issues are packed (:mod:`pipeline.store.packing`) when they have become many, so that a schedule's folder stays small.
    ``quick``: where all files stand as the last run that had nothing to do found them, no record is read
    (:mod:`pipeline.runs.standing`).
    """

    workers: int | None = None
    force: bool = False
    prune: bool = False
    since: dt.datetime | None = None
    runner: Literal["processes", "dask"] = "processes"
    scheduler: str | None = None
    yes: bool = False
    cache: str | None = None
    pack: bool = False
    quick: bool = False


@dataclass(frozen=True, slots=True)
class Totals:
    """What a run's inputs come to: their number, their issues, and the issues' rows, quantities by kind and problems."""

    inputs: int
    issues: int
    rows: Mapping[str, int]
    kinds: Mapping[str, int]
    problems: Mapping[str, int]

    @classmethod
    def of(cls, records: Sequence[InputRecord]) -> Totals:
        """The totals of *records*, each issue once."""
        rows: Counter[str] = Counter(dict.fromkeys(DATASETS, 0))
        kinds: Counter[str] = Counter()
        problems: Counter[str] = Counter()
        issues = {record.issue_id: record for record in records if record.status == "done"}
        for record in issues.values():
            rows.update(record.rows)
            kinds.update(record.kinds)
            problems.update(record.problems)
        return cls(len(records), len(issues), dict(rows), dict(kinds), dict(sorted(problems.items())))


@dataclass(frozen=True, slots=True)
class Standing:
    """What the last run that had nothing to do found, and the fingerprint of all that it looked at."""

    fingerprint: str
    totals: Totals
    quarantined: tuple[InputRecord, ...]


@dataclass(slots=True)
class Result:
    """The result of a run: the current records of its inputs, how many were made, which issues were removed.

    A quick run (``Options.quick``) that finds all as the last one left it has no records but ``standing``.
    """

    records: list[InputRecord] = field(default_factory=list)
    made: int = 0
    removed: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    """Files of the store that were not as they had been written, with what was wrong; they were laid aside."""
    lost: list[str] = field(default_factory=list)
    """Issues whose data was damaged and was not made anew, as their source was not among the inputs."""
    drift: list[str] = field(default_factory=list)
    """What this run made far more or far less often than runs before it (:mod:`pipeline.runs.drift`)."""
    confidence: float | None = None
    """The mean confidence of the quantities that this run made."""
    set_aside: int = 0
    """Lines of the ledger that were no records."""
    seconds: float = 0.0
    standing: Standing | None = None

    def totals(self) -> Totals:
        """What its inputs come to, whether made now or before."""
        return self.standing.totals if self.standing else Totals.of(self.records)

    @property
    def quarantined(self) -> list[InputRecord]:
        """The inputs that could not be read."""
        if self.standing:
            return list(self.standing.quarantined)
        return [record for record in self.records if record.status == "quarantined"]
