"""Quantities of a short text, for tests of what describes them: a document of one clause a line, or of one table."""

from __future__ import annotations

from dataclasses import replace

from extractors.quantities import extract_quantities
from extractors.targets import extract_targets
from extractors.targets.owners import owners_index
from pipeline.segmentation.parts import with_parts
from schemas.ids import IdMaker
from schemas.rows import Quantity, Target
from tests.extractors.building import issue_of

PLAN_YEAR = 2024


def described(text: str, title: str = "2024年工作要点") -> tuple[Quantity, ...]:
    """The quantities of *text* as they stand in a document of that *title* with the plan year 2024."""
    issue = issue_of(text)
    document = with_parts(replace(issue.documents[0], title=title, plan_year=PLAN_YEAR))
    return extract_quantities(issue, document, IdMaker(issue.issue_id))


def aimed(text: str, title: str = "2024年工作要点") -> tuple[Target, ...]:
    """The targets of *text*, without owners."""
    issue = issue_of(text)
    document = with_parts(replace(issue.documents[0], title=title, plan_year=PLAN_YEAR))
    ids = IdMaker(issue.issue_id)
    return extract_targets(
        issue, document, extract_quantities(issue, document, ids), owners_index(document, (), ()), ids
    )
