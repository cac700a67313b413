"""The figures taken apart: by kind of quantity, by text and document."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from pipeline.evaluation.labels import QuantityLabel
from pipeline.evaluation.matching import pair
from pipeline.evaluation.mentions import IssueRows, Mention, Report
from pipeline.evaluation.tallies import FIGURES, FigureValue, Line, Sums, Tally, figure_of, precision_recall_f1, sums

KINDS: Final = ("target", "standard", "fact")


@dataclass(frozen=True, slots=True)
class KindFigures:
    """One kind of quantity: how well its spans are found and told from the other kinds; ``None`` without a case."""

    kind: str
    gold: int
    predicted: int
    p: float | None
    r: float | None
    f1: float | None


@dataclass(frozen=True, slots=True)
class DocumentFigures:
    """The figures of the labelled part of one document, where it has labels or rows."""

    text_name: str
    title: str | None
    start: int
    figures: dict[str, FigureValue]


@dataclass(frozen=True, slots=True)
class KindCount:
    """What one text adds to a kind."""

    kind: str
    hits: int
    gold: int
    predicted: int


def count_kinds(labels: Sequence[QuantityLabel], rows: Sequence[Mention]) -> list[KindCount]:
    """For each kind: spans labelled and predicted with it, and how many agree."""
    counts = []
    for kind in KINDS:
        wanted = [label for label in labels if label.kind == kind]
        found = [row for row in rows if row.get("kind") == kind]
        counts.append(KindCount(kind, len(pair(wanted, found).pairs), len(wanted), len(found)))
    return counts


def by_kind(counts: Iterable[KindCount]) -> list[KindFigures]:
    """The kinds of quantity over all texts."""
    totals = {kind: [0, 0, 0] for kind in KINDS}
    for count in counts:
        for index, value in enumerate((count.hits, count.gold, count.predicted)):
            totals[count.kind][index] += value
    table = []
    for kind, (hits, gold, predicted) in totals.items():
        figures = precision_recall_f1(Sums(hits, gold, predicted)) if gold or predicted else (None, None, None)
        p, r, f1 = (None if value is None else round(value, 4) for value in figures)
        table.append(KindFigures(kind, gold, predicted, p, r, f1))
    return table


def by_document(report: Report, rows: IssueRows) -> list[DocumentFigures]:
    """The figures of each document of one text, by where the judged lines begin; a line before the first is its."""
    documents = sorted(rows.get("documents", []), key=lambda row: int(row["char_start"]))
    starts = [int(row["char_start"]) for row in documents]
    groups: dict[int, list[Tally]] = {}
    for tally in report.tallies:
        groups.setdefault(_document_at(starts, tally.line), []).append(tally)
    table = []
    for index in sorted(groups):
        title = documents[index].get("title") if documents else None
        start = starts[index] if documents else 0
        totals = sums(groups[index])
        figures = {name: figure_of(name, totals[name]) for name in FIGURES if name in totals}
        table.append(DocumentFigures(report.gold.name, title, start, figures))
    return table


def _document_at(starts: Sequence[int], line: Line) -> int:
    return max(0, bisect_right(starts, line.start) - 1)
