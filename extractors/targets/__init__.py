"""Targets: quantities of kind ``target`` with their owners, scope, year and keys."""

from __future__ import annotations

from collections.abc import Sequence

from extractors.quantities.description.deadline import last_day
from extractors.targets.owners import OwnersFinding, owners_index
from extractors.targets.scope import ScopeFinder
from extractors.times.periods import last_year
from schemas.ids import IdMaker
from schemas.records import Document, Issue
from schemas.rows import Official, Quantity, Responsibility, Target

__all__ = ["extract_targets"]


def extract_targets(
    issue: Issue,
    document: Document,
    quantities: Sequence[Quantity],
    responsibilities: Sequence[Responsibility],
    officials: Sequence[Official],
    ids: IdMaker,
) -> tuple[Target, ...]:
    """One target for each of the document's *quantities* of kind ``target``."""
    chosen = [quantity for quantity in quantities if quantity.kind == "target"]
    if not chosen:
        return ()
    owners = owners_index(document, responsibilities, officials)
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
    deadline, owners = quantity.deadline, finding.owners
    return Target(
        target_id=ids.over("g", quantity.span.start, quantity.span.end),
        quantity_id=quantity.quantity_id,
        place=quantity.place,
        span=quantity.span,
        text=quantity.text,
        indicator=quantity.indicator,
        indicator_key=quantity.indicator_key,
        subject=quantity.subject,
        subject_type=quantity.subject_type,
        subject_start=quantity.subject_start,
        subject_end=quantity.subject_end,
        subject_rule=quantity.subject_rule,
        metric=quantity.metric,
        metric_key=quantity.metric_key,
        metric_code=quantity.metric_code,
        indicator_confidence=quantity.indicator_confidence,
        kind_confidence=quantity.kind_confidence,
        indicator_rule=quantity.indicator_rule,
        transformation=quantity.transformation,
        transformation_rule=quantity.transformation_rule,
        direction=quantity.direction,
        scope=scopes.of_quantity(quantity),
        target_year=last_year(quantity.time_period) if quantity.time_period else document.plan_year,
        deadline=deadline,
        deadline_rule=quantity.deadline_rule,
        time_period=quantity.time_period,
        time_period_basis=quantity.time_period_basis,
        time_period_rule=quantity.time_period_rule,
        kind_rule=quantity.kind_rule,
        deadline_date=last_day(deadline) if deadline else None,
        low=quantity.low,
        high=quantity.high,
        unit=quantity.unit,
        unit_rule=quantity.unit_rule,
        low_std=ends[0],
        high_std=ends[1],
        unit_std=quantity.unit_std,
        obs_low=quantity.obs_low,
        obs_high=quantity.obs_high,
        obs_comparator=quantity.obs_comparator,
        comparator=quantity.comparator,
        comparator_rule=quantity.comparator_rule,
        stretch=quantity.stretch,
        stretch_rule=quantity.stretch_rule,
        lead_agencies=owners.lead,
        responsible_agencies=owners.responsible,
        support_agencies=owners.support,
        officials=owners.officials,
        lead_agency_keys=owners.lead_keys,
        responsible_agency_keys=owners.responsible_keys,
        support_agency_keys=owners.support_keys,
        person_keys=owners.person_keys,
        owner_rule=finding.rule_id if owners else None,
        clause_path=paths.get(quantity.place.clause_id or ""),
        sentence=quantity.sentence,
    )
