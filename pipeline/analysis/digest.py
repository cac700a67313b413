"""A report for people who read rather than query: one page of what was promised, by whom, by when, and what came of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any, Final

import jinja2
import pandas as pd

from pipeline.analysis.conflicts import EarlierVersionError, conflicts
from pipeline.analysis.export.views import link_of, places_of
from pipeline.analysis.fields import by_paper
from pipeline.analysis.loading import Editions, load, select
from pipeline.analysis.panel import MET, panel
from pipeline.analysis.promises import calendar, owners, promises
from pipeline.analysis.values import shown

_MOST_OWNERS: Final = 60
"""Owners that the page names, those with most promises first; the page says how many there are."""

Row = Mapping[Any, Any]


@dataclass(frozen=True, slots=True)
class Group:
    """A heading with the rows under it."""

    title: str
    note: str
    rows: tuple[Row, ...]


def digest(processed: str | Path = "processed", editions: Editions = "one", site: str | None = None) -> str:
    """The page as HTML, complete in itself and printable; *site* is the address of an audit site to link to.

    Raises as :func:`pipeline.analysis.loading.load` does.
    """
    issues = load("issues", processed, editions, flat=True)
    due, owned = _rows(calendar(processed, editions)), _rows(owners(processed, editions))
    chosen = select(processed, editions)
    environment = jinja2.Environment(
        loader=jinja2.PackageLoader("pipeline.analysis"), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    environment.globals["evidence"] = lambda row: link_of(dict(row), "row_id", site) if site else None
    places = places_of(chosen) if site else {}
    environment.globals["evidence_of"] = lambda row_id: (
        link_of(places[row_id], None, site or "") if row_id in places else None
    )
    environment.globals["value_of"] = _value
    return environment.get_template("digest.html").render(
        issues=_rows(issues),
        papers=by_paper(chosen, promises(chosen)),
        months=_by_month(due),
        owners=_by_owner(owned)[:_MOST_OWNERS],
        owner_count=len({(row["place"], row["owner_key"]) for row in owned}),
        conflicts=_or_none(lambda: conflicts(processed, editions)),
        outcomes=_or_none(lambda: _met(panel(processed, editions))),
        targets=sum(row["kind"] == "target" for row in due),
        milestones=sum(row["kind"] == "milestone" for row in due),
    )


def _rows(frame: pd.DataFrame) -> list[Row]:
    """The rows of *frame*, ``None`` where nothing stands."""
    plain = frame.astype(object)
    return list(plain.where(plain.notna(), None).to_dict("records"))


def _or_none(make: Any) -> list[Row] | None:
    """The rows that *make* gives; ``None`` where an earlier version made the folder, without the columns for it."""
    try:
        return _rows(make())
    except EarlierVersionError:
        return None


def _met(frame: pd.DataFrame) -> pd.DataFrame:
    return frame[frame["status"] == MET]


def _value(row: Row, of: str) -> str:
    """The value of the target or of the outcome of a *row* of the panel, in its standard unit."""
    return shown(row[f"{of}_low"], row[f"{of}_high"], row[f"{of}_comparator"], row["unit"] or "")


def _by_month(rows: Sequence[Row]) -> list[Group]:
    months = groupby(rows, key=lambda row: f"{row['due']:%Y-%m}")
    return [Group(month, "", tuple(group)) for month, group in months]


def _by_owner(rows: Sequence[Row]) -> list[Group]:
    groups = groupby(rows, key=lambda row: (row["place"] or "", row["owner_key"]))
    made: list[Group] = []
    for (place, _), group in groups:
        found = tuple(group)
        names = dict.fromkeys(row["owner"] for row in found)
        made.append(Group("、".join(names), place, tuple({row["row_id"]: row for row in found}.values())))
    return made
