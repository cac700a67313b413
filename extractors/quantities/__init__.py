"""Measured quantities: found, valued and described."""

from __future__ import annotations

from schemas.ids import IdMaker
from schemas.records import Document, Issue
from schemas.rows import Quantity


def extract_quantities(issue: Issue, document: Document, ids: IdMaker) -> tuple[Quantity, ...]:
    """Every measured quantity of *document*, in text order."""
    return ()
