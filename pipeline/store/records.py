"""The records of a ledger: what became of one input, as a frozen record and as the event that a journal holds."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields
from sys import intern
from typing import Any, Final, Literal

Status = Literal["done", "quarantined"]
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


def event_of(record: InputRecord) -> dict[str, Any]:
    """The fields of a record that differ from their defaults."""
    whole = {name: getattr(record, name) for name in _NAMES}
    return {name: value for name, value in whole.items() if value or name not in _OPTIONAL} | {"format": _FORMAT}


def record_of(event: Mapping[str, Any]) -> InputRecord:
    """What records have in common is kept once: there may be a million. Raises where *event* is no record."""
    known = {name: value for name, value in event.items() if name in _FIELDS}
    if "superseded" in known:
        known["superseded"] = tuple(map(told, listed(known["superseded"])))
    if isinstance(known.get("problems"), list):  # as earlier versions wrote them, each in full
        known["problems"] = dict(Counter(str(problem["category"]) for problem in known["problems"]))
    for name in ("rows", "kinds", "problems"):
        if name in known:
            known[name] = {intern(key): int(count) for key, count in known[name].items()}
    for name in ("code_version", "rules_version"):
        known[name] = intern(known[name])
    _check(known)
    return InputRecord(**known)


def record_of_own(event: dict[str, Any]) -> InputRecord:
    """The record of an *event* that :func:`event_of` made and nobody changed: what :func:`record_of` makes of it."""
    if event.pop("format", None) != _FORMAT or not event.keys() <= _FIELDS:
        return record_of(event)
    if "superseded" in event:
        event["superseded"] = tuple(event["superseded"])
    for name in ("code_version", "rules_version"):
        event[name] = intern(event[name])
    return InputRecord(**event)


def _check(known: Mapping[str, Any]) -> None:
    for name, kinds in _KINDS.items():
        if not isinstance(known.get(name), kinds):
            raise TypeError(f"{name} is {known.get(name)!r}")
    if known["status"] not in ("done", "quarantined") or (known["status"] == "done" and not known.get("issue_id")):
        raise ValueError(f"no status: {known['status']}")


def listed(value: Any) -> list[Any]:
    """*value*, which has to be a list."""
    if not isinstance(value, list):
        raise TypeError(f"no list: {value!r}")
    return value


def told(value: Any) -> str:
    """*value*, which has to be a text."""
    if not isinstance(value, str):
        raise TypeError(f"no text: {value!r}")
    return value
