"""Figures as sums over lines of text: what makes them poolable, filterable and open to resampling.

Each judgement (a label met, a row too many) is a :class:`Tally` at the line of its offset. A figure of a
text, of a document, of a set or of a resampled set is the same formula over the sums of some tallies.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal, NamedTuple

Form = Literal["prf", "share"]
FigureValue = dict[str, float | int] | float | int | bool | None


class Line(NamedTuple):
    """One line of one text, by the offset at which it begins: the unit that is resampled."""

    text: str
    start: int


@dataclass(frozen=True, slots=True)
class Tally:
    """What one judgement adds to a figure: for a share, *gold* is its denominator."""

    figure: str
    line: Line
    hits: float = 0.0
    gold: int = 0
    predicted: int = 0


class Sums(NamedTuple):
    """Sums of the tallies of one figure."""

    hits: float
    gold: float
    predicted: float


FIGURES: Final[dict[str, Form]] = {
    "quantity_span": "prf",
    "quantity_value_unit": "prf",
    "quantity_value_unit_cmp": "prf",
    "comparator_accuracy": "share",
    "comparator_accuracy_loose": "share",
    "kind_accuracy": "share",
    "deadline_accuracy": "share",
    "deadline_stated_accuracy": "share",
    "stretch_accuracy": "share",
    "indicator_char_f1": "share",
    "indicator_match": "share",
    "indicator_match_second_guide": "share",
    "target_value_unit_cmp": "prf",
    "target_complete": "prf",
    "official_name": "prf",
    "official_role_accuracy": "share",
    "agency": "prf",
    "agency_duty": "prf",
    "target_owner": "prf",
    "target_official_recall": "share",
    "document": "prf",
    "document_title_accuracy": "share",
    "document_number_accuracy": "share",
    "document_issuers_accuracy": "share",
    "document_signed_date_accuracy": "share",
    "document_adopted_date_accuracy": "share",
    "document_type_accuracy": "share",
    "document_speaker_accuracy": "share",
    "clause": "prf",
}
"""Every figure that is a formula over tallies, in the order in which it is shown."""


def sums(tallies: Iterable[Tally]) -> dict[str, Sums]:
    """The sums of every figure that has tallies."""
    totals: dict[str, list[float]] = {}
    for tally in tallies:
        total = totals.setdefault(tally.figure, [0.0, 0.0, 0.0])
        total[0] += tally.hits
        total[1] += tally.gold
        total[2] += tally.predicted
    return {name: Sums(*total) for name, total in totals.items()}


def figures_of(tallies: Iterable[Tally]) -> dict[str, FigureValue]:
    """Every figure over *tallies*, in the order of :data:`FIGURES`, rounded to four places."""
    totals = sums(tallies)
    return {name: figure_of(name, totals.get(name, Sums(0.0, 0.0, 0.0))) for name in FIGURES}


def figure_of(name: str, total: Sums) -> FigureValue:
    """One figure from its sums: {p, r, f1, gold, pred}, or a share, or ``None`` where it has no case."""
    if not total.gold and (FIGURES[name] == "share" or not total.predicted):
        return None
    if FIGURES[name] == "share":
        return round(total.hits / total.gold, 4)
    precision, recall, f1 = precision_recall_f1(total)
    return {
        "p": round(precision, 4), "r": round(recall, 4), "f1": round(f1, 4),
        "gold": int(total.gold), "pred": int(total.predicted),
    }  # fmt: skip


def precision_recall_f1(total: Sums) -> tuple[float, float, float]:
    """Precision, recall and F1; 0 where nothing is predicted or labelled."""
    precision = total.hits / total.predicted if total.predicted else 0.0
    recall = total.hits / total.gold if total.gold else 0.0
    both = precision + recall
    return precision, recall, 2 * precision * recall / both if both else 0.0


def main_value(value: FigureValue) -> float | None:
    """The one number that a figure is judged by: F1, or the share itself."""
    if isinstance(value, dict):
        return float(value["f1"])
    return None if value is None else float(value)
