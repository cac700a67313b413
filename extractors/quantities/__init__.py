"""Measured quantities: found, valued and described."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.language.passages import PassagesOf, shared_passages
from extractors.quantities.candidates.find import find_candidates
from extractors.quantities.description.describe import Numbered, describe
from extractors.quantities.description.lead_ins import LeadIns
from extractors.quantities.description.parts_of_rows import tie_parts
from extractors.quantities.description.said import DocumentView
from schemas.ids import IdMaker
from schemas.records import Document, Issue
from schemas.rows import Quantity

__all__ = ["extract_quantities", "quantities_of"]


def extract_quantities(
    issue: Issue,
    document: Document,
    ids: IdMaker,
    passages_of: PassagesOf | None = None,
    lead_ins: LeadIns | None = None,
) -> tuple[Quantity, ...]:
    """Every measured quantity of *document*, in text order."""
    over = lead_ins or LeadIns.of(document)
    return quantities_of(issue, [(document, ids, over)], passages_of or shared_passages())[0]


def quantities_of(
    issue: Issue, documents: Sequence[tuple[Document, IdMaker, LeadIns]], passages_of: PassagesOf
) -> list[tuple[Quantity, ...]]:
    """Those of each of some *documents*, read together."""
    read = [
        Numbered(view, passage, find_candidates(passage), ids)
        for document, ids, lead_ins in documents
        for view in (DocumentView.of(issue.source.text, document, lead_ins),)
        for passage in passages_of(document)
    ]
    found: dict[str | None, list[Quantity]] = {}
    for quantity in describe(read):
        found.setdefault(quantity.place.document_id, []).append(quantity)
    return [_in_order(document, found.get(document.document_id, [])) for document, _, _ in documents]


def _in_order(document: Document, found: Sequence[Quantity]) -> tuple[Quantity, ...]:
    tied = tie_parts(found, document.tables)
    return tuple(sorted(tied, key=lambda quantity: (quantity.span, quantity.quantity_id)))
