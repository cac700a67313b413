"""Evaluation from end to end: label sets and rows in, figures with intervals and breakdowns out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.evaluation.bootstrap import Interval, intervals_of
from pipeline.evaluation.breakdown import (
    DocumentFigures,
    KindCount,
    KindFigures,
    by_document,
    by_kind,
    count_kinds,
)
from pipeline.evaluation.decisions import Decisions, decisions_of
from pipeline.evaluation.documents import judge_documents
from pipeline.evaluation.gold import LABELLED, GoldSet, GoldText
from pipeline.evaluation.labels import AgencyLabel, PersonLabel, QuantityLabel, RowLabel
from pipeline.evaluation.mentions import Finding, IssueRows, Mention, Report, Verdict, mentions_of
from pipeline.evaluation.names import judge_agencies, judge_people
from pipeline.evaluation.other_rows import judge_rows
from pipeline.evaluation.owners import judge_owners, one_to_one
from pipeline.evaluation.quantities import judge_quantities
from pipeline.evaluation.sources import RowsOf, from_processed, from_sources
from pipeline.evaluation.tallies import FigureValue, Tally, figures_of
from schemas.datasets import DATASETS

_MENTION_DATASETS = ("quantities", "targets", "officials", "responsibilities")


@dataclass(frozen=True, slots=True)
class TextEvaluation:
    """What the judges found in one text."""

    tallies: tuple[Tally, ...]
    findings: tuple[Finding, ...]
    verdicts: tuple[Verdict, ...]
    kinds: tuple[KindCount, ...]
    documents: tuple[DocumentFigures, ...]
    wrong_spans: int
    without_span: int
    targets: int
    one_to_one: bool


@dataclass(frozen=True, slots=True)
class SetEvaluation:
    """The figures of one label set (its texts pooled) and what lies behind them."""

    name: str
    texts: tuple[str, ...]
    figures: dict[str, FigureValue]
    intervals: dict[str, dict[str, Interval] | Interval]
    decisions: tuple[Decisions, ...]
    kinds: tuple[KindFigures, ...]
    documents: tuple[DocumentFigures, ...]
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All label sets of one run."""

    sets: tuple[SetEvaluation, ...]


def evaluate(sets: Iterable[GoldSet], processed: Path | None = None) -> Evaluation:
    """Judge the rows below *processed* by the label *sets*; without a folder, process the sources in memory.

    Raises :class:`pipeline.evaluation.sources.NotProcessedError` where the folder lacks an issue.
    """
    rows_of = from_sources() if processed is None else from_processed(processed)
    return Evaluation(tuple(evaluate_set(gold_set, rows_of) for gold_set in sets))


def evaluate_set(gold_set: GoldSet, rows_of: RowsOf) -> SetEvaluation:
    """Judge one set with the rows that *rows_of* gives for each of its texts."""
    texts = [evaluate_rows(gold, rows_of(gold)) for gold in gold_set.texts]
    return _pool(gold_set.name, [gold.name for gold in gold_set.texts], texts)


def evaluate_rows(gold: GoldText, rows: IssueRows) -> TextEvaluation:
    """Judge the rows of one text; rows outside the labelled stretches count for nothing but their spans."""
    report = Report(gold)
    mentions = {name: mentions_of(rows.get(name, [])) for name in _MENTION_DATASETS}
    inside = {name: [row for row in part if gold.covers(row.start, _span_of(name))] for name, part in mentions.items()}
    quantities = [label for label in gold.labels if isinstance(label, QuantityLabel)]
    judge_quantities(report, quantities, inside["quantities"])
    judge_people(report, [label for label in gold.labels if isinstance(label, PersonLabel)], inside["officials"])
    agencies = [label for label in gold.labels if isinstance(label, AgencyLabel)]
    judge_agencies(report, agencies, inside["responsibilities"])
    judge_owners(report, gold.labels, mentions["targets"])
    for name in gold.of_dataset.keys() - set(LABELLED):
        own = [label for label in gold.labels if isinstance(label, RowLabel) and label.dataset == name]
        found = mentions.get(name) or mentions_of(rows.get(name, []))
        judge_rows(report, name, own, [row for row in found if gold.covers(row.start, name)])
    if gold.documents is not None:
        judge_documents(report, gold.documents, rows)
    every = [row for part in mentions.values() for row in part]
    return TextEvaluation(
        tallies=tuple(report.tallies),
        findings=tuple(report.findings),
        verdicts=tuple(report.verdicts),
        kinds=tuple(count_kinds(quantities, inside["quantities"])),
        documents=tuple(by_document(report, rows)),
        wrong_spans=sum(_misplaced(gold.text, row) for row in every),
        without_span=sum(row.start < 0 for row in every),
        targets=len(mentions["targets"]),
        one_to_one=one_to_one(mentions["targets"], mentions["quantities"]),
    )


def _span_of(dataset: str) -> str:
    """The dataset whose labelled stretches count for the rows of *dataset*: a target's are its quantity's."""
    return DATASETS[dataset].describes or dataset


def _misplaced(text: str, row: Mention) -> bool:
    return row.start >= 0 and text[row.start : row.end] != (row.get("text") or "")


def _pool(name: str, text_names: Sequence[str], texts: Sequence[TextEvaluation]) -> SetEvaluation:
    tallies = [tally for text in texts for tally in text.tallies]
    checks: dict[str, FigureValue] = {
        "rows_whose_span_is_not_their_text": sum(text.wrong_spans for text in texts),
        "rows_without_span": sum(text.without_span for text in texts),
        "targets_one_to_one": any(text.targets for text in texts) and all(text.one_to_one for text in texts),
    }
    return SetEvaluation(
        name=name,
        texts=tuple(text_names),
        figures=checks | figures_of(tallies),
        intervals=intervals_of(tallies),
        decisions=tuple(decisions_of(verdict for text in texts for verdict in text.verdicts)),
        kinds=tuple(by_kind(count for text in texts for count in text.kinds)),
        documents=tuple(document for text in texts for document in text.documents),
        findings=tuple(finding for text in texts for finding in text.findings),
    )
