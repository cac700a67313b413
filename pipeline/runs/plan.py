"""What a run has to do: the inputs held against the ledger and the store. Pure.

An input is left alone when its bytes, the code and the rules are those of its record, and its data
stands complete in the store. The same bytes at two paths are one issue: it carries the path that it was
first read from while that path holds these bytes, else the first of its paths in sorted order.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from pipeline.readers.discovery import Input, Stamp, is_below
from pipeline.store.ledger import InputRecord

MOST_PRUNED: Final = 0.1
"""A larger share of a path's files does not go without being asked for."""


@dataclass(frozen=True, slots=True)
class Seen:
    """An input as it lies on the disk now; ``sha256`` and ``stamp`` are ``None`` where it cannot be read."""

    input: Input
    stamp: Stamp | None
    sha256: str | None
    sidecar: str | None = None
    """Digest of what a listing says of it."""


@dataclass(frozen=True, slots=True)
class Task:
    """One issue to make, or input to try, with the further paths that hold the same bytes.

    ``stands`` names the years' folders in which files of the issue stand now; ``None`` where nobody looked.
    """

    seen: Seen
    why: str
    twins: tuple[Seen, ...] = ()
    stands: tuple[str, ...] | None = None
    cache: str | None = None
    """Where the readers' cache lies, if not beside the data."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What to do: the tasks, the inputs that only need a record, and the records that need nothing.

    ``moved`` are inputs that a record names at a path where they no longer stand: their folder was moved or mounted
    elsewhere. ``left`` are the paths that such files left behind.
    """

    tasks: tuple[Task, ...]
    twins: tuple[tuple[Seen, InputRecord], ...]
    unchanged: tuple[InputRecord, ...]
    moved: tuple[tuple[Seen, InputRecord], ...] = ()
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Versions:
    """The versions that decide the output."""

    code: str
    rules: str


def plan(
    inputs: Sequence[Seen],
    records: Mapping[str, InputRecord],
    complete: set[str],
    versions: Versions,
    is_there: Callable[[str], bool],
    force: bool = False,
    damaged: Collection[str] = (),
) -> Plan:
    """What a run over *inputs* has to do.

    *complete* holds the issues whose files all stand in the store, *damaged* those of which one is not as it was
    written; *is_there* says whether a path that is not among the inputs still exists.
    """
    digests = {seen.input.path: seen.sha256 for seen in inputs}
    came_from = _came_from(inputs, records, is_there)
    carriers = {
        record.sha256: replace(record, path=path)
        for path, record in came_from.items()
        if record.sha256 and record.twin_of is None
    } | {
        record.sha256: record
        for record in records.values()
        if record.twin_of is None
        and record.sha256
        and (digests[record.path] == record.sha256 if record.path in digests else is_there(record.path))
    }
    groups: dict[str, list[Seen]] = {}
    for seen in inputs:
        groups.setdefault(seen.sha256 or seen.input.path, []).append(seen)
    tasks: list[Task] = []
    twins: list[tuple[Seen, InputRecord]] = []
    unchanged: list[InputRecord] = []
    moved: list[tuple[Seen, InputRecord]] = []
    for group in groups.values():
        made = carriers.get(group[0].sha256) if group[0].sha256 else _unread(group[0], records)
        why = "forced" if force else _why(group[0], made, complete, versions, damaged)
        if why is None and made is not None and _listed(group, made) != made.sidecar:
            why = "listing changed"
        if why or made is None:
            first = next((seen for seen in group if made and seen.input.path == made.path), group[0])
            tasks.append(Task(first, why or "new", tuple(seen for seen in group if seen is not first)))
            continue
        for seen in group:
            path = seen.input.path
            record, old = records.get(path), came_from.get(path)
            if record is not None and record.sha256 == seen.sha256 and record.status == made.status:
                unchanged.append(record)
            elif old is not None and path == made.path:
                moved.append((seen, old))
            else:
                twins.append((seen, made))
    left = tuple(old.path for old in came_from.values())
    return Plan(tuple(tasks), tuple(twins), tuple(unchanged), tuple(moved), left)


def _came_from(
    inputs: Sequence[Seen], records: Mapping[str, InputRecord], is_there: Callable[[str], bool]
) -> dict[str, InputRecord]:
    """The records of files that stand elsewhere now, by their new paths: the same bytes under the same name below the root."""
    here = {seen.input.path for seen in inputs}
    new = {(seen.input.source_path, seen.sha256): seen for seen in inputs if seen.input.path not in records}
    if not new:
        return {}
    found: dict[str, InputRecord] = {}
    for path, record in records.items():
        seen = new.get((record.source_path, record.sha256))
        if seen is not None and path not in here and record.sha256 and not is_there(path):
            found.setdefault(seen.input.path, record)
    return found


def _listed(group: Sequence[Seen], made: InputRecord) -> str | None:
    """What the listing says of the input that carries the issue of *made*; as it is, where that is not looked at."""
    return next((seen.sidecar for seen in group if seen.input.path == made.path), made.sidecar)


def gone(records: Iterable[InputRecord], paths: Iterable[str], present: Iterable[str]) -> list[InputRecord]:
    """The records of files below *paths* (absolute) that are no longer there; *present* are those that are."""
    here = set(present)
    roots = list(paths)
    return [
        record for record in records if record.path not in here and any(is_below(record.path, root) for root in roots)
    ]


@dataclass(frozen=True, slots=True)
class Pruning:
    """What pruning below one path would do: how many of its records are of files that are gone."""

    root: str
    gone: int
    known: int
    found: int
    """Inputs that stand there now."""

    @property
    def is_doubtful(self) -> bool:
        """Whether it looks like a folder that is empty or not mounted, and not like files taken away on purpose."""
        return self.gone > 0 and (not self.found or self.gone > MOST_PRUNED * self.known)

    def told(self) -> str:
        """In a line, for people."""
        now = f"{self.found} files stand there now" if self.found else "no file stands there now"
        return f"{self.gone} of {self.known} known files below {self.root} are gone, {now}"


def pruning(records: Iterable[InputRecord], paths: Iterable[str], present: Iterable[str]) -> list[Pruning]:
    """What pruning would do below each of *paths* (absolute); *present* are the inputs that are there."""
    here, known = list(present), list(records)
    found: list[Pruning] = []
    for root in paths:
        below = [record.path for record in known if is_below(record.path, root)]
        there = {path for path in here if is_below(path, root)}
        found.append(Pruning(root, sum(path not in there for path in below), len(below), len(there)))
    return found


def leftovers(records: Iterable[InputRecord], kept: Iterable[InputRecord], begun: Iterable[str]) -> list[str]:
    """Issues that are in the way: superseded, *begun* in vain, or of records that are not *kept*, in order."""
    everything = [issue for record in records for issue in (record.issue_id, *record.superseded) if issue]
    named = {record.issue_id for record in kept if record.status == "done"}
    return sorted({*everything, *begun} - named)


def staleness(record: InputRecord, complete: set[str], versions: Versions, damaged: Collection[str] = ()) -> str | None:
    """The reason to make the issue of *record* again; ``None`` where it is up to date."""
    if record.code_version != versions.code or record.rules_version != versions.rules:
        return "rules changed" if record.rules_version != versions.rules else "code changed"
    if record.status == "done" and record.issue_id in damaged:
        return "data damaged"
    if record.status == "done" and record.issue_id not in complete:
        return "data missing"
    return None


def _unread(seen: Seen, records: Mapping[str, InputRecord]) -> InputRecord | None:
    """The record of a file that could not be opened before and still cannot."""
    record = records.get(seen.input.path)
    return record if record is not None and record.sha256 is None else None


def _why(
    seen: Seen, made: InputRecord | None, complete: set[str], versions: Versions, damaged: Collection[str]
) -> str | None:
    return "new" if made is None else staleness(made, complete, versions, damaged)
