"""Values ready for a panel: in the standard unit, shares and growth in %, signed by direction, low before high."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from extractors.numbers.units import dimension_of, standardise
from extractors.quantities.frames.transformation import Change
from schemas.making import quickly_made
from schemas.rows import Comparator

_MIRRORED: Final[dict[Comparator, Comparator]] = {">=": "<=", ">": "<", "<=": ">=", "<": ">"}
_PERCENT: Final = "%"
_HUNDRED: Final = Decimal(100)
_MOST_DOUBLINGS: Final = 20


@quickly_made
@dataclass(frozen=True, slots=True)
class Observation:
    """A value in its standard unit, signed by direction; ``low`` is never above ``high``."""

    unit: str
    low: float
    high: float
    comparator: Comparator


def observation(
    low: Decimal, high: Decimal, unit: str, per: str | None, change: Change, comparator: Comparator
) -> Observation:
    """The observation of a value ``[low, high]`` in *unit*.

    >>> observation(Decimal("1.2"), Decimal("1.2"), "%", None, Change("growth", "down", ""), ">=")
    Observation(unit='%', low=-1.2, high=-1.2, comparator='<=')
    """
    first, standard = _in_standard_unit(low, unit, per, change)
    last = first if high == low else _in_standard_unit(high, unit, per, change)[0]
    bottom, top = float(first), float(last)
    if change.direction == "down" and bottom >= 0 and top >= 0:
        return Observation(standard, 0 - top, 0 - bottom, _MIRRORED.get(comparator, comparator))
    return Observation(standard, min(bottom, top), max(bottom, top), comparator)


def _in_standard_unit(value: Decimal, unit: str, per: str | None, change: Change) -> tuple[Decimal, str]:
    if change.transformation in ("growth", "share"):
        percent = _percent(value, unit, change)
        if percent is not None:
            return percent, _PERCENT
    if not per or "/" in unit:
        return standardise(value, unit)
    joined = f"{unit}/{per}"
    if dimension_of(joined) is not None:
        return standardise(value, joined)
    number, standard = standardise(value, unit)
    return number, f"{standard}/{per}"


def _percent(value: Decimal, unit: str, change: Change) -> Decimal | None:
    """A share or growth in %; a ratio such as 2.5:1 is none."""
    if unit == "番":
        return ((Decimal(2) ** min(value, Decimal(_MOST_DOUBLINGS))) - 1) * _HUNDRED
    if unit == "倍":
        return value * _HUNDRED
    if unit == "":
        return value * _HUNDRED if abs(value) <= 1 or change.transformation == "growth" else None
    if unit in ("%", "‰"):
        return standardise(value, unit)[0]
    return None
