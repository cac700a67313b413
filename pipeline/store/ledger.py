"""The ledger: the only memory of what was done, in ``_ledger/`` of the output folder.

``inputs.jsonl`` has one line per event, the last one of a path being current; ``runs.jsonl`` one per
run. Lines are appended durably, so that a kill loses at most the line it cuts, which is skipped when
read. The file is rewritten (atomically) when most of its lines are superseded. On an object store each append is
an object of its own beside it (:mod:`pipeline.storage.objects`).

Issues that a run is about to write are noted first (``begun``), so that what a killed run wrote can be
told from what belongs there even when its input has changed or gone by the next run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import MISSING, dataclass, field, fields, replace
from sys import intern
from typing import Any, Final, Literal

from pipeline import storage
from pipeline.storage import Locked
from pipeline.storage.json_lines import lines, parse

__all__ = ["InputRecord", "Ledger", "Locked", "Status", "append_run", "event_of", "holder", "lock", "record_of"]

Status = Literal["done", "quarantined"]
_COMPACT_FROM: Final = 1000
_FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class InputRecord:
    """What became of one input file. ``path`` is absolute (a path or an address) and is the record's key.

    ``twin_of`` is the path whose issue this one's bytes are, where two paths hold the same.
    ``changed_ns`` is ``None`` where the file was too fresh for its time stamp to show a later change; ``tag`` is by what
    an object store tells contents apart by. ``problems`` counts them by category; they themselves are a dataset.
    ``superseded`` names the issues that stood at this path before and are to be removed. ``sidecar`` is the digest of
    what a listing says of the file.
    """

    path: str
    source_path: str
    size: int
    changed_ns: int | None
    sha256: str | None
    status: Status
    code_version: str
    rules_version: str
    seconds: float
    issue_id: str | None = None
    year: int | None = None
    title: str | None = None
    cause: str | None = None
    reason: str | None = None
    detail: str | None = None
    rows: Mapping[str, int] = field(default_factory=dict)
    kinds: Mapping[str, int] = field(default_factory=dict)
    problems: Mapping[str, int] = field(default_factory=dict)
    superseded: tuple[str, ...] = ()
    twin_of: str | None = None
    tag: str | None = None
    sidecar: str | None = None


_NAMES: Final = tuple(item.name for item in fields(InputRecord))
_OPTIONAL: Final = frozenset(
    item.name for item in fields(InputRecord) if item.default is not MISSING or item.default_factory is not MISSING
)
_FIELDS: Final = frozenset(_NAMES)
_KINDS: Final[Mapping[str, Any]] = (
    dict.fromkeys(("path", "source_path", "status"), str)
    | dict.fromkeys(
        ("sha256", "issue_id", "title", "cause", "reason", "detail", "twin_of", "tag", "sidecar"), (str, type(None))
    )
    | {"size": int, "seconds": (int, float), "changed_ns": (int, type(None)), "year": (int, type(None))}
)
_TOLD_OF_A_RUN: Final = {"finished", "made", "quarantined"}
SET_ASIDE: Final = "_ledger/set-aside.jsonl"
_INPUTS: Final = "_ledger/inputs.jsonl"
_RUNS: Final = "_ledger/runs.jsonl"


class Ledger:
    """The ledger of one output folder, read when made."""

    def __init__(self, output: storage.Place) -> None:
        self._files = storage.at(output)
        self.inputs: dict[str, InputRecord] = {}
        self.begun: set[str] = set()
        """Issues that a run began to write, until the store is known to hold nothing but what records name."""
        self.set_aside: list[dict[str, Any]] = []
        """Lines that are JSON but no events of a ledger (something else wrote them, or damaged them)."""
        self._lines = 0
        for event in parse(self._files.journal(_INPUTS)):
            self._lines += 1
            try:
                self._take(event)
            except (AttributeError, KeyError, TypeError, ValueError):
                self.set_aside.append(event)

    def _take(self, event: Mapping[str, Any]) -> None:
        if "forget" in event:
            self.inputs.pop(event["forget"], None)
        elif "begun" in event:
            self.begun.update(map(_text, _list(event["begun"])))
        elif "settled" in event:
            self._settle()
        else:
            record = record_of(event)
            self.inputs[record.path] = record

    def record(self, *records: InputRecord) -> None:
        """Make *records* the current ones of their paths; durable when this returns."""
        self._append(_INPUTS, [event_of(record) for record in records])
        self.inputs.update((record.path, record) for record in records)

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
        if self.begun or any(record.superseded for record in self.inputs.values()):
            self._append(_INPUTS, [{"settled": True}])
            self._settle()

    def _settle(self) -> None:
        self.begun.clear()
        for path, record in self.inputs.items():
            if record.superseded:
                self.inputs[path] = replace(record, superseded=())

    def runs(self) -> list[Mapping[str, Any]]:
        """All runs, oldest first; lines that are none are left out."""
        return [run for run in parse(self._files.journal(_RUNS)) if run.keys() >= _TOLD_OF_A_RUN]

    def compact(self) -> None:
        """Rewrite the inputs without superseded lines, when these have become most of the file, or some are no events.

        Lines that are no events go to a file beside it.
        """
        few = self._lines < max(_COMPACT_FROM, 2 * len(self.inputs))
        if few and not self.set_aside and not self._files.is_scattered(_INPUTS):
            return
        if self.set_aside:
            self._files.append(SET_ASIDE, lines(self.set_aside))
            self.set_aside.clear()
        begun = [{"begun": sorted(self.begun)}] if self.begun else []
        self._files.rewrite(_INPUTS, lines([*begun, *map(event_of, self.inputs.values())]))
        self._lines = len(begun) + len(self.inputs)

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


def event_of(record: InputRecord) -> dict[str, Any]:
    """The fields of a record that differ from their defaults."""
    told = {name: getattr(record, name) for name in _NAMES}
    return {name: value for name, value in told.items() if value or name not in _OPTIONAL} | {"format": _FORMAT}


def record_of(event: Mapping[str, Any]) -> InputRecord:
    """What records have in common is kept once: there may be a million. Raises where *event* is no record."""
    known = {name: value for name, value in event.items() if name in _FIELDS}
    if "superseded" in known:
        known["superseded"] = tuple(map(_text, _list(known["superseded"])))
    if isinstance(known.get("problems"), list):  # as earlier versions wrote them, each in full
        known["problems"] = dict(Counter(str(problem["category"]) for problem in known["problems"]))
    for name in ("rows", "kinds", "problems"):
        if name in known:
            known[name] = {intern(key): int(count) for key, count in known[name].items()}
    for name in ("code_version", "rules_version"):
        known[name] = intern(known[name])
    _check(known)
    return InputRecord(**known)


def _check(known: Mapping[str, Any]) -> None:
    for name, kinds in _KINDS.items():
        if not isinstance(known.get(name), kinds):
            raise TypeError(f"{name} is {known.get(name)!r}")
    if known["status"] not in ("done", "quarantined") or (known["status"] == "done" and not known.get("issue_id")):
        raise ValueError(f"no status: {known['status']}")


def _list(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError(f"no list: {value!r}")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(f"no text: {value!r}")
    return value
