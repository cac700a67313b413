"""Intervals of shares of few cases: Wilson's, which neither leaves 0 to 1 nor shrinks to a point at its ends."""

from __future__ import annotations

import math
from typing import Final

_Z: Final = 1.959963984540054
"""The 97.5th percentile of the normal distribution: intervals of 95 %."""


def wilson(right: int, judged: int) -> tuple[float, float] | None:
    """The 95 % interval of the share *right* of *judged* cases; ``None`` without a case."""
    if not judged:
        return None
    share, square = right / judged, _Z * _Z
    middle = share + square / (2 * judged)
    reach = _Z * math.sqrt(share * (1 - share) / judged + square / (4 * judged * judged))
    whole = 1 + square / judged
    return round(max(0.0, (middle - reach) / whole), 4), round(min(1.0, (middle + reach) / whole), 4)
