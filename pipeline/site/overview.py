"""What the pages over all issues show, gathered issue by issue while each is open: its rows are read once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain

from pipeline.evaluation.decisions import Key, own_decisions
from pipeline.site.charts import ChartCounts
from pipeline.site.issue import IssueView, Listed
from pipeline.site.matches import MatchBook, Noticed, problems
from schemas.datasets import DATASETS, Dataset


@dataclass(slots=True)
class Overview:
    """Rows in context, numbers of charts, problems, counts of rows by issue and dataset, decisions of rules, and documents."""

    matches: MatchBook
    charts: ChartCounts = field(default_factory=ChartCounts)
    problems: list[Noticed] = field(default_factory=list)
    counts: dict[str, Counter[str]] = field(default_factory=dict)
    decisions: Counter[Key] = field(default_factory=Counter)
    listed: list[Listed] = field(default_factory=list)

    @classmethod
    def of(cls, view: IssueView, wrong: frozenset[str], most: int) -> Overview:
        """One issue, with up to *most* problems; *wrong* are the ids of the rows that labels call wrong."""
        found = cls(MatchBook({}, wrong), problems=list(problems([view], most)), listed=[view.listed])
        found.matches.look_through(view)
        found.charts.look_through(view)
        found.counts[view.issue_id] = Counter(
            {name: len(view.rows[name]) for name, dataset in DATASETS.items() if dataset.plural}
        )
        found.decisions.update(chain.from_iterable(_decisions(view, dataset) for dataset in DATASETS.values()))
        return found

    def add(self, other: Overview, most: int) -> None:
        """Add what is shown of issues behind these."""
        self.matches.add_all(other.matches)
        self.charts.add(other.charts)
        self.problems += other.problems[: most - len(self.problems)]
        self.counts |= other.counts
        self.decisions.update(other.decisions)
        self.listed += other.listed


def _decisions(view: IssueView, dataset: Dataset) -> Iterator[Key]:
    columns: Iterable[str] = own_decisions(dataset)
    for row in view.rows[dataset.name] if columns else ():
        yield from ((dataset.name, column, str(row[column])) for column in columns if row.get(column))
