"""Did it help? Two processed folders held against labels: what got fixed, what broke, column by column.

Every label is a case of each column that it states, and of ``row``: that there is a row for it. A label that no row
meets is wrong in all of them; a row that no label stands for is a wrong case of ``row``. Cases are paired: the
difference of the two shares has the interval of Agresti and Min for paired proportions.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from pipeline.auditing.compare import Change, compare
from pipeline.auditing.folders import Folder
from pipeline.auditing.plain import one_line
from pipeline.evaluation import GoldSet, GoldText
from pipeline.evaluation.agreement import said_by
from pipeline.evaluation.labels import dataset_of, identity
from pipeline.evaluation.mentions import Verdict
from pipeline.evaluation.run import evaluate_rows
from pipeline.evaluation.sources import JUDGED
from schemas.datasets import DATASETS

ROW: Final = "row"
_Z: Final = 1.959963984540054
_AROUND: Final = 20
Key = tuple[object, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """One column of one label (or one row too many) that is right on one side alone."""

    category: Literal["fixed", "broken"]
    dataset: str
    column: str
    text_name: str
    start: int
    context: str
    label: Any
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class ColumnScore:
    """One column over all cases: right before and after, fixed and broken."""

    dataset: str
    column: str
    cases: int
    before: int
    after: int
    fixed: int
    broken: int

    @property
    def difference(self) -> float:
        """The share of right cases after, less that before."""
        return (self.after - self.before) / self.cases

    @property
    def interval(self) -> tuple[float, float]:
        """Its 95 % interval."""
        return paired_interval(self.fixed, self.broken, self.cases)


@dataclass(frozen=True, slots=True)
class Improvement:
    """What changed by the labels, and the changes of rows that no label judges."""

    columns: tuple[ColumnScore, ...]
    cases: tuple[Case, ...]
    unlabelled: tuple[Change, ...]

    def count(self, category: str) -> int:
        """How many cases were fixed, or broken."""
        return sum(case.category == category for case in self.cases)

    @property
    def verdict(self) -> str:
        """One word: better, worse, mixed, or same; ``changed`` where only rows without a label did."""
        fixed, broken = self.count("fixed"), self.count("broken")
        if fixed or broken:
            return "mixed" if fixed and broken else "better" if fixed else "worse"
        return "changed" if self.unlabelled else "same"


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What one folder makes of one case: the columns that are right, and what its row says."""

    span: tuple[int, int]
    agrees: Mapping[str, bool]
    row: Mapping[str, Any]
    label: Mapping[str, Any]


def paired_interval(fixed: int, broken: int, cases: int) -> tuple[float, float]:
    """The 95 % interval of a difference of paired shares (Agresti and Min: half a case added to each of four cells)."""
    whole, up, down = cases + 2, fixed + 0.5, broken + 0.5
    middle = (up - down) / whole
    reach = _Z * math.sqrt(max(0.0, up + down - (up - down) ** 2 / whole)) / whole
    return round(max(-1.0, middle - reach), 4), round(min(1.0, middle + reach), 4)


def improvement(
    a: Folder, b: Folder, sets: Sequence[GoldSet], *, unseen: Sequence[GoldSet] = (), rows: bool = True
) -> Improvement:
    """What became better and worse from *a* to *b* by the label *sets*; texts that one of them lacks count for nothing.

    Changes without a label are looked for where *rows* says so, not in what the held-out sets *unseen* label.
    """
    texts = [text for gold in sets for text in gold.texts]
    cases: list[Case] = []
    scores: dict[tuple[str, str], list[int]] = {}
    for text in texts:
        before, after = (_outcomes(text, folder) for folder in (a, b))
        if before is None or after is None:
            continue
        labelled = dict.fromkeys((dataset_of(label), *identity(label)) for label in text.labels)
        for key in sorted({**labelled, **before, **after}, key=str):
            cases += _pair(text, str(key[0]), before.get(key), after.get(key), key, scores)
    columns = tuple(ColumnScore(*name, *numbers) for name, numbers in sorted(scores.items()) if numbers[0])
    if not rows:
        return Improvement(columns, tuple(cases), ())
    hidden = [text for gold in unseen for text in gold.texts]
    judged, held = (_Judged.of(b, part) | _Judged.of(a, part) for part in (texts, hidden))
    changes = compare(a, b).changes
    unlabelled = tuple(change for change in changes if not judged.holds(change) and not held.hides(change))
    return Improvement(columns, tuple(cases), unlabelled)


def _pair(
    text: GoldText,
    dataset: str,
    old: _Outcome | None,
    new: _Outcome | None,
    key: Key,
    scores: dict[tuple[str, str], list[int]],
) -> Iterator[Case]:
    """The cases of one label, or of one row without a label, added to *scores*."""
    some = new or old
    if some is None:  # missed before and after
        scores.setdefault((dataset, ROW), [0, 0, 0, 0, 0])[0] += 1
        return
    extra = key[1] == "extra"
    columns = [ROW] if extra else [ROW, *dict.fromkeys([*(old.agrees if old else ()), *(new.agrees if new else ())])]
    for column in columns:
        right = [(one is None) if extra else bool(one and one.agrees.get(column, column == ROW)) for one in (old, new)]
        score = scores.setdefault((dataset, column), [0, 0, 0, 0, 0])
        fixed, broken = right[1] and not right[0], right[0] and not right[1]
        for at, one in enumerate((True, *right, fixed, broken)):
            score[at] += one
        if fixed or broken:
            said = [None if one is None else one.row.get("text" if column == ROW else column) for one in (old, new)]
            yield Case(
                "fixed" if fixed else "broken", dataset, column, text.name, some.span[0], _context(text.text, some.span),
                some.label.get(column), *said,
            )  # fmt: skip


def _context(text: str, span: tuple[int, int]) -> str:
    start, end = span
    return one_line(f"{text[max(0, start - _AROUND) : start]}⟦{text[start:end]}⟧{text[end : end + _AROUND]}")


def _outcomes(text: GoldText, folder: Folder) -> dict[Key, _Outcome] | None:
    issue_id = _issue_of(text, folder)
    if issue_id is None:
        return None
    return dict(_of_verdicts(evaluate_rows(text, {name: folder.rows(name, issue_id) for name in JUDGED}).verdicts))


def _of_verdicts(verdicts: Iterable[Verdict]) -> Iterator[tuple[Key, _Outcome]]:
    for verdict in verdicts:
        row = verdict.row
        if verdict.label is None:
            span = (int(row["char_start"]), int(row["char_end"]))
            yield (
                (verdict.dataset, "extra", *span, str(row.get("name") or row.get("agency"))),
                _Outcome(span, {}, row, {}),
            )
        else:
            span = (verdict.label.start, verdict.label.end)
            yield (
                (verdict.dataset, *identity(verdict.label)),
                _Outcome(span, verdict.agrees, row, said_by(verdict.label)),
            )


def _issue_of(text: GoldText, folder: Folder) -> str | None:
    return next((key for key, row in folder.issues.items() if row.get("source_sha256") == text.source_sha256), None)


@dataclass(frozen=True, slots=True)
class _Judged:
    """Which characters of which issue labels judge, by dataset."""

    texts: Mapping[str, tuple[GoldText, ...]]

    @classmethod
    def of(cls, folder: Folder, texts: Iterable[GoldText]) -> _Judged:
        found: dict[str, tuple[GoldText, ...]] = {}
        for text in texts:
            issue_id = _issue_of(text, folder)
            if issue_id is not None:
                found[issue_id] = (*found.get(issue_id, ()), text)
        return cls(found)

    def __or__(self, other: _Judged) -> _Judged:
        return _Judged({**self.texts, **other.texts})

    def holds(self, change: Change) -> bool:
        """Whether a label judges the row of *change*."""
        start, dataset = change.char_start, DATASETS[change.dataset].describes or change.dataset
        return start is not None and any(
            text.judges(dataset) and text.covers(start, dataset) for text in self.texts.get(change.issue_id, ())
        )

    def hides(self, change: Change) -> bool:
        """Whether *change* stands in what is labelled, whatever its dataset."""
        start = change.char_start
        return any(
            text.stretches == ((0, len(text.text)),) or (start is not None and text.covers(start))
            for text in self.texts.get(change.issue_id, ())
        )
