"""Decisions: for every rule of every column how often it decided, and how often that was right or wrong.

A row's ``kind_rule`` names the rule that decided its kind, its ``rule_id`` the rule that made it. A decision is right
where the label agrees in every column that the rule decides, wrong where it does not; a column that the label does not
state is not judged. A row that no label stands for makes its rule wrong, and its other columns are not judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from pipeline.evaluation.mentions import Verdict
from pipeline.evaluation.wilson import wilson
from schemas.datasets import DATASETS, Dataset

MAKES: Final = "rule_id"
NOT_JUDGED: Final = "–"
_BELOW_ALL: Final = 0.999
Key = tuple[str, str, str]
"""Dataset, rule column, rule."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """What one rule decided in one column. ``overlaps`` and ``conflicts`` are ``None`` where no trace was made."""

    dataset: str
    column: str
    rule_id: str
    decided: int = 0
    right: int = 0
    wrong: int = 0
    overlaps: int | None = None
    conflicts: int | None = None
    wrong_rows: tuple[str, ...] = field(default=(), repr=False)

    @property
    def judged(self) -> int:
        """How many of its decisions labels judge."""
        return self.right + self.wrong

    @property
    def precision(self) -> float | None:
        """Its share of right decisions, ``None`` without a judged one."""
        return round(self.right / self.judged, 4) if self.judged else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """The 95 % interval of the precision."""
        return wilson(self.right, self.judged)

    @property
    def judgement(self) -> tuple[str, str, str]:
        """Right, wrong and precision as tables print them: – without a judged decision, 1.000 only where none is wrong."""
        if not self.judged:
            return NOT_JUDGED, NOT_JUDGED, NOT_JUDGED
        share = self.right / self.judged
        return str(self.right), str(self.wrong), f"{min(share, _BELOW_ALL) if self.wrong else share:.3f}"

    def plus(self, other: Decisions) -> Decisions:
        """These and the *other* decisions of the same rule in the same column."""
        return replace(
            self,
            decided=self.decided + other.decided,
            right=self.right + other.right,
            wrong=self.wrong + other.wrong,
            overlaps=_sum(self.overlaps, other.overlaps),
            conflicts=_sum(self.conflicts, other.conflicts),
            wrong_rows=(*self.wrong_rows, *other.wrong_rows),
        )


def _sum(first: int | None, second: int | None) -> int | None:
    return None if first is None or second is None else first + second


def own_decisions(dataset: Dataset) -> Mapping[str, tuple[str, ...]]:
    """The rule columns of *dataset* that are its own: a dataset that describes another repeats the other's."""
    repeated = DATASETS[dataset.describes].columns if dataset.describes is not None else ()
    return {name: columns for name, columns in dataset.decisions.items() if name not in repeated}


def decisions_of(verdicts: Iterable[Verdict]) -> list[Decisions]:
    """The decisions that labels judge, and those of judged rows that they do not: most wrong ones first."""
    decided: dict[Key, int] = {}
    right: dict[Key, int] = {}
    wrong: dict[Key, list[str]] = {}
    for verdict in verdicts:
        dataset = DATASETS[verdict.dataset]
        for column, columns in own_decisions(dataset).items():
            rule = verdict.row.get(column)
            if not rule:
                continue
            key = (dataset.name, column, str(rule))
            decided[key] = decided.get(key, 0) + 1
            agrees = _agrees(verdict, column, columns)
            if agrees:
                right[key] = right.get(key, 0) + 1
            elif agrees is not None:
                wrong.setdefault(key, []).append(str(verdict.row.get(dataset.key[-1])))
    table = [
        Decisions(*key, count, right.get(key, 0), len(wrong.get(key, ())), wrong_rows=tuple(wrong.get(key, ())))
        for key, count in decided.items()
    ]
    return sorted(table, key=lambda one: (-one.wrong, one.dataset, one.column, one.rule_id))


def _agrees(verdict: Verdict, column: str, columns: Sequence[str]) -> bool | None:
    """Whether the decision on *columns* is right; ``None`` where no label says."""
    if column == MAKES:
        return verdict.met and all(verdict.agrees.get(name, True) for name in columns)
    judged = [verdict.agrees[name] for name in columns if name in verdict.agrees]
    return all(judged) if judged else None


def merged(counts: Mapping[Key, int] | None, judged: Iterable[Decisions]) -> list[Decisions]:
    """The decisions of a folder's rows by *counts*, with what labels say of some of them."""
    said = {(one.dataset, one.column, one.rule_id): one for one in judged}
    if counts is None:
        return list(said.values())
    return [
        replace(said[key], decided=count) if key in said else Decisions(*key, count)
        for key, count in sorted(counts.items())
    ]
