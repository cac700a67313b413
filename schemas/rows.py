"""The rows that extractors make: one frozen record per row, its fields named as the dataset's columns.

``span`` stands for the columns ``char_start`` and ``char_end``; ``fragments`` is set where a break
cut the mention; a record within a record stands for those of its columns that the dataset has. Meanings, units and allowed values are in the field dictionary (:mod:`schemas.fields`).
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Literal

from schemas.making import quickly_made
from schemas.records import Problem
from schemas.spans import Span

Comparator = Literal[">=", ">", "<=", "<", "~", "="]
QuantityKind = Literal["target", "standard", "fact"]
Transformation = Literal["level", "growth", "change", "share", "rank", "limit", "frequency"]
Direction = Literal["up", "down"]
SubjectType = Literal["place", "organization", "company", "project", "group"]
TimePeriodBasis = Literal["stated", "heading", "part", "document"]
MentionType = Literal["duty", "appointment", "signature", "contact", "staff", "mention"]
AppointmentAction = Literal["appoint", "remove", "engage", "nominate", "lapse", "retire", "punish", "commend"]
Duty = Literal["lead", "responsible", "support", "member"]
CitationKind = Literal["contents", "own", "reference"]


@quickly_made
@dataclass(frozen=True, slots=True)
class Place:
    """Where a mention stands: in a clause, or in a table cell (numbered cell items have both)."""

    document_id: str | None
    clause_id: str | None = None
    table_id: str | None = None
    row: int | None = None
    column: int | None = None


@quickly_made
@dataclass(frozen=True, slots=True)
class Quantity:
    """One measured quantity as printed."""

    quantity_id: str
    place: Place
    span: Span
    fragments: tuple[Span, ...] | None
    text: str
    low: float
    high: float
    unit: str
    unit_rule: str
    dimension: str | None
    per: str | None
    comparator: Comparator
    comparator_rule: str
    kind: QuantityKind
    kind_rule: str
    indicator: str
    indicator_key: str
    subject: str | None
    subject_type: SubjectType | None
    subject_start: int | None
    subject_end: int | None
    subject_rule: str | None
    metric: str
    metric_key: str
    metric_code: str | None
    indicator_confidence: float
    kind_confidence: float
    indicator_rule: str
    transformation: Transformation
    transformation_rule: str
    direction: Direction | None
    unit_std: str
    obs_low: float
    obs_high: float
    obs_comparator: Comparator
    deadline: str | None
    deadline_rule: str | None
    time_period: str | None
    time_period_basis: TimePeriodBasis | None
    time_period_rule: str | None
    stretch: bool
    stretch_rule: str
    action: str | None
    baseline_quantity_id: str | None
    part_of_quantity_id: str | None
    group_id: str | None
    sentence: str
    rule_id: str


@quickly_made
@dataclass(frozen=True, slots=True)
class Owners:
    """Who answers, as printed, each once in the order of print; keys beside the names, one each; the rule of the place.

    Two are equal where the same names answer.
    """

    lead_agencies: tuple[str, ...] = ()
    responsible_agencies: tuple[str, ...] = ()
    support_agencies: tuple[str, ...] = ()
    officials: tuple[str, ...] = ()
    lead_agency_keys: tuple[str, ...] = field(default=(), compare=False)
    responsible_agency_keys: tuple[str, ...] = field(default=(), compare=False)
    support_agency_keys: tuple[str, ...] = field(default=(), compare=False)
    person_keys: tuple[str, ...] = field(default=(), compare=False)
    owner_rule: str | None = field(default=None, compare=False)


@quickly_made
@dataclass(frozen=True, slots=True)
class Target:
    """One quantity of kind ``target`` with its owners; the row has the columns of all three."""

    target_id: str
    quantity: Quantity
    owners: Owners
    scope: str | None
    target_year: int | None
    deadline_date: dt.date | None
    low_std: float | None
    high_std: float | None
    clause_path: str | None
    same_as: str | None = None
    conflict_id: str | None = None


@quickly_made
@dataclass(frozen=True, slots=True)
class Milestone:
    """One thing to be done by a stated time that no quantity measures, with its owners."""

    milestone_id: str
    place: Place
    span: Span
    fragments: tuple[Span, ...] | None
    text: str
    action: str
    object: str
    subject: str | None
    deadline: str
    deadline_date: dt.date | None
    time_period: str
    stretch: bool
    owners: Owners
    clause_path: str | None
    sentence: str
    rule_id: str
    deadline_rule: str
    object_rule: str | None = None


@quickly_made
@dataclass(frozen=True, slots=True)
class Official:
    """One printed mention of a named person, or of an office in charge (``name`` is ``None``)."""

    official_id: str
    place: Place
    applies_to_rows: tuple[int, ...]
    span: Span
    fragments: tuple[Span, ...] | None
    text: str
    name: str | None
    name_repaired: bool
    person_key: str | None
    mention_type: MentionType
    role: str | None
    organization: str | None
    position: str | None
    action: AppointmentAction | None
    effective_date: dt.date | None
    rule_id: str


@quickly_made
@dataclass(frozen=True, slots=True)
class Responsibility:
    """One printed agency with one duty."""

    responsibility_id: str
    place: Place
    applies_to_rows: tuple[int, ...]
    span: Span
    fragments: tuple[Span, ...] | None
    text: str
    agency: str
    agency_key: str
    duty: Duty
    rule_id: str


@quickly_made
@dataclass(frozen=True, slots=True)
class Citation:
    """One printed document number or cited title."""

    citation_id: str
    document_id: str | None
    clause_id: str | None
    citation_kind: CitationKind
    span: Span
    text: str
    title: str | None
    doc_number: str | None
    cited_document_id: str | None
    rule_id: str


@dataclass(frozen=True, slots=True)
class Extraction:
    """All rows that the extractors made of one issue, each kind in text order."""

    quantities: tuple[Quantity, ...] = ()
    targets: tuple[Target, ...] = ()
    milestones: tuple[Milestone, ...] = ()
    officials: tuple[Official, ...] = ()
    responsibilities: tuple[Responsibility, ...] = ()
    citations: tuple[Citation, ...] = ()
    problems: tuple[Problem, ...] = ()
