"""Values as people read them: ``≥ 20``, ``6.5–7``, ``83,200,000,000``."""

from __future__ import annotations

from decimal import Decimal
from typing import Final

_SIGNS: Final = {">=": "≥ ", "<=": "≤ ", "~": "≈ ", "=": ""}
_DIGITS: Final = 12
"""Digits that count: those behind them are of binary fractions."""


def number(value: float) -> str:
    """*value* with its thousands parted, all of its digits before the point, none that only a binary fraction has."""
    return f"{Decimal(f'{value:.{_DIGITS}g}'):,f}"


def between(low: float, high: float) -> str:
    """One number, or both ends of a range."""
    first, last = number(low), number(high)
    return first if first == last else f"{first}–{last}"


def shown(low: float, high: float, comparator: str, unit: str) -> str:
    """A value with its comparator and unit: ``≥ 20 家``."""
    return f"{_SIGNS.get(comparator, f'{comparator} ')}{between(low, high)} {unit}".rstrip()
