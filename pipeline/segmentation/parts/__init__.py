"""The parts of a document: its genre, its years, who speaks, and the part of a report that each clause stands in."""

from __future__ import annotations

from pipeline.segmentation.parts.genre import genre_of
from pipeline.segmentation.parts.speaker import with_speaker
from pipeline.segmentation.parts.walk import walk
from pipeline.segmentation.parts.years import Years
from schemas.records import Document
from schemas.replacing import replace

__all__ = ["with_parts"]


def with_parts(document: Document) -> Document:
    """*document* with its genre and years, and its clauses with their part, its period and the rule that said so."""
    genre, rule_id = genre_of(document.title, document.subject_title, document.clauses)
    document = with_speaker(replace(document, genre=genre, genre_rule=rule_id))
    years = Years.of(document)
    parts = walk(document, years)
    clauses = tuple(
        clause if part is None else replace(clause, section_role=part.role, section_period=part.period, section_rule=part.rule_id)
        for clause, part in zip(document.clauses, parts, strict=True)
    )  # fmt: skip
    return replace(document, report_year=years.report, plan_year=document.plan_year or years.report, clauses=clauses)
