"""Milestones: dated deliverables that no quantity measures, with their owners."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.language.passages import PassagesOf
from extractors.milestones.find import Counted, Finder
from extractors.milestones.lines import LineTimes
from extractors.milestones.scope import Scope
from extractors.milestones.tables import RowTimes
from extractors.quantities.description.lead_ins import LeadIns
from extractors.targets.owners import OwnersIndex
from schemas.ids import IdMaker
from schemas.records import Document, Issue
from schemas.rows import Milestone, Quantity

__all__ = ["extract_milestones"]


def extract_milestones(
    issue: Issue,
    document: Document,
    quantities: Sequence[Quantity],
    owners: OwnersIndex,
    ids: IdMaker,
    passages_of: PassagesOf,
    lead_ins: LeadIns | None = None,
) -> tuple[Milestone, ...]:
    """The milestones of *document* in text order; what one of its *quantities* measures is none, *owners* tells who answers."""
    head = issue.source.text if len(issue.heads) == 1 else ""
    scope = Scope.of(document, issue.masthead.publication_date, head, lead_ins)
    rows, lines = RowTimes.of(document, scope.plan_year), LineTimes.of(document, scope.plan_year)
    finder = Finder(issue.source.text, scope, rows, lines, owners, Counted.of(quantities, issue.source.text), ids)
    return tuple(sorted(finder.of(passages_of(document)), key=lambda row: (row.span, row.milestone_id)))
