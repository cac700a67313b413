"""What the ledger keeps of an outcome: a record for each path. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from pipeline.runs.outcomes import Outcome
from pipeline.runs.plan import Seen, Versions
from pipeline.store.ledger import InputRecord


def records_of(
    outcome: Outcome, versions: Versions, before: Mapping[str, InputRecord]
) -> Iterator[tuple[InputRecord, bool]]:
    """The records of an outcome, one for each path, the one that names the issue first; *before* are those in force."""
    first = outcome.task.seen
    made, failure = outcome.made, outcome.failure
    record = InputRecord(
        path=first.input.path,
        source_path=first.input.source_path,
        size=first.stamp.size if first.stamp else 0,
        changed_ns=first.stamp.changed_ns if first.stamp else None,
        sha256=made.sha256 if made else first.sha256,
        status="done" if made else "quarantined",
        code_version=versions.code,
        rules_version=versions.rules,
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
        sidecar=first.sidecar,
    )
    yield superseding(record, before), True
    for twin in outcome.task.twins:
        yield superseding(as_twin(twin, record), before), False


def superseding(record: InputRecord, before: Mapping[str, InputRecord]) -> InputRecord:
    """*record*, naming the issues that stood at its path before."""
    old = before.get(record.path)
    if old is None:
        return record
    stale = {old.issue_id, *old.superseded} - {record.issue_id, None}
    return replace(record, superseded=tuple(sorted(issue for issue in stale if issue)))


def moved(seen: Seen, old: InputRecord) -> InputRecord:
    """The record *old* of a file that stands elsewhere now."""
    return replace(as_twin(seen, old), twin_of=None)


def as_twin(seen: Seen, made: InputRecord) -> InputRecord:
    """The record of another path that holds the bytes of *made*."""
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
