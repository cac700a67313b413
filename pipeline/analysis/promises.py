"""Promises: targets and milestones side by side, by due date and by owner."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import pandas as pd

from pipeline.analysis.loading import JOINT, Editions, Selection, flattened, select
from pipeline.analysis.values import shown

Row = Mapping[str, Any]
_DUTIES: Final = {
    "lead": "lead_agencies", "responsible": "responsible_agencies", "support": "support_agencies", "person": "officials",
}  # fmt: skip
CALENDAR: Final = (
    "due", "deadline", "kind", "what", "value", "stretch", "lead_agencies", "responsible_agencies", "support_agencies",
    "officials", "place", "document_title", "sentence", "issue_id", "document_id", "row_id",
)  # fmt: skip
OWNERS: Final = ("owner_key", "owner", "owner_type", "duty", "kind", "what", "value", "due", "deadline", "place",
                 "document_title", "issue_id", "document_id", "row_id")  # fmt: skip


def calendar(
    processed: str | Path = "processed", editions: Editions = "one", *, as_of: str | dt.date | None = None
) -> pd.DataFrame:
    """Targets and milestones with a deadline by the day on which they are due, with their owners.

    ``due`` is the last day of the deadline's period, ``what`` the indicator or the deed, ``value`` the value as printed.
    Lists of owners are joined by 、. See :func:`pipeline.analysis.loading.load` for the arguments.
    """
    rows = [row for row in promises(select(processed, editions, as_of)) if row["due"] is not None]
    rows.sort(key=lambda row: (row["due"], row["issue_id"], row["char_start"]))
    return _frame(rows, CALENDAR)


def owners(
    processed: str | Path = "processed", editions: Editions = "one", *, as_of: str | dt.date | None = None
) -> pd.DataFrame:
    """One row an owner and promise, by the owner's key: agencies with their duty, and persons.

    Wordings of one agency (县教育局, 教育局) share ``owner_key`` within a place; ``promises`` counts those of the owner.
    """
    chosen = select(processed, editions, as_of)
    keys = {
        (row["issue_id"], row["agency"]): row["agency_key"]
        for row in chosen.table("responsibilities").select(["issue_id", "agency", "agency_key"]).to_pylist()
    }
    persons = {
        (row["issue_id"], row["name"]): row["person_key"]
        for row in chosen.table("officials").select(["issue_id", "name", "person_key"]).to_pylist()
        if row["name"] and row["person_key"]
    }
    rows: list[dict[str, Any]] = []
    for promise in promises(chosen):
        for duty, column in _DUTIES.items():
            known = persons if duty == "person" else keys
            for name in filter(None, (promise[column] or "").split(JOINT)):
                key = known.get((promise["issue_id"], name), name)
                kind = "person" if duty == "person" else "agency"
                rows.append({**promise, "owner": name, "owner_key": key, "owner_type": kind, "duty": duty})
    counts: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        counts.setdefault(_owner(row), set()).add(row["row_id"])
    rows.sort(key=lambda row: (-len(counts[_owner(row)]), _owner(row), row["due"] or dt.date.max, row["row_id"]))
    frame = _frame(rows, OWNERS)
    frame.insert(3, "promises", [len(counts[_owner(row)]) for row in rows])
    return frame


def _owner(row: Row) -> tuple[str, str]:
    """Whom a row is of: 县财政局 of one place is not that of another."""
    return row["place"] or "", row["owner_key"]


def promises(chosen: Selection) -> Iterator[dict[str, Any]]:
    """Every target and milestone in one form: ``kind``, ``what``, ``value``, ``due``, owners, where it stands."""
    for row in flattened(chosen, "targets").to_pylist():
        yield {**row, "kind": "target", "what": row["indicator"], "value": shown(row["low"], row["high"], row["comparator"], row["unit"]), "due": row["deadline_date"],
               "row_id": row["target_id"], "place": row.get("place")}  # fmt: skip
    for row in flattened(chosen, "milestones").to_pylist():
        what = f"{row['action']}{row['object']}"
        yield {**row, "kind": "milestone", "what": what, "value": None, "due": row["deadline_date"],
               "row_id": row["milestone_id"], "place": row.get("place")}  # fmt: skip


def _frame(rows: list[dict[str, Any]], columns: tuple[str, ...]) -> pd.DataFrame:
    frame = pd.DataFrame([{name: row.get(name) for name in columns} for row in rows], columns=list(columns))
    frame["due"] = pd.to_datetime(frame["due"]).astype("datetime64[s]")
    return frame
