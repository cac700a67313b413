"""An issue with what the present rules make of it, and the traces of its rows: read once, asked many times."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from itertools import chain
from typing import Any

from extractors.extract import extract
from extractors.language.passages import Passage, passages
from extractors.quantities.description.said import DocumentView, Said, said_of
from extractors.quantities.description.sentences import Mention, Sentence
from extractors.targets.owners import OwnersIndex, owners_index
from pipeline.auditing.claims import Surroundings
from pipeline.auditing.numbers import claimants
from pipeline.auditing.passage_reading import PassageReading
from pipeline.auditing.structural import structural_voices
from pipeline.auditing.surroundings import passage_at, positions
from pipeline.auditing.trace import ColumnTrace, column_traces
from pipeline.auditing.voices import voices
from schemas.datasets import DATASETS, marked
from schemas.records import Document, Issue
from schemas.rows import Extraction, Quantity, Target
from schemas.spans import Span
from schemas.tabulate import rows_of

Row = dict[str, Any]
_Said = dict[tuple[int, int], tuple[Sentence, Mention, Said]]


@dataclass(frozen=True)
class Audit:
    """An issue with what the present rules make of it."""

    issue: Issue
    extraction: Extraction
    rows: Mapping[str, list[Row]]
    _views: dict[str, DocumentView] = field(default_factory=dict, repr=False)
    _said: dict[int, _Said] = field(default_factory=dict, repr=False)
    _readings: dict[int, PassageReading] = field(default_factory=dict, repr=False)
    _owners: dict[str, OwnersIndex] = field(default_factory=dict, repr=False)
    _starts: dict[str, tuple[list[Row], list[int], int]] = field(default_factory=dict, repr=False)
    _ids: dict[str, dict[str, Row]] = field(default_factory=dict, repr=False)
    _at: dict[Span, Passage | None] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, issue: Issue) -> Audit:
        """Run all extractors over *issue*."""
        return cls._of(issue, None)

    @classmethod
    def near(cls, issue: Issue, offset: int) -> Audit:
        """The same as far as rows at *offset* need it: quantities and milestones of the document there alone.

        Targets lack what other documents say of the same indicator.
        """
        return cls._of(issue, [one for one in issue.documents if one.span.start <= offset < one.span.end])

    @classmethod
    def _of(cls, issue: Issue, wanted: list[Document] | None) -> Audit:
        extraction = extract(issue, wanted)
        return cls(issue, extraction, rows_of(issue, extraction))

    @cached_property
    def _placed(self) -> dict[str, tuple[tuple[Span, Passage], ...]]:
        """The passages of each document, each behind what it covers."""
        return {
            document.document_id: tuple((passage.reading.whole(), passage) for passage in passages(document))
            for document in self.issue.documents
        }

    def passage_at(self, span: Span) -> Passage | None:
        """The passage that reads *span*, a table cell before a clause; ``None`` where no passage does."""
        if span not in self._at:
            near = (self._placed[one.document_id] for one in self.issue.documents if one.span.overlaps(span))
            self._at[span] = passage_at(span, chain.from_iterable(near))
        return self._at[span]

    def reading(self, passage: Passage) -> PassageReading:
        """What rules find in *passage*, one of this issue's."""
        found = self._readings.get(id(passage))
        if found is None or found.passage is not passage:
            found = self._readings[id(passage)] = PassageReading(passage)
        return found

    def owners(self, document: Document) -> OwnersIndex:
        """Who answers for what in *document*."""
        if document.document_id not in self._owners:
            made = owners_index(document, self.extraction.responsibilities, self.extraction.officials)
            self._owners[document.document_id] = made
        return self._owners[document.document_id]

    @cached_property
    def quantities(self) -> dict[str, Quantity]:
        """The quantities by id."""
        return {one.quantity_id: one for one in self.extraction.quantities}

    @cached_property
    def targets(self) -> dict[str, Target]:
        """The targets by the id of their quantity."""
        return {one.quantity.quantity_id: one for one in self.extraction.targets}

    def find(self, row_id: str) -> tuple[str, Row] | None:
        """The dataset and row with the id *row_id*, whose letter names the dataset."""
        letter = f"{row_id}//".split("/")[1]
        for one in DATASETS.values():
            if one.id_column is not None and one.letter == letter:
                if one.name not in self._ids:
                    self._ids[one.name] = {str(row[one.id_column]): row for row in self.rows[one.name]}
                if row_id in self._ids[one.name]:
                    return one.name, self._ids[one.name][row_id]
        return None

    def at(self, offset: int) -> list[tuple[str, Row]]:
        """The mentions whose span holds *offset*; a target's quantity stands for it."""
        return [(dataset, row) for dataset, row in self.mentions() if row["char_start"] <= offset < row["char_end"]]

    def over(self, dataset: str, span: Span) -> list[Row]:
        """The rows of *dataset* that share a character with *span*, in their order."""
        if dataset not in self._starts:
            rows = sorted(self.rows[dataset], key=lambda row: int(row["char_start"]))
            longest = max((int(row["char_end"]) - int(row["char_start"]) for row in rows), default=0)
            self._starts[dataset] = rows, [int(row["char_start"]) for row in rows], longest
        rows, starts, longest = self._starts[dataset]
        near = rows[bisect_left(starts, span.start - longest) : bisect_left(starts, span.end)]
        return [row for row in near if row["char_end"] > span.start]

    def mentions(self) -> Iterator[tuple[str, Row]]:
        """Every mention with its dataset; of a quantity and its target the quantity."""
        for dataset in marked():
            for row in self.rows[dataset.name]:
                yield dataset.name, row

    def traces(self, dataset: str, row: Row) -> list[ColumnTrace]:
        """How each decision of *row* came about."""
        if not DATASETS[dataset].is_mention:
            document = next((one for one in self.issue.documents if one.document_id == row["document_id"]), None)
            return list(column_traces(dataset, row, partial(structural_voices, document, row) if document else None))
        span = Span(row["char_start"], row["char_end"])
        passage = self.passage_at(span)
        where = self._surroundings(dataset, passage, span) if passage else None
        return list(column_traces(dataset, row, partial(voices, where) if where else None))

    def rivals(self, dataset: str, row: Row) -> tuple[bool, bool]:
        """Whether another rule matches over the number of a quantity's *row*, and whether it reads another stretch."""
        span = Span(row["char_start"], row["char_end"])
        passage = self.passage_at(span) if dataset == "quantities" else None
        if passage is None:
            return False, False
        found = claimants(self.reading(passage), *positions(passage, span))
        return len(found) > 1, any((one.start, one.end) != (found[0].start, found[0].end) for one in found[1:])

    def said(self, passage: Passage, span: Span) -> tuple[Sentence, Mention, Said] | None:
        """What is said of the number of *passage* at *span*, with its sentence; ``None`` where no number is read."""
        return self._said_in(passage).get(positions(passage, span))

    def _surroundings(self, dataset: str, passage: Passage, span: Span) -> Surroundings:
        start, end = positions(passage, span)
        counted = "quantities" in (dataset, DATASETS[dataset].describes)
        if counted and (found := self.said(passage, span)):
            return Surroundings(self.reading(passage), start, end, *found)
        return Surroundings(self.reading(passage), start, end)

    def _said_in(self, passage: Passage) -> _Said:
        """What is said of the numbers of *passage*, by their folded positions."""
        name, key = passage.document.document_id, id(passage)
        if key not in self._said:
            if name not in self._views:
                self._views[name] = DocumentView.of(self.issue.source.text, passage.document)
            self._said[key] = {
                positions(passage, passage.span(mention.candidate.start, mention.candidate.end)): (
                    sentence,
                    mention,
                    one,
                )
                for sentence, said in said_of(self._views[name], passage, self.reading(passage).candidates)
                for mention, one in zip(sentence.mentions, said, strict=True)
            }
        return self._said[key]
