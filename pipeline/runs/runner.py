"""One run from paths to a processed folder: look, plan, run the flow, keep the ledger.

Prefect, Arrow and the language side are imported only when there is something to make.
"""

from __future__ import annotations

import datetime as dt
import os
import time
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from pipeline.readers import sidecar
from pipeline.readers.discovery import Input, absolute, digests, discover, is_there, shown, stamp
from pipeline.runs import plan as planning
from pipeline.runs import standing
from pipeline.runs.drift import Tally
from pipeline.runs.outcomes import Done, Outcome
from pipeline.runs.plan import Seen, Task, Versions
from pipeline.runs.recording import as_twin, moved, records_of, superseding
from pipeline.runs.result import Engine, Options, Preview, PruneRefused, Report, Result, Silent
from pipeline.storage import at
from pipeline.store import integrity
from pipeline.store.integrity import Damage
from pipeline.store.ledger import InputRecord, Ledger, Locked, append_run
from pipeline.store.store import PACKED, SWITCH, Store
from pipeline.store.sums import note
from pipeline.versions import code_version, rules_version
from schemas.ids import issue_id

__all__ = [
    "Engine", "Locked", "Options", "Preview", "PruneRefused", "Report", "Result", "Silent", "preview", "run", "versions",
]  # fmt: skip


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
        whole = [absolute(path) for path in paths]
        before = standing.fingerprint(whole, files, options, versions()) if options.quick else None
        found = standing.read(files, before)
        if found is not None:
            report.planned(0, found.totals().inputs)
            found.seconds = time.monotonic() - started
            append_run(files, _told(found, paths, versions()))
            return found
        job = _Job(Store(output), Ledger(files), options, report, engine)
        job.bring_up_to_date(whole)
        job.result.seconds = time.monotonic() - started
        job.note_run(paths)
        standing.note(files, before, job.result)
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


def _told(result: Result, paths: Iterable[Path | str], made_by: Versions) -> dict[str, Any]:
    """What the ledger keeps of a run."""
    return {
        "finished": dt.datetime.now(dt.UTC).isoformat(timespec="seconds"),
        "seconds": round(result.seconds, 3),
        "paths": [str(path) for path in paths],
        "inputs": result.totals().inputs,
        "made": result.made,
        "quarantined": len(result.quarantined),
        "removed": result.removed,
        "code_version": made_by.code,
        "rules_version": made_by.rules,
    }


_MANY_SINGLES: Final = 256
"""Issues with files of their own, from which on those of a schedule are packed."""


class _Job:
    def __init__(self, store: Store, ledger: Ledger, options: Options, report: Report, engine: Engine) -> None:
        self._options = options
        self._report = report
        self._engine = engine
        self._store = store
        self._ledger = ledger
        self._versions = versions()
        self._tally = Tally()
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
        for seen, old in plan.moved:
            self._keep(moved(seen, old))
        for twin, made in plan.twins:
            self._keep(as_twin(twin, self._ledger.inputs[made.path]))
        if plan.left:
            self._ledger.forget(*plan.left)
        self._clean_up(paths, found)
        self._pack()
        self._tell_damage(damage)
        self.result.drift.extend(self._tally.drift(self._ledger.runs()) if self.result.made else ())
        self.result.confidence = self._tally.mean_confidence()
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
            len(plan.unchanged) + len(plan.twins) + len(plan.moved),
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
        append_run(self._store.files, _told(self.result, paths, self._versions) | self._tally.told())

    def _is_wanted(self, item: Input) -> bool:
        if self._options.since is None:
            return True
        now = stamp(item)
        return now is None or now.changed_ns is None or now.changed_ns >= self._options.since.timestamp() * 1e9

    def _look(self, items: Sequence[Input]) -> list[Seen]:
        """Only what may have changed since its record is read."""
        seen: list[Seen] = []
        stamps = [stamp(item) for item in items]
        elsewhere = self._named_alike(items)
        known = [self._ledger.inputs.get(item.path) or elsewhere.get(item.source_path) for item in items]
        same = [
            bool(record and now and now.tells_no_change(record.size, record.changed_ns, record.tag))
            for record, now in zip(known, stamps, strict=True)
        ]
        read = digests([item.path for item, unchanged in zip(items, same, strict=True) if not unchanged])
        for item, now, record, unchanged in zip(items, stamps, known, same, strict=True):
            if record and unchanged:
                seen.append(Seen(item, now, record.sha256, record.sidecar))
            else:
                listed = sidecar.read(item.path).sha256 if item.has_sidecar else None
                seen.append(Seen(item, now, read[item.path], listed))
        return seen

    def _named_alike(self, items: Sequence[Input]) -> dict[str, InputRecord]:
        """The records by their names below the root, where an input has none by its path: its folder may have moved."""
        if all(item.path in self._ledger.inputs for item in items):
            return {}
        return {record.source_path: record for record in self._ledger.inputs.values()}

    def _make(self, tasks: Sequence[Task]) -> None:
        count = min(self._options.workers or os.cpu_count() or 1, len(tasks))
        self._ledger.begin(issue_id(task.seen.sha256) for task in tasks if task.seen.sha256)
        self._unpack(issue_id(task.seen.sha256) for task in tasks if task.seen.sha256)
        self._engine(self._placed(tasks), self._store, count, self._record)

    def _placed(self, tasks: Sequence[Task]) -> list[Task]:
        """The tasks with where their issues' files stand, so that no worker has to look."""
        stands = self._store.standing({issue_id(task.seen.sha256) for task in tasks if task.seen.sha256})
        return [
            replace(
                task,
                stands=tuple(stands[issue_id(task.seen.sha256)]) if task.seen.sha256 else None,
                cache=self._options.cache,
            )
            for task in tasks
        ]

    def _record(self, *outcomes: Outcome) -> None:
        records = [pair for outcome in outcomes for pair in records_of(outcome, self._versions, self._ledger.inputs)]
        self._tally.add(*outcomes)
        note(self._store.files, *(outcome.made.sums for outcome in outcomes if outcome.made))
        self._ledger.record(*(record for record, _ in records))
        for record, is_first in records:
            self.result.made += is_first and record.status == "done"
            self.result.records.append(record)
            self._report.finished(record)

    def _keep(self, record: InputRecord) -> None:
        record = superseding(record, self._ledger.inputs)
        self._ledger.record(record)
        self.result.records.append(record)
        self._report.finished(record)

    def _clean_up(self, paths: Sequence[str], found: Sequence[Input]) -> None:
        """Remove the rows of replaced contents, of unfinished writes and, when pruning, of files that are gone.

        The records of pruned files go last: a run that is killed before finds them again.
        """
        gone = planning.gone(self._ledger.inputs.values(), paths, (item.path for item in found))
        dropped = {record.path for record in gone} if self._options.prune else set()
        kept = (record for record in self._ledger.inputs.values() if record.path not in dropped)
        self.result.missing.extend(record.source_path for record in gone if record.path not in dropped)
        leftovers = planning.leftovers(self._ledger.inputs.values(), kept, self._ledger.begun)
        self._unpack(leftovers)
        stands = self._store.standing(leftovers) if leftovers else {}
        self.result.removed.extend(issue for issue in leftovers if self._store.remove(issue, stands[issue]))
        self._ledger.forget(*sorted(dropped))
        self._ledger.settle()
        if self._options.prune and self._options.cache is None:  # others may use what this folder does not
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
        if self._is_to_be_packed():
            from pipeline.store import packing

            packing.pack(self._store)

    def _is_to_be_packed(self) -> bool:
        if self._store.files.exists(PACKED):
            return bool(self.result.made or self.result.removed or self._store.singles())
        return self._options.pack and sum(map(len, self._store.singles().values())) >= _MANY_SINGLES

    def _clear_cache(self) -> None:
        from pipeline.readers import reader_cache

        reader_cache.clear(
            self._store.folder, {record.sha256 for record in self._ledger.inputs.values() if record.sha256}
        )
