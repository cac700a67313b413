"""The leaf stretches that tile the text of an issue, and the stretches that nest them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Final

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


_Owner = tuple[str, str | None, str | None, str | None]
"""The type of a segment, and the document, clause and table that it belongs to."""
_BLANK: Final[_Owner] = ("blank", None, None, None)
_FURNITURE: Final[_Owner] = ("furniture", None, None, None)


def clause_claims(document: Document) -> Iterable[Claim]:
    """The printed stretches of the clauses of *document*, each on one line."""
    for clause in document.clauses:
        if clause.clause_type != "cell_item":
            for piece in clause.reading.pieces(0, len(clause.reading)):
                yield Claim(piece, "clause", document.document_id, clause.clause_id)


def tile(lines: Sequence[Line], claims: Iterable[Claim]) -> list[Segment]:
    """The leaves over the *lines* of a text: every claim widened to the ends of its lines, the rest blank or furniture."""
    leaves: list[Segment] = []
    for owner, found in groupby(_stretches(lines, sorted(claims, key=lambda claim: claim.span)), key=itemgetter(0)):
        stretches = list(found)
        leaves.append(Segment(owner[0], Span(stretches[0][1], stretches[-1][2]), True, *owner[1:]))
    return leaves


def _stretches(lines: Sequence[Line], claims: Sequence[Claim]) -> Iterator[tuple[_Owner, int, int]]:
    """The lines cut at the beginnings of the *claims* on them; a line that none claims is blank or furniture."""
    position = 0
    for line in lines:
        owner, start = _FURNITURE if line.text else _BLANK, line.raw
        first = position
        while position < len(claims) and claims[position].span.start < line.stop:
            claim = claims[position]
            if position > first and claim.span.start > start:
                yield owner, start, claim.span.start
                start = claim.span.start
            owner = (claim.segment_type, claim.document_id, claim.clause_id, claim.table_id)
            position += 1
        if line.stop > start:
            yield owner, start, line.stop


def with_documents(leaves: Sequence[Segment], documents: Sequence[Document]) -> tuple[Segment, ...]:
    """The leaves and, before the first of each, the documents that nest them."""
    nests = [Segment("document", document.span, False, document.document_id) for document in documents]
    merged = [*nests, *leaves]
    merged.sort(key=lambda segment: (segment.span.start if segment.span else 0, segment.is_leaf))
    return tuple(merged)
