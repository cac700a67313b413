"""The leaf stretches that tile the text of an issue, and the stretches that nest them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pipeline.segmentation.lines.lines import Line
from schemas.making import quickly_made
from schemas.records import Document, Segment
from schemas.spans import Span


@quickly_made
@dataclass(frozen=True, slots=True)
class Claim:
    """A printed stretch that something lays claim to."""

    span: Span
    segment_type: str
    document_id: str | None = None
    clause_id: str | None = None
    table_id: str | None = None


def clause_claims(document: Document) -> Iterable[Claim]:
    """The printed stretches of the clauses of *document*, each on one line."""
    for clause in document.clauses:
        if clause.clause_type != "cell_item":
            for piece in clause.reading.pieces(0, len(clause.reading)):
                yield Claim(piece, "clause", document.document_id, clause.clause_id)


def tile(lines: Sequence[Line], claims: Iterable[Claim]) -> list[Segment]:
    """The leaves over the *lines* of a text: every claim widened to the ends of its lines, the rest blank or furniture."""
    leaves: list[Segment] = []
    ordered = sorted(claims, key=lambda claim: claim.span)
    position = 0
    for line in lines:
        here: list[Claim] = []
        while position < len(ordered) and ordered[position].span.start < line.stop:
            here.append(ordered[position])
            position += 1
        for claim, start, end in _bounds(line, here):
            _add(leaves, claim, start, end)
    return leaves


def _bounds(line: Line, claims: Sequence[Claim]) -> list[tuple[Claim, int, int]]:
    """The line cut at the beginnings of its claims; a line that none claims is blank or furniture."""
    if not claims:
        return [(Claim(Span(line.raw, line.stop), "furniture" if line.text else "blank"), line.raw, line.stop)]
    starts = [line.raw, *[max(line.raw, claim.span.start) for claim in claims[1:]], line.stop]
    return [(claim, a, b) for claim, a, b in zip(claims, starts, starts[1:], strict=False) if b > a]


def _add(leaves: list[Segment], claim: Claim, start: int, end: int) -> None:
    if start == end:
        return
    last = leaves[-1] if leaves else None
    key = (claim.segment_type, claim.document_id, claim.clause_id, claim.table_id)
    if last and last.span and (last.segment_type, last.document_id, last.clause_id, last.table_id) == key:
        leaves[-1] = Segment(last.segment_type, Span(last.span.start, end), True, *key[1:])
    else:
        leaves.append(Segment(claim.segment_type, Span(start, end), True, *key[1:]))


def with_documents(leaves: Sequence[Segment], documents: Sequence[Document]) -> tuple[Segment, ...]:
    """The leaves and, before the first of each, the documents that nest them."""
    nests = [Segment("document", document.span, False, document.document_id) for document in documents]
    merged = [*nests, *leaves]
    merged.sort(key=lambda segment: (segment.span.start if segment.span else 0, segment.is_leaf))
    return tuple(merged)
