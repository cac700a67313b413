"""The ledger: the only memory of what was done, in ``_ledger/`` of the output folder.

``inputs.jsonl`` has one line per event, the last one of a path being current; ``runs.jsonl`` one per
run. Lines are appended durably, so that a kill loses at most the line it cuts, which is skipped when
read. The file is rewritten (atomically) when most of its lines are superseded. On an object store each append is
an object of its own beside it (:mod:`pipeline.storage.objects`).

Of many records ``inputs.parquet`` is a snapshot (:mod:`pipeline.store.snapshot`), and ``inputs.jsonl`` has what came after.
The snapshot is put in place first; what the journal still holds when a kill comes between brings it to what it is.

Issues that a run is about to write are noted first (``begun``), so that what a killed run wrote can be
told from what belongs there even when its input has changed or gone by the next run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, MutableMapping
from contextlib import AbstractContextManager, suppress
from dataclasses import replace
from typing import Any, Final

from pipeline import storage
from pipeline.storage import Locked
from pipeline.storage.json_lines import lines, parse
from pipeline.store.records import InputRecord, Status, event_of, listed, record_of, told

__all__ = ["InputRecord", "Ledger", "Locked", "Status", "append_run", "event_of", "holder", "lock", "record_of"]

_COMPACT_FROM: Final = 1000
_SNAPSHOT_FROM: Final = 20_000
"""Lines of the journal from which on a snapshot takes them in."""
_SNAPSHOT_SHARE: Final = 20
"""A snapshot is made anew when the journal has one line for so many records."""
_TOLD_OF_A_RUN: Final = {"finished", "made", "quarantined"}
SET_ASIDE: Final = "_ledger/set-aside.jsonl"
SNAPSHOT: Final = "_ledger/inputs.parquet"
_INPUTS: Final = "_ledger/inputs.jsonl"
_RUNS: Final = "_ledger/runs.jsonl"


class Ledger:
    """The ledger of one output folder, read when made."""

    def __init__(self, output: storage.Place) -> None:
        self._files = storage.at(output)
        self.inputs: MutableMapping[str, InputRecord] = {}
        self._changed: Mapping[str, InputRecord | None] = self.inputs
        """The records that the journal tells of, by path; ``None`` for those that it drops from the snapshot."""
        self.begun: set[str] = set()
        """Issues that a run began to write, until the store is known to hold nothing but what records name."""
        self.set_aside: list[dict[str, Any]] = []
        """Lines that are JSON but no events of a ledger (something else wrote them, or damaged them)."""
        self._lines = 0
        with suppress(FileNotFoundError):
            self._stand_on(self._files.read(SNAPSHOT))
        for event in parse(self._files.journal(_INPUTS)):
            self._lines += 1
            try:
                self._take(event)
            except (AttributeError, KeyError, TypeError, ValueError):
                self.set_aside.append(event)

    def _stand_on(self, data: bytes) -> None:
        """Take the records from the snapshot *data*."""
        from pipeline.store.snapshot import Records  # loads Arrow, which small ledgers need not

        records = Records(data)
        self.inputs, self._changed = records, records.changes

    def _take(self, event: Mapping[str, Any]) -> None:
        if "forget" in event:
            self.inputs.pop(event["forget"], None)
        elif "begun" in event:
            self.begun.update(map(told, listed(event["begun"])))
        elif "settled" in event:
            self._settle()
        else:
            record = record_of(event)
            self.inputs[record.path] = record

    def record(self, *records: InputRecord) -> None:
        """Make *records* the current ones of their paths; durable when this returns."""
        self._append(_INPUTS, [event_of(record) for record in records])
        self.inputs.update((record.path, record) for record in records)
        if self._lines >= 2 * self._most_lines():
            self._condense()

    def forget(self, *paths: str) -> None:
        """Drop the records of paths that are gone."""
        self._append(_INPUTS, [{"forget": path} for path in paths])
        for path in paths:
            self.inputs.pop(path, None)

    def begin(self, issues: Iterable[str]) -> None:
        """Record the issues that are about to be written."""
        listed = sorted(set(issues) - self.begun)
        if listed:
            self._append(_INPUTS, [{"begun": listed}])
            self.begun.update(listed)

    def settle(self) -> None:
        """Record that the store holds no rows of replaced contents or of unfinished writes."""
        if self.begun or any(record and record.superseded for record in self._changed.values()):
            self._append(_INPUTS, [{"settled": True}])
            self._settle()

    def _settle(self) -> None:
        self.begun.clear()
        for path, record in list(self._changed.items()):
            if record and record.superseded:
                self.inputs[path] = replace(record, superseded=())

    def runs(self) -> list[Mapping[str, Any]]:
        """All runs, oldest first; lines that are none are left out."""
        return [run for run in parse(self._files.journal(_RUNS)) if run.keys() >= _TOLD_OF_A_RUN]

    def compact(self) -> None:
        """Rewrite the inputs without superseded lines, when these have become most of the file, or some are no events.

        Lines that are no events go to a file beside it.
        """
        if self._lines >= self._most_lines():
            self._condense()
        few = self._lines < max(_COMPACT_FROM, 2 * len(self._changed))
        if few and not self.set_aside and not self._files.is_scattered(_INPUTS):
            return
        if self.set_aside:
            self._files.append(SET_ASIDE, lines(self.set_aside))
            self.set_aside.clear()
        self._rewrite(self._changed)

    def _most_lines(self) -> int:
        return max(_SNAPSHOT_FROM, len(self.inputs) // _SNAPSHOT_SHARE)

    def _condense(self) -> None:
        """Make the snapshot anew from all records; those that supersede others stay in the journal until that is settled."""
        from pipeline.store.snapshot import rows_of, snapshot

        waiting = {path: record for path, record in self._changed.items() if record and record.superseded}
        data = snapshot(rows_of(self.inputs))
        self._files.write(SNAPSHOT, data)
        self._rewrite(waiting)
        self._stand_on(data)
        self.inputs.update(waiting)

    def _rewrite(self, changed: Mapping[str, InputRecord | None]) -> None:
        """Put a journal in place that tells of those *changed* alone."""
        begun = [{"begun": sorted(self.begun)}] if self.begun else []
        events = [event_of(record) if record else {"forget": path} for path, record in changed.items()]
        self._files.rewrite(_INPUTS, lines([*begun, *events]))
        self._lines = len(begun) + len(events)

    def _append(self, name: str, events: list[Mapping[str, Any]]) -> None:
        if events:
            self._files.append(name, lines(events))
        if name == _INPUTS:
            self._lines += len(events)


def append_run(output: storage.Place, run: Mapping[str, Any]) -> None:
    """Record a run: when, of what, with which versions, and how it ended."""
    storage.at(output).append(_RUNS, lines([run]))


def lock(output: storage.Place) -> AbstractContextManager[None]:
    """Hold the output folder for one run; raises :class:`Locked` where another has it."""
    return storage.at(output).lock()


def holder(output: storage.Place) -> str:
    """The run that holds the output folder, or held it last: its process, and a word that no other run has."""
    return storage.at(output).holder()
