"""Records → rows: an issue and what was extracted from it as the rows of every dataset.

The functions here know nothing of rules or formats; they flatten spans, places and fragments into
columns and look pages up. Each dataset's rows come in text order, so that files are byte-identical.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, is_dataclass
from dataclasses import fields as dataclass_fields
from functools import cache
from itertools import repeat
from typing import Any, Final, get_origin, get_type_hints

from schemas.datasets import DATASETS, Dataset
from schemas.records import Area, Clause, Document, Issue, Page, Segment, Table
from schemas.rows import Extraction
from schemas.spans import Span

Row = dict[str, Any]


def rows_of(issue: Issue, extraction: Extraction) -> dict[str, list[Row]]:
    """The rows of every dataset, each with the column ``issue_id``."""
    return {name: rows_in(name, issue, extraction) for name in DATASETS}


def rows_in(name: str, issue: Issue, extraction: Extraction) -> list[Row]:
    """The rows of the dataset *name* alone; those of all take three times as much memory as what they are made of.

    A dataset of mentions takes its records from the field of *extraction* that has its name.
    """
    dataset = DATASETS[name]
    if dataset.is_mention:
        rows = [_mention(record, dataset) for record in getattr(extraction, name)]
    else:
        rows = [*_OF_ISSUES[name](issue, extraction, _PageIndex(issue.source.pages))]
    for row in rows:
        row["issue_id"] = issue.issue_id
    return rows


class _PageIndex:
    """Which page an offset lies on."""

    def __init__(self, pages: tuple[Page, ...]) -> None:
        self._numbers = [page.number for page in pages]
        self._starts = [page.span.start for page in pages]

    def at(self, offset: int) -> int | None:
        if not self._numbers:
            return None
        return self._numbers[max(0, bisect_right(self._starts, offset) - 1)]

    def range(self, span: Span) -> dict[str, int | None]:
        return {"page_start": self.at(span.start), "page_end": self.at(max(span.start, span.end - 1))}


def _span(span: Span | None) -> dict[str, int | None]:
    return {"char_start": span.start if span else None, "char_end": span.end if span else None}


def _fragments(pieces: Iterable[Span] | None) -> list[dict[str, int]] | None:
    return None if pieces is None else [{"start": piece.start, "end": piece.end} for piece in pieces]


def _area(area: Area | None) -> Row:
    return {
        "place": area.name if area else None,
        "place_code": area.code if area else None,
        "place_level": area.level if area else None,
        "place_path": area.path if area else None,
    }


def _issue(issue: Issue) -> Row:
    source, masthead = issue.source, issue.masthead
    return {
        "edition_key": issue.edition_key,
        "title": masthead.title,
        "publisher": masthead.publisher,
        "publication_date": masthead.publication_date,
        "publication_year": masthead.publication_year,
        "number": masthead.number,
        "number_last": masthead.number_last,
        "number_total": masthead.number_total,
        "number_total_last": masthead.number_total_last,
        "special": masthead.special,
        **_area(issue.area),
        "source_path": source.source_path,
        "source_sha256": source.source_sha256,
        "media_type": source.media_type,
        "encoding": source.encoding,
        "page_count": len(source.pages) or None,
        "char_count": len(source.text),
    }


_DOCUMENT_COLUMNS = (
    "document_id", "ordinal", "section", "title", "subject_title", "doc_number", "doc_number_code", "doc_number_year",
    "doc_number_serial", "registration_number", "doc_type", "signed_date", "effective_date", "adopted_date", "adopted_by",
    "validity", "disclosure", "toc_title", "toc_page", "genre", "genre_rule", "speaker", "plan_year", "report_year",
)  # fmt: skip


def _document(document: Document) -> Row:
    row: Row = {column: getattr(document, column) for column in _DOCUMENT_COLUMNS}
    for column in ("issuers", "recipients", "history"):
        row[column] = list(getattr(document, column))
    return row | _area(document.area) | _span(document.span)


def _clause(clause: Clause, source: str, pages: _PageIndex) -> Row:
    reading = clause.reading
    return {
        "clause_id": clause.clause_id,
        "document_id": clause.document_id,
        "parent_id": clause.parent_id,
        "ordinal": clause.ordinal,
        "part": clause.part,
        "clause_type": clause.clause_type,
        "level": clause.level,
        "marker": clause.marker,
        "number": clause.number,
        "path": clause.path,
        "heading": clause.heading,
        "text": reading.text,
        "subtree_end": clause.subtree_end,
        "fragments": _fragments(reading.fragments(source, 0, len(reading))),
        "table_id": clause.table_id,
        "row": clause.row,
        "column": clause.column,
        "section_role": clause.section_role,
        "section_period": clause.section_period,
        "section_rule": clause.section_rule,
        **_span(clause.span),
        **pages.range(clause.span),
    }


def _table(table: Table, pages: _PageIndex) -> Row:
    return {
        "table_id": table.table_id,
        "document_id": table.document_id,
        "clause_id": table.clause_id,
        "ordinal": table.ordinal,
        "part": table.part,
        "caption": table.caption,
        "unit_note": table.unit_note,
        "unit_start": table.unit_span.start if table.unit_span else None,
        "unit_end": table.unit_span.end if table.unit_span else None,
        "n_rows": table.n_rows,
        "n_columns": table.n_columns,
        "header_rows": table.header_rows,
        **_span(table.span),
        **pages.range(table.span),
    }


def _cells(table: Table, source: str) -> Iterable[Row]:
    for cell in table.cells:
        reading = cell.reading
        yield {
            "table_id": table.table_id,
            "document_id": table.document_id,
            "row": cell.row,
            "column": cell.column,
            "row_span": cell.row_span,
            "column_span": cell.column_span,
            "is_header": cell.is_header,
            "header": list(cell.header),
            "row_label": cell.row_label,
            "row_group": list(cell.row_group),
            "part_of_row": cell.part_of_row,
            "text": source[cell.span.start : cell.span.end],
            "inherits_row": cell.inherits_row,
            "fragments": _fragments(reading.fragments(source, 0, len(reading))),
            **_span(cell.span),
        }


_PLACE_COLUMNS = ("document_id", "clause_id", "table_id", "row", "column")


@dataclass(frozen=True, slots=True)
class _Shape:
    """The fields of a record by how they become columns: as they are, as lists, or as the columns of a record within."""

    plain: tuple[str, ...]
    listed: tuple[str, ...]
    within: tuple[str, ...]
    has_span: bool
    has_place: bool
    has_fragments: bool


_SPREAD = frozenset({"span", "place", "fragments"})


@cache
def _shape(kind: type) -> _Shape:
    hints = {name: hint for name, hint in get_type_hints(kind).items() if name not in _SPREAD}
    within = tuple(name for name, hint in hints.items() if is_dataclass(hint))
    listed = tuple(name for name, hint in hints.items() if get_origin(hint) is tuple)
    plain = tuple(name for name in hints if name not in within and name not in listed)
    names = {item.name for item in dataclass_fields(kind)}
    return _Shape(plain, listed, within, *(name in names for name in ("span", "place", "fragments")))


def _mention(record: Any, dataset: Dataset) -> Row:
    """The row of a frozen record: its fields by name, ``span``, ``place``, ``fragments`` and records within as columns.

    A field of its own counts more than one of the same name in a record within.
    """
    shape, row = _shape(record.__class__), dict[str, Any]()
    for name in shape.within:
        within = _mention(getattr(record, name), dataset)
        row |= {column: within[column] for column in dataset.columns if column in within}
    if shape.has_span:
        row["char_start"], row["char_end"] = record.span
    if shape.has_place:
        place = record.place
        row |= {name: getattr(place, name) for name in _PLACE_COLUMNS if name in dataset.columns}
    if shape.has_fragments:
        row["fragments"] = _fragments(record.fragments)
    row.update(zip(shape.plain, map(getattr, repeat(record), shape.plain), strict=False))
    row |= {name: list(getattr(record, name)) for name in shape.listed}
    return row


def _segment(segment: Segment, pages: _PageIndex) -> Row:
    box = segment.box
    page = box.page if box else pages.at(segment.span.start) if segment.span else None
    return {
        "segment_type": segment.segment_type,
        "is_leaf": segment.is_leaf,
        "document_id": segment.document_id,
        "clause_id": segment.clause_id,
        "table_id": segment.table_id,
        "page": page,
        "x0": box.x0 if box else None,
        "top": box.top if box else None,
        "x1": box.x1 if box else None,
        "bottom": box.bottom if box else None,
        "furniture_text": None,
        **_span(segment.span),
    }


def _boxed_furniture(issue: Issue) -> list[Row]:
    no_pages = _PageIndex(())
    return [
        _segment(Segment("furniture", None, is_leaf=False, box=item.box), no_pages) | {"furniture_text": item.text}
        for item in issue.source.furniture
    ]


def _page(page: Page) -> Row:
    return {
        "page": page.number,
        "width": page.width,
        "height": page.height,
        "rotation": page.rotation,
        "method": page.method,
        "text_quality": page.text_quality,
        "ocr_confidence": page.ocr_confidence,
        **_span(page.span),
    }


def _problems(issue: Issue, extraction: Extraction) -> Iterator[Row]:
    for problem in (*issue.source.problems, *issue.problems, *extraction.problems):
        yield {
            "category": problem.category, "severity": problem.severity, "message": problem.message,
            "document_id": problem.document_id, "page": problem.page, **_span(problem.span),
        }  # fmt: skip


def _clauses(issue: Issue) -> Iterator[Clause]:
    return (clause for document in issue.documents for clause in document.clauses)


def _tables(issue: Issue) -> Iterator[Table]:
    return (table for document in issue.documents for table in document.tables)


_OF_ISSUES: Final[Mapping[str, Callable[[Issue, Extraction, _PageIndex], Iterable[Row]]]] = {
    "issues": lambda issue, _found, _pages: [_issue(issue)],
    "documents": lambda issue, _found, _pages: map(_document, issue.documents),
    "clauses": lambda issue, _found, pages: (_clause(one, issue.source.text, pages) for one in _clauses(issue)),
    "tables": lambda issue, _found, pages: (_table(one, pages) for one in _tables(issue)),
    "table_cells": lambda issue, _found, _pages: (
        row for one in _tables(issue) for row in _cells(one, issue.source.text)
    ),
    "segments": lambda issue, _found, pages: [
        *(_segment(one, pages) for one in issue.segments),
        *_boxed_furniture(issue),
    ],
    "pages": lambda issue, _found, _pages: map(_page, issue.source.pages),
    "problems": lambda issue, found, _pages: _problems(issue, found),
}
"""How the rows of the datasets that hold no mentions are made."""
