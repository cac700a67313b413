"""One run from paths to a processed folder: look, plan, run the flow, keep the ledger.

Prefect, Arrow and the language side are imported only when there is something to make.
"""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Literal, Protocol

from pipeline.readers.discovery import Input, absolute, digests, discover, is_there, shown, stamp
from pipeline.runs import plan as planning
from pipeline.runs.outcomes import Done, Outcome
from pipeline.runs.plan import Seen, Task, Versions
from pipeline.storage import at
from pipeline.store import integrity
from pipeline.store.integrity import Damage
from pipeline.store.ledger import InputRecord, Ledger, Locked
from pipeline.store.store import PACKED, SWITCH, Store
from pipeline.store.sums import note
from pipeline.versions import code_version, rules_version
from schemas.ids import issue_id

__all__ = [
    "Engine", "Locked", "Options", "Preview", "PruneRefused", "Report", "Result", "Silent", "preview", "run", "versions",
]  # fmt: skip


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
    the address ``scheduler``, or is made for this run. ``yes`` lets ``prune`` remove however much.
    """

    workers: int | None = None
    force: bool = False
    prune: bool = False
    since: dt.datetime | None = None
    runner: Literal["processes", "dask"] = "processes"
    scheduler: str | None = None
    yes: bool = False


@dataclass(slots=True)
class Result:
    """The result of a run: the current records of its inputs, how many were made, which issues were removed."""

    records: list[InputRecord] = field(default_factory=list)
    made: int = 0
    removed: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)
    """Files of the store that were not as they had been written, with what was wrong; they were laid aside."""
    lost: list[str] = field(default_factory=list)
    """Issues whose data was damaged and was not made anew, as their source was not among the inputs."""
    set_aside: int = 0
    """Lines of the ledger that were no records."""
    seconds: float = 0.0

    @property
    def quarantined(self) -> list[InputRecord]:
        """The inputs that could not be read."""
        return [record for record in self.records if record.status == "quarantined"]


def run(
    paths: Sequence[Path | str],
    output: Path | str,
    options: Options | None = None,
    report: Report | None = None,
    *,
    engine: Engine,
) -> Result:
    """Bring *output* up to date with the inputs below *paths*, by the *engine* (:func:`pipeline.orchestration.prefect_engine`).

    Both may be addresses of an object store (:mod:`pipeline.storage`). Raises :class:`Locked` when another run holds the folder,
    :class:`pipeline.orchestration.flow.StoreError` when it cannot be written to, and
    :class:`pipeline.orchestration.server.ServerError` when Prefect does not answer.
    """
    options, report = options or Options(), report or Silent()
    started = time.monotonic()
    files = at(output)
    with files.lock():
        job = _Job(Store(output), Ledger(files), options, report, engine)
        job.bring_up_to_date([absolute(path) for path in paths])
        job.result.seconds = time.monotonic() - started
        job.note_run(paths)
        return job.result


def preview(paths: Sequence[Path | str], output: Path | str, options: Options | None = None) -> Preview:
    """What :func:`run` would make, replace and remove, and why; nothing is written, no lock is taken."""
    files = at(output)
    job = _Job(Store(output), Ledger(files), options or Options(), Silent(), _nothing)
    return job.preview([absolute(path) for path in paths])


def _nothing(_tasks: Sequence[Task], _store: Store, _count: int, _done: Done) -> None:
    """The engine of a preview, which makes nothing."""


def versions() -> Versions:
    """The current versions."""
    return Versions(code_version(), rules_version())


class _Job:
    def __init__(self, store: Store, ledger: Ledger, options: Options, report: Report, engine: Engine) -> None:
        self._options = options
        self._report = report
        self._engine = engine
        self._store = store
        self._ledger = ledger
        self._versions = versions()
        self.result = Result()

    def bring_up_to_date(self, paths: Sequence[str]) -> None:
        found = discover(paths)
        self._check_pruning(paths, found)
        self._recover()
        damage = self._damage()
        plan = self._plan(found, damage)
        integrity.lay_aside(self._store, damage)
        self._report.planned(len(plan.tasks), len(plan.unchanged))
        self.result.records.extend(plan.unchanged)
        if plan.tasks:
            self._make(plan.tasks)
        for twin, made in plan.twins:
            self._keep(_twin(twin, self._ledger.inputs[made.path]))
        self._clean_up(paths, found)
        self._pack()
        self._tell_damage(damage)
        self._ledger.compact()
        integrity.looked(self._store)

    def preview(self, paths: Sequence[str]) -> Preview:
        """What a run would do; nothing is written."""
        found = discover(paths)
        damage = self._damage()
        plan = self._plan(found, damage)
        gone = planning.gone(self._ledger.inputs.values(), paths, (item.path for item in found))
        made: list[tuple[str, str]] = []
        replaced: list[tuple[str, str]] = []
        for task in plan.tasks:
            before = self._ledger.inputs.get(task.seen.input.path)
            is_replaced = bool(before and before.status == "done" and before.sha256 != task.seen.sha256)
            why = "file changed" if is_replaced else task.why
            (replaced if is_replaced else made).append((task.seen.input.source_path, why))
        removed = tuple(record.source_path for record in gone) if self._options.prune else ()
        return Preview(
            tuple(made),
            tuple(replaced),
            removed,
            len(plan.unchanged) + len(plan.twins),
            tuple(f"{one.name}: {one.why}" for one in damage),
            self._doubts(paths, found),
        )

    def _plan(self, found: Sequence[Input], damage: Sequence[Damage]) -> planning.Plan:
        seen = self._look([item for item in found if self._is_wanted(item)])
        damaged = {issue for one in damage for issue in one.issues}
        return planning.plan(
            seen, self._ledger.inputs, self._store.complete(), self._versions, is_there, self._options.force, damaged
        )

    def _damage(self) -> list[Damage]:
        """The damaged files of issues that no run has begun to write and not finished: those are made anew anyway."""
        begun = self._ledger.begun
        return [one for one in integrity.look(self._store).damage if not begun.intersection(one.issues)]

    def _tell_damage(self, damage: Sequence[Damage]) -> None:
        self.result.damaged.extend(f"{one.name}: {one.why}" for one in damage)
        hurt = {issue for one in damage for issue in one.issues}
        if hurt:
            self.result.lost.extend(sorted(hurt - self._store.complete() - set(self.result.removed)))
        self.result.set_aside = len(self._ledger.set_aside)

    def _check_pruning(self, paths: Sequence[str], found: Sequence[Input]) -> None:
        doubts = () if self._options.yes else self._doubts(paths, found)
        if doubts:
            raise PruneRefused(f"--prune would remove too much: {'; '.join(doubts)}. If that is meant, say --yes too")

    def _doubts(self, paths: Sequence[str], found: Sequence[Input]) -> tuple[str, ...]:
        if not self._options.prune:
            return ()
        asked = planning.pruning(self._ledger.inputs.values(), paths, (item.path for item in found))
        return tuple(shown(one.told()) for one in asked if one.is_doubtful)

    def note_run(self, paths: Iterable[Path | str]) -> None:
        """Write the run itself into the ledger."""
        now = dt.datetime.now(dt.UTC)
        self._ledger.record_run(
            {
                "finished": now.isoformat(timespec="seconds"),
                "seconds": round(self.result.seconds, 3),
                "paths": [str(path) for path in paths],
                "inputs": len(self.result.records),
                "made": self.result.made,
                "quarantined": len(self.result.quarantined),
                "removed": self.result.removed,
                "code_version": self._versions.code,
                "rules_version": self._versions.rules,
            }
        )

    def _is_wanted(self, item: Input) -> bool:
        if self._options.since is None:
            return True
        now = stamp(item)
        return now is None or now.changed_ns is None or now.changed_ns >= self._options.since.timestamp() * 1e9

    def _look(self, items: Sequence[Input]) -> list[Seen]:
        """Only what may have changed since its record is read."""
        seen: list[Seen] = []
        stamps = [stamp(item) for item in items]
        known = [self._ledger.inputs.get(item.path) for item in items]
        same = [
            bool(record and now and now.tells_no_change(record.size, record.changed_ns, record.tag))
            for record, now in zip(known, stamps, strict=True)
        ]
        read = digests([item.path for item, unchanged in zip(items, same, strict=True) if not unchanged])
        for item, now, record, unchanged in zip(items, stamps, known, same, strict=True):
            seen.append(Seen(item, now, record.sha256 if record and unchanged else read[item.path]))
        return seen

    def _make(self, tasks: Sequence[Task]) -> None:
        count = min(self._options.workers or os.cpu_count() or 1, len(tasks))
        self._ledger.begin(issue_id(task.seen.sha256) for task in tasks if task.seen.sha256)
        self._unpack(issue_id(task.seen.sha256) for task in tasks if task.seen.sha256)
        self._engine(self._placed(tasks), self._store, count, self._record)

    def _placed(self, tasks: Sequence[Task]) -> list[Task]:
        """The tasks with where their issues' files stand, so that no worker has to look."""
        stands = self._store.standing({issue_id(task.seen.sha256) for task in tasks if task.seen.sha256})
        return [
            replace(task, stands=tuple(stands[issue_id(task.seen.sha256)])) if task.seen.sha256 else task
            for task in tasks
        ]

    def _record(self, *outcomes: Outcome) -> None:
        records = [pair for outcome in outcomes for pair in self._told(outcome)]
        note(self._store.files, *(outcome.made.sums for outcome in outcomes if outcome.made))
        self._ledger.record(*(record for record, _ in records))
        for record, is_first in records:
            self.result.made += is_first and record.status == "done"
            self.result.records.append(record)
            self._report.finished(record)

    def _told(self, outcome: Outcome) -> Iterator[tuple[InputRecord, bool]]:
        """The records of an outcome, one for each path, the one that names the issue first."""
        first = outcome.task.seen
        made, failure = outcome.made, outcome.failure
        record = InputRecord(
            path=first.input.path,
            source_path=first.input.source_path,
            size=first.stamp.size if first.stamp else 0,
            changed_ns=first.stamp.changed_ns if first.stamp else None,
            sha256=made.sha256 if made else first.sha256,
            status="done" if made else "quarantined",
            code_version=self._versions.code,
            rules_version=self._versions.rules,
            seconds=round(outcome.seconds, 3),
            issue_id=made.issue_id if made else None,
            year=made.year if made else None,
            title=made.title if made else None,
            cause=failure.cause if failure else None,
            reason=failure.reason if failure else None,
            detail=failure.detail if failure else None,
            rows=made.rows if made else {},
            kinds=made.kinds if made else {},
            problems=dict(made.problems) if made else {},
            tag=first.stamp.tag if first.stamp else None,
        )
        yield self._superseding(record), True
        for twin in outcome.task.twins:
            yield self._superseding(_twin(twin, record)), False

    def _superseding(self, record: InputRecord) -> InputRecord:
        """*record*, naming the issues that stood at its path before."""
        before = self._ledger.inputs.get(record.path)
        if before is None:
            return record
        stale = {before.issue_id, *before.superseded} - {record.issue_id, None}
        return replace(record, superseded=tuple(sorted(issue for issue in stale if issue)))

    def _keep(self, record: InputRecord) -> None:
        record = self._superseding(record)
        self._ledger.record(record)
        self.result.records.append(record)
        self._report.finished(record)

    def _clean_up(self, paths: Sequence[str], found: Sequence[Input]) -> None:
        """Remove the rows of replaced contents, of unfinished writes and, when pruning, of files that are gone.

        The records of pruned files go last: a run that is killed before finds them again.
        """
        gone = planning.gone(self._ledger.inputs.values(), paths, (item.path for item in found))
        dropped = {record.path for record in gone} if self._options.prune else set()
        kept = [record for record in self._ledger.inputs.values() if record.path not in dropped]
        self.result.missing.extend(record.source_path for record in gone if record.path not in dropped)
        leftovers = planning.leftovers(self._ledger.inputs.values(), kept, self._ledger.begun)
        self._unpack(leftovers)
        stands = self._store.standing(leftovers) if leftovers else {}
        self.result.removed.extend(issue for issue in leftovers if self._store.remove(issue, stands[issue]))
        self._ledger.forget(*sorted(dropped))
        self._ledger.settle()
        if self._options.prune:
            self._clear_cache()

    def _recover(self) -> None:
        """Complete or undo what a killed run left unfinished."""
        if self._store.files.exists(SWITCH):
            from pipeline.store import packing

            packing.recover(self._store)
        self._store.clear_temporary()

    def _unpack(self, issues: Iterable[str]) -> None:
        parts = self._store.parts()
        wanted = set(issues) if parts else set()
        if any(wanted.intersection(held) for held in parts.values()):
            from pipeline.store import packing

            packing.unpack(self._store, wanted)

    def _pack(self) -> None:
        if self._store.files.exists(PACKED) and (self.result.made or self.result.removed or self._store.singles()):
            from pipeline.store import packing

            packing.pack(self._store)

    def _clear_cache(self) -> None:
        from pipeline.readers import reader_cache

        reader_cache.clear(
            self._store.folder, {record.sha256 for record in self._ledger.inputs.values() if record.sha256}
        )


def _twin(seen: Seen, made: InputRecord) -> InputRecord:
    return replace(
        made,
        path=seen.input.path,
        source_path=seen.input.source_path,
        size=seen.stamp.size if seen.stamp else 0,
        changed_ns=seen.stamp.changed_ns if seen.stamp else None,
        tag=seen.stamp.tag if seen.stamp else None,
        twin_of=made.path,
        superseded=(),
    )
