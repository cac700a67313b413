"""Deadlines: the time expressions of a sentence, and which of them a quantity has to meet.

A deadline is a partial date: the last year, month or day of the period (三季度末 → ``2023-09``,
6月30日前 → ``2023-06-30``, “十四五”末 → ``2025``). A bare month belongs to the document's plan year.
A quantity takes the nearest expression before it in its stretch of the sentence; a lead-in that ends
with a colon, or says 下同, covers the list under it.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from extractors.numbers.numerals import parse_number
from extractors.rules.registry import rules_for, signs_of
from schemas.making import quickly_made

DEADLINES: Final = "deadline"
"""The rules of time expressions."""
_FIRST_PLAN_YEAR: Final = 1953
"""First year of the first five-year plan; the second began in 1958, and plans have run in step since the third (1966)."""
_THIRD_PLAN_YEAR: Final = 1966
_FIRST_YEAR: Final = 1000
"""A masthead that recognition garbled (0484年) states no year; dates have years of four digits."""
_YEARS_OF_A_PLAN: Final = 5
_SIGN: Final = re.compile("[年月季末底内五Q]")
"""What every time expression holds one of."""
_LEAD_IN: Final = re.compile(r"[：:]\s*(?:[①②③(（]|$)|：")
_SAME_BELOW: Final = "下同"


@quickly_made
@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time expression at ``[start, end)`` of a text; ``date`` is the partial date it stands for."""

    start: int
    end: int
    date: str
    rule_id: str


def time_expressions(text: str, plan_year: int | None, signs: int | None = None) -> tuple[TimeExpression, ...]:
    """The time expressions of *text*, ascending and disjoint; the longest wins where two overlap.

    Expressions that need a year that nobody states are left out. *signs* are those of a text around it, if known.
    """
    if _SIGN.search(text) is None:
        return ()
    found: list[TimeExpression] = []
    for rule in rules_for(DEADLINES, signs_of(text) if signs is None else signs):
        for match in rule.finditer(text):
            date = _date(rule.value or "", match.groupdict(), plan_year)
            if date is not None:
                found.append(TimeExpression(match.start(), match.end(), date, rule.id))
    found.sort(key=lambda item: (item.start, -item.end))
    kept: list[TimeExpression] = []
    for item in found:
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return tuple(kept)


def _date(form: str, parts: dict[str, str | None], plan_year: int | None) -> str | None:
    if form == "plan_period":
        return _end_of_plan(parts["plan"] or "")
    year = _year(parts, plan_year)
    if year is None:
        return None
    if form == "year":
        return f"{year}"
    if form == "quarter":
        quarter = parse_number(parts["quarter"] or "")
        return None if quarter is None or not 1 <= quarter <= 4 else f"{year}-{int(quarter) * 3:02d}"
    if form in ("half", "year_end"):
        return f"{year}-06" if form == "half" else f"{year}-12"
    month = parse_number(parts["month"] or "")
    if month is None or not 1 <= month <= 12:
        return None
    day = parse_number(parts.get("day") or "") if form == "day" else None
    return f"{year}-{int(month):02d}" if day is None else f"{year}-{int(month):02d}-{int(day):02d}"


def _year(parts: dict[str, str | None], plan_year: int | None) -> int | None:
    stated = parts.get("year")
    if stated:
        digits = "".join(char if char.isdecimal() else str(parse_number(char) or 0) for char in stated)
        return int(digits)
    if plan_year is None or plan_year < _FIRST_YEAR:
        return None
    return plan_year + 1 if parts.get("next") else plan_year


def _end_of_plan(name: str) -> str | None:
    number = parse_number(name)
    if number is None or number < 3:
        return None
    return str(_THIRD_PLAN_YEAR + _YEARS_OF_A_PLAN * (int(number) - 2) - 1)


def governing(expressions: Sequence[TimeExpression], start: int, position: int, end: int) -> TimeExpression | None:
    """The expression that governs a number at *position* in the stretch ``[start, end)``.

    The nearest before it, else the first behind it (确保20个项目6月底前开工).
    """
    before = [item for item in expressions if start <= item.start and item.end <= position]
    if before:
        return before[-1]
    return next((item for item in expressions if position <= item.start < end), None)


def last_day(deadline: str) -> dt.date | None:
    """The last day of the period of a partial date, ``None`` where it names no day (2023-02-31)."""
    parts = [int(part) for part in deadline.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    length = calendar.monthrange(year, month)[1]
    day = parts[2] if len(parts) > 2 else length
    return dt.date(year, month, day) if 1 <= day <= length else None
