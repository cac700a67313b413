"""The panel: what was planned for a place and period beside what was reported of it."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Final, NamedTuple

import pandas as pd

from extractors.quantities.frames.pace import is_yearly
from extractors.quantities.frames.vocabulary import indicator_of, vocabulary
from pipeline.analysis.conflicts import interval, needing
from pipeline.analysis.loading import Editions, flattened, joined, select
from pipeline.analysis.wordings import deed_of, likeness

Row = Mapping[str, Any]


class Key(NamedTuple):
    """What a value is of; a target and a fact of one key meet."""

    place: str | None
    subject: str | None
    metric: str
    transformation: str
    time_period: str
    unit: str
    yearly: bool
    """An average a year (年均增长6%), which the growth of all the years is not."""


_NEEDED: Final = (
    "subject", "metric", "metric_key", "transformation", "unit_std", "obs_low", "obs_high", "obs_comparator",
)  # fmt: skip
COLUMNS: Final = (
    "place", "place_code", "subject", "metric", "metric_key", "metric_code", "transformation", "time_period", "unit", "yearly",
    "target_low", "target_high", "target_comparator", "target_text", "stretch", "outcome_low", "outcome_high", "outcome_comparator", "outcome_text",
    "difference", "reached", "status", "nearest", "target_id", "target_issue", "outcome_id", "outcome_issue",
)  # fmt: skip
MET, UNMET, UNPLANNED = "met", "unmet", "unplanned"
"""A target with its outcome; a target of which nothing is reported; an outcome for which no target was set."""


def panel(
    processed: str | Path = "processed",
    editions: Editions = "one",
    *,
    as_of: str | dt.date | None = None,
    metric: str | Iterable[str] | None = None,
    unplanned: bool = False,
) -> pd.DataFrame:
    """One row a place, subject, metric, transformation and period: the target, and the fact that reports its outcome.

    ``status`` is ``met`` where both stand side by side and ``unmet`` where nothing is reported; then ``nearest`` names
    the fact that comes nearest and what keeps it apart. With *unplanned*, facts that no target was set for join as
    ``unplanned``. *metric* keeps the rows whose ``metric_code``, ``metric_key`` or ``metric`` is (one of) the given; a
    wording of the vocabulary (GDP) asks for its code.

    ``difference`` is the outcome less the target's nearest bound, in the standard unit (0 within its range);
    ``reached`` says whether the outcome lies within what the target allows. Of several printings the first counts, of a
    firm value and what is striven for beyond it (力争) the firm one; ``stretch`` says that a target is only striven for.
    Raises :class:`ValueError` for a folder whose rows lack the columns that say what a value measures, and for a metric
    that neither the vocabulary nor a row names.
    """
    chosen = select(processed, editions, as_of)
    table = needing(flattened(chosen, "quantities"), _NEEDED)
    sections = {"section_role": "section_role", "section_period": "section_period"}
    rows = joined(table, chosen.table("clauses"), "clause_id", sections).to_pylist()
    if metric is not None:
        wanted = _asked(metric, rows)
        rows = [row for row in rows if wanted & _names(row)]
    return panel_of(rows, unplanned=unplanned)


def _names(row: Row) -> set[str]:
    """What a metric can be asked by."""
    return {name for name in (row.get("metric_code"), row["metric_key"], row["metric"]) if name}


def _asked(metric: str | Iterable[str], rows: Sequence[Row]) -> set[str]:
    """The names that *metric* asks for, with the codes of those that are wordings of the vocabulary.

    Raises :class:`ValueError` where one of them is none of the vocabulary's and no metric of *rows*.
    """
    wanted = {metric} if isinstance(metric, str) else set(metric)
    codes = {name: found.code for name in wanted if (found := indicator_of(name, "", "share")) is not None}
    names = set(vocabulary()).union(codes, *map(_names, rows))
    for name in sorted(wanted - names):
        near = ", ".join(get_close_matches(name, sorted(names), n=3)) or "see pipeline.vocabulary()"
        raise ValueError(f"no metric is named {name!r} here; nearest: {near}")
    return wanted.union(codes.values())


def panel_of(rows: Sequence[Row], *, unplanned: bool = False) -> pd.DataFrame:
    """The panel of *rows* (of ``quantities``, flat, in the order in which they count); see :func:`panel`."""
    firm, striven = (
        _first_printings(row for row in rows if row["kind"] == "target" and bool(row["stretch"]) is stretch)
        for stretch in (False, True)
    )
    targets = {**striven, **firm}
    outcomes = _first_printings(row for row in rows if row["kind"] == "fact")
    made = sorted(_joined(targets, outcomes, unplanned), key=_order)
    return pd.DataFrame(made, columns=list(COLUMNS))


def _order(row: Row) -> tuple[str, ...]:
    names = ("place_code", "place", "subject", "metric_key", "transformation", "time_period", "unit", "yearly")
    return tuple(str(row[name] or "") for name in names)


def _first_printings(rows: Iterable[Row]) -> dict[Key, Row]:
    found: dict[Key, Row] = {}
    for row in rows:
        period = period_of(row)
        if period:
            found.setdefault(_key(row, period), row)
    return found


def _key(row: Row, period: str) -> Key:
    place = row.get("place_code") or row.get("place")
    metric = row.get("metric_code") or row["metric_key"]
    yearly = is_yearly(row["transformation"], row.get("per"), row["sentence"], row.get("text"))
    return Key(place, row["subject"], metric, row["transformation"], period, row["unit_std"], yearly)


def period_of(row: Row) -> str | None:
    """The period that a value is of: the column; where it is empty, the target's deadline, the period of the part of
    the report, or the year that the document plans or looks back on."""
    if row.get("time_period"):
        return str(row["time_period"])
    target = row["kind"] == "target"
    year = row.get("plan_year") if target else row.get("report_year")
    role = row.get("section_role")
    section = row.get("section_period") if (role == "review") is not target else None
    stated = str(row["deadline"])[:4] if target and row["deadline"] else None
    return stated or section or (str(year) if year else None)


def _joined(targets: Mapping[Key, Row], outcomes: Mapping[Key, Row], unplanned: bool) -> Iterator[dict[str, Any]]:
    deeds = _by_deed(outcomes)
    wanted = _by_deed(targets)
    by_metric, by_unit = _grouped(outcomes, _of_metric), _grouped(outcomes, _of_unit)
    used: set[Key] = set()
    for key, target in targets.items():
        found = next((one for one in (key, *_year_ends(key)) if one in outcomes), None)
        if found is None and (deed := _deed(key, target)) and len(deeds[deed]) == len(wanted[deed]) == 1:
            found = deeds[deed][0]
        outcome = outcomes[found] if found else None
        used |= {found} if found else set()
        near = by_metric[_of_metric(key)] or [one for one in by_unit[_of_unit(key)] if _alike(key, one) >= _ALIKE]
        yield _row(key, target, outcome, None if outcome is not None else _nearest(key, near, outcomes))
    if unplanned:
        for key, outcome in outcomes.items():
            if key not in used:
                yield _row(key, None, outcome, None)


def _grouped(keys: Iterable[Key], by: Callable[[Key], Hashable]) -> dict[Hashable, list[Key]]:
    groups: dict[Hashable, list[Key]] = defaultdict(list)
    for key in keys:
        groups[by(key)].append(key)
    return groups


def _of_metric(key: Key) -> Hashable:
    return key.metric


def _of_unit(key: Key) -> Hashable:
    return key.place, key.transformation, key.unit


def _deed(key: Key, row: Row) -> Key | None:
    """*key* with the deed for the metric, where *row* counts one."""
    deed = deed_of(row["metric"])
    return key._replace(metric=deed) if deed else None


def _by_deed(rows: Mapping[Key, Row]) -> dict[Key, list[Key]]:
    """The keys of *rows* by their deed: where a deed has more than one, its wordings tell things apart."""
    groups: dict[Key, list[Key]] = defaultdict(list)
    for key, row in rows.items():
        if deed := _deed(key, row):
            groups[deed].append(key)
    return groups


_ALIKE: Final = 0.5
"""From which likeness on another metric may be the one that was meant."""


def _alike(one: Key, other: Key) -> float:
    return likeness(one.metric, other.metric)


def _year_ends(key: Key) -> Iterator[Key]:
    """The keys that meet *key* where nothing meets it exactly: a stock or rate at a year's end (2020-12) is that of the
    year, for target and outcome alike."""
    if key.transformation in ("level", "share"):
        period = key.time_period
        other = f"{period}-12" if len(period) == _YEAR else period.removesuffix("-12")
        if other != period:
            yield key._replace(time_period=other)


_YEAR: Final = len("2020")


def _nearest(key: Key, candidates: Sequence[Key], outcomes: Mapping[Key, Row]) -> str | None:
    """The outcome of the same metric (of the most like one, where none reports it) that differs in fewest parts of its
    key, and in which."""
    if not candidates:
        return None

    def apart(other: Key) -> tuple[float, int, int]:
        return -_alike(key, other), sum(a != b for a, b in zip(key, other, strict=True)), _years(key, other)

    best = min(candidates, key=apart)
    parts = [
        f"{name} {other or '–'}"
        for name, own, other in zip(Key._fields, key, best, strict=True)
        if own != other and name != "yearly"
    ]
    if key.yearly != best.yearly:
        parts.append("average a year" if best.yearly else "not an average a year")
    return f"{outcomes[best]['quantity_id']}: {', '.join(parts)}"


def _years(one: Key, other: Key) -> int:
    """How many years lie between the ends of two periods."""
    first, second = (int(key.time_period.rpartition("/")[2][:4]) for key in (one, other))
    return abs(first - second)


def _row(key: Key, target: Row | None, outcome: Row | None, nearest: str | None) -> dict[str, Any]:
    said = target or outcome or {}
    status = MET if target and outcome else UNMET if target else UNPLANNED
    difference = _difference(target, outcome) if target and outcome else None
    return {
        "place": said.get("place"), "place_code": said.get("place_code"), "subject": key.subject, "metric": said["metric"],
        "metric_key": said["metric_key"], "metric_code": said.get("metric_code"), "transformation": key.transformation,
        "time_period": key.time_period, "unit": key.unit, "yearly": key.yearly,
        "target_low": target and target["obs_low"], "target_high": target and target["obs_high"],
        "target_comparator": target and target["obs_comparator"], "target_text": target and target["sentence"],
        "stretch": target and bool(target["stretch"]),
        "outcome_low": outcome and outcome["obs_low"], "outcome_high": outcome and outcome["obs_high"],
        "outcome_comparator": outcome and outcome["obs_comparator"],
        "outcome_text": outcome and outcome["sentence"],
        "difference": difference, "reached": None if difference is None or target is None else _reached(target, outcome),
        "status": status, "nearest": nearest,
        "target_id": target and target["quantity_id"], "target_issue": target and target["issue_id"],
        "outcome_id": outcome and outcome["quantity_id"], "outcome_issue": outcome and outcome["issue_id"],
    }  # fmt: skip


def _difference(target: Row, outcome: Row) -> float:
    """The outcome less the nearest bound that the target names."""
    low, high = target["obs_low"], target["obs_high"]
    reported = (outcome["obs_low"] + outcome["obs_high"]) / 2
    bound = (
        low if target["obs_comparator"] in (">=", ">") else high if target["obs_comparator"] in ("<=", "<") else None
    )
    if bound is None:
        bound = low if reported < low else high if reported > high else reported
    return float(round(reported - bound, 10))


def _reached(target: Row, outcome: Row | None) -> bool | None:
    """Whether what is reported lies within what the target allows.

    A target without a bound is a ceiling where it falls (下降3%) or less is better (:func:`_ceilings`), else a floor.
    """
    if outcome is None:
        return None
    low, high = interval(target)
    if target["obs_comparator"] in ("=", "~"):
        falls = target.get("direction") == "down" or any(word in target["metric"] for word in _ceilings())
        low, high = (-math.inf, high) if falls else (low, math.inf)
    return bool(low - 1e-9 <= outcome["obs_high"] and outcome["obs_low"] <= high + 1e-9)


@cache
def _ceilings() -> tuple[str, ...]:
    """Words in a metric of which less is better."""
    lines = (files("pipeline.analysis") / "ceilings.txt").read_text(encoding="utf-8").splitlines()
    return tuple(line for line in lines if line and not line.startswith("#"))
