"""Targets: quantities of kind ``target`` with their owners, scope, year and keys."""

from __future__ import annotations

from collections.abc import Sequence

from schemas.ids import IdMaker
from schemas.records import Document, Issue
from schemas.rows import Official, Quantity, Responsibility, Target


def extract_targets(
    issue: Issue,
    document: Document,
    quantities: Sequence[Quantity],
    responsibilities: Sequence[Responsibility],
    officials: Sequence[Official],
    ids: IdMaker,
) -> tuple[Target, ...]:
    """One target for each of the document's *quantities* of kind ``target``."""
    return ()
