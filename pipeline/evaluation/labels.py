"""Labels: what a reader found at a span, and the checks that one must pass, each with a message of its own.

A label is one JSON object: ``t`` says of which dataset (``q`` quantity, ``p`` person, ``a`` agency; of all others the
letter in their ids: ``x`` citation, ``m`` milestone, ``c`` clause, ``g`` the owners of a target), ``start``, ``end`` and
``text`` where, the rest what.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from schemas.datasets import DATASETS


class GoldError(ValueError):
    """A label file does not say what it must say."""


@dataclass(frozen=True, slots=True)
class QuantityLabel:
    """One measured quantity; ``low`` and ``high`` in the unit without its scale, as in the dataset.

    ``stated`` names the columns of the second edition that the label gives (metric, subject …): only these are judged.
    ``alternatives`` are other wordings of the metric.
    """

    start: int
    end: int
    low: float
    high: float
    unit: str
    comparator: str
    kind: str
    indicator: str
    deadline: str | None
    stretch: bool
    metric: str | None = None
    subject: str | None = None
    transformation: str | None = None
    direction: str | None = None
    time_period: str | None = None
    alternatives: tuple[str, ...] = ()
    stated: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PersonLabel:
    """One printed mention of a named person."""

    start: int
    end: int
    name: str
    role: str | None


@dataclass(frozen=True, slots=True)
class AgencyLabel:
    """One printed agency with its duty."""

    start: int
    end: int
    agency: str
    duty: str


@dataclass(frozen=True, slots=True)
class RowLabel:
    """One row of any other dataset: the columns that the label gives."""

    dataset: str
    start: int
    end: int
    stated: Mapping[str, Any] = field(hash=False)


Label = QuantityLabel | PersonLabel | AgencyLabel | RowLabel

SECOND_EDITION: Final = ("metric", "subject", "transformation", "direction", "time_period")
_LETTERS: Final[Mapping[str, str]] = {"q": "quantities", "p": "officials", "a": "responsibilities"}
_KEYS: Final[Mapping[str, frozenset[str]]] = {
    "q": frozenset({"low", "high", "unit", "cmp", "kind", "indicator", "deadline", "stretch", "alternatives", *SECOND_EDITION}),
    "p": frozenset({"name", "role", "org", "position"}),
    "a": frozenset({"agency", "duty"}),
}  # fmt: skip
_SHARED: Final = frozenset({"t", "start", "end", "text"})
_OPTIONAL: Final = frozenset({"deadline", "stretch", "org", "position", "alternatives", *SECOND_EDITION})
_COLUMNS: Final[Mapping[str, str]] = {"cmp": "comparator"}
"""Keys of a label whose column is called otherwise."""
_DATE: Final = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def dataset_of_letter(letter: object) -> str | None:
    """The dataset that a label's ``t`` stands for; ``None`` where no labels are made of it."""
    known = dict(_LETTERS) | {
        str(one.letter): one.name for one in DATASETS.values() if one.judged and one.name not in _LETTERS.values()
    }
    return known.get(letter) if isinstance(letter, str) else None


def letter_of(dataset: str) -> str:
    """What a label of *dataset* has as its ``t``."""
    return next((key for key, name in _LETTERS.items() if name == dataset), None) or str(DATASETS[dataset].letter)


def dataset_of(label: Label) -> str:
    """The dataset whose rows *label* judges."""
    if isinstance(label, RowLabel):
        return label.dataset
    return {QuantityLabel: "quantities", PersonLabel: "officials", AgencyLabel: "responsibilities"}[type(label)]


def label_of(record: Mapping[str, Any], text: str, where: str) -> Label:
    """The label that *record* says of *text*; raises :class:`GoldError`, beginning with *where*, on any flaw."""
    letter = record.get("t")
    dataset = dataset_of_letter(letter)
    if dataset is None:
        raise GoldError(f"{where}: t is q, p or a, or the letter of another judged dataset, not {letter!r}")
    keys = _KEYS.get(str(letter), frozenset(DATASETS[dataset].judged))
    optional = _OPTIONAL if letter in _KEYS else keys
    unknown = record.keys() - keys - _SHARED
    missing = (keys | _SHARED) - record.keys() - optional
    if unknown or missing:
        raise GoldError(f"{where}: unknown keys {sorted(unknown)}, missing keys {sorted(missing)}")
    start, end = int(record["start"]), int(record["end"])
    if text[start:end] != record["text"] or start >= end:
        raise GoldError(f"{where}: {text[start:end]!r} stands at its offsets, not {record['text']!r}")
    for key in sorted(keys & record.keys()):
        _check(dataset, key, record[key], where)
    if letter == "q" and float(record["low"]) > float(record["high"]):
        raise GoldError(f"{where}: low {record['low']} is greater than high {record['high']}")
    return _made(dataset, record, start, end)


def _made(dataset: str, record: Mapping[str, Any], start: int, end: int) -> Label:
    if dataset == "responsibilities":
        return AgencyLabel(start, end, record["agency"], record["duty"])
    if dataset == "officials":
        return PersonLabel(start, end, record["name"], record["role"])
    if dataset != "quantities":
        return RowLabel(dataset, start, end, {key: record[key] for key in DATASETS[dataset].judged if key in record})
    return QuantityLabel(
        start,
        end,
        float(record["low"]),
        float(record["high"]),
        record["unit"] or "",
        record["cmp"],
        record["kind"],
        record["indicator"],
        record.get("deadline"),
        bool(record.get("stretch")),
        **{key: record.get(key) for key in SECOND_EDITION},
        alternatives=tuple(record.get("alternatives") or ()),
        stated=frozenset(key for key in SECOND_EDITION if key in record),
    )


def _check(dataset: str, key: str, value: Any, where: str) -> None:
    """Raise where *value* is none that the column of *key* may have."""
    column = next((one for one in DATASETS[dataset].fields() if one.name == _COLUMNS.get(key, key)), None)
    allowed = column.values if column is not None else ()
    if allowed and value is not None and value not in allowed:
        raise GoldError(f"{where}: {key} is one of {', '.join(allowed)}, not {value!r}")
    if allowed and value is None and key not in _OPTIONAL and dataset == "quantities":
        raise GoldError(f"{where}: {key} is one of {', '.join(allowed)}, not empty")
    reason = _REASONS.get(key, lambda _: None)(value)
    if reason is not None:
        raise GoldError(f"{where}: {key} {reason}, not {value!r}")


def _partial_date(value: Any) -> str | None:
    fits = value is None or (isinstance(value, str) and _DATE.fullmatch(value))
    return None if fits else "is YYYY, YYYY-MM, YYYY-MM-DD or null"


def _period(value: Any) -> str | None:
    ends = value.split("/") if isinstance(value, str) else ["" if value is not None else "2000"]
    fits = len(ends) <= 2 and all(_DATE.fullmatch(end) for end in ends)
    return None if fits else "is a partial date, two with / between, or null"


def _number(value: Any) -> str | None:
    return None if isinstance(value, int | float) and not isinstance(value, bool) else "is a number"


def _words(value: Any) -> str | None:
    return None if isinstance(value, str) and value.strip() else "is a text that says something"


def _flag(value: Any) -> str | None:
    return None if isinstance(value, bool) else "is true or false"


_REASONS: Final[Mapping[str, Callable[[Any], str | None]]] = {
    "deadline": _partial_date,
    "time_period": _period,
    "low": _number,
    "high": _number,
    "indicator": _words,
    "name": _words,
    "agency": _words,
    "stretch": _flag,
}


def identity(label: Label) -> tuple[object, ...]:
    """What two labels of a set may not share: span and dataset; of people and agencies the name as well."""
    if isinstance(label, PersonLabel):
        return "officials", label.start, label.end, label.name
    if isinstance(label, AgencyLabel):
        return "responsibilities", label.start, label.end, label.agency, label.duty
    return dataset_of(label), label.start, label.end
