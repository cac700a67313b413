"""Fields: what part of which paper a promise stands in, by the headings above it or the table's caption."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from pipeline.analysis.loading import Selection

Row = Mapping[str, Any]
_MOST_HEADINGS: Final = 2
"""Headings that name a field: the nearest ones."""


@dataclass(frozen=True, slots=True)
class Field:
    """A part of a paper, and the promises that stand in it in text order."""

    name: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Paper:
    """A document that promises something: its place and title, what tells it from its like, and its parts."""

    title: str
    note: str
    """Its number and its date, or the year that it plans, as far as they are known."""
    fields: tuple[Field, ...]


def by_paper(chosen: Selection, promises: Iterable[Row]) -> list[Paper]:
    """*promises* (of :func:`pipeline.analysis.promises.promises`) by paper and part, in the order of the text; issues by place and date."""
    papers: dict[str, list[Row]] = {}
    for row in promises:
        papers.setdefault(row["document_id"], []).append(row)
    parts, begun = _Parts.of(chosen), _begun(papers.values())
    ordered = sorted(papers.values(), key=lambda rows: _order(rows[0], begun))
    return [_paper(rows, parts) for rows in ordered]


def _paper(rows: Sequence[Row], parts: _Parts) -> Paper:
    """The paper of *rows*, all of one document."""
    first = rows[0]
    fields: dict[str, list[Row]] = {}
    for row in sorted(rows, key=lambda row: int(row["char_start"])):
        fields.setdefault(parts.name(row), []).append(row)
    return Paper(
        " ".join(filter(None, (first["place"], first["document_title"]))) or parts.source(first),
        " ".join(filter(None, (first["doc_number"], _when(first)))),
        tuple(Field(name, tuple(found)) for name, found in fields.items()),
    )


def _begun(papers: Iterable[Sequence[Row]]) -> Mapping[str, str]:
    """By issue the first date among those of its *papers*: that by which issues of a place follow on one another."""
    found: dict[str, str] = {}
    for rows in papers:
        issue, when = rows[0]["issue_id"], _when(rows[0])
        if when:
            found[issue] = min(found.get(issue, when), when)
    return found


def _order(row: Row, begun: Mapping[str, str]) -> tuple[bool, str, str, str, int]:
    """By place and issue, within an issue in the order of the text; papers of no known place come last."""
    issue = row["issue_id"]
    return not row["place"], row["place"] or "", begun.get(issue, ""), issue, int(row["char_start"])


def _when(row: Row) -> str:
    """The day on which the row's document was signed, else the year that it plans."""
    return str(row["signed_date"] or row["plan_year"] or "")


@dataclass(frozen=True, slots=True)
class _Parts:
    """The clauses, tables and issues that promises stand in, by id."""

    clauses: Mapping[str, Row]
    tables: Mapping[str, Row]
    issues: Mapping[str, Row]

    @classmethod
    def of(cls, chosen: Selection) -> _Parts:
        return cls(
            {row["clause_id"]: row for row in _rows(chosen, "clauses", ("clause_id", "parent_id", "heading"))},
            {row["table_id"]: row for row in _rows(chosen, "tables", ("table_id", "clause_id", "caption"))},
            {row["issue_id"]: row for row in _rows(chosen, "issues", ("issue_id", "title", "source_path"))},
        )

    def source(self, row: Row) -> str:
        """What names the issue of *row*: its title, else its file."""
        issue = self.issues[row["issue_id"]]
        return str(issue["title"] or issue["source_path"])

    def name(self, row: Row) -> str:
        """The part of its paper that *row* stands in: the table's caption, else the headings above its clause."""
        table = self.tables.get(row["table_id"] or "")
        return str((table or {}).get("caption") or "") or _headings(self.clauses, row["clause_id"])


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
