"""All extractors over one issue, in the order in which they need one another."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Final, TypeVar

from extractors.citations import extract_citations
from extractors.language.folding import squash
from extractors.language.passages import shared_passages
from extractors.milestones import extract_milestones
from extractors.officials import extract_officials
from extractors.quantities import extract_quantities
from extractors.quantities.description.deadline import OPEN
from extractors.quantities.description.lead_ins import LeadIns
from extractors.responsibilities import extract_responsibilities
from extractors.targets import extract_targets
from extractors.targets.repeats import related, themes_of
from schemas.ids import IdMaker
from schemas.making import without_collector
from schemas.records import Document, Issue, Problem
from schemas.rows import Extraction, Milestone, Official, Quantity, Responsibility, Target

Row = TypeVar("Row", Official, Responsibility)
UNSETTLED_NAME: Final = "official.unsettled_name"
UNKNOWN_UNIT: Final = "unit.unknown"


@without_collector()
def extract(issue: Issue, wanted: Collection[Document] | None = None) -> Extraction:
    """Every quantity, target, milestone, official, responsibility and citation of *issue*.

    With *wanted* the quantities, targets and milestones of those documents alone; persons and agencies are read over the
    whole issue all the same, as its other documents settle their names.
    """
    ids = IdMaker(issue.issue_id)
    passages_of = shared_passages()
    officials = extract_officials(issue, ids, passages_of)
    responsibilities = extract_responsibilities(issue, ids, passages_of)
    answering, named = _by_document(responsibilities), _by_document(officials)
    quantities: list[Quantity] = []
    targets: list[Target] = []
    milestones: list[Milestone] = []
    for document in issue.documents if wanted is None else wanted:
        lead_ins = LeadIns.of(document)
        found = extract_quantities(issue, document, ids, passages_of, lead_ins)
        quantities.extend(found)
        targets.extend(
            extract_targets(
                issue,
                document,
                found,
                answering.get(document.document_id, ()),
                named.get(document.document_id, ()),
                ids,
            )
        )
        milestones.extend(
            extract_milestones(
                issue,
                document,
                found,
                answering.get(document.document_id, ()),
                named.get(document.document_id, ()),
                ids,
                passages_of,
                lead_ins,
            )
        )
    citations = extract_citations(issue, ids, passages_of)
    return Extraction(
        tuple(quantities),
        related(targets, themes_of(issue.documents)),
        tuple(milestones),
        officials,
        responsibilities,
        citations,
        (*_unsettled(officials), *_unknown_units(quantities), *_open_deadlines((*quantities, *milestones))),
    )


def _unsettled(officials: Iterable[Official]) -> Iterator[Problem]:
    """A problem for each name that recognition shuffled and no roster settles: it stands as printed."""
    for official in officials:
        if official.rule_id == UNSETTLED_NAME:
            message = f"names that cannot be told apart are kept as printed: {squash(official.text)}"
            yield Problem("unsettled_name", "warning", message, official.span, document_id=official.place.document_id)


def _unknown_units(quantities: Iterable[Quantity]) -> Iterator[Problem]:
    """A problem for each quantity whose measure word the unit table lacks."""
    for quantity in quantities:
        if quantity.unit_rule == UNKNOWN_UNIT:
            message = f"no unit of the table is spelt {quantity.unit}: {squash(quantity.text)}"
            yield Problem("unknown_unit", "info", message, quantity.span, document_id=quantity.place.document_id)


def _open_deadlines(rows: Iterable[Quantity | Milestone]) -> Iterator[Problem]:
    """A problem for each row whose deadline the text leaves open: its year, or the day of an event of the year."""
    for row in rows:
        if row.deadline_rule in OPEN:
            message = f"the text leaves open which day or year is meant; read as {row.deadline}: {squash(row.text)}"
            yield Problem("open_deadline", "warning", message, row.span, document_id=row.place.document_id)


def _by_document(rows: Iterable[Row]) -> dict[str | None, list[Row]]:
    found: dict[str | None, list[Row]] = {}
    for row in rows:
        found.setdefault(row.place.document_id, []).append(row)
    return found
