"""The line's rows as the judges see them, and what the judges report about them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from pipeline.evaluation.gold import GoldText
from pipeline.evaluation.labels import Label
from pipeline.evaluation.tallies import Line, Tally

Row = Mapping[str, Any]
IssueRows = Mapping[str, list[dict[str, Any]]]
"""Rows of one issue by dataset, each row a mapping of columns."""
Category = Literal["missed", "extra", "different"]


@dataclass(frozen=True, slots=True, eq=False)
class Mention:
    """One row with its span; ``-1`` stands for a row that has none."""

    start: int
    end: int
    values: Row

    def get(self, column: str) -> Any:
        """The value of *column*, ``None`` where the row lacks it."""
        return self.values.get(column)


@dataclass(frozen=True, slots=True)
class Finding:
    """One label that was missed, one row too many, or one pair that differs, with the text around."""

    dataset: str
    category: Category
    text_name: str
    start: int
    end: int
    before: str
    text: str
    after: str
    expected: Mapping[str, Any]
    found: Mapping[str, Any]
    rule_id: str | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one judged row: the label that it met, if any, and for each column that this judges whether it agrees."""

    dataset: str
    row: Row
    label: Label | None
    agrees: Mapping[str, bool]

    @property
    def met(self) -> bool:
        """Whether a label stands for the row."""
        return self.label is not None

    @property
    def whole(self) -> bool:
        """Whether the row agrees in every column that was judged."""
        return self.met and all(self.agrees.values())


@dataclass(slots=True)
class Report:
    """What the judges of one text collect."""

    gold: GoldText
    tallies: list[Tally] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    verdicts: list[Verdict] = field(default_factory=list)
    _line_starts: list[int] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._line_starts = [0]
        position = self.gold.text.find("\n")
        while position >= 0:
            self._line_starts.append(position + 1)
            position = self.gold.text.find("\n", position + 1)

    def line_of(self, offset: int) -> tuple[int, int]:
        """Start and end (without the break) of the line in which *offset* stands."""
        index = bisect_right(self._line_starts, offset) - 1
        last = index + 1 == len(self._line_starts)
        return self._line_starts[index], len(self.gold.text) if last else self._line_starts[index + 1] - 1

    def count(self, figure: str, offset: int, hits: float = 0.0, gold: int = 0, predicted: int = 0) -> None:
        """Add a tally at the line of *offset*."""
        line = Line(self.gold.name, self.line_of(max(0, offset))[0])
        self.tallies.append(Tally(figure, line, float(hits), gold, predicted))

    def note(
        self,
        dataset: str,
        category: Category,
        span: tuple[int, int],
        expected: Mapping[str, Any],
        found: Mapping[str, Any],
        rule_id: str | None = None,
    ) -> None:
        """Add a finding at *span*, with up to 24 characters of text on either side."""
        start, end = span
        text = self.gold.text
        before, after = text[max(0, start - 24) : start], text[end : end + 24]
        self.findings.append(
            Finding(
                dataset, category, self.gold.name, start, end, before, text[start:end], after, expected, found, rule_id
            )
        )

    def judge(
        self, dataset: str, mention: Mention, label: Label | None, agrees: Mapping[str, bool] | None = None
    ) -> None:
        """Add the verdict on a row: the *label* that it met, if any, and for each column that this judges whether it agrees."""
        self.verdicts.append(Verdict(dataset, mention.values, label, agrees or {}))


def mentions_of(rows: Iterable[Row]) -> list[Mention]:
    """The rows of one dataset with their spans, in their order."""
    return [Mention(*_span(row), row) for row in rows]


def _span(row: Row) -> tuple[int, int]:
    start, end = row.get("char_start"), row.get("char_end")
    return (-1, -1) if start is None or end is None else (int(start), int(end))
