"""All extractors over one issue, in the order in which they need one another.

What the documents of an issue settle for one another, who is meant by a name and which names agencies bear, is read over all
of them first. The rest is read document by document, so that of a large issue a part at a time need be held.
"""

from __future__ import annotations

import sys
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Final

from extractors.citations import Citations
from extractors.language.folding import squash
from extractors.language.passages import PassagesOf, shared_passages
from extractors.milestones import extract_milestones
from extractors.milestones.times import named_years
from extractors.officials import extract_officials
from extractors.quantities import quantities_of
from extractors.quantities.description.deadline import OPEN
from extractors.quantities.description.lead_ins import LeadIns
from extractors.responsibilities import Agencies
from extractors.targets import extract_targets
from extractors.targets.owners import owners_index
from extractors.targets.repeats import Relations, themes_of, with_relations
from schemas.ids import IdMaker
from schemas.making import without_collector
from schemas.records import PART, Document, Issue, Problem
from schemas.rows import Citation, Extraction, Milestone, Official, Quantity

UNSETTLED_NAME: Final = "official.unsettled_name"
_DAY: Final = 10
"""Characters of a date that is a day."""
UNKNOWN_UNIT: Final = "unit.unknown"


@dataclass(frozen=True, slots=True)
class Part:
    """What was found in *documents*, some that follow one another; its targets are not compared with those of other parts.

    Problems come with the last part.
    """

    documents: tuple[Document, ...]
    found: Extraction
    is_last: bool


def extract(issue: Issue, wanted: Collection[Document] | None = None) -> Extraction:
    """Every quantity, target, milestone, official, responsibility and citation of *issue*.

    With *wanted* the quantities, targets and milestones of those documents alone; persons and agencies are read over the
    whole issue all the same, as its other documents settle their names.
    """
    relations = Relations()
    chosen = None if wanted is None else frozenset(document.document_id for document in wanted)
    (part,) = extract_in_parts(issue, relations, chosen, sys.maxsize)
    return replace(part.found, targets=with_relations(part.found.targets, relations.settled()))


def extract_in_parts(
    issue: Issue, relations: Relations, wanted: Collection[str] | None = None, size: int = 0
) -> Iterator[Part]:
    """The same in parts of some *size* (:data:`schemas.records.PART`), in characters, one after another, at least one; *relations* takes in their targets.

    *wanted*: the ids of the documents whose quantities are asked for.
    """
    reader = _Reader.of(issue, relations, wanted)
    for first, stop in _bounds(issue.heads, size or PART):
        documents, is_last = tuple(issue.documents[first:stop]), stop == len(issue.heads)
        yield Part(documents, reader.read(documents, is_first=first == 0, is_last=is_last), is_last)


def _bounds(heads: Sequence[Document], size: int) -> Iterator[tuple[int, int]]:
    """From which document to which the parts reach."""
    first = held = 0
    for stop, head in enumerate(heads, 1):
        held += head.span.end - head.span.start
        if held >= size or stop == len(heads):
            yield first, stop
            first, held = stop, 0
    if not heads:
        yield 0, 0


@dataclass(slots=True)
class _Reader:
    """What is known of a whole issue when its documents are read one by one: the persons, and the names of agencies."""

    issue: Issue
    relations: Relations
    wanted: Collection[str] | None
    passages_of: PassagesOf
    officials: tuple[Official, ...]
    agencies: Agencies
    citations: Citations
    given: int = 0
    """So many of the officials went with the parts before."""
    problems: tuple[list[Problem], ...] = field(default_factory=lambda: ([], [], [], []))
    """Of all parts so far: units, deadlines of quantities, those of milestones, years of documents."""

    @classmethod
    @without_collector()
    def of(cls, issue: Issue, relations: Relations, wanted: Collection[str] | None) -> _Reader:
        passages_of = shared_passages()
        officials = extract_officials(issue, IdMaker(issue.issue_id), passages_of)
        agencies = Agencies.of(issue, passages_of)
        return cls(issue, relations, wanted, passages_of, officials, agencies, Citations.of(issue))

    @without_collector()
    def read(self, documents: Sequence[Document], *, is_first: bool, is_last: bool) -> Extraction:
        """What stands in *documents*; the first also take the numbers of the contents page, the last all problems."""
        officials = self._officials(len(self.issue.source.text) if is_last else documents[-1].span.end)
        named = _by_document(officials)
        citations = list(self.citations.listed(IdMaker(self.issue.issue_id))) if is_first else []
        found = [
            of_document
            for first, stop in _bounds(documents, PART)
            for of_document in self._documents(documents[first:stop], named, citations)
        ]
        quantities = tuple(chain.from_iterable(one.quantities for one in found))
        milestones = tuple(chain.from_iterable(one.milestones for one in found))
        noticed = (
            _unknown_units(quantities),
            _open_deadlines(quantities),
            _open_deadlines(milestones),
            _open_years(documents, milestones),
        )
        for problems, more in zip(self.problems, noticed, strict=True):
            problems.extend(more)
        return Extraction(
            quantities,
            tuple(chain.from_iterable(one.targets for one in found)),
            milestones,
            officials,
            tuple(chain.from_iterable(one.responsibilities for one in found)),
            tuple(sorted(citations, key=lambda row: row.span)),
            (*_unsettled(self.officials), *chain.from_iterable(self.problems)) if is_last else (),
        )

    def _officials(self, end: int) -> tuple[Official, ...]:
        """The next of the officials, up to the offset *end* (they ascend)."""
        first = self.given
        self.given = bisect_left(self.officials, end, first, key=lambda official: official.span.start)
        return self.officials[first : self.given]

    def _documents(
        self, documents: Sequence[Document], named: Mapping[str | None, Sequence[Official]], citations: list[Citation]
    ) -> list[Extraction]:
        """The rows of each of some documents but its officials; what it cites goes to *citations*. Its ids are those of no other.

        One dataset is read after the other, not one document: the rules of a dataset stay near the processor.
        """
        issue, passages_of = self.issue, self.passages_of
        ids = {one.document_id: IdMaker(issue.issue_id) for one in documents}
        for one in documents:
            citations.extend(self.citations.in_document(one, ids[one.document_id], passages_of))
        agencies = {
            one.document_id: tuple(self.agencies.in_document(one, ids[one.document_id], passages_of))
            for one in documents
        }
        wanted = [one for one in documents if self.wanted is None or one.document_id in self.wanted]
        about = [(one, ids[one.document_id]) for one in wanted]
        lead_ins = [LeadIns.of(one) for one in wanted]
        read = [(one, own, over) for (one, own), over in zip(about, lead_ins, strict=True)]
        quantities = quantities_of(issue, read, passages_of)
        owners = [owners_index(one, agencies[one.document_id], named.get(one.document_id, ())) for one in wanted]
        targets = [
            extract_targets(issue, one, numbers, who, own)
            for (one, own), numbers, who in zip(about, quantities, owners, strict=True)
        ]
        for one, aims in zip(wanted, targets, strict=True):
            self.relations.note(aims, themes_of([one]))
        milestones = [
            extract_milestones(issue, one, numbers, who, own, passages_of, over)
            for (one, own), numbers, who, over in zip(about, quantities, owners, lead_ins, strict=True)
        ]
        rows = {
            one.document_id: Extraction(numbers, aims, deeds)
            for one, numbers, aims, deeds in zip(wanted, quantities, targets, milestones, strict=True)
        }
        return [
            replace(rows.get(one.document_id, Extraction()), responsibilities=agencies[one.document_id])
            for one in documents
        ]


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


def _open_years(documents: Iterable[Document], milestones: Iterable[Milestone]) -> Iterator[Problem]:
    """A problem for each document whose months and days without a year may be of another one than that they are read in.

    It states none of its own, or is signed in the year before that of its plan.
    """
    known = {document.document_id: (document.plan_year, document.signed_date) for document in documents}
    first: dict[str | None, Milestone] = {}
    for row in milestones:
        year, signed = known.get(row.place.document_id or "", (0, None))
        either = signed is not None and year == signed.year + 1 and row.deadline[4:] > signed.isoformat()[4:]
        if (year is None or (either and len(row.deadline) == _DAY)) and _is_of_document_year(row):
            first.setdefault(row.place.document_id, row)
    for document_id, row in first.items():
        message = f"the year of months and days without one is open; {squash(row.text)} is read in {row.deadline[:4]}"
        yield Problem("open_deadline", "info", message, row.span, document_id=document_id)


def _is_of_document_year(row: Milestone) -> bool:
    """Whether the time of *row* is a month or day that its sentence names no such year with, and no problem tells of yet."""
    return (
        "-" in row.deadline and row.deadline_rule not in OPEN and int(row.deadline[:4]) not in named_years(row.sentence)
    )


def _by_document(officials: Iterable[Official]) -> dict[str | None, list[Official]]:
    found: dict[str | None, list[Official]] = {}
    for official in officials:
        found.setdefault(official.place.document_id, []).append(official)
    return found
