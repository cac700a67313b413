"""Targets: quantities of kind ``target`` with their owners, scope, year and keys."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.quantities.description.deadline import last_day
from extractors.targets.owners import OwnersFinding, OwnersIndex
from extractors.targets.scope import ScopeFinder
from extractors.times.periods import last_year
from schemas.ids import IdMaker
from schemas.records import Document, Issue
from schemas.rows import Quantity, Target

__all__ = ["extract_targets"]


def extract_targets(
    issue: Issue,
    document: Document,
    quantities: Sequence[Quantity],
    owners: OwnersIndex,
    ids: IdMaker,
) -> tuple[Target, ...]:
    """One target for each of the document's *quantities* of kind ``target``; *owners* tells who answers for it."""
    chosen = [quantity for quantity in quantities if quantity.kind == "target"]
    if not chosen:
        return ()
    scopes = ScopeFinder.of(document)
    paths = {clause.clause_id: clause.path for clause in document.clauses}
    return tuple(_target(document, quantity, owners.finding(quantity), scopes, paths, ids) for quantity in chosen)


def _target(
    document: Document,
    quantity: Quantity,
    finding: OwnersFinding,
    scopes: ScopeFinder,
    paths: dict[str, str],
    ids: IdMaker,
) -> Target:
    turned = quantity.direction == "down" and quantity.low >= 0
    ends = (-quantity.obs_high, -quantity.obs_low) if turned else (quantity.obs_low, quantity.obs_high)
    return Target(
        target_id=ids.over("g", quantity.span.start, quantity.span.end),
        quantity=quantity,
        owners=finding.owners,
        scope=scopes.of_quantity(quantity),
        target_year=last_year(quantity.time_period) if quantity.time_period else document.plan_year,
        deadline_date=last_day(quantity.deadline) if quantity.deadline else None,
        low_std=ends[0],
        high_std=ends[1],
        clause_path=paths.get(quantity.place.clause_id or ""),
    )
