"""What labels say of the rows of a processed folder: a verdict on each judged row, and what was missed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from pipeline.auditing.folders import Folder
from pipeline.evaluation import GoldSet
from pipeline.evaluation.decisions import Decisions, decisions_of
from pipeline.evaluation.gold import GoldText
from pipeline.evaluation.mentions import Finding, Verdict
from pipeline.evaluation.run import evaluate_rows
from pipeline.evaluation.sources import JUDGED
from pipeline.site.marks import Row
from schemas.datasets import DATASETS

Judgement = Literal["agrees", "differs", "extra"]


@dataclass(frozen=True, slots=True)
class IssueJudgement:
    """What the labels of one issue say."""

    texts: tuple[GoldText, ...] = ()
    findings: tuple[Finding, ...] = ()
    _found: Mapping[tuple[str, str], tuple[Finding, ...]] = field(default_factory=dict)

    def of(self, dataset: str, row: Row) -> Judgement | None:
        """The verdict on a row, ``None`` where no label set covers it or judges its dataset."""
        start, end = int(row["char_start"]), int(row["char_end"])
        if not DATASETS[dataset].judged or not any(text.covers(start, dataset) for text in self.texts):
            return None
        extra = self._found.get((dataset, "extra"), ())
        if any((finding.start, finding.end) == (start, end) for finding in extra):
            return "extra"
        different = self._found.get((dataset, "different"), ())
        return "differs" if any(finding.start < end and start < finding.end for finding in different) else "agrees"

    def label_of(self, dataset: str, row: Row) -> Mapping[str, Any] | None:
        """What the label of a row that differs says of the columns in which it differs."""
        start, end = int(row["char_start"]), int(row["char_end"])
        different = self._found.get((dataset, "different"), ())
        return next((finding.expected for finding in different if finding.start < end and start < finding.end), None)

    def missed(self) -> list[Finding]:
        """The labels that no row met."""
        return [
            finding
            for dataset in DATASETS.values()
            if dataset.judged
            for finding in self._found.get((dataset.name, "missed"), ())
        ]


@dataclass(frozen=True, slots=True)
class GoldJudgement:
    """What all label sets say: by issue, and how the decisions of rules stand by them."""

    issues: Mapping[str, IssueJudgement]
    decisions: Sequence[Decisions]


def judge(folder: Folder, sets: Sequence[GoldSet]) -> GoldJudgement:
    """Judge the rows of *folder* by those texts of *sets* that it holds, known by the bytes of their source."""
    by_source = {str(row["source_sha256"]): issue_id for issue_id, row in folder.issues.items()}
    by_issue: dict[str, list[GoldText]] = {}
    for gold in (text for gold_set in sets for text in gold_set.texts):
        if gold.source_sha256 in by_source:
            by_issue.setdefault(by_source[gold.source_sha256], []).append(gold)
    issues: dict[str, IssueJudgement] = {}
    verdicts: list[Verdict] = []
    for issue_id, texts in by_issue.items():
        rows = {name: folder.rows(name, issue_id) for name in JUDGED}
        results = [evaluate_rows(text, rows) for text in texts]
        verdicts += [verdict for result in results for verdict in result.verdicts]
        issues[issue_id] = _issue(texts, [finding for result in results for finding in result.findings])
    return GoldJudgement(issues, decisions_of(verdicts))


def _issue(texts: Sequence[GoldText], findings: Sequence[Finding]) -> IssueJudgement:
    found: dict[tuple[str, str], tuple[Finding, ...]] = {}
    for finding in findings:
        key = (finding.dataset, finding.category)
        found[key] = (*found.get(key, ()), finding)
    return IssueJudgement(tuple(texts), tuple(findings), found)
