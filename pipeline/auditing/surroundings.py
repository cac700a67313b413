"""Where a stretch of an issue stands: its passage, its sentence as printed, and the structure around it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from extractors.language.passages import Passage
from pipeline.auditing.explanation import Line, Part
from pipeline.auditing.plain import marked, show
from schemas.records import Clause, Document, Issue
from schemas.spans import Span

_STOPS: Final = "。！？!?"
_LONGEST: Final = 200


def passage_at(span: Span, placed: Iterable[tuple[Span, Passage]]) -> Passage | None:
    """The passage of *placed* (each behind what it covers) that reads *span*, a table cell before a clause."""
    found: Passage | None = None
    for whole, passage in placed:
        if whole.contains(span) and span.start in _held(passage, span):
            found = passage if found is None or passage.cell is not None else found
    return found


def _held(passage: Passage, span: Span) -> Span:
    position = passage.reading.position_of(span.start)
    inside = position < len(passage.reading) and passage.reading.offsets[position] < span.end
    return Span(span.start, span.end) if inside else Span(-1, -1)


def positions(passage: Passage, span: Span) -> tuple[int, int]:
    """The folded positions of the source *span*."""
    return passage.folded.position_of(span.start), passage.folded.position_of(span.end)


def sentence(issue: Issue, passage: Passage | None, span: Span) -> str:
    """The sentence around *span* as printed, the span's own text marked and unbroken."""
    source = issue.source.text
    printed = source[span.start : span.end]
    if passage is None:
        return marked(
            source[max(0, span.start - _LONGEST // 2) : span.start],
            printed,
            source[span.end : span.end + _LONGEST // 2],
        )
    reading = passage.reading
    start, end = reading.position_of(span.start), reading.position_of(span.end)
    text = reading.text
    left = max(text.rfind(sign, 0, start) for sign in _STOPS) + 1
    right = min((found + 1 for sign in _STOPS if (found := text.find(sign, end)) >= 0), default=len(text))
    return marked(
        text[max(left, start - _LONGEST) : start].lstrip(), printed, text[end : min(right, end + _LONGEST)].rstrip()
    )


def structure(issue: Issue, passage: Passage | None, span: Span) -> Part:
    """The document, the clause with the headings above it, the table with the cell's headers and row."""
    if passage is None:
        kinds = [s.segment_type for s in issue.segments if s.is_leaf and s.span and s.span.overlaps(span)]
        return Part("structure", (("part of the page", show(kinds)),))
    return Part("structure", (*_document(passage.document), *_clause(passage), *_cell(passage)))


def _document(document: Document) -> Iterator[Line]:
    yield "document", f"{document.title or 'without title'}  {document.doc_number or ''}".rstrip()
    if document.subject_title:
        yield "subject", document.subject_title
    if document.genre:
        yield "genre", f"{document.genre}, by {document.genre_rule}"
    if document.plan_year:
        yield "year of a bare month", str(document.plan_year)
    if document.report_year:
        yield "year that it looks back on", str(document.report_year)


def _clause(passage: Passage) -> Iterator[Line]:
    clause = passage.clause
    if clause is None:
        return
    yield "clause", f"{clause.path or '–'}  {clause.clause_type}  {clause.clause_id}"
    above = [f"{other.marker or ''}{other.heading or _opening(other)}" for other in passage.ancestors]
    if above:
        yield "under", " / ".join(above)
    if clause.heading:
        yield "heading", clause.heading
    if clause.section_role or clause.section_period:
        period = clause.section_period or "no known time"
        yield "part", f"{clause.section_role or 'none'}, of {period}, by {clause.section_rule}"


def _opening(clause: Clause) -> str:
    text = clause.reading.text.removeprefix(clause.marker or "").strip()
    return text[:20] + ("…" if len(text) > 20 else "")


def _cell(passage: Passage) -> Iterator[Line]:
    cell, table = passage.cell, passage.table
    if cell is None or table is None:
        return
    yield "table", f"{table.caption or 'without caption'}  {table.table_id}"
    yield "cell", f"row {cell.row}, column {cell.column}{', a header' if cell.is_header else ''}"
    yield "column header", " / ".join(cell.header) or show(None)
    yield "row label", show(cell.row_label)
    row = [other.reading.text.strip() for other in table.rows().get(cell.row, ())]
    yield "row", " | ".join(row)
