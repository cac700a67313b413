"""Judging the structure: documents by title, number, issuers and date, clauses by marker, level, opening."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final

from pipeline.evaluation.gold import DocumentLabel
from pipeline.evaluation.matching import squash, wording_f1
from pipeline.evaluation.mentions import IssueRows, Report, Row

OPENING: Final = 10
"""Characters after the marker that identify a clause."""
_LEAST_LIKENESS: Final = 0.5
_FULL_WIDTH: Final = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), 0xFF0E)}
_COLUMNS: Final = (
    ("title", "document_title_accuracy"),
    ("doc_number", "document_number_accuracy"),
    ("issuers", "document_issuers_accuracy"),
    ("signed_date", "document_signed_date_accuracy"),
    ("adopted_date", "document_adopted_date_accuracy"),
    ("doc_type", "document_type_accuracy"),
    ("speaker", "document_speaker_accuracy"),
)
"""Columns that a label may state, each with the figure that judges it."""


def judge_documents(report: Report, labels: Sequence[DocumentLabel], rows: IssueRows) -> None:
    """Compare the documents and numbered clauses of one whole text with the labels."""
    documents = sorted(rows.get("documents", []), key=lambda row: int(row["char_start"]))
    clauses: dict[Any, list[Row]] = {}
    for clause in rows.get("clauses", []):
        if clause.get("clause_type") == "numbered" and clause.get("table_id") is None:
            clauses.setdefault(clause["document_id"], []).append(clause)
    met = _meet(labels, documents)
    for index, row in enumerate(documents):
        start = int(row["char_start"])
        report.count("document", start, predicted=1)
        report.count("clause", start, predicted=len(clauses.get(row["document_id"], [])))
        if index not in met.values():
            span = (start, int(row["char_end"]))
            report.note("documents", "extra", (span[0], min(span[1], start + OPENING)), {}, {"title": row.get("title")})
    for number, label in enumerate(labels):
        matched = documents[met[number]] if number in met else None
        own = clauses.get(matched["document_id"], []) if matched else []
        _count_document(report, label, matched)
        _count_clauses(report, label, own, int(matched["char_start"]) if matched else 0)


def _count_document(report: Report, label: DocumentLabel, row: Row | None) -> None:
    start = int(row["char_start"]) if row else 0
    report.count("document", start, row is not None, gold=1)
    differing: list[str] = []
    for column, figure in _COLUMNS:
        if column in label.stated:
            same = row is not None and plain(row.get(column)) == plain(label.stated[column])
            report.count(figure, start, same, gold=1)
            if not same:
                differing.append(column)
    if differing:
        expected = {column: label.stated[column] for column in differing}
        found = {column: plain(row.get(column)) for column in differing} if row else {}
        report.note("documents", "different" if row else "missed", (start, start + OPENING), expected, found)


def _count_clauses(report: Report, label: DocumentLabel, rows: Sequence[Row], start: int) -> None:
    wanted = Counter((plain(marker), level, plain(opening)[:OPENING]) for marker, level, opening in label.clauses)
    found: Counter[tuple[Any, int, Any]] = Counter()
    places: dict[tuple[Any, int, Any], int] = {}
    for row in rows:
        key = clause_key(row)
        found[key] += 1
        places.setdefault(key, int(row["char_start"]))
    report.count("clause", start, sum((wanted & found).values()), gold=sum(wanted.values()))
    for key in (wanted - found).elements():
        report.note("clauses", "missed", (start, start + OPENING), _described(key), {})
    for key in (found - wanted).elements():
        report.note("clauses", "extra", (places[key], places[key] + OPENING), {}, _described(key))


def clause_key(row: Row) -> tuple[Any, int, Any]:
    """Marker, level and opening of a clause row, without blanks and with plain digits."""
    marker, text = plain(row.get("marker")) or "", plain(row.get("text")) or ""
    return marker, int(row["level"]), text.removeprefix(marker)[:OPENING]


def _described(key: tuple[Any, int, Any]) -> dict[str, Any]:
    return dict(zip(("marker", "level", "opening"), key, strict=True))


def plain(value: Any) -> Any:
    """*value* as it is compared: text without blanks and with half-width digits, dates as ISO text."""
    if value is None or isinstance(value, int):
        return value
    if isinstance(value, str):
        return squash(value).translate(_FULL_WIDTH)
    if isinstance(value, Sequence):
        return [plain(item) for item in value]
    return str(value)


def _meet(labels: Sequence[DocumentLabel], rows: Sequence[Mapping[str, Any]]) -> dict[int, int]:
    """Which row stands for which label, most alike first."""
    candidates = sorted(
        (-_likeness(label, row), abs(number - index), number, index)
        for number, label in enumerate(labels)
        for index, row in enumerate(rows)
    )
    met: dict[int, int] = {}
    for likeness, _, number, index in candidates:
        if -likeness >= _LEAST_LIKENESS and number not in met and index not in met.values():
            met[number] = index
    return met


def _likeness(label: DocumentLabel, row: Mapping[str, Any]) -> float:
    title = wording_f1(plain(row.get("title")), plain(label.stated.get("title")))
    number = plain(label.stated.get("doc_number"))
    return title + (1.0 if number and plain(row.get("doc_number")) == number else 0.0)
