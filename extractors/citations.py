"""Citations: document numbers and titles, the issue's own and those that it refers to."""

from __future__ import annotations

from schemas.ids import IdMaker
from schemas.records import Issue
from schemas.rows import Citation


def extract_citations(issue: Issue, ids: IdMaker) -> tuple[Citation, ...]:
    """Every printed document number and cited title of *issue*, in text order."""
    return ()
