"""Bootstrap intervals: how far a figure would move with other lines of such text.

The unit that is drawn is a line of text, as errors within a line are correlated (Efron's percentile method
over clusters). The seed is fixed, so that two runs give the same intervals.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import numpy.typing as npt

from pipeline.evaluation.tallies import FIGURES, Line, Tally

REPLICATES: Final = 1000
SEED: Final = 20230131
_PERCENTILES: Final = (2.5, 97.5)

Interval = tuple[float, float]
Numbers = npt.NDArray[np.float64]


def intervals_of(tallies: Sequence[Tally], replicates: int = REPLICATES) -> dict[str, dict[str, Interval] | Interval]:
    """The 95 % interval of every figure of the tallies: of p, r and f1, or of the share."""
    lines = sorted({tally.line for tally in tallies})
    if not lines:
        return {}
    draws = np.random.default_rng(SEED).multinomial(len(lines), [1 / len(lines)] * len(lines), size=replicates)
    place = {line: index for index, line in enumerate(lines)}
    intervals: dict[str, dict[str, Interval] | Interval] = {}
    for name, form in FIGURES.items():
        own = [tally for tally in tallies if tally.figure == name]
        if not own:
            continue
        hits, gold, predicted = (draws @ _sums_by_line(own, place)).T
        if form == "share":
            intervals[name] = _interval(_share(hits, gold))
        else:
            precision, recall = _share(hits, predicted), _share(hits, gold)
            both = precision + recall
            f1 = _share(2 * precision * recall, both)
            intervals[name] = {"p": _interval(precision), "r": _interval(recall), "f1": _interval(f1)}
    return intervals


def _sums_by_line(tallies: Sequence[Tally], place: dict[Line, int]) -> Numbers:
    table = np.zeros((len(place), 3))
    for tally in tallies:
        table[place[tally.line]] += (tally.hits, tally.gold, tally.predicted)
    return table


def _share(part: Numbers, whole: Numbers) -> Numbers:
    """Shares, 0 where the whole is 0."""
    return np.divide(part, whole, out=np.zeros_like(part, dtype=np.float64), where=whole > 0)


def _interval(values: Numbers) -> Interval:
    low, high = np.percentile(values, _PERCENTILES)
    return round(float(low), 4), round(float(high), 4)
