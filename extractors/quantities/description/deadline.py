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
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from extractors.numbers.numerals import parse_number
from extractors.rules.registry import Rule, rules_for, signs_of, word_table
from schemas.making import quickly_made

DEADLINES: Final = "deadline"
"""The rules of time expressions."""
_FIRST_PLAN_YEAR: Final = 1953
"""First year of the first five-year plan; the second began in 1958, and plans have run in step since the third (1966)."""
_THIRD_PLAN_YEAR: Final = 1966
_FIRST_YEAR: Final = 1000
"""A masthead that recognition garbled (0484年) states no year; dates have years of four digits."""
_YEARS_OF_A_PLAN: Final = 5
_SIGN: Final = re.compile(r"[年月季末底内前五Q]|20\d\d[-./．]\d")
"""What every time expression holds one of."""
DOUBTFUL: Final = "deadline.doubtful_year"
"""The rule of a time whose year, or day, the text leaves open."""
UNDATED: Final = "deadline.undated_event"
"""The rule of an event of the year that no calendar dates: the year alone is known."""
OPEN: Final = frozenset({DOUBTFUL, UNDATED})
"""The rules of times that the text leaves open, whose rows have a problem."""
_PARTS_OF_YEAR: Final = frozenset({"day", "month", "quarter", "half"})
_WHOLE: Final = frozenset({"year", "event"})
"""The forms of times that stand for a year as a whole."""
_FIRST_MONTHS: Final = 3
_LAST_MONTHS: Final = 10
_MONTH: Final = 7
"""Characters of a date that is a month."""
_FESTIVALS: Final = "festivals"
_NEXT: Final = "next"
"""What the table of festivals says of one that a plan without a year means in the year behind its own."""
_EITHER: Final = "either"
"""What it says of one that may be meant in the plan's year or in the one behind."""
_LEAD_IN: Final = re.compile(r"[：:]\s*(?:[①②③(（]|$)|：")
_SAME_BELOW: Final = "下同"


@quickly_made
@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time expression at ``[start, end)`` of a text; ``date`` is the partial date it stands for.

    ``bare``: it names no year, so that the date is of a year that something else names.
    """

    start: int
    end: int
    date: str
    rule_id: str
    bare: bool = False


Parts = Mapping[str, str | None]


def time_expressions(
    text: str, plan_year: int | None, signs: int | None = None, signed: dt.date | None = None
) -> tuple[TimeExpression, ...]:
    """The time expressions of *text*, ascending and disjoint; the longest wins where two overlap.

    Expressions that need a year that nobody states are left out. *signs* are those of a text around it, if known;
    *signed*, the day of the paper, tells of which year a day or festival is that comes soon after it, and which month
    is this one.
    """
    if not may_hold_time(text, 0, len(text)):
        return ()
    found: list[TimeExpression] = []
    for rule in rules_for(DEADLINES, signs_of(text) if signs is None else signs):
        for match in rule.finditer(text):
            parts = match.groupdict()
            read = _read(rule, parts, plan_year, signed)
            if read is not None:
                found.append(
                    TimeExpression(match.start(), match.end(), *read, _is_bare(parts) and rule.value not in _WHOLE)
                )
    found.sort(key=lambda item: (item.start, -item.end))
    kept: list[TimeExpression] = []
    for item in found:
        if not kept or item.start >= kept[-1].end:
            kept.append(item)
    return tuple(kept)


def may_hold_time(text: str, start: int, end: int) -> bool:
    """Whether a time expression can stand in ``text[start:end]``."""
    return _SIGN.search(text, start, end) is not None


def _is_bare(parts: Parts) -> bool:
    return not any(parts.get(name) for name in ("year", "next", "after_next", "now", "plan", "this", "coming"))


def _read(rule: Rule, parts: Parts, plan_year: int | None, signed: dt.date | None) -> tuple[str, str] | None:
    """The date that a match of *rule* stands for, and the rule to name: another one where the year is in doubt."""
    form = rule.value or ""
    if form == "plan_period":
        date = _end_of_plan(parts["plan"] or "")
        return None if date is None else (date, rule.id)
    year = _year(parts, plan_year)
    if form == "of_signature":
        date = _in_month_of(signed, parts)
        return None if date is None else (date, rule.id)
    if year is None:
        return None
    if form == "festival":
        return _festival(rule.id, parts, year, signed)
    date = _in_year(form, parts, year)
    if date is None:
        return None
    if signed is not None and form in _PARTS_OF_YEAR and _is_bare(parts):
        return near(date, rule.id, signed, limit=parts.get("by") is not None)
    return date, (UNDATED if form == "event" else rule.id)


def _in_year(form: str, parts: Parts, year: int) -> str | None:
    if form in ("year", "event"):
        return f"{year}"
    if form == "quarter":
        quarter = parse_number(parts["quarter"] or "")
        return None if quarter is None or not 1 <= quarter <= 4 else f"{year}-{int(quarter) * 3:02d}"
    if form in ("half", "year_end"):
        return f"{year}-06" if form == "half" else f"{year}-12"
    month = 1 if parts.get("january") else parse_number(parts["month"] or "")
    if month is None or not 1 <= month <= 12:
        return None
    if parts.get("first") and not (parts.get("year") or parts.get("next")) and int(parts["first"] or 0) > month:
        return None
    day = parse_number(parts.get("day") or "")
    return f"{year}-{int(month):02d}" if day is None else f"{year}-{int(month):02d}-{int(day):02d}"


def near(date: str, rule_id: str, signed: dt.date, limit: bool = False) -> tuple[str, str]:
    """A *date* without a year of its own, in a paper signed on a day that tells of which year it is.

    A limit (1月15日前) of the first months of a year, in a paper of its last ones, is of the next year. In a paper on the
    year to come (关于做好2026年征订工作的通知, signed in October), what comes in either year is in doubt: a day or a limit
    is taken to come soon, the end of the year and a mere month to be of the year that the paper is on.
    """
    last = last_day(date)
    if last is None:
        return date, rule_id
    year, month = int(date[:4]), last.month
    if limit and year == signed.year and last < signed and month <= _FIRST_MONTHS and signed.month >= _LAST_MONTHS:
        return f"{year + 1}{date[4:]}", rule_id
    sooner = f"{signed.year}{date[4:]}"
    if year != signed.year + 1 or sooner <= signed.isoformat()[: len(sooner)]:
        return date, rule_id
    ends = (last.month, last.day) == (12, 31)
    return (date if ends or not (limit or len(date) > _MONTH) else sooner), DOUBTFUL


def _in_month_of(signed: dt.date | None, parts: Parts) -> str | None:
    """A day or the end of the month in which a paper was signed, or of the month behind."""
    if signed is None:
        return None
    later = bool(parts.get("coming"))
    year, month = signed.year + (later and signed.month == 12), signed.month % 12 + 1 if later else signed.month
    day = parse_number(parts.get("day") or "")
    return f"{year}-{month:02d}" if day is None else f"{year}-{month:02d}-{int(day):02d}"


def _festival(rule_id: str, parts: Parts, year: int, signed: dt.date | None) -> tuple[str, str] | None:
    """The day of a festival in *year*; where no year is said, of the first one behind the signature.

    New Year is then that behind the year, and the lunar new year may be of either: the year alone is given.
    """
    name = next((parts[key] for key in ("festival", "quoted", "named") if parts.get(key)), "") or ""
    if not _is_bare(parts):
        day = _day_of(name, year)
        return (day, rule_id) if day else (f"{year}", DOUBTFUL)
    if signed is not None and signed.year <= year <= signed.year + 1:
        coming = (_day_of(name, one) for one in (signed.year, signed.year + 1))
        day = next((one for one in coming if one and one >= signed.isoformat()), None)
        return (day, rule_id) if day else (f"{year}", DOUBTFUL)
    told = word_table(_FESTIVALS).get(name, ("", ""))[1:]
    day = _day_of(name, year + (_NEXT in told))
    return (day, rule_id) if day and _EITHER not in told else (f"{year}", DOUBTFUL)


def _day_of(name: str, year: int) -> str | None:
    table = word_table(_FESTIVALS)
    columns = table.get(f"{name}{year}") or table.get(name)
    return f"{year}-{columns[0]}" if columns and columns[0] else None


def _year(parts: Parts, plan_year: int | None) -> int | None:
    stated = parts.get("year")
    if stated:
        digits = "".join(char if char.isdecimal() else str(parse_number(char) or 0) for char in stated)
        return int(digits)
    if plan_year is None or plan_year < _FIRST_YEAR:
        return None
    return plan_year + (1 if parts.get("next") else 2 if parts.get("after_next") else 0)


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


@lru_cache(maxsize=1024)
def last_day(deadline: str) -> dt.date | None:
    """The last day of the period of a partial date, ``None`` where it names no day (2023-02-31)."""
    parts = [int(part) for part in deadline.split("-")]
    year, month = parts[0], parts[1] if len(parts) > 1 else 12
    length = calendar.monthrange(year, month)[1]
    day = parts[2] if len(parts) > 2 else length
    return dt.date(year, month, day) if 1 <= day <= length else None


def is_of_part(date: str) -> bool:
    """Whether a partial *date* is of a part of a year (2026-06), and no mere year (2026)."""
    return "-" in date
