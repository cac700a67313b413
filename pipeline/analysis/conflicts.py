"""Conflicts: targets of one subject, metric, transformation and period whose values cannot both hold."""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any, Final

import pandas as pd
import pyarrow as pa

from extractors.quantities.frames.pace import is_yearly
from extractors.rules.registry import rules_of
from extractors.targets.repeats import shared_out
from pipeline.analysis.loading import JOINT, Editions, flattened, select
from pipeline.analysis.values import between

Row = Mapping[str, Any]
_NEEDED: Final = ("subject", "metric_key", "transformation", "obs_low", "obs_high", "obs_comparator")
_OWNER_KEYS: Final = ("lead_agency_keys", "responsible_agency_keys")
_ABOUT: Final = 0.02
"""约 and 左右 leave this share of the value open on either side."""
COLUMNS: Final = (
    "scope", "place", "subject", "metric", "metric_key", "transformation", "time_period", "unit", "one", "other",
    "one_text", "other_text", "one_id", "other_id", "one_title", "other_title", "one_issue", "other_issue",
)  # fmt: skip


def conflicts(
    processed: str | Path = "processed", editions: Editions = "one", *, as_of: str | dt.date | None = None
) -> pd.DataFrame:
    """Pairs of targets of one place, subject, metric, transformation and period whose values cannot both hold.

    ``scope`` is ``issue`` where one issue prints both, else ``across``. A firm value and its stretch value are no
    conflict, nor are bounds that leave a common value (至少20家, 25家左右), nor quotas of different agencies. Values are
    in the standard unit.
    """
    table = flattened(select(processed, editions, as_of), "targets")
    return pd.DataFrame(list(conflicts_of(needing(table, _NEEDED).to_pylist())), columns=list(COLUMNS))


class EarlierVersionError(ValueError):
    """A folder that an earlier version made, without columns that are asked for; the message says what to run."""


def needing(table: pa.Table, columns: Sequence[str]) -> pa.Table:
    """*table*, which has *columns*. :class:`EarlierVersionError` where an earlier version made it without them."""
    missing = [name for name in columns if name not in table.column_names]
    if missing:
        raise EarlierVersionError(
            f"an earlier version made this folder, without {', '.join(missing)}; run: gongbao run PATH"
        )
    return table


def period_of(row: Row) -> str | None:
    """The period that a value is of: the column, else the deadline's year."""
    return row.get("time_period") or (row["deadline"] or "")[:4] or None


def interval(row: Row) -> tuple[float, float]:
    """The values that *row* allows, in the standard unit."""
    low, high, sign = row["obs_low"], row["obs_high"], row["obs_comparator"]
    if sign in (">=", ">"):
        return low, math.inf
    if sign in ("<=", "<"):
        return -math.inf, high
    slack = _ABOUT if sign == "~" else 0.0
    return low - slack * abs(low), high + slack * abs(high)


def conflicts_of(rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    """The conflicting pairs among *rows* (of ``targets``, flat); see :func:`conflicts`.

    Within an issue those that share a ``conflict_id``, one pair for two values; across issues those of one scope.
    """
    yield from _within(rows)
    groups: dict[tuple[Any, ...], list[Row]] = defaultdict(list)
    for row in rows:
        period = period_of(row)
        if period and not row["stretch"]:
            whom = row["subject"] or _part_of_area(row.get("scope"))
            key = (row.get("place_code") or row.get("place"), whom, row["metric_key"], row["transformation"],
                   period, row["unit_std"], _yearly(row))  # fmt: skip
            groups[key].append(row)
    for key, group in groups.items():
        for one, other in combinations(group, 2):
            apart = one["issue_id"] != other["issue_id"] and not shared_out(
                bool(one.get("metric_code")), _owners(one), _owners(other)
            )
            if apart and not _meet(interval(one), interval(other)):
                yield _pair(one, other, key[4])


def _within(rows: Sequence[Row]) -> Iterator[dict[str, Any]]:
    groups: dict[tuple[Any, ...], dict[tuple[Any, ...], Row]] = defaultdict(dict)
    for row in rows:
        if row.get("conflict_id"):
            value = (row["obs_low"], row["obs_high"])
            groups[row["issue_id"], row["conflict_id"]].setdefault(value, row)
    for firsts in groups.values():
        for one, other in combinations(firsts.values(), 2):
            yield _pair(one, other, period_of(one) or period_of(other) or "")


def _yearly(row: Row) -> bool:
    return is_yearly(row["transformation"], row.get("per"), row["sentence"], row.get("text"))


def _owners(row: Row) -> frozenset[str]:
    """The keys of those who lead or are responsible."""
    return frozenset(key for name in _OWNER_KEYS for key in (row.get(name) or "").split(JOINT) if key)


def _part_of_area(scope: str | None) -> str | None:
    """*scope* where it is a part of the issuer's area, not the whole of it (全县)."""
    return None if scope is None or any(rule.pattern.fullmatch(scope) for rule in rules_of("scope.whole")) else scope


def _meet(one: tuple[float, float], other: tuple[float, float]) -> bool:
    return max(one[0], other[0]) <= min(one[1], other[1]) + 1e-9


def _pair(one: Row, other: Row, period: str) -> dict[str, Any]:
    return {
        "scope": "issue" if one["issue_id"] == other["issue_id"] else "across",
        "place": one.get("place"), "subject": one["subject"], "metric": one.get("metric"),
        "metric_key": one["metric_key"], "transformation": one["transformation"], "time_period": period,
        "unit": one["unit_std"],
        "one": _words(one), "other": _words(other), "one_text": one["sentence"], "other_text": other["sentence"],
        "one_id": one["target_id"], "other_id": other["target_id"],
        "one_title": one.get("document_title"), "other_title": other.get("document_title"),
        "one_issue": one["issue_id"], "other_issue": other["issue_id"],
    }  # fmt: skip


def _words(row: Row) -> str:
    sign = "" if row["obs_comparator"] == "=" else row["obs_comparator"]
    return f"{sign}{between(row['obs_low'], row['obs_high'])}"
