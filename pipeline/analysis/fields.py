"""Fields: what part of which paper a promise stands in, by the headings above it or the table's caption."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pipeline.analysis.loading import Selection

Row = Mapping[str, Any]
_MOST_HEADINGS: Final = 2
"""Headings that name a field: the nearest ones."""


@dataclass(frozen=True, slots=True)
class Field:
    """A part of a paper, and the promises that stand in it in text order."""

    paper: str
    place: str
    name: str
    rows: tuple[Row, ...]


def by_field(chosen: Selection, promises: Sequence[Row]) -> list[Field]:
    """*promises* (of :func:`pipeline.analysis.promises.promises`) by the parts of the papers of *chosen*, as printed."""
    clauses = {row["clause_id"]: row for row in _rows(chosen, "clauses", ("clause_id", "parent_id", "heading"))}
    tables = {row["table_id"]: row for row in _rows(chosen, "tables", ("table_id", "clause_id", "caption"))}
    found: dict[tuple[str, str, str], list[Row]] = {}
    for row in sorted(promises, key=lambda row: (row["issue_id"], row["char_start"])):
        table = tables.get(row["table_id"]) if row["table_id"] else None
        name = str((table or {}).get("caption") or "") or _headings(clauses, row["clause_id"])
        found.setdefault((row["document_title"] or "", row["place"] or "", name), []).append(row)
    return [Field(*names, tuple(rows)) for names, rows in found.items()]


def _headings(clauses: Mapping[str, Row], clause_id: str | None) -> str:
    """The nearest headings above the clause, the higher first."""
    named: list[str] = []
    clause = clauses.get(clause_id or "")
    while clause is not None and (clause := clauses.get(clause["parent_id"] or "")) is not None:
        if clause["heading"]:
            named.insert(0, str(clause["heading"]))
    return " · ".join(named[-_MOST_HEADINGS:])


def _rows(chosen: Selection, dataset: str, columns: Sequence[str]) -> Iterator[Row]:
    yield from chosen.table(dataset).select(list(columns)).to_pylist()
