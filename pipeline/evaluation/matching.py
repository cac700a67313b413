"""When a row and a label mean the same: spans that overlap, values, units, wordings, names."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Generic, Protocol, TypeVar

INDICATOR_THRESHOLD: Final = 0.7
"""Two wordings of an indicator agree when the F1 of their characters reaches this."""
PHRASE_THRESHOLD: Final = 0.75
"""Two phrases are alike when so much of both stands in both, in order."""
_PUNCTUATION: Final = re.compile(r"[\s的、，,：:；;（）()“”\"《》·]")
_RELATIVE_TOLERANCE: Final = 1e-4
_SMALLEST_VALUE: Final = 1e-3
_SMALLEST_SHARE: Final = 0.5

_SAME_UNITS: Final = (
    ("元", "元人民币", "人民币", "rmb", "cny"),
    ("元/平方米", "元/平方"),
    ("平方米", "平方", "平米", "㎡", "m2"),
    ("立方米", "m³", "方"),
    ("公里", "千米", "km"),
    ("%", "pct", "percent", "％"),
    ("百分点", "个百分点"),
    ("mg/l", "毫克/升"),
    ("ug/m³", "μg/m³", "ug/m3", "微克/立方米"),
    ("名次", "位次", "位"),
    ("个工作日", "工作日"),
    ("个月", "月"),
)
_UNIT_KEYS: Final = {variant: group[0] for group in _SAME_UNITS for variant in group}


class Spanned(Protocol):
    """Anything with half-open offsets into the text."""

    @property
    def start(self) -> int: ...

    @property
    def end(self) -> int: ...


G = TypeVar("G", bound=Spanned)
P = TypeVar("P", bound=Spanned)


@dataclass(frozen=True, slots=True)
class Pairing(Generic[G, P]):
    """Labels and rows one to one, and what is left over on either side, each in its own order."""

    pairs: tuple[tuple[G, P], ...]
    missed: tuple[G, ...]
    extra: tuple[P, ...]


def overlap(first: Spanned, second: Spanned) -> int:
    """How many characters two spans share."""
    return max(0, min(first.end, second.end) - max(first.start, second.start))


def pair(gold: Sequence[G], predicted: Sequence[P]) -> Pairing[G, P]:
    """Pair labels and rows one to one, best overlap first; a pair shares half of the shorter span at least."""
    order = sorted(range(len(predicted)), key=lambda index: predicted[index].start)
    starts = [predicted[index].start for index in order]
    longest = max((row.end - row.start for row in predicted), default=0)
    candidates: list[tuple[float, int, int, int]] = []
    for gold_index, label in enumerate(gold):
        for place in range(bisect_left(starts, label.start - longest), bisect_left(starts, label.end)):
            row = predicted[order[place]]
            shared = overlap(label, row)
            shorter = min(label.end - label.start, row.end - row.start)
            if shared and shared >= _SMALLEST_SHARE * shorter:
                union = label.end - label.start + row.end - row.start - shared
                candidates.append((-shared / union, abs(label.start - row.start), gold_index, order[place]))
    taken: dict[int, int] = {}
    used: set[int] = set()
    pairs: list[tuple[G, P]] = []
    for _, _, gold_index, row_index in sorted(candidates):
        if gold_index not in taken and row_index not in used:
            taken[gold_index] = row_index
            used.add(row_index)
            pairs.append((gold[gold_index], predicted[row_index]))
    return Pairing(
        tuple(pairs),
        tuple(label for index, label in enumerate(gold) if index not in taken),
        tuple(row for index, row in enumerate(predicted) if index not in used),
    )


def unit_key(unit: str | None) -> str:
    """One spelling for units that mean the same (平米 and ㎡ → 平方米)."""
    plain = (unit or "").replace(" ", "").replace("／", "/").lower()
    return _UNIT_KEYS.get(plain, plain)


def same_value(found: float | None, expected: float) -> bool:
    """Whether two values agree to a ten-thousandth."""
    if found is None:
        return False
    return abs(found - expected) <= _RELATIVE_TOLERANCE * max(_SMALLEST_VALUE, abs(expected))


def squash(text: str | None) -> str:
    """*text* without any blanks or breaks."""
    return "".join((text or "").split())


def wording_f1(found: str | None, expected: str | None) -> float:
    """F1 of two wordings' characters as bags, blanks and 的 left out; 0 where either is empty."""
    first, second = (_wording(text) for text in (found, expected))
    if not first or not second:
        return 0.0
    shared = sum((Counter(first) & Counter(second)).values())
    return 2 * shared / (len(first) + len(second))


def _wording(text: str | None) -> str:
    return (text or "").replace(" ", "").replace("\n", "").replace("的", "")


def same_wording(found: str | None, expected: str | None) -> bool:
    """Whether two wordings of an indicator agree."""
    return wording_f1(found, expected) >= INDICATOR_THRESHOLD


def alike(found: str | None, expected: str | None, least: float = PHRASE_THRESHOLD) -> bool:
    """Whether two phrases name the same thing: characters in common, in order, punctuation and 的 left out."""
    first, second = (_PUNCTUATION.sub("", text or "") for text in (found, expected))
    if not first or not second:
        return False
    return first == second or 2 * _common(first, second) / (len(first) + len(second)) >= least


def _common(first: str, second: str) -> int:
    """Length of the longest common subsequence."""
    row = [0] * (len(second) + 1)
    for character in first:
        last = 0
        for index, other in enumerate(second, 1):
            last, row[index] = row[index], last + 1 if character == other else max(row[index], row[index - 1])
    return row[-1]


def same_role(found: str | None, expected: str | None) -> bool:
    """Whether one of two roles, both stated, holds the other (牵头领导 and 领导)."""
    first, second = squash(found), squash(expected)
    return bool(first) and bool(second) and (first in second or second in first)
