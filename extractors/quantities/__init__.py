"""Measured quantities: found, valued and described."""

from __future__ import annotations

from extractors.language.passages import PassagesOf, shared_passages
from extractors.quantities.candidates.find import find_candidates
from extractors.quantities.description.describe import describe
from extractors.quantities.description.lead_ins import LeadIns
from extractors.quantities.description.parts_of_rows import tie_parts
from extractors.quantities.description.said import DocumentView
from schemas.ids import IdMaker
from schemas.records import Document, Issue
from schemas.rows import Quantity

__all__ = ["extract_quantities"]


def extract_quantities(
    issue: Issue,
    document: Document,
    ids: IdMaker,
    passages_of: PassagesOf | None = None,
    lead_ins: LeadIns | None = None,
) -> tuple[Quantity, ...]:
    """Every measured quantity of *document*, in text order."""
    passages_of = passages_of or shared_passages()
    view = DocumentView.of(issue.source.text, document, lead_ins)
    read = [(passage, find_candidates(passage)) for passage in passages_of(document)]
    found = tie_parts(list(describe(view, read, ids)), document.tables)
    return tuple(sorted(found, key=lambda quantity: (quantity.span, quantity.quantity_id)))
